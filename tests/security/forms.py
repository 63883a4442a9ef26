"""Reads the forms out of a page, as whoever fills them in for mischief sees them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html


@dataclass(frozen=True)
class Field:
    """One name of a form: its kind, what stands in it, and what it offers to choose from."""

    name: str
    kind: str
    value: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """One form of a page: where it is sent, how, and its fields."""

    page: str
    action: str
    method: str
    fields: tuple[Field, ...]

    @property
    def shape(self) -> tuple[str, str, frozenset[str]]:
        """What makes two forms the same: method, address without keys in it, names of fields."""
        steps = urlsplit(self.action).path.split("/")
        address = "/".join("*" if len(step) >= 20 else step for step in steps)
        return self.method, address, frozenset(field.name for field in self.fields)


def forms_of(address: str, page: str) -> Iterator[Form]:
    """Every form of a page; what the house itself adds (token, key) is left to the client."""
    tree = html.document_fromstring(page)
    for form in tree.xpath("//form"):
        inside = form.xpath(".//input | .//select | .//textarea | .//button")
        mark = form.get("id")
        outside = tree.xpath("//*[@form=$mark]", mark=mark) if mark else []
        fields = tuple(_fields([*inside, *outside]))
        method = (form.get("method") or "get").lower()
        yield Form(address, form.get("action") or address, method, fields)


def links_of(page: str) -> set[str]:
    """Where a page leads to on this site."""
    found = html.document_fromstring(page).xpath("//a/@href | //@hx-get")
    return {str(one).partition("#")[0] for one in found if str(one).startswith("/")} - {""}


def _fields(controls: Iterable[html.HtmlElement]) -> Iterator[Field]:
    chosen: dict[str, list[str]] = {}
    for control in controls:
        name = control.get("name")
        if not name or name in ("csrf_token", "_once"):
            continue
        if control.tag == "select":
            options = tuple(one.get("value") or "" for one in control.xpath(".//option"))
            yield Field(name, "select", options=options)
        elif control.tag == "textarea":
            yield Field(name, "text", control.text or "")
        elif control.get("type") == "radio":
            chosen.setdefault(name, []).append(control.get("value") or "on")
        else:
            kind = "button" if control.tag == "button" else control.get("type") or "text"
            yield Field(name, kind, control.get("value") or "")
    for name, options in chosen.items():
        yield Field(name, "select", options=tuple(options))
