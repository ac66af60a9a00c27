"""What a workspace is: the contract between the window and its six rooms.

For authors. A workspace is a `QWidget` in `ui/views/<name>/workspace.py`, a class
`CollectWorkspace`, `TranscribeWorkspace`, `CodeWorkspace`, `JourneyWorkspace`,
`FindingsWorkspace` or `ReportWorkspace`, built as `CodeWorkspace(context)`.

- `key`, `title`, `icon` are class attributes, as `ui.views.faces` has them: the window shows those
  before it loads the workspace.
- `opens` names the kinds of object this workspace can show; see `KINDS`.
- `set_study(study)` is called when a study opens, and with `None` when it closes. Clear what
  showed another study, but read nothing: `refresh(None)` follows when the workspace is first
  shown, and a large study is open at once. `self.study` is set by the base class: call
  `super().set_study(study)` first.
- `refresh(changes)` is called once per turn of the event loop after one of the tables changed that
  `reads` names, while the workspace is visible. `changes` is a ChangeSet, or `None` for "anything
  may have changed" (also the first time the workspace is shown after it missed changes). A
  workspace that shows its own steps (`origin=self`) at once says so with `shows_own_steps`, one
  that what the machine does need not reach with `follows_machine`. A hidden workspace is not
  disturbed.
- It is loaded and made when it is first needed (`ui.workspaces`); until then nobody misses it, so
  what is asked of it from elsewhere is asked through that room.
- `actions_offered()`, of the class, lists its actions as data (`ui.actions.Action`), with
  `context=self.key` and `menu=self.title` (or another menu). `run` and `enabled` are called with
  the workspace, which is made when one of them is first needed. They appear in the menu, the
  palette and the shortcuts page, and their keys work while the workspace has the focus. Call
  `self.context.actions.refresh()` when what is enabled changes, for example after a selection.
- `focus_object(kind, id)` shows one object: select it, scroll to it, open its source. Asked for
  by `context.signals.open_requested(kind, id)` from anywhere; never call another workspace.
- `rehearse()` is called once while the welcome page is shown, to be painted unseen.
- `in_hand()` names what is selected, so that one can write a memo on it from anywhere.
- Splitters: give each an `objectName` and call `splitting.remember(context, splitter)`.
- It holds parts, each for one purpose (commands, panes, filters, a writer). What works on a study
  is made when one opens and goes with it, so that it need not ask whether there is one; actions
  reach it through `WhileOpen`.

The context (`ui.context.AppContext`) carries all else: `context.theme.colour("accent")`,
`context.icons.icon("pencil")`, `context.dialogs` for every file picker and question,
`context.settings.current`, `context.signals`. Failures: let a WorkbenchError rise out of a slot;
the window shows it. Small good news: `context.signals.toast_requested.emit(t("Copied"))`.

Looks come from the style sheet by property, set with `ui.views.widgets.looks`:
`look(label, "title" | "heading" | "meta" | "soft" | "quote")`,
`look(button, "primary" | "quiet" | "danger" | "link" | "chip")`,
`look(pane, "surface" | "sunken" | "paper")`. Shared widgets are in `ui/views/widgets`: `label`,
`button`, `icon_button`, `hairline`, `EmptyState` (looks), `SideList` and `SideRow` (side_list),
`Segmented`, `Rating`, `chip`, `add_chip` (controls), `FlowLayout` (flow).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.views.hearing import EVERYTHING, Hearing

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet, TableName
    from workbench.study import Study

KINDS = (
    "participant", "segment", "session", "source", "turn", "moment", "observation", "memo",
    "code", "stage", "touchpoint", "insight", "opportunity", "report",
)  # fmt: skip


class Workspace(QWidget):
    """Base of the six workspaces.

    Args:
        context: everything the window shares.
    """

    key: str
    title: str
    icon: str
    opens: tuple[str, ...] = ()
    reads: tuple[TableName, ...] = EVERYTHING
    """What it shows comes from these tables; all, unless it says which."""
    shows_own_steps = False
    """Whether steps whose origin it is are shown by the time they are told."""
    follows_machine = True
    """Whether what the machine alone does has to be shown at once."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.study: Study | None = None
        self.hearing = Hearing(
            self.refresh,
            reads=self.reads,
            own=self if self.shows_own_steps else None,
            machine=self.follows_machine,
        )
        self.setObjectName(f"workspace-{self.key}")
        self.setAccessibleName(t(self.title))

    def set_study(self, study: Study | None) -> None:
        """Show another study, or none."""
        self.study = study

    def rehearse(self) -> None:
        """Be laid out and painted once, unseen, which the first time takes several times as long.

        Called while the welcome page is shown and nobody waits, before there is a study.
        """
        self.grab()

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring what is shown up to date.

        Args:
            changes: what changed; `None` when anything may have.
        """

    @classmethod
    def actions_offered(cls) -> Sequence[Action[Any]]:
        """Return the actions of this workspace, in the order of its menu."""
        return ()

    def focus_object(self, kind: str, object_id: str) -> None:
        """Show one object and make it the selected one.

        Args:
            kind: one of `opens`.
            object_id: its id; for "moment" what `moment(source_id, ms)` returned.
        """

    def in_hand(self) -> Sequence[tuple[str, str]]:
        """Return what is selected, as kind and id, the nearest first: memos can be about it."""
        return ()


def moment(source_id: str, ms: int) -> str:
    """Return the id of a moment in a recording, for `open_requested("moment", …)`."""
    return f"{source_id}@{ms}"


def split_moment(object_id: str) -> tuple[str, int]:
    """Return source id and milliseconds of an id made by `moment`."""
    source_id, _, ms = object_id.rpartition("@")
    return source_id, int(ms)
