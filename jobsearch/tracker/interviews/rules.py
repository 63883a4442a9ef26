"""How an interview is held, what is prepared for it, and how it went."""

from enum import StrEnum

from jobsearch.core.text import mark as N_


class InterviewWay(StrEnum):
    """How an interview is held."""

    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"


WAY_NAMES: dict[InterviewWay, str] = {
    InterviewWay.ON_SITE: N_("Face to face"),
    InterviewWay.PHONE: N_("By phone"),
    InterviewWay.VIDEO: N_("By video"),
}


class Preparation(StrEnum):
    """One thing to do before an interview."""

    EMPLOYER = "employer"
    STRENGTHS = "strengths"
    EXAMPLE = "example"
    QUESTIONS = "questions"
    WAY_THERE = "way_there"
    PAPERS = "papers"


PREPARATIONS: dict[Preparation, str] = {
    Preparation.EMPLOYER: N_("I have read what the employer does."),
    Preparation.STRENGTHS: N_("I can say in three sentences why I fit."),
    Preparation.EXAMPLE: N_("I have an example of work that I did well."),
    Preparation.QUESTIONS: N_("I have two questions to ask."),
    Preparation.WAY_THERE: N_("I know the way, or the link works."),
    Preparation.PAPERS: N_("I have my papers with me: CV, certificates, cards."),
}


class Went(StrEnum):
    """How an interview went, in the person's own view."""

    WELL = "well"
    FAIRLY = "fairly"
    HARD = "hard"


WENT_NAMES: dict[Went, str] = {
    Went.WELL: N_("It went well"),
    Went.FAIRLY: N_("It went fairly well"),
    Went.HARD: N_("It was hard"),
}
