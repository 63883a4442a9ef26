"""The manager's pages of privacy: register, impact assessment, and the trail."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from lxml import html
from openpyxl import load_workbook

from jobsearch.audit.models import AccessEntry, AuditEntry
from jobsearch.audit.service import note_looks
from jobsearch.core.columns import PERSONAL
from jobsearch.core.db import Base, db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.organisations.models import Organisation
from jobsearch.people.models import Person
from jobsearch.privacy.impact.models import ImpactReview
from tests.world import NOW, TODAY

EVERYTHING = whole_installation("test")
REVIEW = {
    "reviewed_on": "20.11.2026",
    "consulted": "The data protection officer and two job seekers.",
    "words": "We accept what is left.",
    "signed_by": "Aino Aalto, manager",
    "next_review_on": "20.11.2027",
}


@pytest.fixture
def complete(context, world):
    """Provider A says who is responsible."""
    with unit_of_work(EVERYTHING):
        one = db.session.get(Organisation, world.a.organisation_id)
        one.street, one.postal_code, one.city = "Katu 1", "28100", "Pori"
        one.privacy_name, one.privacy_email = "Tiina Tieto", "tieto@example.org"


def _all(*what):
    with unit_of_work(EVERYTHING, read_only=True):
        return db.session.execute(sa.select(*what)).all()


def _looks_at(world, count: int, member=None) -> None:
    with unit_of_work(EVERYTHING):
        looks = [(world.pia.person_id, f"page:{number}") for number in range(count)]
        note_looks((member or world.stig).actor, looks)


def test_every_marked_column_stands_on_the_page(sign_in, world):
    page = sign_in(world.aino).get("/privacy/processing").text
    shown = set(html.document_fromstring(page).xpath("//details//code/text()"))
    marked = {
        f"{mapper.class_.__tablename__}.{mapper.get_property_by_column(column).key}"
        for mapper in Base.registry.mappers
        for column in mapper.columns
        if PERSONAL in column.info
    }
    assert shown == marked
    assert len(marked) > 500


@pytest.mark.parametrize("ending", ["pdf", "csv"])
def test_a_register_that_names_nobody_is_not_handed_out(sign_in, world, ending):
    client = sign_in(world.aino)
    answer = client.get(f"/privacy/processing.{ending}")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "must name the controller" in page or "nimettävä rekisterinpitäjä" in page
    assert "/settings/organisation" in page or "organisa" in page


def test_the_register_is_a_tagged_pdf_and_a_csv(sign_in, world, complete):
    client = sign_in(world.aino)
    paper = client.get("/privacy/processing.pdf")
    assert paper.mimetype == "application/pdf"
    assert b"/MarkInfo" in paper.data
    assert b"/StructTreeRoot" in paper.data
    sheet = client.get("/privacy/processing.csv").data.decode("utf-8-sig").splitlines()
    marked = sum(
        PERSONAL in column.info for mapper in Base.registry.mappers for column in mapper.columns
    )
    assert len(sheet) == marked + 1
    assert any('"person.identity_code"' in line for line in sheet)


def test_the_hub_says_what_is_missing(sign_in, world, context):
    page = sign_in(world.aino).get("/privacy").text
    links = html.document_fromstring(page).xpath("//main//a/@href")
    assert {"/privacy/processing", "/privacy/impact", "/audit"} <= set(links)
    assert page.count("flash warn") == 2  # nobody to ask, and nobody has reviewed


def test_a_review_is_kept_and_asked_for_again(sign_in, world, complete, clock):
    client = sign_in(world.aino)
    assert client.send("/privacy/impact", **REVIEW).status_code == 303
    page = client.get("/privacy/impact").text
    assert "We accept what is left." in page
    assert "flash warn" not in client.get("/privacy").text
    assert b"/StructTreeRoot" in client.get("/privacy/impact/paper.pdf").data
    with unit_of_work(EVERYTHING) as session:
        row = db.session.execute(sa.select(ImpactReview.__table__)).mappings().one()
        later = NOW + timedelta(minutes=1)
        near = {"id": "b" * 20, "kept_at": later, "next_review_on": TODAY + timedelta(days=30)}
        session.connection().execute(sa.insert(ImpactReview), [{**row, **near}])
    assert "flash warn" in client.get("/privacy").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reviewed_on": "25.11.2026"}, "reviewed_on"),
        ({"reviewed_on": "x"}, "reviewed_on"),
        ({"next_review_on": "20.11.2026"}, "next_review_on"),
        ({"next_review_on": "21.11.2029"}, "next_review_on"),
        ({"words": ""}, "words"),
        ({"words": "x" * 4001}, "words"),
        ({"consulted": ""}, "consulted"),
        ({"signed_by": "x" * 121}, "signed_by"),
    ],
)
def test_a_review_that_cannot_be_is_refused_on_its_field(sign_in, world, context, wrong, field):
    answer = sign_in(world.aino).send("/privacy/impact", **REVIEW | wrong)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert REVIEW["consulted"] in answer.text or "consulted" in wrong
    assert _all(ImpactReview.id) == []


def test_another_provider_reads_nothing_of_a_review(sign_in, world, complete):
    sign_in(world.aino).send("/privacy/impact", **REVIEW)
    assert "We accept" not in sign_in(world.sam).get("/privacy/impact").text


def test_the_trail_says_who_changed_what_and_links_to_the_values(sign_in, world, as_, context):
    with as_(world.stig):
        db.session.get(Person, world.pia.person_id).phone = "+358400000999"
    client = sign_in(world.aino)
    page = client.get("/audit?kind=person&act=update")
    tree = html.document_fromstring(page.text)
    [row] = tree.xpath("//tbody/tr")
    assert "Stig Strand" in row.text_content()
    assert "Pia Pihlaja" in row.text_content()
    assert "+358400000999" not in page.text
    [values] = row.xpath(".//a[contains(@href, '/audit/changes/')]/@href")
    assert "+358400000999" in client.get(values).text
    assert (world.pia.person_id, "values in the trail") in [
        tuple(one) for one in _all(AccessEntry.person_id, AccessEntry.what)
    ]
    assert sign_in(world.sam).get(values).status_code == 404
    assert sign_in(world.olga).get(values).status_code == 403


@pytest.mark.parametrize("asked", ["account", "person", "kind", "act", "since"])
def test_each_filter_narrows(sign_in, world, context, asked, clock):
    _looks_at(world, 1)
    with unit_of_work(EVERYTHING):
        note_looks(world.aino.actor, [(world.otto.person_id, "payslip:x")], refused=True)
    values = {
        "account": world.stig.account_id,
        "person": world.pia.person_id,
        "kind": "page",
        "act": "shown",
        "since": "25.11.2026",
    }
    page = sign_in(world.aino).get("/audit/looks", query_string={asked: values[asked]}).text
    rows = [row.text_content() for row in html.document_fromstring(page).xpath("//tbody/tr")]
    if asked == "since":
        assert rows == []
        return
    assert len(rows) == 1
    assert "Pia" in rows[0]


@pytest.mark.parametrize("query", ["since=x", "since=24.11.2026&until=23.11.2026"])
@pytest.mark.parametrize("address", ["/audit", "/audit/looks", "/audit/seen"])
def test_days_that_cannot_be_are_refused(sign_in, world, context, address, query):
    account = f"&account={world.stig.account_id}"
    assert sign_in(world.aino).get(f"{address}?{query}{account}").status_code == 422


def test_whom_an_account_saw_needs_an_account(sign_in, world, context):
    client = sign_in(world.aino)
    asked = client.get("/audit/seen")
    assert asked.status_code == 200
    first = html.fromstring(asked.text).xpath("//select[@name='account']/option[1]")
    assert [one.text for one in first] == ["Choose"]
    assert client.get("/audit/seen?account=").status_code == 422
    _looks_at(world, 3)
    page = client.get(f"/audit/seen?account={world.stig.account_id}").text
    assert "Pia Pihlaja" in page


def test_pages_go_on_by_key(sign_in, world, context):
    _looks_at(world, 60)
    client = sign_in(world.aino)
    first = html.document_fromstring(client.get("/audit/looks").text)
    assert len(first.xpath("//tbody/tr")) == 50
    [following] = first.xpath("//a[@rel='next']/@href")
    assert "offset" not in following
    second = html.document_fromstring(client.get(following).text)
    assert len(second.xpath("//tbody/tr")) >= 10


@pytest.mark.parametrize("list_name", ["changes", "looks", "seen"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_is_safe_and_is_itself_written_down(sign_in, world, as_, context, list_name, ending):
    with as_(world.aino):
        db.session.get(Person, world.pia.person_id).given_name = "=Pia"
    _looks_at(world, 1)
    given = {"account": world.stig.account_id} if list_name == "seen" else {}
    answer = sign_in(world.aino).send(f"/audit/{list_name}.{ending}", **given)
    assert answer.status_code == 200
    if ending == "csv":
        assert '"\'=Pia Pihlaja"' in answer.data.decode("utf-8-sig")
    else:
        cells = [c for row in load_workbook(BytesIO(answer.data)).active.rows for c in row]
        assert {c.data_type for c in cells if c.value == "=Pia Pihlaja"} == {"s"}
    noted = _all(AuditEntry.table_name, AuditEntry.plain, AuditEntry.account_id)
    exports = [one for one in noted if one.plain and "rows" in one.plain]
    assert [one.account_id for one in exports] == [world.aino.account_id]
    looks = _all(AccessEntry.person_id, AccessEntry.what)
    assert (world.pia.person_id, "trail as a file") in [tuple(one) for one in looks]


def test_an_operator_gets_no_file_and_no_looks(sign_in, world, context):
    client = sign_in(world.olga)
    assert client.get("/audit").status_code == 200
    assert client.get("/audit/looks").status_code == 403
    assert client.send("/audit/changes.csv").status_code == 403


def test_a_broken_chain_is_loud(sign_in, world, context):
    from jobsearch.audit.chain import Checked, note_check

    with unit_of_work(EVERYTHING):
        note_check(Checked(seals=1, broken=[1]))
    client = sign_in(world.aino)
    for address in ("/audit", "/privacy"):
        assert 'class="flash bad' in client.get(address).text, address


@pytest.mark.parametrize("address", ["/privacy", "/privacy/processing", "/privacy/impact"])
@pytest.mark.parametrize("name", ["stig", "paula", "pia", "mia", "olga"])
def test_the_pages_are_the_managers(sign_in, world, address, name):
    assert sign_in(getattr(world, name)).get(address).status_code == 403


@pytest.mark.parametrize(
    "address",
    ["/privacy", "/privacy/processing", "/privacy/impact", "/audit", "/audit/looks", "/audit/seen"],
)
def test_a_page_asks_as_often_with_much_as_with_little(
    sign_in, world, context, statements, address
):
    counts = []
    client = sign_in(world.aino)
    query = f"?account={world.stig.account_id}" if address == "/audit/seen" else ""
    for count in (1, 30):
        with unit_of_work(EVERYTHING):
            for person in (world.pia, world.otto):
                note_looks(world.stig.actor, [(person.person_id, f"page:{count}")] * count)
        client.get(address + query)
        statements.clear()
        client.get(address + query)
        counts.append(sum(one.lstrip().startswith(("SELECT", "WITH")) for one in statements))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
