"""The recovery sheet of a locked study: one page to print and put away."""

from __future__ import annotations

from pathlib import Path

from workbench.exchange import atomic
from workbench.words import Phrase, t

_ABOUT: tuple[Phrase, ...] = (
    "Where the passphrase is forgotten, type this key in its place.",
    "Letters and digits that look alike count as one; dashes may be left out.",
    "Print this page, put it where you keep what nobody may see, and delete the file.",
    "Whoever has this page and the study’s folder can read the study.",
    "If both the passphrase and this page are lost, nobody can open the study again.",
    "A new sheet can be made at any time while the study is open; this one then opens nothing.",
)


def write(out: Path, title: str, key: str, *, replace: bool = False) -> Path:
    """Write the page as Word, where the name ends in .docx, or as text.

    Raises:
        UserError: the folder does not exist or belongs to a study, or a file is there.
        EnvironmentProblem: it cannot be written.
    """
    atomic.may_leave(out, replace=replace)

    def fill(path: Path) -> None:
        path.chmod(0o600)  # who may read it can read the study
        if out.suffix.lower() == ".docx":
            _word(path, title, key)
        else:
            text = "\n\n".join((_heading(title), f"    {key}", *map(t, _ABOUT))) + "\n"
            path.write_text(text, encoding="utf-8")

    return atomic.keep(out, fill)


def _heading(title: str) -> str:
    return t("Recovery sheet of “{title}”", title=title)


def _word(path: Path, title: str, key: str) -> None:
    from docx import Document
    from docx.shared import Pt

    from workbench.exchange import docx_traces

    page = Document()
    docx_traces.remove(page)
    page.core_properties.title = _heading(title)
    page.add_heading(_heading(title), level=1)
    line = page.add_paragraph().add_run(key)
    line.font.size, line.font.name, line.bold = Pt(15), "Courier New", True
    for words in _ABOUT:
        page.add_paragraph(t(words))
    page.save(str(path))
