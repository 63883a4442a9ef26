"""The short messages of the demo: what people in a running group write to their coach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from jobsearch.cohorts.models import Enrolment
from jobsearch.conversations.models import ReadMark, ShortMessage, Side
from jobsearch.conversations.service import recount
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db


@dataclass(frozen=True, slots=True)
class Said:
    """One message: so many hours ago, by whom, and what."""

    hours_ago: float
    side: Side
    text: str


_P, _C = Side.PARTICIPANT, Side.COACH
TALKS: dict[str, tuple[Said, ...]] = {
    "Aino": (
        Said(50.2, _P, "Hei Riikka! Sain haastatteluajan torstaille klo 10. Voinko olla poissa?"),
        Said(49.5, _C, "Hienoa! Totta kai, se on työaikaa. Merkitsen sen.\nOnnea matkaan!"),
        Said(26.0, _P, "Kiitos. Voitko katsoa hakemukseni vielä ennen sitä?"),
        Said(25.1, _C, "Katson tänään iltapäivällä. Palataan aamupalaverin jälkeen."),
        Said(1.5, _C, "Luin hakemuksen: se on hyvä. Lisää vielä yksi esimerkki asiakastyöstä."),
    ),
    "Linnéa": (
        Said(30.0, _C, "Hej Linnéa! Hur gick samtalet med lagret?"),
        Said(28.4, _P, "Bra! De ringer tillbaka på fredag."),
        Said(2.0, _P, "Kan jag få ett intyg till dem redan nu?"),
    ),
}
"""By first name; the last word of each waits to be read."""


def talk(
    coach: Actor, participants: Mapping[str, Actor], enrolments: Mapping[str, Enrolment]
) -> None:
    """Let people write to each other; `participants` and `enrolments` are by first name."""
    for name, talk_of in TALKS.items():
        enrolment, participant = enrolments[name], participants[name]
        writers = {Side.PARTICIPANT: participant, Side.COACH: coach}
        for said in talk_of:
            _write(enrolment, writers[said.side], said)
        for side, reader in writers.items():
            read = [said.hours_ago for said in talk_of if said.side is side]
            _read(enrolment, reader, min(read))
        db.session.flush()
        for reader in writers.values():
            recount(reader.account_id, enrolment.organisation_id)


def _write(enrolment: Enrolment, writer: Actor, said: Said) -> None:
    db.session.add(
        ShortMessage(
            organisation_id=enrolment.organisation_id,
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            writer_id=writer.account_id,
            side=said.side,
            body=said.text,
            written_at=now() - timedelta(hours=said.hours_ago),
        )
    )


def _read(enrolment: Enrolment, reader: Actor, hours_ago: float) -> None:
    at = now() - timedelta(hours=hours_ago)
    db.session.add(
        ReadMark(
            organisation_id=enrolment.organisation_id,
            enrolment_id=enrolment.id,
            person_id=enrolment.person_id,
            account_id=reader.account_id,
            read_upto=at,
            told_at=now(),
        )
    )
