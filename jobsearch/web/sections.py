"""The pages of an organisation's settings, as a table; one shows when it is in the application."""

from collections.abc import Collection
from dataclasses import dataclass

from jobsearch.core.text import mark as _


@dataclass(frozen=True, slots=True)
class Section:
    """One page of an organisation's settings: where it is, and what is decided there."""

    endpoint: str
    icon: str
    label: str
    text: str


SECTIONS: tuple[Section, ...] = (
    Section(
        "organisations.edit_details",
        "building-2",
        _("Organisation"),
        _("Names, address, phone, and whom people ask about their data"),
    ),
    Section(
        "first_steps.show",
        "list-checks",
        _("First steps"),
        _("From an empty house to the first morning, in order"),
    ),
    Section(
        "members.list_members",
        "key-round",
        _("Staff and roles"),
        _("Who works here in which role, and who is invited"),
    ),
    Section(
        "members.list_municipal_coaches",
        "map-pin",
        _("Municipal coaches"),
        _("Who refers people, town by town"),
    ),
    Section(
        "providers.list_providers",
        "key-round",
        _("Signing in"),
        _("Whether your staff come in by the account that they have at work"),
    ),
    Section(
        "programmes.list_programmes",
        "goal",
        _("Programmes"),
        _("What is offered, with its weeks and its pay"),
    ),
    Section(
        "hiring.show_settings",
        "file-text",
        _("Contracts"),
        _("What every contract says: address, insurers, pay day, trial period"),
    ),
    Section(
        "keeping.show_keeping",
        "hourglass",
        _("Keeping and erasing"),
        _("How long analyses and the proof of permissions are kept, and what has gone"),
    ),
    Section(
        "tracker_settings.edit_settings",
        "list-checks",
        _("Following the job search"),
        _("When a quiet lead is asked about, and how long a company is left alone"),
    ),
    Section(
        "message_texts.list_texts",
        "mail",
        _("Texts of messages"),
        _("Your own words in e-mails and text messages, in each language"),
    ),
)
"""The manager's pages of settings, in order; a feature that has one adds its line."""


def settings_sections(there: Collection[str]) -> list[Section]:
    """The sections whose pages are in the application."""
    return [section for section in SECTIONS if section.endpoint in there]
