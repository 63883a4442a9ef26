"""The client analysis on paper, in the locale of the caller (`force_locale(document.language)`)."""

from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.analyses.document import AnalysisDocument, SectionText
from jobsearch.pdf import blocks, styles
from jobsearch.pdf.blocks import Blocks
from jobsearch.pdf.page import Document, build
from jobsearch.pdf.rows import Row, Rows, Shape, cell
from jobsearch.web.formats import date_text, day_range, hours

_FIGURE_WIDTH = 110


def analysis_pdf(document: AnalysisDocument) -> bytes:
    """The PDF of an analysis; the same document gives the same bytes."""
    title = _("Client analysis")
    name = _("Client analysis %(number)s", number=document.number)
    return build(
        Document(
            title=f"{name} – {document.participant_name}",
            author=document.provider_name,
            language=document.language,
            subject=title,
            story=tuple(_story(document, title, name)),
            running=(f"{document.participant_name} – {document.programme_name}", name),
            foot=_foot(document),
            number_page=lambda page, pages: _("Page %(page)d / %(pages)d", page=page, pages=pages),
        )
    )


def _story(document: AnalysisDocument, title: str, name: str) -> Blocks:
    story = blocks.letterhead(
        [document.provider_name, document.programme_name],
        [name, date_text(document.dated, document.language)],
    )
    story += blocks.title(title)
    story += blocks.facts(_facts(document))
    if document.is_demo:
        story += blocks.space(6)
        story += blocks.text(_("Demonstration: these people and figures are made up."))
    story += _sections(document)
    story += blocks.box(_("Consent"), [document.consent_text], _consent(document))
    if document.consent_given_at is not None:
        story += blocks.signatures(document.signers)
    return story


def _facts(document: AnalysisDocument) -> list[tuple[str, str]]:
    language = document.language
    recipient = ", ".join(filter(None, (document.recipient_name, document.recipient_organisation)))
    period = day_range(document.period, language=language)
    days = ngettext("%(num)d working day", "%(num)d working days", document.days)
    if document.consent_given_at is None:
        consent = _("Not given")
    elif document.consent_expires_on is None:
        consent = _("Until it is withdrawn")
    else:
        until = date_text(document.consent_expires_on, language)
        consent = _("Until %(date)s", date=until)
    return [
        (_("Job seeker"), document.participant_name),
        (_("Period"), ", ".join(filter(None, (period, document.cohort_name)))),
        (_("Hours"), f"{hours(document.minutes, language=language)}, {days}"),
        (_("Recipient"), recipient),
        (_("Written by"), ", ".join(document.authors)),
        (_("Consent in force"), consent),
    ]


def _sections(document: AnalysisDocument) -> Blocks:
    made: Blocks = []
    waiting: SectionText | None = None
    for section in document.sections:
        if waiting is not None and section.narrow:
            letters = max(_letters(waiting), _letters(section))
            made += blocks.side_by_side(
                _section(waiting, document), _section(section, document), letters
            )
            waiting = None
            continue
        if waiting is not None:
            made += _section(waiting, document)
        waiting = section if section.narrow else None
        if waiting is None:
            made += _section(section, document)
    return made + (_section(waiting, document) if waiting is not None else [])


def _letters(section: SectionText) -> int:
    return len(section.text) + sum(len(point) + 20 for point in section.points)


def _section(section: SectionText, document: AnalysisDocument) -> Blocks:
    made = blocks.section(section.title)
    if section.activities:
        made += _activities(section, document)
    made += blocks.text(section.text)
    made += blocks.bullets(section.points)
    return made


def _activities(section: SectionText, document: AnalysisDocument) -> Blocks:
    first_name = (document.participant_name.split() or [""])[0]
    head = Row(
        (
            cell(_("Kind"), styles.CELL_STRONG),
            cell(first_name, styles.NUMBER_STRONG),
            cell(_("Group's average"), styles.NUMBER_STRONG),
        ),
        is_head=True,
        below=(0.9, styles.BAR),
    )
    rows = [
        Row(
            (
                cell(row.label, styles.CELL),
                cell(row.own, styles.NUMBER),
                cell(row.group or "–", styles.NUMBER),
            ),
            below=(0.5, styles.HAIR),
        )
        for row in section.activities
    ]
    widths = (styles.WIDTH - 2 * _FIGURE_WIDTH, _FIGURE_WIDTH, _FIGURE_WIDTH)
    return [Rows([head, *rows], Shape(widths, named_rows=True), after=5)]


def _consent(document: AnalysisDocument) -> str:
    language = document.language
    if document.consent_given_at is None:
        said = _("Preview. The job seeker has not given consent, and nothing has been sent.")
    else:
        given = document.consent_given_at.astimezone(ZoneInfo(document.zone)).date()
        said = _("Given on %(date)s.", date=date_text(given, language))
        if document.consent_expires_on is not None:
            until = date_text(document.consent_expires_on, language)
            said += " " + _("Ends on %(date)s.", date=until)
    if document.left_out:
        said += " " + ngettext(
            "Left out at the job seeker's request: %(num)d section.",
            "Left out at the job seeker's request: %(num)d sections.",
            document.left_out,
        )
    return str(said)


def _foot(document: AnalysisDocument) -> str:
    if document.consent_given_at is None:
        return str(_("Preview, not sent. For the job seeker and those who wrote it only."))
    return str(_("Confidential. Only for the named recipient, with the job seeker's consent."))
