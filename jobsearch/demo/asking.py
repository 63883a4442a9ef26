"""What the municipal coaches ask of those who share something with them."""

from collections.abc import Iterable

from jobsearch.analyses.clients.queries import list_clients
from jobsearch.analyses.clients.service import ask_client
from jobsearch.analyses.questions.rules import QuestionKind
from jobsearch.core.access import Actor

_WORDS = "Sopisiko lyhyt puhelu ensi viikolla? Katsotaan yhdessä, mitä jaksosta jäi käteen."


def ask_for_talks(coaches: Iterable[Actor]) -> None:
    """Each municipal coach asks whoever let an analysis go for a talk; nothing is owed."""
    for coach in coaches:
        for client in list_clients(coach).lines:
            if client.opened is not None:
                ask_client(coach, client.person_id, QuestionKind.TALK, _WORDS)
