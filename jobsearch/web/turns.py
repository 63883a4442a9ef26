"""Turns at heavy work: a few at once in one process, a few wait a while, and more are refused."""

from threading import Condition


class Turns:
    """So many have a turn at once and so many wait for one, for so many seconds at most."""

    def __init__(self, at_once: int, waiting: int, patience_seconds: float) -> None:
        self._free = Condition()
        self._at_once, self._most_waiting = at_once, waiting
        self._patience_seconds = patience_seconds
        self._taken = self._waiting = 0

    def take(self) -> bool:
        """Have a turn, at once or after a wait; False when too many wait or none came free."""
        with self._free:
            if self._taken >= self._at_once and not self._wait():
                return False
            self._taken += 1
            return True

    def give_back(self) -> None:
        """End a turn: whoever waits has it."""
        with self._free:
            self._taken -= 1
            self._free.notify()

    def _wait(self) -> bool:
        if self._waiting >= self._most_waiting:
            return False
        self._waiting += 1
        try:
            return self._free.wait_for(lambda: self._taken < self._at_once, self._patience_seconds)
        finally:
            self._waiting -= 1
