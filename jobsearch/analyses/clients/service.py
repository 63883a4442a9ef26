"""Use cases of clients: ask one, hand one over to a colleague, move all of a coach."""

from jobsearch.analyses.clients import queries
from jobsearch.analyses.clients.mail import tell_of_move
from jobsearch.analyses.questions.rules import QuestionKind
from jobsearch.analyses.questions.service import put_question, take_questions_away
from jobsearch.consents.links.queries import hold_links
from jobsearch.consents.links.service import begin_link, end_links
from jobsearch.consents.models import CoachLink
from jobsearch.core.access import Actor
from jobsearch.core.clock import today
from jobsearch.core.db import db
from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.recruitment.following.service import end_following


def ask_client(actor: Actor, person_id: str, kind: QuestionKind, words: str) -> None:
    """Ask one client for something; what becomes of it the coach does not learn.

    Raises NotVisible for whoever shares nothing, RuleBroken for a question too many.
    """
    client = queries.get_client(actor, person_id)
    put_question(actor, client.person_id, kind, words, client.kinds)


def hand_over(actor: Actor, person_id: str, colleague_id: str) -> str:
    """Give one client to a colleague of the same town; returns the colleague's name.

    Nothing that the client shared moves along. Raises NotVisible, and RuleBroken for an unknown
    colleague or a client who has another municipal coach.
    """
    client = queries.get_client(actor, person_id)
    town, day = actor.organisation_id, today(actor.zone)
    name = _name_of(town, colleague_id, but=actor.account_id)
    links = hold_links(actor.account_id, town, day, client.person_id)
    if not links:
        raise RuleBroken(N_("Somebody else is the municipal coach of this client now."))
    _move(actor, links, (colleague_id, name))
    return name


def move_clients(actor: Actor, coach_id: str, successor_id: str | None) -> int:
    """Give all clients of one coach of the actor's town to another, or to nobody; says how many.

    The actor learns that number and nothing else. Raises RuleBroken for an unknown successor.
    """
    town = actor.organisation_id
    to = None if successor_id is None else (successor_id, _name_of(town, successor_id, coach_id))
    links = hold_links(coach_id, town, today(actor.zone))
    _move(actor, links, to)
    return len(links)


def _name_of(town: str, account_id: str, but: str) -> str:
    names = dict(queries.list_colleagues(town, but))
    if account_id not in names:
        raise RuleBroken(N_("Choose one of the coaches on the page."), field="successor")
    return names[account_id]


def _move(actor: Actor, links: list[CoachLink], to: tuple[str, str] | None) -> None:
    """Every one of these people has another coach from today, is told so and is asked anew.

    What the coach before was allowed stays that coach's and opens nothing any more.
    """
    if not links:
        return
    day, coach_id = today(actor.zone), links[0].account_id
    homes = {link.person_id: (link.organisation_id, link.municipality_id) for link in links}
    for person_id, (organisation_id, town) in homes.items():
        if to is None:
            end_links(person_id, day)
        else:
            begin_link(person_id, organisation_id, to[0], town, day)
    end_following(coach_id, homes)
    take_questions_away(coach_id, homes)
    for person in queries.list_people(homes):
        tell_of_move(person, to[1] if to else None)
    db.session.flush()
