"""Whose the rows of each table are: complete, and true in a furnished world."""

from sqlalchemy import inspect, select

from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.privacy import rules
from jobsearch.privacy.queries import is_hers, personal_models


def test_every_table_about_people_says_whose_its_rows_are(app) -> None:
    lost = [
        model.__tablename__
        for model in personal_models()
        if model.__tablename__ not in rules.NOBODYS
        and rules.way_of(model.__tablename__, frozenset(inspect(model).column_attrs.keys())) is None
    ]
    assert lost == [], "say in jobsearch/privacy/rules.py by which column a row is somebody's"


def test_what_is_named_there_exists_and_is_about_people(app) -> None:
    marked = {model.__tablename__ for model in personal_models()}
    assert set(rules.WAYS) | set(rules.NOBODYS) <= marked
    for model in personal_models():
        way = rules.WAYS.get(model.__tablename__)
        assert way is None or way in inspect(model).column_attrs


def test_a_table_without_a_mark_is_in_neither_list(app) -> None:
    for mapper in Base.registry.mappers:
        if not any(PERSONAL in column.info for column in mapper.columns):
            assert mapper.class_.__tablename__ not in rules.WAYS


def test_the_rows_of_each_table_can_be_asked_for_by_person(world, context) -> None:
    with unit_of_work(whole_installation("test"), read_only=True):
        for model in personal_models():
            if model.__tablename__ in rules.NOBODYS:
                continue
            rows = db.session.scalars(select(model).where(is_hers(model, world.pia.person_id)))
            for row in rows:
                assert getattr(row, "person_id", None) in (None, world.pia.person_id)
