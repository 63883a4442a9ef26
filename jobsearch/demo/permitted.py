"""Introductions by permission: one only permitted, one asked for, one written."""

from collections.abc import Iterable, Mapping

from jobsearch.consents.introductions.pages import say
from jobsearch.consents.introductions.queries import list_asked, show_permission
from jobsearch.consents.introductions.service import (
    ask_for_introduction,
    permit_introduction,
    write_introduction,
)
from jobsearch.core.access import Actor
from jobsearch.core.tokens import digest
from jobsearch.demo.accounts import signed_in

_GIVERS = ("Aino", "Linnéa", "Saana")
_ASKED = ("Aino", "Linnéa")
_WRITTEN = "Aino Lehtoranta"
_WORDS = (
    "Aino on tehnyt kaupan ja varaston työtä kymmenen vuotta ja ajanut trukkia niistä neljä.\n"
    "Hän oppii uuden järjestelmän nopeasti ja on työkavereiden kesken pidetty.\n"
    "Tavoitteena on kokoaikainen varastotyö Porissa tai Ulvilassa.\n"
    "Auttaa: selkeä viikko-ohjelma ja se, että soittoja harjoitellaan ensin yhdessä."
)


def permit_introductions(coach: Actor, actors: Mapping[str, Actor]) -> None:
    """Three let the coach ask their municipal coach; she has asked for two of them."""
    for name in _GIVERS:
        actor = signed_in(actors[name])
        asked = show_permission(actor)
        if asked.coach is not None:
            wording = say(asked.coach, dict(asked.offered)[asked.usual], actor.language)
            permit_introduction(actor, asked.usual, digest(wording), say)
    for name in _ASKED:
        ask_for_introduction(coach, actors[name].person_id or "")


def write_introductions(coaches: Iterable[Actor]) -> None:
    """One of the two is written."""
    for coach in coaches:
        for line in list_asked(coach, 1).lines:
            if line.name == _WRITTEN:
                write_introduction(coach, line.introduction_id, _WORDS, 1)
