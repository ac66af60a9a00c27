"""What is asked before files come in that somebody objects to, or that are there already."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import plural, t
from workbench.services.consent.objecting import Objection
from workbench.services.files.intake import Incoming

_SHOWN = 8


def may_come_in(context: AppContext, page: QWidget, against: Sequence[Objection]) -> bool:
    """Ask whether recordings come in of people who do not want to be recorded."""
    names = "; ".join(one.sentence for one in against)
    sure = not against or context.dialogs.confirm(
        page,
        t("Not everybody who takes part wants to be recorded."),
        detail=t("{names}. What comes in all the same is kept as it is and not transcribed,"
                 " until they say otherwise.", names=names),
        accept=t("Import without transcribing"),
        danger=True,
    )  # fmt: skip
    if not sure:
        context.signals.toast_requested.emit(t("Nothing was added."))
    return sure


def keeps_both(
    context: AppContext, page: QWidget, twice: Sequence[tuple[Incoming, str]], *, others: bool
) -> bool:
    """Ask whether files come in that the study holds already.

    Args:
        context: has the dialogs.
        page: what they belong to.
        twice: each with what it is called in the study.
        others: whether there are others beside them.
    """
    lines = [
        t("“{file}” is there as “{name}”", file=item.path.name, name=name)
        for item, name in twice[:_SHOWN]
    ]
    if len(twice) > _SHOWN:
        lines.append(t("and {n} more", n=len(twice) - _SHOWN))
    if others:
        lines.append(t("“Cancel” leaves them out; the other files are added."))
    return context.dialogs.confirm(
        page,
        plural(
            len(twice),
            "“{file}” is in the study already. Add it once more?",
            "{n} files are in the study already. Add them once more?",
            file=twice[0][0].path.name,
        ),
        detail="\n".join(lines),
        accept=t("Add once more"),
    )
