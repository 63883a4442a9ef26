"""Templates are edited by form, copied, and frozen once a group uses them."""

import re
from io import BytesIO

import pytest

from jobsearch.cohorts.models import CohortBlock
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import new_key
from jobsearch.programmes.models import Template
from jobsearch.programmes.templates.queries import get_whole_template, plan_of

BLOCK = {"kind": "coaching", "minutes": "45", "aim": "skill", "title_fi": "Puhelu", "notes": "Vesi"}


@pytest.fixture
def client(sign_in, world):
    return sign_in(world.aino)


@pytest.fixture
def template(world, context):
    """The plan of the template as it is now, with ids."""

    def read(template_id=world.a.template_id):
        with unit_of_work(whole_installation("test")):
            return get_whole_template(template_id)

    return read


def _urls(template):
    base = f"/templates/{template.id}"
    day = f"{base}/days/{template.days[0].id}"
    return base, day, f"{day}/blocks/{template.days[0].blocks[1].id}"


def _seen(client, url):
    page = client.get(url).get_data(as_text=True)
    return re.search(r'name="seen"[^>]*value="(\d+)"', page)[1]


def test_a_day_is_changed_and_says_what_it_lacks(client, template) -> None:
    _base, day, _block = _urls(template())
    form = {"title_fi": "Aloitus", "title_en": "Start", "starts": "8.30", "paid": "4"}
    answer = client.send(day, seen=_seen(client, day), **form)
    assert answer.status_code == 303
    page = client.get(day).get_data(as_text=True)
    assert "Start" in page
    assert "8:30" in page
    assert "less than the day is paid" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"starts": "25.00"}, "Enter a time"),
        ({"starts": ""}, "when the day begins"),
        ({"starts": "4.00"}, "between 6 and 20"),
        ({"paid": "0"}, "at most 10 paid hours"),
        ({"paid": "-1"}, "Hours are not below zero"),
        ({"title_fi": "", "title_en": ""}, "at least one language"),
    ],
)
def test_a_day_that_cannot_be_keeps_what_was_typed(client, template, wrong, words) -> None:
    _base, day, _block = _urls(template())
    form = {"title_fi": "Uusi", "starts": "9.00", "paid": "3", **wrong}
    answer = client.send(day, seen=_seen(client, day), **form)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert words in text
    assert "Uusi" in text or "title_fi" in wrong
    assert template().days[0].title.get("fi") == "Päivä 1"


def test_a_form_that_was_filled_in_before_another_change_is_told_so(client, template) -> None:
    _base, day, _block = _urls(template())
    seen = _seen(client, day)
    form = {"title_fi": "Eka", "starts": "9.00", "paid": "3"}
    assert client.send(day, seen=seen, **form).status_code == 303
    assert client.send(day, seen=seen, **{**form, "title_fi": "Toka"}).status_code == 409
    assert template().days[0].title["fi"] == "Eka"


def test_blocks_are_added_moved_changed_and_removed(client, template) -> None:
    _base, day, block = _urls(template())
    assert client.get(f"{day}/new-block").status_code == 200
    assert client.send(f"{day}/blocks", **BLOCK).status_code == 303
    names = [b.text.say("fi") for b in template().days[0].blocks]
    assert names[-1] == "Puhelu"
    client.send(f"{block}/earlier")
    assert template().days[0].blocks[0].text.say("fi") == "coaching"
    client.send(f"{block}/earlier")
    client.send(f"{block}/later")
    assert template().days[0].blocks[1].text.say("fi") == "coaching"
    changed = {**BLOCK, "title_fi": "Soitto", "text_fi": "Kahdesti"}
    assert client.send(block, seen=_seen(client, block), **changed).status_code == 303
    assert template().days[0].blocks[1].text["fi"] == "Soitto\nKahdesti"
    client.send(f"{block}/remove")
    assert "Soitto\nKahdesti" not in [b.text.say("fi") for b in template().days[0].blocks]
    assert [b.position for b in template().days[0].blocks] == [1, 2, 3, 4]


def test_a_block_has_links_and_files_that_a_participant_opens(
    client, template, sign_in, world
) -> None:
    _base, _day, block = _urls(template())
    link = {"link-title": "Tori", "link-url": "https://tyomarkkinatori.fi"}
    assert client.send(f"{block}/links", **link).status_code == 303
    bad = {"link-title": "Tori", "link-url": "javascript:alert(1)"}
    assert client.send(f"{block}/links", **bad).status_code == 422
    file = (BytesIO(b"%PDF-1.7 hello"), "ohje.pdf")
    assert client.send(f"{block}/files", **{"file-title": "Ohje", "file-file": file}).status_code
    other = (BytesIO(b"MZ evil"), "ohje.pdf")
    answer = client.send(f"{block}/files", **{"file-title": "X", "file-file": other})
    assert (answer.status_code, "Choose a PDF file" in answer.get_data(as_text=True)) == (422, True)
    first, second = template().days[0].blocks[1].resources
    assert (first.url, second.title) == ("https://tyomarkkinatori.fi", "Ohje")
    opened = sign_in(world.pia).get(f"/templates/files/{second.id}")
    assert opened.get_data() == b"%PDF-1.7 hello"
    assert "attachment" in opened.headers["Content-Disposition"]
    assert sign_in(world.bo).get(f"/templates/files/{second.id}").status_code == 404
    sign_in(world.aino).send(f"{block}/resources/{first.id}/remove")
    assert len(template().days[0].blocks[1].resources) == 1


def test_notes_are_for_the_coach_and_links_for_everyone_of_the_group(
    client, template, sign_in, world, as_
) -> None:
    _base, _day, block = _urls(template())
    link = {"link-title": "Työmarkkinatori", "link-url": "https://tyomarkkinatori.fi"}
    client.send(f"{block}/links", **link)
    form = {**BLOCK, "minutes": "30", "notes": "Ask Pia first"}
    client.send(block, seen=_seen(client, block), **form)
    made = template().days[0].blocks[1].id
    cohort_id, day_id = world.a.cohort_ids[0], world.a.day_ids[world.a.cohort_ids[0]][0]
    with as_(world.aino):
        db.session.query(CohortBlock).filter_by(cohort_day_id=day_id, position=2).update(
            {"template_block_id": made}
        )
    for_coach = sign_in(world.stig).get(f"/cohorts/{cohort_id}/days/{day_id}")
    assert "Ask Pia first" in for_coach.get_data(as_text=True)
    for_pia = sign_in(world.pia).get("/my-weeks").get_data(as_text=True)
    assert "https://tyomarkkinatori.fi" in for_pia
    assert "Ask Pia first" not in for_pia


def test_a_day_is_taken_out_and_another_put_in_its_place(client, template) -> None:
    base, day, _block = _urls(template())
    client.send(f"{day}/remove")
    left = template()
    assert [one.position for one in left.days] == list(range(1, 12))
    assert "Does not add up" in client.get(base).get_data(as_text=True)
    assert client.send(f"{base}/days", week="1", weekday="0").status_code == 303
    assert client.send(f"{base}/days", week="1", weekday="0").status_code == 422
    assert [one.weekday for one in template().days][:2] == [0, 1]


def test_a_group_is_not_made_of_a_template_that_does_not_add_up(client, template, world) -> None:
    _base, day, _block = _urls(template())
    client.send(f"{day}/remove")
    form = {"programme_id": world.a.programme_id, "starts_on": "7.12.2026", "name": "New"}
    answer = client.send("/cohorts", **form, seats="6", coach_id="")
    assert answer.status_code == 422
    assert "11 days" in answer.get_data(as_text=True)


def test_a_template_that_a_group_uses_is_changed_in_a_copy_only(client, template, world) -> None:
    form = {"programme_id": world.a.programme_id, "starts_on": "7.12.2026", "name": "New"}
    assert client.send("/cohorts", **form, seats="6", coach_id="").status_code == 303
    base, day, block = _urls(template())
    assert "Take the day out" not in client.get(day).get_data(as_text=True)
    for url in (f"{day}/remove", f"{block}/remove", f"{block}/later"):
        answer = client.send(url)
        assert "Copy it and change the copy" in answer.get_data(as_text=True)
    before = plan_of(template())
    made = client.send(f"{base}/copies", name=before.name)
    copy_id = made.headers["Location"].rsplit("/", 1)[1]
    copied = template(copy_id)
    assert plan_of(copied) == before
    assert copied.edition == 2
    assert client.send(f"/templates/{copy_id}/days/{copied.days[0].id}/remove").status_code == 303
    assert plan_of(template()) == before


def test_a_programme_chooses_another_template_for_the_groups_to_come(
    client, template, world
) -> None:
    made = client.send(f"/templates/{world.a.template_id}/copies", name="Intensive")
    copy_id = made.headers["Location"].rsplit("/", 1)[1]
    url = f"/programmes/{world.a.programme_id}"
    assert client.send(f"{url}/template", template_id=copy_id).status_code == 303
    assert copy_id in client.get(url).get_data(as_text=True)
    assert client.send(f"{url}/template", template_id=new_key()).status_code == 422


def test_the_attached_template_is_taken_into_use_and_finds_its_places(client) -> None:
    assert "Take into use" in client.get("/templates").get_data(as_text=True)
    made = client.send("/templates/shipped/attached")
    url = made.headers["Location"]
    page = client.get(f"{url}/places?first=7.1.2026&last=6.7.2026").get_data(as_text=True)
    assert "6\xa0April 2026" in page
    assert "1\xa0June 2026" in page
    short = client.get(f"{url}/places?first=7.1.2026&last=6.2.2026")
    assert (short.status_code, "three months" in short.get_data(as_text=True)) == (422, True)
    assert client.send("/templates/shipped/attached").status_code == 422
    assert client.send("/templates/shipped/nothing").status_code == 404


def test_a_coach_reads_templates_and_changes_none(sign_in, world, template) -> None:
    coach = sign_in(world.stig)
    base, day, block = _urls(template())
    for url in ("/templates", base, day):
        assert coach.get(url).status_code == 200
    for url in (f"{base}/copies", day, f"{block}/remove"):
        assert coach.send(url).status_code == 403


def test_the_list_asks_as_often_for_thirty_templates_as_for_one(
    client, statements, world, as_, context
) -> None:
    del statements[:]
    client.get("/templates")
    few = len(statements)
    with as_(world.aino):
        for number in range(30):
            db.session.add(
                Template(organisation_id=world.a.organisation_id, name="T", edition=number + 1)
            )
    del statements[:]
    client.get("/templates")
    assert len(statements) == few
