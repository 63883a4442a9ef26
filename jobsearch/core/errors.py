"""The ways in which the house says no, or that it cannot know; each has one answer on the web."""


class RuleBroken(Exception):
    """A rule of the programme or of the law says no (422 on a form, 409 elsewhere).

    The message is an English sentence marked for translation with named gaps; `field` names the
    form field that it belongs to, so that the person reads it where she can mend it.
    """

    def __init__(self, message: str, field: str | None = None, **gaps: object) -> None:
        super().__init__(message % gaps if gaps else message)
        self.message = message
        self.field = field
        self.gaps = gaps


class NotVisible(Exception):
    """There is no such thing, or it is not yours to know of: both read 404."""


class Conflict(Exception):
    """Someone else changed the same thing first (409): look again and decide again."""


class FateUnknown(Exception):
    """The line broke before the database said that a change is kept (503): it is, or it is not."""
