"""How somebody can be reached by messages, as the pages of her choices show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from jobsearch.notices.preferences.rules import Choices
from jobsearch.notices.rules import Channel, TextKind

_HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Address:
    """One way to reach somebody; one that fails is still hers, and she should know."""

    channel: Channel
    text: str
    fails: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody can be reached, what she chose, and what is written to people like her."""

    subject_id: str
    addresses: Sequence[Address]
    language: str
    choices: Choices
    kinds: Sequence[TextKind]

    @property
    def optional(self) -> list[TextKind]:
        """The kinds that she can do without."""
        return [kind for kind in self.kinds if kind.optional]

    @property
    def needed(self) -> list[TextKind]:
        """The kinds that come in any case."""
        return [kind for kind in self.kinds if not kind.optional]

    @property
    def channel(self) -> Channel:
        """The channel that is taken: the chosen one where she has it."""
        known = [address.channel for address in self.addresses]
        chosen = self.choices.channel_or_usual
        return chosen if chosen in known or not known else known[0]


def mask(text: str) -> str:
    """An address or number as its owner knows it again and nobody else: `p•••@example.org`."""
    name, at, host = text.partition("@")
    return f"{name[:1]}{_HIDDEN}@{host}" if at else f"{text[:4]} {_HIDDEN} {text[-3:]}"
