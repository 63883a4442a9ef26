"""Where a lead comes from, how far it is, and which moves there are."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class LeadSource(StrEnum):
    """Where a person heard of an opportunity."""

    ADVERT = "advert"
    PUBLIC_SERVICE = "public_service"
    ACQUAINTANCE = "acquaintance"
    GROUP = "group"
    AGENCY = "agency"
    COACH = "coach"
    OWN_IDEA = "own_idea"


SOURCE_NAMES: dict[LeadSource, str] = {
    LeadSource.ADVERT: N_("A job advertisement"),
    LeadSource.PUBLIC_SERVICE: N_("Job Market Finland"),
    LeadSource.ACQUAINTANCE: N_("Somebody I know"),
    LeadSource.GROUP: N_("Somebody of my group"),
    LeadSource.AGENCY: N_("A staffing agency"),
    LeadSource.COACH: N_("My coach"),
    LeadSource.OWN_IDEA: N_("My own idea"),
}


class LeadStage(StrEnum):
    """How far a lead is; the last four are ends."""

    FOUND = "found"
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFER = "offer"
    HIRED = "hired"
    REJECTED = "rejected"
    NO_ANSWER = "no_answer"
    DROPPED = "dropped"


STAGE_NAMES: dict[LeadStage, str] = {
    LeadStage.FOUND: N_("Found"),
    LeadStage.APPLIED: N_("Applied or in touch"),
    LeadStage.INTERVIEW: N_("Interview"),
    LeadStage.OFFER: N_("Job offer"),
    LeadStage.HIRED: N_("Got the job"),
    LeadStage.REJECTED: N_("They chose somebody else"),
    LeadStage.NO_ANSWER: N_("No answer"),
    LeadStage.DROPPED: N_("I let it go"),
}
OPEN_STAGES = (LeadStage.FOUND, LeadStage.APPLIED, LeadStage.INTERVIEW, LeadStage.OFFER)
