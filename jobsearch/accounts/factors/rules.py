"""Rules of second factors: which codes fit, how often, and what has to be left."""

from dataclasses import dataclass
from datetime import datetime

import pyotp

from jobsearch.core.errors import RuleBroken
from jobsearch.core.text import mark as N_

STEP_SECONDS = 30
CODE_DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_DIGITS = 12
FEW_CODES = 3
"""With so many recovery codes left, or fewer, the person is asked to make new ones."""

WRONG_CODE = N_("The code is wrong, too old or used already. Wait for the next one and try again.")


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account can prove itself with, beside its password."""

    has_authenticator: bool
    passkeys: int
    recovery_codes: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor at all; recovery codes alone are none."""
        return self.has_authenticator or self.passkeys > 0

    @property
    def count(self) -> int:
        """How many factors there are."""
        return int(self.has_authenticator) + self.passkeys


def plain_code(typed: str) -> str:
    """A code as it is compared: its digits, however they were grouped."""
    return "".join(letter for letter in typed if letter.isascii() and letter.isdigit())


def is_recovery_code(code: str) -> bool:
    """Whether a plain code has the length of a recovery code."""
    return len(code) == RECOVERY_DIGITS


def grouped(code: str) -> str:
    """A recovery code as it stands on paper: 1234 5678 9012."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def step_of(at: datetime) -> int:
    """The half minute of an instant, as the app counts them (RFC 6238)."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(secret: str, step: int) -> str:
    """The code of a half minute."""
    return pyotp.TOTP(secret).at(step * STEP_SECONDS)


def fitting_step(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The half minute that a code belongs to: this one, the one before or after; None if none.

    A half minute whose code was used, and those before it, fit no more: no code works twice.
    """
    here = step_of(now)
    for step in (here, here - 1, here + 1):
        unused = last_step is None or step > last_step
        if unused and len(code) == CODE_DIGITS and code_of(secret, step) == code:
            return step
    return None


def next_code(secret: str, now: datetime, last_step: int | None) -> str | None:
    """A code that would work now, for the demo; None when all of now have been used."""
    here = step_of(now)
    fresh = (step for step in (here, here + 1) if last_step is None or step > last_step)
    return next((code_of(secret, step) for step in fresh), None)


def check_may_end(factors: Factors) -> None:
    """One factor has to be left. Raises RuleBroken."""
    if factors.count < 2:
        raise RuleBroken(
            N_("This is your only second factor. Add another one first, then remove this one.")
        )
