"""A step that is done in Findings: its page shows at once what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.views.desk import Desk
from workbench.domain.change import Op

if TYPE_CHECKING:
    from ui.views.findings.workspace import FindingsWorkspace


@contextmanager
def step(desk: Desk[FindingsWorkspace], op: Op) -> Iterator[None]:
    """Do something in one step, and show it."""
    with desk.study.step(op, origin=desk.page):
        yield
    desk.page.show_findings()
