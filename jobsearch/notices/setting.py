"""What this installation can send: its kinds of messages, and the channels that lead out of it."""

from flask import current_app

from jobsearch.config import Config, Mode
from jobsearch.notices.rules import Audience, Channel, TextKind


def kinds() -> tuple[TextKind, ...]:
    """Every kind of message, in the order in which pages list them."""
    found: tuple[TextKind, ...] = current_app.config["JOBSEARCH_TEXTS"]
    return found


def kinds_for(audience: Audience) -> list[TextKind]:
    """The kinds that are written to these people."""
    return [kind for kind in kinds() if kind.audience in (audience, Audience.EVERYONE)]


def find_kind(key: str) -> TextKind | None:
    """A kind by its key."""
    return next((kind for kind in kinds() if kind.key == key), None)


def channels_on() -> frozenset[Channel]:
    """The channels that lead somewhere: those with a server, in the demo all of them."""
    config: Config = current_app.config["JOBSEARCH"]
    if config.mode is not Mode.PRODUCTION:
        return frozenset(Channel)
    # e-mail without a server waits until there is one, or is given up and shown to the operator
    return frozenset({Channel.EMAIL} | ({Channel.SMS} if config.sms.url else set()))
