"""The room of what is typed and not saved yet: it keeps every text, and tries again in order."""

from __future__ import annotations

import pytest

from workbench.errors import EnvironmentProblem, UserError
from workbench.services.unsaved import PAUSES_S
from workbench.study import Study


class Disk:
    """Where texts are written, as long as nothing stands in the way."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.problem: Exception | None = None

    def write(self, key: str, text: str) -> None:
        if self.problem is not None:
            raise self.problem
        self.texts[key] = text


FULL = EnvironmentProblem("disk-full", "The disk is full.", "Make room.")


@pytest.fixture
def disk() -> Disk:
    return Disk()


def keep(study: Study, disk: Disk, key: str, text: str) -> bool:
    spot = study.unsaved.spot((key,), key, lambda text: disk.write(key, text))
    saved = spot.keep(text)
    assert spot.shown("stored") == ("stored" if saved else text)
    return saved


def test_a_text_waits_until_it_is_written(study: Study, disk: Disk) -> None:
    told: list[int] = []
    study.unsaved.subscribe(lambda: told.append(len(study.unsaved.waiting)))
    assert keep(study, disk, "a", "one")
    disk.problem = FULL
    assert not keep(study, disk, "a", "two")
    assert not keep(study, disk, "a", "three")  # the last one counts
    assert not keep(study, disk, "b", "other")
    assert [(w.text, w.problem) for w in study.unsaved.waiting] == [
        ("three", FULL),
        ("other", FULL),
    ]
    assert not study.unsaved.try_again()
    disk.problem = None
    assert study.unsaved.try_again()
    assert disk.texts == {"a": "three", "b": "other"}
    assert told[-1] == 0


def test_pauses_grow_and_begin_anew_when_somebody_asks(study: Study, disk: Disk) -> None:
    disk.problem = FULL
    keep(study, disk, "a", "one")
    pauses = [study.unsaved.pause_s]
    for _ in range(len(PAUSES_S) + 1):
        study.unsaved.try_again()
        pauses.append(study.unsaved.pause_s)
    assert pauses == [*PAUSES_S, PAUSES_S[-1], PAUSES_S[-1]]
    study.unsaved.try_again(patiently=True)
    assert study.unsaved.pause_s == PAUSES_S[0]


def test_only_who_asks_waits_for_a_lock(study: Study, disk: Disk) -> None:
    """A text that is typed is tried again by itself, so that its first try need not wait either."""
    patience: list[int] = []

    def write(text: str) -> None:
        patience.extend(study._desk.db.conn.execute("PRAGMA busy_timeout").fetchone())
        disk.write("a", text)

    spot = study.unsaved.spot(("a",), "a", write)
    disk.problem = FULL
    spot.keep("one")
    study.unsaved.try_again()
    study.unsaved.try_again(patiently=True)
    disk.problem = None
    assert study.unsaved.try_again(patiently=True)
    spot.keep("two")
    first, quiet, asked, closing, again = patience
    assert max(first, quiet, again) <= 50
    assert asked == closing > 1000


def test_what_is_refused_does_not_wait(study: Study, disk: Disk) -> None:
    disk.problem = UserError("taken", "Somebody else is called so.")
    with pytest.raises(UserError):
        keep(study, disk, "a", "Maya")
    assert study.unsaved.waiting == ()


@pytest.mark.parametrize(
    "problem", [KeyError("gone"), OSError(5, "I/O"), UserError("taken", "Taken."), ValueError("x")]
)
def test_whatever_happens_on_another_try_the_text_is_there(
    study: Study, disk: Disk, problem: Exception
) -> None:
    disk.problem = FULL
    keep(study, disk, "a", "one")
    disk.problem = problem
    assert not study.unsaved.try_again()
    [waiting] = study.unsaved.waiting
    assert waiting.text == "one"
    if isinstance(problem, KeyError):
        assert "no longer there" in str(waiting.problem)
    disk.problem = None
    assert study.unsaved.try_again()
    assert disk.texts == {"a": "one"}


def test_a_mistake_of_ours_is_raised_and_costs_no_text(study: Study, disk: Disk) -> None:
    disk.problem = ValueError("x")
    with pytest.raises(ValueError, match="x"):
        keep(study, disk, "a", "one")
    assert [waiting.text for waiting in study.unsaved.waiting] == ["one"]


def test_a_text_of_what_was_erased_waits_no_more(study: Study, disk: Disk) -> None:
    disk.problem = FULL
    keep(study, disk, "a", "one")
    keep(study, disk, "b", "other")
    study.unsaved.forget({"a"})
    assert [waiting.text for waiting in study.unsaved.waiting] == ["other"]
    disk.problem = None
    assert study.unsaved.try_again()
    assert disk.texts == {"b": "other"}
