"""Pages of the books: sums compared, the journal, and the employer's accounts."""

from jobsearch.payroll.exports.books.rules import USUAL_ACCOUNTS
from tests.web.test_register_pages import run_id, said

__all__ = ["run_id"]


def test_a_clerk_sees_that_the_sums_agree_and_takes_the_files(world, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    address = f"/pay-runs/{run_id}/books"
    assert address in said(paula.get(f"/pay-runs/{run_id}"))
    page = said(paula.get(address))
    assert "All sums agree to the cent." in page
    assert page.count("Not made yet") == 2
    for file in ("journal", "items"):
        answer = paula.get(f"/pay-runs/{run_id}/{file}.csv")
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_accounts_are_proposed_kept_and_refused_when_empty(world, sign_in, run_id) -> None:
    paula = sign_in(world.paula)
    assert 'value="1910"' in said(paula.get("/ledger-accounts"))
    numbers = {post.value: number for post, number in USUAL_ACCOUNTS.items()}
    kept = paula.send("/ledger-accounts", **(numbers | {"bank": "1920"}))
    assert kept.status_code == 303
    assert "1920" in said(paula.get(f"/pay-runs/{run_id}/books"))
    refused = paula.send("/ledger-accounts", **(numbers | {"bank": ""}))
    assert refused.status_code == 422
    assert "Enter the number of the account." in said(refused)


def test_a_coach_and_a_participant_see_no_books(world, sign_in, run_id) -> None:
    for who in (world.stig, world.pia):
        for page in ("books", "journal.csv", "items.csv"):
            assert sign_in(who).get(f"/pay-runs/{run_id}/{page}").status_code == 403
