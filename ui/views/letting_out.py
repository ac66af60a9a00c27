"""Lets a file out of the study, and asks where something was found in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.look_dialog import LookDialog
from workbench.domain.looking_out import Found
from workbench.errors import Way
from workbench.services.door import Waits
from workbench.services.lookout.letting_out import Allowed, just
from workbench.study import Study


def _nothing() -> None:
    return


def let_out(
    context: AppContext,
    page: QWidget,
    out: Path,
    write: Callable[[Study], Any],
    done: Callable[[Any], object],
    *,
    size: int,
    ways: Mapping[Way, Callable[[], None]],
    after: Callable[[], None] = _nothing,
    allowed: Allowed | None = None,
) -> None:
    """Write a file of the open study, if it is much beside the window; ask before it leaves.

    Args:
        context: has the study.
        page: what a dialog belongs to.
        out: where it is written.
        write: writes it.
        done: gets what `write` returns, once the file is there.
        size: how much there is to write, about, in rows.
        ways: ways out when it fails.
        after: called when writing has ended, whether the file is there or not.
        allowed: tells what may leave with it that is found in it; `None` = nothing.
    """

    def work(study: Study) -> Any:
        decided = study.letting_out
        with decided.allowing(allowed) if allowed else decided.asking():
            try:
                return write(study)
            except Waits as waits:
                return waits

    def again(allowed: Allowed | None = None) -> None:
        let_out(
            context, page, out, write, done, size=size, ways=ways, after=after, allowed=allowed
        )  # fmt: skip

    def ended(result: Any) -> None:
        if not isinstance(result, Waits):
            done(result)
            return
        found = [one for one in result.findings if isinstance(one, Found)]
        dialog = LookDialog(
            context,
            out.name,
            found,
            again=again,
            let_out=lambda: again(just(found)),
            parent=page.window(),
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    title = t("Writing {name}", name=out.name)
    context.run_long(title, work, ended, size=size, after=after, ways=ways)
