"""Boards for those who follow them: twenty people see the same change, and one of them asks for it.

A board's version says all that it shows, so what was found for a version holds for everybody who
may see it, until the next one.
"""

from collections import OrderedDict
from dataclasses import replace
from datetime import date

from jobsearch.core.access import Actor
from jobsearch.core.clock import now, today
from jobsearch.standup.board import Board
from jobsearch.standup.queries import get_board

MOST = 200  # boards that are open at once, in each language
KEPT: OrderedDict[tuple[str, int, str, date], Board] = OrderedDict()


def follow_board(actor: Actor, cohort_id: str, version: int) -> Board:
    """The board in a version that BOARD_VERSION has found for this actor; its timer is as of now.

    Raises as `queries.get_board`.
    """
    key = (cohort_id, version, actor.language, today())
    board = KEPT.get(key)
    if board is None:
        board = get_board(actor, cohort_id)
        if board.day.version == version:  # else somebody was quicker, and the next poll finds it
            _keep(key, board)
        return board
    timer = board.day.timer
    return replace(board, seconds_left=timer.seconds_left(now())) if timer else board


def _keep(key: tuple[str, int, str, date], board: Board) -> None:
    for old in [one for one in list(KEPT) if one[-1] != key[-1]]:
        KEPT.pop(old, None)  # people are not kept in mind for longer than their day
    KEPT[key] = board
    while len(KEPT) > MOST:
        KEPT.popitem(last=False)
