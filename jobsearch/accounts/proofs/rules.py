"""Rules of one-time proofs."""

from dataclasses import dataclass
from datetime import datetime

PREFIX = "proof:"
"""A proof's purpose begins so in the table: no code for signing in is ever one."""


@dataclass(frozen=True, slots=True)
class ProofDone:
    """A proof that was given: by whom, to which (masked) address the code went, and when."""

    account_id: str
    sent_to_masked: str
    at: datetime
