"""What the parts of Findings that write share while a study is open."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ui.views import desk
from workbench.domain.change import Op


class Desk(desk.Desk["FindingsWorkspace"]):
    """The open study, and the workspace that shows at once what is done to it."""

    @contextmanager
    def step(self, op: Op) -> Iterator[None]:
        """Do something in one step, and show what came of it."""
        with self.study.step(op, origin=self.page):
            yield
        self.page.show_findings()
