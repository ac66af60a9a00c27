"""Does what may be hindered, tells what hindered it, and goes the way out that is chosen.

An error carries the ways out of it as data (`workbench.errors.Way`); whoever began what failed
says how to go them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.errors import is_ours
from workbench.errors import Way, WorkbenchError

T = TypeVar("T")
Ways = Mapping[Way, Callable[[], T | None]]
"""How each way is gone from here."""


def attempt(
    context: AppContext, parent: QWidget, act: Callable[[], T], ways: Ways[T] | None = None
) -> T | None:
    """Do something; what hinders it is told, and can be tried again.

    Args:
        context: has the dialogs.
        parent: what they belong to.
        act: does it, whole or not at all.
        ways: further ways out.

    Returns:
        what `act`, or the way that was chosen instead, returned; `None` if it was given up.
    """
    try:
        return act()
    except (WorkbenchError, OSError) as problem:
        if is_ours(problem):
            raise  # nobody can do anything about it; it is logged
        hindrance = problem
    out: dict[Way, Callable[[], T | None]] = dict(ways or {})
    out.setdefault(Way.AGAIN, lambda: attempt(context, parent, act, ways))
    return tell(context, parent, hindrance, out)


def tell(
    context: AppContext,
    parent: QWidget,
    problem: BaseException,
    ways: Ways[T] | None = None,
    *,
    of_open: bool = True,
) -> T | None:
    """Tell what went wrong, and go the way that is chosen.

    Args:
        context: has the dialogs.
        parent: what they belong to.
        problem: what went wrong.
        ways: how each way is gone from here; those of the problem are offered.
        of_open: whether it has to do with the study that is open, if one is.

    Returns:
        what the way returned; `None` if none was chosen.
    """
    known = {**(_of_study(context) if of_open else {}), **(ways or {})}
    chosen = context.tell(parent, problem, tuple(known))
    return known[chosen]() if chosen is not None else None


def _of_study(context: AppContext) -> dict[Way, Callable[[], None]]:
    """Return the ways that can be gone whatever failed, as long as a study is open."""
    if context.study is None:
        return {}
    ids = {Way.RESTORE: "study.restore", Way.CHECK: "study.check"}
    return {way: partial(context.actions.trigger, action) for way, action in ids.items()}
