"""The paper of one permission, for the participant's own keeping."""

from flask_babel import gettext as _

from jobsearch.desk.permissions.queries import Receipt
from jobsearch.desk.permissions.rules import PURPOSES, WAYS, Standing
from jobsearch.pdf import blocks
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.web.formats import date_text, moment


def receipt_pdf(receipt: Receipt, language: str) -> bytes:
    """The PDF of a receipt in the language of its reader; the words stay as they were read."""
    title = _("Record of a permission")
    return build(
        Document(
            title=f"{title} – {receipt.person}",
            author=receipt.provider,
            language=language,
            subject=title,
            story=tuple(_story(receipt, title, language)),
            running=(receipt.person, title),
            foot=_("%(title)s, %(person)s", title=title, person=receipt.person),
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(receipt: Receipt, title: str, language: str) -> Blocks:
    consent = receipt.permission.consent
    story = blocks.letterhead([receipt.provider], [title, date_text(receipt.printed_on, language)])
    story += blocks.title(_(PURPOSES[consent.purpose].title))
    if receipt.is_demo:
        story += blocks.text(_("Demonstration: these people and figures are made up."))
    story += blocks.facts(_facts(receipt, language), columns=2)
    story += blocks.box(_("The words as they were read"), [consent.wording])
    story += blocks.space(8)
    story += blocks.text(
        _(
            "This permission is never a condition of anything. It can be taken back at any time,"
            " as easily as it was given."
        )
    )
    return story


def _facts(receipt: Receipt, language: str) -> list[tuple[str, str]]:
    consent = receipt.permission.consent
    recipient = (consent.recipient_name, consent.recipient_organisation, consent.recipient_address)
    words = (consent.wording_edition, {"fi": "suomi", "sv": "svenska", "en": "English"})
    return [
        (_("Job seeker"), receipt.person),
        (_("State"), state_words(receipt, language)),
        (_("To or from whom"), ", ".join(filter(None, recipient))),
        (_("What it covers"), consent.scope),
        (_("Given on"), moment(consent.given_at, language, receipt.zone)),
        (_("How it was given"), _(WAYS[consent.given_by])),
        (_("Valid"), _("until %(day)s", day=date_text(consent.valid_to, language))),
        (
            _("Edition and language of the words"),
            f"{words[0]}, {words[1].get(consent.wording_language, consent.wording_language)}",
        ),
    ]


def state_words(receipt: Receipt, language: str) -> str:
    """How it stands today, in words."""
    permission = receipt.permission
    if permission.standing is Standing.TAKEN_BACK:
        when = moment(permission.withdrawn_at, language, receipt.zone)
        return str(_("Taken back %(when)s", when=when))
    if permission.standing is Standing.ENDED:
        return str(_("Has ended"))
    return str(_("In force"))
