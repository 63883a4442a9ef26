"""Own words as a box keeps them: one sealed text for all of them, mixed anew each time; pure."""

import json
import random


def words_in(sealed: str | None) -> list[str]:
    """What was written into a box."""
    return [str(one) for one in json.loads(sealed)] if sealed else []


def mixed_in(sealed: str | None, said: str) -> str | None:
    """The box's words with one more among them, in an order that tells nothing."""
    words = [*words_in(sealed), *([said] if said else [])]
    random.SystemRandom().shuffle(words)
    return json.dumps(words, ensure_ascii=False) if words else None
