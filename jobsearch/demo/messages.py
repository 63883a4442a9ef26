"""The messages of the demo: a text of the provider's own, and two people who are not reached."""

from collections.abc import Iterable
from datetime import timedelta

from jobsearch.analyses.mail import SHOWN
from jobsearch.core.access import Actor
from jobsearch.core.clock import now
from jobsearch.core.db import db
from jobsearch.notices.delivery.models import FailedAddress
from jobsearch.notices.delivery.queries import address_index
from jobsearch.notices.delivery.rules import Trouble
from jobsearch.notices.rules import Channel, Written
from jobsearch.notices.texts.service import save_wording
from jobsearch.people.queries import get_person

_OWN = Written(
    "Analyysisi on luettavissa",
    "Hei {name},\n\nvalmentajasi on kirjoittanut analyysin valmiiksi luettavaksesi. Lue se rauhassa"
    " ja päätä itse, lähetetäänkö se omavalmentajallesi:\n{link}\n\nSatakunnan Työnhakuvalmennus",
    "Hei {name}, analyysisi on luettavissa: {link}",
)
_FAILING = ((Channel.EMAIL, Trouble.ADDRESS_REFUSED, 5), (Channel.SMS, Trouble.REPORTED, 27))


def write_own_words(manager: Actor) -> None:
    """One message in the provider's own words."""
    save_wording(manager, SHOWN, "fi", _OWN, "")


def lose_contact(person_ids: Iterable[str]) -> None:
    """To the first of these people e-mail does not arrive, to the second text messages."""
    for person_id, (channel, trouble, hours) in zip(person_ids, _FAILING, strict=False):
        person = get_person(person_id)
        if channel is Channel.EMAIL and person.email is None:
            person.email = f"{person.family_name.lower()}@example.org"
        address = (person.email if channel is Channel.EMAIL else person.phone) or ""
        db.session.add(
            FailedAddress(
                subject_id=person.id,
                channel=channel,
                address=address,
                address_index=address_index(address),
                trouble=trouble,
                kind=SHOWN.key,
                failed_at=now() - timedelta(hours=hours),
            )
        )
    db.session.flush()
