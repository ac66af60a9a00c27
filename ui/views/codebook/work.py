"""What goes on in the codebook while a study is open: the parts, all at one desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.views.codebook.code_commands import CodeCommands
from ui.views.codebook.file_commands import FileCommands
from ui.views.codebook.passage_commands import PassageCommands
from ui.views.codebook.reading import CodebookReading
from ui.views.desk import Desk

if TYPE_CHECKING:
    from ui.views.codebook.panel import CodebookPanel


class CodebookWork:
    """The parts.

    Args:
        desk: what they share.
    """

    def __init__(self, desk: Desk[CodebookPanel]) -> None:
        self.desk = desk
        self.reading = CodebookReading(desk)
        self.codes = CodeCommands(desk, self.reading)
        self.passages = PassageCommands(desk, self.reading)
        self.files = FileCommands(desk, self.reading)
