"""Reads the register's answer to a delivery: what was accepted, what was not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

MOST_BYTES = 5 * 1024 * 1024
_REFUSED = N_("This is not an answer of the Incomes Register.")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says of one delivery.

    `accepted` maps our references of reports to the register's own; `errors` what is wrong with
    each, and under "" with the file as a whole.
    """

    delivery: str
    accepted: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def read_answer(content: bytes) -> Answer:
    """The answer in a feedback file. RuleBroken for what is none; nothing outside it is fetched."""
    if len(content) > MOST_BYTES:
        raise RuleBroken(_REFUSED, field="file")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise RuleBroken(_REFUSED, field="file") from None
    response = root.find("StatusResponse")
    if etree.QName(root).localname != "StatusResponseFromIR" or response is None:
        raise RuleBroken(_REFUSED, field="file")
    accepted = {
        _text(item, "ItemId"): _text(item, "IRItemId")
        for item in response.iterfind("ValidItems/Item")
    }
    errors = {
        _text(item, "ItemId"): _errors(item.iterfind("ItemErrors/ErrorInfo"))
        for item in response.iterfind("InvalidItems/Item")
    }
    whole = [
        error
        for part in ("MessageErrors", "DeliveryErrors")
        for error in response.iterfind(f"{part}/ErrorInfo")
    ]
    if whole:
        errors[""] = _errors(whole)
    return Answer(_text(root, "DeliveryData/DeliveryId"), accepted, errors)


def _text(parent: etree._Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()


def _errors(found: object) -> str:
    lines = [
        " ".join(filter(None, (_text(one, "ErrorCode"), _text(one, "ErrorMessage"))))
        for one in found  # type: ignore[attr-defined]
    ]
    return "; ".join(lines)[:500]
