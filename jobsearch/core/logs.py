"""What the program writes down of itself: one line each, with its time, and of nobody."""

import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType

from sqlalchemy.exc import OperationalError

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def one_line(text: str) -> str:
    """The text with line breaks and control characters written out: it forges no second line."""
    return _CONTROL.sub(lambda found: repr(found[0])[1:-1], text)


class PlainFormatter(logging.Formatter):
    """Time in UTC, level, where from, and what; of a failure its kind and the places it came by.

    What an exception says may be a name, a number or a whole row, so it is left out. A database
    that does not answer says why: that names a machine and nobody.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record in one line; a failure adds a line for each place."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = one_line(record.getMessage())
        line = f"{at} {record.levelname} {record.name} {said}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - the library's name
        """The kinds of the failure and of what caused it, with their places in the code."""
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            why = ""
            if isinstance(error, OperationalError):
                why = f": {one_line(str(error.orig).partition(chr(10))[0])}"
            lines.append(f"  {type(error).__module__}.{type(error).__qualname__}{why}")
            places = traceback.extract_tb(error.__traceback__)
            lines += [f"    {place.filename}:{place.lineno} {place.name}" for place in places]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


def write_logs() -> None:
    """Let every log of this process be written by the one formatter, to standard error."""
    line = logging.StreamHandler(sys.stderr)
    line.setFormatter(PlainFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[line], force=True)
    logging.getLogger("jobsearch").setLevel(logging.INFO)
