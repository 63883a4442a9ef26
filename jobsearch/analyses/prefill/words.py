"""The records in sentences, in the language of the analysis; each sentence is a line of its own."""

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from jobsearch.analyses.paper import ACTIVITY_NAMES
from jobsearch.analyses.prefill.records import OpenLead, Records
from jobsearch.analyses.rules import SectionKey
from jobsearch.coaching.documents.rules import KIND_NAMES
from jobsearch.tracker.rules import CHANNEL_NAMES, Activity
from jobsearch.web.formats import LOCALES, bare_day, hours


def first_words(records: Records, language: str) -> dict[SectionKey, str]:
    """First words by section. Proposals and her own words are never made of records."""
    with force_locale(LOCALES[language]):
        said = {
            SectionKey.SITUATION: _situation(records),
            SectionKey.STRENGTHS: _strengths(records),
            SectionKey.DONE: _done(records, language),
            SectionKey.WORKED: _worked(records),
            SectionKey.NEEDED: _needed(records, language),
        }
    return {key: "\n".join(lines) for key, lines in said.items() if lines}


def _situation(records: Records) -> list[str]:
    said = records.strategy
    return [
        line
        for text, line in (
            (said.goal, _("Goal: %(text)s", text=said.goal)),
            (said.work, _("Looks for this kind of work: %(text)s", text=said.work)),
            (said.area, _("Looks for work in this area: %(text)s", text=said.area)),
            (said.targets, _("Own targets: %(text)s", text=said.targets)),
        )
        if text
    ]


def _strengths(records: Records) -> list[str]:
    lines = []
    if records.ready:
        names = ", ".join(_(KIND_NAMES[kind]) for kind in records.ready)
        lines.append(_("Made and ready to be sent: %(documents)s.", documents=names))
    if records.aimed:
        lines.append(
            ngettext(
                "Made %(num)d document for one certain job.",
                "Made %(num)d documents for certain jobs.",
                records.aimed,
            )
        )
    return lines


def _done(records: Records, language: str) -> list[str]:
    figures = records.figures
    lines = [
        _(
            "Took part in %(days)d of %(planned)d working days, %(hours)s in all.",
            days=figures.days,
            planned=figures.planned_days,
            hours=hours(figures.minutes, language=language),
        )
    ]
    acts = [f"{_(ACTIVITY_NAMES[one])}: {n}" for one in Activity if (n := figures.own(one))]
    if acts:
        lines.append("; ".join(acts) + ".")
    if records.offers:
        lines.append(
            ngettext("Was offered %(num)d job.", "Was offered %(num)d jobs.", records.offers)
        )
    return lines


def _worked(records: Records) -> list[str]:
    lines = []
    if records.ways:
        said = ", ".join(f"{_(CHANNEL_NAMES[way])} ({count})" for way, count in records.ways)
        lines.append(
            _("Interviews came from employers that were reached like this: %(ways)s.", ways=said)
        )
    if records.interested:
        lines.append(
            ngettext(
                "%(num)d employer said that they are interested.",
                "%(num)d employers said that they are interested.",
                records.interested,
            )
        )
    return lines


def _needed(records: Records, language: str) -> list[str]:
    leads = [_lead(one, language) for one in records.leads]
    return [*leads, *(_("Agreed next step: %(step)s", step=step) for step in records.steps)]


def _lead(lead: OpenLead, language: str) -> str:
    values = {"role": lead.role, "employer": lead.employer}
    if not lead.next_step or lead.on is None:
        return str(_("Still open: %(role)s, %(employer)s.", **values))
    return str(
        _(
            "Still open: %(role)s, %(employer)s. Next: %(step)s, %(day)s",
            step=lead.next_step,
            day=bare_day(lead.on, language),
            **values,
        )
    )
