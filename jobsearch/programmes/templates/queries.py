"""What is asked of templates under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from jobsearch.core.db import db
from jobsearch.core.errors import NotVisible
from jobsearch.programmes.models import Template, TemplateBlock, TemplateDay, TemplateResource
from jobsearch.programmes.rules import (
    BlockPlan,
    DayPlan,
    ResourcePlan,
    TemplateMode,
    TemplatePlan,
)

PAGE = 25


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list."""

    id: str
    name: str
    edition: int
    mode: TemplateMode
    frozen_at: datetime | None
    days: int
    paid_minutes: int


def list_templates(page: int = 1) -> list[TemplateLine]:
    """The provider's templates by name, newest edition first; one statement."""
    statement = (
        select(
            Template.id,
            Template.name,
            Template.edition,
            Template.mode,
            Template.frozen_at,
            func.count(TemplateDay.id),
            func.coalesce(func.sum(TemplateDay.paid_minutes), 0),
        )
        .outerjoin(TemplateDay, TemplateDay.template_id == Template.id)
        .group_by(Template.id)
        .order_by(Template.name, Template.edition.desc(), Template.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [TemplateLine(*row) for row in db.session.execute(statement)]


def count_templates() -> int:
    """How many templates there are."""
    return db.session.scalar(select(func.count(Template.id))) or 0


def get_whole_template(template_id: str) -> Template:
    """A template with days, blocks, links and files. Raises NotVisible."""
    statement = (
        select(Template)
        .where(Template.id == template_id)
        .options(
            selectinload(Template.days)
            .selectinload(TemplateDay.blocks)
            .selectinload(TemplateBlock.resources)
        )
        .execution_options(populate_existing=True)
    )
    template = db.session.scalar(statement)
    if template is None:
        raise NotVisible
    return template


def day_of(template: Template, day_id: str) -> TemplateDay:
    """A day of a whole template. Raises NotVisible for a day of another."""
    for day in template.days:
        if day.id == day_id:
            return day
    raise NotVisible


def block_of(day: TemplateDay, block_id: str) -> TemplateBlock:
    """A block of a day. Raises NotVisible for a block of another."""
    for block in day.blocks:
        if block.id == block_id:
            return block
    raise NotVisible


def get_resource(resource_id: str) -> TemplateResource:
    """A link or file of a block. Raises NotVisible."""
    statement = select(TemplateResource).where(TemplateResource.id == resource_id)
    resource = db.session.scalar(statement)
    if resource is None:
        raise NotVisible
    return resource


def list_sources(block_ids: Sequence[str]) -> dict[str, TemplateBlock]:
    """The blocks of templates that a group's blocks were made from, with links and files."""
    statement = (
        select(TemplateBlock)
        .where(TemplateBlock.id.in_(block_ids))
        .options(selectinload(TemplateBlock.resources))
    )
    return {block.id: block for block in db.session.scalars(statement)}


def last_edition(organisation_id: str, name: str) -> int:
    """The newest edition of the provider's templates of this name; 0 when there is none."""
    statement = select(func.max(Template.edition)).where(
        Template.organisation_id == organisation_id, Template.name == name
    )
    return db.session.scalar(statement) or 0


def plan_of(template: Template) -> TemplatePlan:
    """A whole template as a plan: what rules look at and copies are made from."""
    return TemplatePlan(template.name, tuple(map(_day_plan, template.days)), template.mode)


def _day_plan(day: TemplateDay) -> DayPlan:
    return DayPlan(
        week=day.week,
        weekday=day.weekday,
        starts_minute=day.starts_minute,
        paid_minutes=day.paid_minutes,
        title=day.title,
        blocks=tuple(map(plan_of_block, day.blocks)),
    )


def plan_of_block(block: TemplateBlock) -> BlockPlan:
    """A block with its links and files as a plan."""
    resources = tuple(
        ResourcePlan(found.title, found.url, found.file_id) for found in block.resources
    )
    return BlockPlan(block.kind, block.minutes, block.text, block.aim, block.notes, resources)
