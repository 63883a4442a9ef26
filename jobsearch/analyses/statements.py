"""What an analysis says around its sections: the same sentences for the paper and for the page.

Everything here is in the locale of the caller (`force_locale(document.language)`).
"""

from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from jobsearch.analyses.document import ActivityRow, AnalysisDocument
from jobsearch.web.formats import date_text, day_range, hours

Pairs = tuple[tuple[str, str], ...]
_MOST_OF_A_NAME = 40  # letters at the head of a column


def facts(document: AnalysisDocument) -> Pairs:
    """Whose analysis of which weeks it is, who wrote it, and for whom until when."""
    language = document.language
    period = day_range(document.period, language=language)
    days = ngettext("%(num)d working day", "%(num)d working days", document.days)
    return (
        (_("Job seeker"), document.participant_name),
        (_("Period"), _joined(period, document.cohort_name)),
        (_("Hours"), f"{hours(document.minutes, language=language)}, {days}"),
        (_("Recipient"), _joined(document.recipient_name, document.recipient_organisation)),
        (_("Written by"), ", ".join(document.authors)),
        (_("Consent in force"), _in_force(document)),
    )


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _in_force(document: AnalysisDocument) -> str:
    if document.consent_given_at is None:
        return str(_("Not given"))
    if document.consent_expires_on is None:
        return str(_("Until it is withdrawn"))
    return str(_("Until %(date)s", date=date_text(document.consent_expires_on, document.language)))


def consent_said(document: AnalysisDocument) -> str:
    """When the consent was given and ends, and how much is left out."""
    language = document.language
    if document.consent_given_at is None:
        said = _("Preview. The job seeker has not given consent, and nothing has been sent.")
    else:
        said = _("Given on %(date)s.", date=_given_on(document))
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


def _given_on(document: AnalysisDocument) -> str:
    """The day alone: the job seeker reads these very bytes before the minute is known."""
    assert document.consent_given_at is not None
    given = document.consent_given_at.astimezone(ZoneInfo(document.zone)).date()
    return date_text(given, document.language)


def record(document: AnalysisDocument) -> Pairs:
    """Who agreed to what, how and for whom, in the place of signatures; nothing in a preview."""
    if document.consent_given_at is None:
        return ()
    recipient = _joined(
        document.recipient_name, document.recipient_organisation, document.recipient_address
    )
    version = _("version %(number)d", number=document.edition) if document.edition else ""
    said = [
        (_("Given by"), _("%(name)s, signed in personally", name=document.participant_name)),
        (_("Day"), _given_on(document)),
        (_("Document"), _joined(_("Client analysis %(number)s", number=document.name), version)),
        (_("Only to"), recipient),
        (_("In force"), _in_force(document)),
    ]
    if document.wording_edition:
        said.append((_("Words of the consent"), document.wording_edition))
    return tuple(said)


def foot(document: AnalysisDocument) -> str:
    """The line at the foot of every page."""
    if document.consent_given_at is None:
        return str(_("Preview, not sent. For the job seeker and those who wrote it only."))
    return str(_("Confidential. Only for the named recipient, with the job seeker's consent."))


def note(document: AnalysisDocument) -> str:
    """The second line of the foot: which version it is, and until when it may be read."""
    version = _("Version %(number)d.", number=document.edition) if document.edition else ""
    if document.consent_given_at is None:
        said = _("No consent has been given.")
    elif document.consent_expires_on is None:
        said = _("The consent is in force until it is withdrawn.")
    else:
        until = date_text(document.consent_expires_on, document.language)
        said = _("The consent is in force until %(date)s.", date=until)
    return f"{version} {said}".strip()


def notes(document: AnalysisDocument) -> tuple[str, ...]:
    """What stands at the feet of pages, and that it is made up where it is."""
    said = (foot(document), note(document))
    return (demonstration(), *said) if document.is_demo else said


def demonstration() -> str:
    """Said on every paper of the demo."""
    return str(_("Demonstration: these people and figures are made up."))


def heads(document: AnalysisDocument) -> tuple[str, str, str]:
    """The headings of the table of work done: the kind, whose count, and the group's average."""
    first_name = (document.participant_name.split() or [""])[0]
    if len(first_name) > _MOST_OF_A_NAME:
        first_name = first_name[:_MOST_OF_A_NAME] + "…"
    return _("Kind"), first_name, _("Group's average")


def chart_said(rows: tuple[ActivityRow, ...], document: AnalysisDocument) -> str:
    """What the chart shows, for who cannot see it."""
    _kind, name, _average = heads(document)
    said = [
        _(
            "%(kind)s: %(name)s %(own)s, group's average %(average)s.",
            kind=row.label,
            name=name,
            own=row.own,
            average=row.group,
        )
        if row.group
        else _("%(kind)s: %(name)s %(own)s.", kind=row.label, name=name, own=row.own)
        for row in rows
    ]
    return " ".join([_("Chart."), *said])
