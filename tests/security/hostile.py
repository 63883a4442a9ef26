"""What people and programs type who mean no good, by family."""

import io
import json
import random
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from tests.security.forms import Field, Form

MARK = "zq7"
"""Stands in everything that must never become a part of a page's own code."""

Pair = tuple[str, str]
Body = tuple[bytes, str]

FAMILIES: dict[str, tuple[str, ...]] = {
    "empty": ("", " ", "\u00a0", "\u200b"),
    "over-long": ("a" * 300, "å" * 5_000, "x y " * 20_000),
    "control": ("a\x00b", "\x00", "a\x07\x1b[31mb", "\x7f\x85", "a\ufeffb", "\u2028a\u2029"),
    "surrogate": ("a\ud800b", "\udfff", "\ud83d\udc00\udc00"),
    "direction": ("\u202eabc\u202c", "\u2066مرحبا\u2069", "👩‍👩‍👧‍👧 🇫🇮", "e\u0301" * 40, "ﬀ①Ⅷ"),
    "markup": (
        f"<script>{MARK}()</script>",
        f'"><img src=x onerror={MARK}()>',
        f"' onmouseover='{MARK}()' x='",
        f"</textarea></title><script>{MARK}()</script>",
        f"javascript:{MARK}()",
        f"data:text/html,<script>{MARK}()</script>",
        f"[x](javascript:{MARK}())",
        "{{ 7*7 }}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
        "%(name)s %s %n {0} {name.__class__} ${7*7} #{7*7}",
    ),
    "paper": (
        "<b>x",
        '<font color="toColor(1)">x</font>',
        "<para align=foo>",
        '<img src="http://127.0.0.1:9/x"/>',
        "<onDraw name=x/>",
        "</para><b></i>",
        "&#0; &#xD800; &bogus;",
    ),
    "formula": ("=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\r=1", "＝1+1", "-2+3", "'=1"),
    "line break": ("a\r\nX-Fuzzed: 1", "a\nBcc: x@example.org", "a%0d%0aX-Fuzzed:1", "\r\n\r\n."),
    "number": (
        *("sNaN", "NaN", "-NaN", "Infinity", "-Infinity", "1e400", "1e-400", "1_0", "0x10", "+1"),
        *("12345678901234567890", "-1", "-0", "0.005", "0", "999999999", "2147483648", "١٢"),
        *("９９", "1,5", "1.5", "1,555", "1 000,00", "9223372036854775808", "1" * 5_000, "²"),
    ),
    "day": (
        *("1.1.1", "31.12.9999", "29.2.2027", "29.2.2028", "31.4.2026", "0.0.0", "0001-01-01"),
        *("9999-12-31", "2026-13-01", "2026-W12", "24:00", "25.61", "99999-01-01", "1.1.2027"),
        *("2026-11-24T10:00", "24.11.2026 10.00", "0000-00-00", "24.11.", "31.12.2100"),
    ),
    "pattern": (
        "%",
        "_",
        "\\",
        "'; DROP TABLE person; --",
        "' OR '1'='1",
        "(" * 2_000,
        "a" * 64 + "!",
    ),
    "way out": ("//evil.example", "/\\evil.example", "https://evil.example", "../../etc/passwd"),
    "identity": ("131052-308T", "150591-902A", "FI2112345600000785", "FI00", "+358401234567"),
    "address": (
        "a@b",
        "a@example.org\r\nBcc: b@example.org",
        "x" * 400 + "@example.org",
        "@",
        "a@@b.c",
    ),
    "web": (
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "http://[::1",
        "https://x.example/\n",
        "ftp://x",
    ),
}
ADDED = {  # what nobody is asked for
    "role": "manager",
    "organisation_id": "",
    "status": "approved",
    "state": "approved",
    "version": "0",
    "id": "1",
    "account_id": "",
    "person_id": "",
    "approved_by_id": "",
    "is_admin": "true",
    "membership_id": "",
}
FILES = (
    (b"", "empty.csv", "text/csv"),
    (b"PK\x03\x04" + b"\x00" * 200, "broken.xlsx", "application/zip"),
    (b"%PDF-1.4\n" + b"\xff" * 400, "../../etc/passwd.pdf", "application/pdf"),
    (b"a;b\x00;c\n\xff\xfe\xff" * 20, "nul\x00name.csv", "text/csv"),
    (f"<svg onload='{MARK}()'/>".encode(), 'a".svg', "image/svg+xml"),
    (b"name;email\n=1+1;x@example.org\n", "å\u202efdp.csv", "text/html"),
    (b"\x89PNG\r\n\x1a\n" + b"0" * 1_000, "x\r\nX-Fuzzed: 1.png", "image/png"),
)


def plausible(field: Field, chance: random.Random) -> str:
    """What an ordinary person might have entered here."""
    if field.kind == "select":
        return chance.choice(field.options) if field.options else ""
    if field.value or field.kind in ("hidden", "button", "submit"):
        return field.value
    if field.kind == "email" or "email" in field.name:
        return "somebody@example.org"
    if field.name.endswith(("_on", "on", "date", "day", "until", "from")):
        return "1.12.2026"
    if field.kind == "number" or field.name.endswith(("minutes", "count", "hours", "number")):
        return "3"
    return chance.choice(("Word", "10", "9.00", "1.12.2026", "12,50"))


def filled_in(form: Form, chance: random.Random, foreign: Sequence[str]) -> list[Pair]:
    """The form with one to three of its values, or all of them, made hostile."""
    pairs = [(one.name, plausible(one, chance)) for one in form.fields if one.kind != "button"]
    buttons = [one for one in form.fields if one.kind == "button"]
    if buttons:
        button = chance.choice(buttons)
        pairs.append((button.name, button.value))
    if not pairs:
        return pairs
    how_many = len(pairs) if chance.random() < 0.1 else chance.randint(1, 3)
    for at in chance.sample(range(len(pairs)), min(how_many, len(pairs))):
        pairs[at] = (pairs[at][0], worst(chance, foreign))
    return pairs


def worst(chance: random.Random, foreign: Sequence[str]) -> str:
    """One hostile value of any family, or the key of somebody else's thing."""
    family = chance.choice((*FAMILIES, "foreign"))
    return chance.choice(foreign if family == "foreign" else FAMILIES[family])


def _encoded(pairs: Sequence[Pair]) -> Body:
    body = urlencode(pairs, encoding="utf-8", errors="surrogatepass").encode()
    return body, "application/x-www-form-urlencoded"


def _missing(pairs: list[Pair], chance: random.Random) -> Body:
    return _encoded(pairs[:2] + [pair for pair in pairs[2:] if chance.random() < 0.5])


def _twice(pairs: list[Pair], chance: random.Random) -> Body:
    return _encoded([*pairs, *((name, worst(chance, ("",))) for name, _ in pairs[2:])])


def _more_than_asked(pairs: list[Pair], chance: random.Random) -> Body:
    return _encoded([*pairs, *ADDED.items()])


def _lists(pairs: list[Pair], chance: random.Random) -> Body:
    ends = ("[]", "[0]", "-0", "-0-value", ".0")
    return _encoded([*pairs[:2], *((name + chance.choice(ends), v) for name, v in pairs[2:])])


def _three_thousand(pairs: list[Pair], chance: random.Random) -> Body:
    return _encoded([*pairs, *((f"f{number}", "x") for number in range(3_000))])


def _json(pairs: list[Pair], chance: random.Random) -> Body:
    text = json.dumps({**dict(pairs), "x": "\ud800", "y": [[[]]], "z": 10**400})
    return text.encode(), "application/json"


def _wrong_kind(pairs: list[Pair], chance: random.Random) -> Body:
    kinds = (
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "x/y; charset=z",
    )
    return _encoded(pairs)[0], chance.choice(kinds)


def _files(pairs: list[Pair], chance: random.Random) -> Body:
    """Files where texts are asked for, in a body of parts."""
    out, edge = io.BytesIO(), "edge-of-the-parts"
    for at, (name, value) in enumerate(pairs):
        plain = value.encode("utf-8", "surrogatepass")
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"'
        if at < 2 or chance.random() < 0.4:
            out.write(f"{head}\r\n\r\n".encode() + plain + b"\r\n")
            continue
        content, filename, kind = chance.choice(FILES)
        lead = f'{head}; filename="{filename}"\r\nContent-Type: {kind}\r\n\r\n'
        out.write(lead.encode("utf-8", "surrogatepass") + content + b"\r\n")
    out.write(f"--{edge}--\r\n".encode())
    return out.getvalue(), f"multipart/form-data; boundary={edge}"


_WAYS: tuple[Callable[[list[Pair], random.Random], Body], ...] = (
    *(_missing, _twice, _more_than_asked, _lists, _json, _wrong_kind, _files),
)


def body_of(pairs: list[Pair], chance: random.Random, *, has_file: bool) -> Body:
    """The body of a request: most as a browser sends it, some as none would.

    The first two pairs are the token and the key of the form; they stay, so that what comes after
    them is looked at.
    """
    drawn = chance.random()
    if has_file and drawn < 0.8:
        return _files(pairs, chance)
    if drawn < 0.65:
        return _encoded(pairs)
    if drawn < 0.67:
        return _three_thousand(pairs, chance)
    return chance.choice(_WAYS)(pairs, chance)
