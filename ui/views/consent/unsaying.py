"""Whoever would take a no back by undoing is asked first, for it is a fact about a person."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from workbench.services.history.unsaying import Unsaid


def may_unsay(context: AppContext, parent: QWidget, unsaid: Unsaid, accept: str) -> bool:
    """Ask whether a no shall be taken back; nobody is asked where none would be.

    Args:
        context: dialogs.
        parent: on what the question stands.
        unsaid: what the history would change.
        accept: the verb on the button, in the language of the window.
    """
    return not unsaid.frees or context.dialogs.confirm(
        parent,
        t("This takes back what people have said."),
        detail=t("{changes}. What they said no to would be open again; go on only where the answer"
                 " was entered by mistake.", changes=unsaid.sentence),
        accept=accept,
        danger=True,
    )  # fmt: skip


__all__ = ["may_unsay"]
