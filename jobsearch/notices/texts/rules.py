"""An organisation's own wording: placeholders that are safe, lengths that hold, parts of an SMS."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_
from jobsearch.notices.rules import (
    BODY_LENGTH,
    IN_LINES,
    SMS_LENGTH,
    SUBJECT_LENGTH,
    Channel,
    TextKind,
    Written,
    by_line,
    one_line,
)

_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,40})\}")
_HOUSE_GAP = re.compile(r"%\((\w+)\)s")

# GSM 03.38: one place each, and the letters that take two
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True, slots=True)
class Sms:
    """How long a text message is: letters as the network counts them, and the parts it takes."""

    letters: int
    parts: int
    plain: bool


def count_sms(text: str) -> Sms:
    """Letters and parts of a text message (3GPP TS 23.038).

    160 letters of the plain alphabet fit into one part, 153 into each of several; one letter
    outside it (or an emoji) makes it 70 and 67.
    """
    plain = all(letter in _GSM or letter in _GSM_TWICE for letter in text)
    if plain:
        letters = len(text) + sum(letter in _GSM_TWICE for letter in text)
        alone, joined = 160, 153
    else:
        letters = len(text.encode("utf-16-be")) // 2
        alone, joined = 70, 67
    parts = 1 if letters <= alone else -(-letters // joined)
    return Sms(letters, parts, plain)


def with_braces(text: str) -> str:
    """A wording of the house as the editor shows it: `%(link)s` is written {link}."""
    return _HOUSE_GAP.sub(r"{\1}", text).replace("%%", "%")


def fill(text: str, gaps: Mapping[str, str]) -> str:
    """Put values into placeholders, nothing where there is none; a value is no template."""
    return _PLACEHOLDER.sub(lambda found: _value(found[1], gaps), text)


def _value(name: str, gaps: Mapping[str, str]) -> str:
    value = gaps.get(name, "")
    return by_line(value) if name in IN_LINES else one_line(value)


def check_wording(kind: TextKind, wording: Written) -> Written:
    """The wording as it may be kept.

    Raises RuleBroken on its field: empty, too long, an unknown placeholder, a brace that belongs
    to none, or a needed placeholder that is missing.
    """
    subject = one_line(wording.subject)
    checked = Written(subject, wording.body.strip(), wording.sms.strip() if kind.sms else "")
    _check(kind, "subject", checked.subject, SUBJECT_LENGTH, frozenset())
    _check(kind, "body", checked.body, BODY_LENGTH, kind.needed(Channel.EMAIL))
    if kind.sms:
        _check(kind, "sms", checked.sms, SMS_LENGTH, kind.needed(Channel.SMS))
    return checked


def _check(kind: TextKind, field: str, text: str, longest: int, needed: frozenset[str]) -> None:
    if not text:
        raise RuleBroken(N_("Write the text, or go back to the default."), field)
    if len(text) > longest:
        raise RuleBroken(
            N_("The text has %(length)d characters. It may have %(longest)d."),
            field,
            length=len(text),
            longest=longest,
        )
    used = set(_PLACEHOLDER.findall(text))
    for name in sorted(used - kind.gaps):
        raise RuleBroken(
            N_("There is no placeholder {%(name)s} in this message. Use one from the list."),
            field,
            name=name,
        )
    if set("{}") & set(_PLACEHOLDER.sub("", text)):
        raise RuleBroken(
            N_("A brace { or } stands alone. Braces are for placeholders such as {link}."), field
        )
    for name in sorted(needed - used):
        raise RuleBroken(
            N_("The text needs the placeholder {%(name)s}: without it the message is of no use."),
            field,
            name=name,
        )
