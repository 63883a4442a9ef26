"""What the page of one person after the programme shows, gathered."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.core.access import Actor
from jobsearch.outcomes.corrections.queries import Change, list_corrections
from jobsearch.outcomes.following.calls import Call
from jobsearch.outcomes.following.queries import Followed, Question, list_questions
from jobsearch.outcomes.models import Outcome
from jobsearch.outcomes.origins import Origins, load_origins
from jobsearch.outcomes.person.queries import get_known
from jobsearch.outcomes.queries import FollowedPerson
from jobsearch.outcomes.rules import When, own_cohorts_of, when_it_began
from jobsearch.outcomes.told.queries import ToldLine, list_told_of


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person who started, with everything that was noted of her after it."""

    person: FollowedPerson
    followed: Followed
    questions: Sequence[Question]
    calls: Sequence[Call]
    told: Sequence[ToldLine]
    corrections: Sequence[Change]
    origins: Origins

    def when(self, outcome: Outcome) -> When:
        """Whether it began before, during or after the employment in the programme."""
        return when_it_began(outcome.began_on, self.person.starts_on, self.person.ends_on)

    def origin(self, outcome: Outcome) -> str:
        """The words of the lead or the contact that led to it, if any."""
        return self.origins.words.get(outcome.lead_id or outcome.action_id or "", "")

    def is_return(self, outcome: Outcome) -> bool:
        """Whether work of the same kind had ended before this began: she came back to it."""
        return any(
            one.kind is outcome.kind
            and one.ended_on is not None
            and one.ended_on < outcome.began_on
            for one in self.person.outcomes
        )


def person_page(actor: Actor, enrolment_id: str) -> PersonPage:
    """The page of one person, in six statements. Raises NotVisible."""
    known = get_known(enrolment_id, own_cohorts_of(actor))
    person, followed = known.person, known.followed
    came_from = {key for one in person.outcomes for key in (one.lead_id, one.action_id) if key}
    return PersonPage(
        person=person,
        followed=followed,
        questions=list_questions(followed),
        calls=known.calls,
        told=list_told_of(enrolment_id),
        corrections=list_corrections(followed.organisation_id, [one.id for one in person.outcomes]),
        origins=load_origins(person.person_id, came_from),
    )
