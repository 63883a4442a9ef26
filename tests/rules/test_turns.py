"""Heavy work goes on a few at once; a few more wait; the rest is refused at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from jobsearch.web.turns import Turns


def test_so_many_have_a_turn_and_no_more() -> None:
    turns = Turns(at_once=2, waiting=0, patience_seconds=60)
    assert [turns.take() for _ in range(3)] == [True, True, False]


def test_a_turn_that_was_given_back_is_free() -> None:
    turns = Turns(at_once=1, waiting=0, patience_seconds=60)
    for _ in range(5):
        assert turns.take()
        turns.give_back()


def test_who_waits_has_the_turn_that_comes_free() -> None:
    turns = Turns(at_once=1, waiting=1, patience_seconds=60)
    assert turns.take()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(turns.take)
        turns.give_back()
        assert waiting.result(timeout=30)


def test_who_has_waited_in_vain_is_refused_and_her_place_is_free_again() -> None:
    turns = Turns(at_once=1, waiting=1, patience_seconds=0.01)
    assert turns.take()
    assert [turns.take(), turns.take()] == [False, False]
    turns.give_back()
    assert turns.take()


def test_with_many_at_once_there_are_never_more_than_have_a_turn() -> None:
    turns, together = Turns(at_once=3, waiting=20, patience_seconds=60), Barrier(16)
    at_work: list[int] = []
    most = []

    def work() -> bool:
        together.wait()
        for _ in range(50):
            if not turns.take():
                return False
            at_work.append(1)
            most.append(len(at_work))
            at_work.pop()
            turns.give_back()
        return True

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(lambda _: work(), range(16)))
    assert max(most) <= 3
