"""The paper of an analysis and the words of its permission, in the language of who reads them."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _

from jobsearch.analyses import statements
from jobsearch.analyses.document import ActivityRow, AnalysisDocument, SectionText
from jobsearch.analyses.pdf import analysis_pdf
from jobsearch.analyses.rules import NARROW, TITLES, SectionKey, as_points
from jobsearch.analyses.sheet import (
    Figures,
    Issued,
    Laid,
    Office,
    Paper,
    Recipient,
    Sheet,
    Terms,
)
from jobsearch.consents.rules import ConsentPurpose, Wording, wording_in_use
from jobsearch.consents.wordings import shipped_wordings
from jobsearch.core.text import mark as N_
from jobsearch.tracker.rules import Activity
from jobsearch.web.formats import LOCALES, date_text, number

ACTIVITY_NAMES: dict[Activity, str] = {
    Activity.ADVERTISED_APPLICATION: N_("Applications to advertised jobs"),
    Activity.EMPLOYER_CONTACT: N_("Contacts with employers"),
    Activity.AGENCY_APPLICATION: N_("Open applications to staffing agencies"),
    Activity.INTERVIEW: N_("Interviews agreed"),
}


def render(sheet: Sheet) -> Paper:
    """The paper of a sheet: the same sheet gives the same bytes."""
    with force_locale(LOCALES[sheet.language]):
        document = _document(sheet)
        return Paper(analysis_pdf(document), json.dumps(_content(document), ensure_ascii=False))


def _document(sheet: Sheet) -> AnalysisDocument:
    recipient, terms = sheet.recipient, sheet.terms
    return AnalysisDocument(
        language=sheet.language,
        number=f"{sheet.number} / {sheet.edition}" if sheet.edition else sheet.number,
        dated=sheet.dated,
        provider_name=sheet.provider_name,
        programme_name=sheet.programme_name,
        cohort_name=sheet.cohort_name,
        participant_name=sheet.participant_name,
        period=sheet.period,
        minutes=sheet.figures.minutes,
        days=sheet.figures.days,
        recipient_name=recipient.name if recipient else _("Not named yet"),
        recipient_organisation=recipient.organisation if recipient else "",
        authors=sheet.authors,
        sections=tuple(_section(sheet, key, text) for key, text in sheet.sections),
        consent_text=_consent_text(sheet),
        consent_given_at=_given_at(terms, sheet.zone),
        consent_expires_on=terms.valid_to if terms else None,
        left_out=sheet.left_out,
        zone=sheet.zone,
        is_demo=sheet.is_demo,
        edition=sheet.edition,
        recipient_address=(recipient.email or "") if recipient else "",
        wording_edition=_words_of(terms).edition if terms else "",
    )


def _words_of(terms: Terms) -> Wording:
    return wording_in_use(shipped_wordings(), ConsentPurpose.ANALYSIS, terms.given_on)


def _given_at(terms: Terms | None, zone: str) -> datetime | None:
    """The day of the consent: she reads these very bytes before the minute is known."""
    return None if terms is None else datetime.combine(terms.given_on, time(), ZoneInfo(zone))


def _consent_text(sheet: Sheet) -> str:
    if sheet.recipient is None:
        return str(_("This analysis is given to nobody without the job seeker's own permission."))
    if sheet.terms is None:
        said = _(
            "This analysis goes to %(name)s only if the job seeker gives permission.",
            name=sheet.recipient.name,
        )
        return str(said)
    return wording(sheet.recipient, sheet.terms, sheet.language)


def wording(recipient: Recipient, terms: Terms, language: str) -> str:
    """The sentences of the consent as they are read and printed."""
    return _words_of(terms).say(
        language,
        recipient=recipient.name,
        organisation=recipient.organisation,
        until=date_text(terms.valid_to, language),
    )


def lay(sheet: Sheet, language: str) -> Laid:
    """The paper of a sheet before who decides on it, the consent's sentences in her language."""
    paper = render(sheet)
    said = ""
    if sheet.recipient is not None and sheet.terms is not None:
        said = wording(sheet.recipient, sheet.terms, language)
    digest = hashlib.sha256(paper.pdf).hexdigest()
    return Laid(sheet.terms, Issued.load(paper.content), digest, said)


def _section(sheet: Sheet, key: SectionKey, text: str) -> SectionText:
    points = as_points(text)
    return SectionText(
        title=_(TITLES[key]),
        text="" if points else text,
        points=points,
        activities=activity_rows(sheet.figures, sheet.language) if key is SectionKey.DONE else (),
        narrow=key in NARROW and len(text) < 1200,
    )


def activity_rows(figures: Figures, language: str) -> tuple[ActivityRow, ...]:
    """The four activities with her count and the group's average, written out."""
    return tuple(
        ActivityRow(
            label=_(ACTIVITY_NAMES[activity]),
            own=str(figures.own(activity)),
            group=_average(figures, activity, language),
            own_tenths=figures.own(activity) * 10,
            group_tenths=figures.group.get(activity.value, 0),
        )
        for activity in Activity
    )


def _average(figures: Figures, activity: Activity, language: str) -> str:
    if not figures.group:
        return ""
    tenths = figures.group.get(activity.value, 0)
    return number(Decimal(tenths).scaleb(-1), 1, language)


def _content(document: AnalysisDocument) -> dict[str, object]:
    sections = []
    for section in document.sections:
        made = asdict(section)
        made["activities"] = [[row.label, row.own, row.group] for row in section.activities]
        made.pop("narrow")
        sections.append(made)
    last = document.period.last or document.period.first
    return {
        "language": document.language,
        "number": document.number,
        "dated": document.dated.isoformat(),
        "provider_name": document.provider_name,
        "programme_name": document.programme_name,
        "cohort_name": document.cohort_name,
        "participant_name": document.participant_name,
        "period": [document.period.first.isoformat(), last.isoformat()],
        "minutes": document.minutes,
        "days": document.days,
        "authors": list(document.authors),
        "sections": sections,
        "left_out": document.left_out,
        "consent_text": document.consent_text,
        "title": _("Client analysis"),
        "facts": statements.facts(document),
        "heads": statements.heads(document),
        "consent_title": _("Consent"),
        "consent_said": statements.consent_said(document),
        "record_title": _("Record of the consent"),
        "record": statements.record(document),
        "notes": statements.notes(document),
    }


OFFICE = Office(render=render, wording=wording)
