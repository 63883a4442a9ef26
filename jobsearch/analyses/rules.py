"""The client analysis: its states, who may do what in them, and what a text may hold."""

from enum import StrEnum

from jobsearch.core.access import Role
from jobsearch.core.errors import Conflict, RuleBroken
from jobsearch.core.free_text import identity_codes_in, masked
from jobsearch.core.ratios import FEW
from jobsearch.core.text import mark as N_

MOST_LETTERS = 20_000
LONG_LETTERS = 1500  # so long that the paper grows over its one to three pages
# Whoever reads an analysis knows its person's own count; what an average tells of the rest has to
# be of five people too.
SMALLEST_GROUP = FEW + 1


class AnalysisState(StrEnum):
    """Where an analysis is. `ended`: the permission was taken back or ran out."""

    DRAFT = "draft"
    SHOWN = "shown"
    DECLINED = "declined"
    RELEASED = "released"
    ENDED = "ended"


class SectionKey(StrEnum):
    """The sections of a client analysis, in their order."""

    SITUATION = "situation"
    STRENGTHS = "strengths"
    DONE = "done"
    WORKED = "worked"
    NEEDED = "needed"
    PROPOSALS = "proposals"
    OWN_WORDS = "own_words"


class Act(StrEnum):
    """What is done to an analysis as a whole; `write_own` is her own words by herself."""

    WRITE = "write"
    WRITE_OWN = "write_own"
    SHOW = "show"
    CHOOSE = "choose"
    CONSENT = "consent"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


S, A = AnalysisState, Act

NEXT: dict[tuple[AnalysisState, Act], AnalysisState] = {
    # a text that changes is to be shown again, whatever was decided of the one before
    **{(state, A.WRITE): S.DRAFT for state in S},
    # what she writes herself nobody needs to show her; the permission is asked anew
    (S.DRAFT, A.WRITE_OWN): S.DRAFT,
    (S.SHOWN, A.WRITE_OWN): S.SHOWN,
    (S.DECLINED, A.WRITE_OWN): S.SHOWN,
    (S.RELEASED, A.WRITE_OWN): S.SHOWN,
    (S.ENDED, A.WRITE_OWN): S.SHOWN,
    (S.DRAFT, A.SHOW): S.SHOWN,
    # what has gone out is not taken out of it by leaving out: that needs the permission back
    (S.DRAFT, A.CHOOSE): S.DRAFT,
    (S.SHOWN, A.CHOOSE): S.SHOWN,
    (S.DECLINED, A.CHOOSE): S.DECLINED,
    (S.ENDED, A.CHOOSE): S.ENDED,
    (S.SHOWN, A.CONSENT): S.RELEASED,
    (S.DECLINED, A.CONSENT): S.RELEASED,
    (S.ENDED, A.CONSENT): S.RELEASED,
    (S.SHOWN, A.DECLINE): S.DECLINED,
    # a permission for an earlier text is taken back whatever became of the text since
    (S.DRAFT, A.WITHDRAW): S.DRAFT,
    (S.SHOWN, A.WITHDRAW): S.SHOWN,
    (S.DECLINED, A.WITHDRAW): S.DECLINED,
    (S.RELEASED, A.WITHDRAW): S.ENDED,
}

_WHY_NOT: dict[tuple[AnalysisState, Act], str] = {
    (S.DRAFT, A.CONSENT): N_("The text has changed. It is shown to you again first."),
    (S.RELEASED, A.CONSENT): N_("You have given your permission already."),
    (S.DRAFT, A.DECLINE): N_("The text has changed. It is shown to you again first."),
    (S.RELEASED, A.DECLINE): N_("It has been sent. You can take your permission back."),
    (S.RELEASED, A.CHOOSE): N_(
        "This has been sent. Take your permission back first, then choose again."
    ),
    (S.RELEASED, A.SHOW): N_("Nothing has changed since it was shown."),
    # said by the coach's page: declined or taken back must read as not yet decided
    (S.SHOWN, A.SHOW): N_("Nothing has changed since it was shown."),
    (S.DECLINED, A.SHOW): N_("Nothing has changed since it was shown."),
    (S.ENDED, A.SHOW): N_("Nothing has changed since it was shown."),
}


def standing(state: AnalysisState, is_live: bool) -> AnalysisState:
    """The state as it is today: what was released under a permission that ran out has ended."""
    return S.ENDED if state is S.RELEASED and not is_live else state


def next_state(state: AnalysisState, act: Act) -> AnalysisState:
    """The state after an act. Raises RuleBroken when the act is not to be done now."""
    try:
        return NEXT[state, act]
    except KeyError:
        usual = N_("This cannot be done now.")
        raise RuleBroken(_WHY_NOT.get((state, act), usual)) from None


def may_decide(state: AnalysisState) -> bool:
    """Whether the participant has something before her to agree to."""
    return (state, A.CONSENT) in NEXT


def edition_after(edition: int, state: AnalysisState, act: Act, *, is_issued: bool = False) -> int:
    """A showing makes a new edition, and so does her own text after one: a consent names it.

    So does leaving out or taking in once a paper of the edition went (`is_issued`).
    """
    own = act is A.WRITE_OWN or (act is A.CHOOSE and is_issued)
    return edition + 1 if act is A.SHOW or (own and state is not S.DRAFT) else edition


class WrittenMeanwhile(Conflict):
    """Someone else wrote the same section since it was opened."""


def writing_act(role: Role, key: SectionKey) -> Act:
    """What writing this section is. Raises RuleBroken for who may not write it.

    The participant writes every section with the coach; her own words are hers alone.
    """
    if role is Role.PARTICIPANT:
        return A.WRITE_OWN if key is SectionKey.OWN_WORDS else A.WRITE
    if role is Role.COACH and key is not SectionKey.OWN_WORDS:
        return A.WRITE
    if key is SectionKey.OWN_WORDS:
        raise RuleBroken(N_("Only the job seeker writes these words."), field=f"text_{key}")
    raise RuleBroken(N_("Only the job seeker and the coach write the analysis."))


def check_showable(texts: dict[SectionKey, str]) -> None:
    """At least one section besides the figures has words. Raises RuleBroken."""
    if not any(texts.values()):
        raise RuleBroken(N_("Write at least one section before you show it."))


# --- what a text may hold ---------------------------------------------------------------------


def check_text(key: SectionKey, text: str) -> None:
    """A section has at most 20,000 characters and no identity code, whoever's it is.

    Raises RuleBroken in words; a code is told by its place, as nobody else is to read it.
    """
    if len(text) > MOST_LETTERS:
        raise RuleBroken(
            N_("This section has %(length)d characters. At most %(most)d fit. Make it shorter."),
            field=f"text_{key}",
            length=len(text),
            most=MOST_LETTERS,
        )
    for code in identity_codes_in(text):
        raise RuleBroken(
            N_("There is a personal identity code on line %(line)d: “%(code)s”. Take it out."),
            field=f"text_{key}",
            line=text[: text.index(code)].count("\n") + 1,
            code=masked(code),
        )


class Written(StrEnum):
    """How far one section is, as the list at the top of the writing page tells it."""

    EMPTY = "empty"
    FROM_RECORDS = "from_records"
    WRITTEN = "written"


WRITTEN_NAMES: dict[Written, str] = {
    Written.EMPTY: N_("Empty"),
    Written.FROM_RECORDS: N_("From the records"),
    Written.WRITTEN: N_("Written"),
}
FROM_RECORDS = frozenset(SectionKey) - {SectionKey.PROPOSALS, SectionKey.OWN_WORDS}
"""What the records can begin: proposals are people's, and her own words are hers alone."""


def check_refill(key: SectionKey, text: str, words: str) -> None:
    """Only an empty section is filled from the records, and only with words. Raises RuleBroken."""
    if text:
        raise RuleBroken(N_("There is text here already. Take it out first."), field=f"text_{key}")
    if key not in FROM_RECORDS or not words:
        raise RuleBroken(N_("The records say nothing for this section yet."), field=f"text_{key}")


def as_points(text: str) -> tuple[str, ...]:
    """The lines of a text that is a list through and through ("- one"), else nothing."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marks = ("- ", "• ", "* ")
    if len(lines) < 2 or not all(line.startswith(marks) for line in lines):
        return ()
    return tuple(line[2:].strip() for line in lines)


# --- words of the sections --------------------------------------------------------------------

TITLES: dict[SectionKey, str] = {
    SectionKey.SITUATION: N_("Situation and goal"),
    SectionKey.STRENGTHS: N_("Strengths and skills"),
    SectionKey.DONE: N_("What was done in the three weeks"),
    SectionKey.WORKED: N_("What worked"),
    SectionKey.NEEDED: N_("What is needed next"),
    SectionKey.PROPOSALS: N_("Proposals to the municipal coach"),
    SectionKey.OWN_WORDS: N_("In my own words"),
}
HINTS: dict[SectionKey, str] = {
    SectionKey.SITUATION: N_("What kind of work is looked for, and why now?"),
    SectionKey.STRENGTHS: N_("Give an example in which the skill shows."),
    SectionKey.DONE: N_("The figures come from the job search and the hours."),
    SectionKey.WORKED: N_("What is worth going on with after the three weeks?"),
    SectionKey.NEEDED: N_("Practical things. Nothing about health."),
    SectionKey.PROPOSALS: N_("One or two clear proposals."),
    SectionKey.OWN_WORDS: N_("Only the job seeker writes here, and may leave it empty."),
}
NARROW = frozenset({SectionKey.WORKED, SectionKey.NEEDED})
"""Sections that may stand side by side on paper."""
