"""Which changes of a text are one edit."""

from __future__ import annotations

import pytest

from workbench.domain.typing import Typing

Change = tuple[int, int, str]


def _edits(*changes: Change) -> int:
    typing = Typing()
    return sum(typing.begins(*change) for change in changes)


@pytest.mark.parametrize(
    ("changes", "edits"),
    [
        ([(0, 0, "a"), (1, 0, "b"), (2, 0, " "), (3, 0, "c")], 1),  # one after the other
        ([(5, 1, ""), (4, 1, ""), (3, 1, "")], 1),  # Backspace
        ([(3, 1, ""), (3, 1, ""), (3, 5, "")], 1),  # Delete
        ([(0, 0, "a"), (1, 0, "b"), (1, 1, "")], 2),  # deleting follows writing
        ([(1, 1, ""), (1, 0, "a"), (2, 0, "b")], 2),  # writing follows deleting
        ([(0, 0, "a"), (7, 0, "b")], 2),  # elsewhere
        ([(4, 6, "r"), (5, 0, "o"), (6, 0, "u")], 1),  # over a selection
        ([(0, 0, "a"), (1, 0, "\u2029"), (2, 0, "b")], 3),  # a new line
        ([(0, 0, "a"), (1, 0, "pasted words"), (13, 0, "b")], 3),
    ],
)
def test_what_is_one_edit(changes: list[Change], edits: int) -> None:
    assert _edits(*changes) == edits


def test_an_edit_ends_when_somebody_says_so() -> None:
    typing = Typing()
    assert typing.begins(0, 0, "a")
    typing.end()
    assert typing.begins(1, 0, "b")
