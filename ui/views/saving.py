"""Asks where to write what leaves the study, in the words of a desktop's file dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.i18n import t
from ui.views.letting_out import let_out
from workbench.errors import Way
from workbench.study import SUFFIX, Study

_KINDS = {
    ".docx": "Word document",
    ".html": "HTML page",
    ".txt": "Plain text",
    ".md": "Markdown",
    ".csv": "Table",
    ".xlsx": "Excel workbook",
    ".json": "JSON",
    ".vtt": "WebVTT subtitles",
    ".srt": "SubRip subtitles",
    ".m4a": "M4A sound",
    ".flac": "FLAC sound",
    ".wav": "WAV sound",
    ".png": "PNG picture",
    ".svg": "SVG drawing",
    ".study": "Study",
}


def filter_of(suffix: str) -> str:
    """Return “Word document (*.docx)” for “.docx”."""
    return f"{t(_KINDS[suffix])} (*{suffix})"


def ask_place(
    context: AppContext,
    parent: QWidget,
    title: str,
    *,
    name: str,
    suffix: str,
    also: Sequence[str] = (),
    own: bool = False,
) -> Path | None:
    """Return where a person wants a file, with its ending put on; `None` for nowhere.

    Args:
        context: has the dialogs.
        parent: what the dialog belongs to.
        title: of the dialog.
        name: what is proposed, without the ending; real names are taken out of it.
        suffix: the ending of the file.
        also: other endings that one may choose.
        own: it is a working copy, which must not be taken for the file for others by its name.
    """
    if own:
        name = t("{name} – working copy", name=name)
    if context.study is not None and suffix != SUFFIX:
        name = context.study.exports.words(name)
    proposed = f"{name}{suffix}".replace("/", "-")
    filters = ";;".join(map(filter_of, (suffix, *also)))
    out = context.dialogs.save_file(parent, title, name=proposed, filters=filters)
    if out is None or out.suffix.lower() in (suffix, *also):
        return out
    out = out.with_name(f"{out.name}{suffix}")
    # The dialog could not know that this is the file it would write.
    taken = out.exists() and not context.dialogs.confirm(
        parent, t("Replace “{name}”?", name=out.name), accept=t("Replace"), danger=True
    )
    return None if taken else out


def may_be_own(context: AppContext, parent: QWidget, study: Study) -> bool:
    """Ask once for each study whether a file may hold what nobody else may read."""
    key = f"working_copy.{study.charter.id}"
    if key not in context.choices:
        sure = context.dialogs.confirm(
            parent,
            t("Write a working copy?"),
            detail=t(
                "It is for you alone: it holds names and words of people who did not agree to be"
                " quoted. The file and its name say so. This is asked once for each study."
            ),
            accept=t("Write working copy"),
        )
        if not sure:
            return False
        context.choices[key] = "told"
    return True


def write_out(
    context: AppContext,
    page: QWidget,
    out: Path,
    write: Callable[[Study], object],
    *,
    size: int,
    elsewhere: Callable[[], None],
) -> None:
    """Write a file of the open study, if it is much beside the window, and say so.

    Args:
        context: has the study.
        page: what a dialog belongs to.
        out: where it is written.
        write: writes it.
        size: how much there is to write, about, in rows.
        elsewhere: asks for another place and writes there.
    """
    let_out(
        context,
        page,
        out,
        write,
        lambda _written: context.signals.toast_requested.emit(t("Wrote {name}", name=out.name)),
        size=size,
        ways={Way.CHOOSE: elsewhere},
    )


def extent(study: Study) -> int:
    """Return how much there is to write of a study, in observations and texts."""
    per_source = study.observations.per_source()
    return sum(per_source.values()) + len(study.transcripts.present())
