"""What goes on in Code while a study is open: the parts, all at one desk."""

from __future__ import annotations

from ui.views.code.desk import CodeDesk
from ui.views.code.field_commands import FieldCommands
from ui.views.code.gestures import Gestures
from ui.views.code.giving_commands import GivingCommands
from ui.views.code.inspecting import Inspecting
from ui.views.code.keys import Keys
from ui.views.code.looking import Looking
from ui.views.code.opening import Opening
from ui.views.code.passage_commands import PassageCommands
from ui.views.code.selection import Selection
from ui.views.code.sound import Sound
from ui.views.code.words import Words
from ui.views.code.writing_commands import WritingCommands
from workbench.domain.change import ChangeSet


class CodeWork:
    """The parts.

    Args:
        desk: what they share.
    """

    # Declared here, since the actions ask for them.
    desk: CodeDesk
    words: Words
    selection: Selection
    looking: Looking
    codes: GivingCommands
    fields: FieldCommands
    passage: PassageCommands
    sound: Sound
    writing: WritingCommands

    def __init__(self, desk: CodeDesk) -> None:
        self.desk = desk
        self.words = Words(desk)
        self.selection = Selection(desk, self.words)
        self.looking = Looking(desk, self.selection)
        gestures = Gestures(desk, self.words, self.selection)
        about = (desk, self.words, self.selection, gestures)
        self.codes = GivingCommands(*about)
        self.fields = FieldCommands(*about)
        self.passage = PassageCommands(desk, self.selection, gestures)
        self._inspecting = Inspecting(
            *about, codes=self.codes, fields=self.fields, passage=self.passage
        )
        self._keys = Keys(desk, self.codes)
        self.sound = Sound(desk)
        self.opening = Opening(
            desk, self.selection, self.looking, fields=self.fields, sound=self.sound
        )
        self.writing = WritingCommands(desk, self.selection, self.opening)

    def refresh(self, changes: ChangeSet | None) -> None:
        """Bring all panes up to date."""
        desk, page = self.desk, self.desk.panes.writing
        waits = page.refresh(changes)
        if changes is not None and changes.origin is page and not waits:
            return  # a keystroke; the text that rests is read anew when it is shown
        desk.stages = desk.coding.stages()
        self.looking.refresh()
        self.opening.refresh(changes)
        self.selection.show()
        desk.panes.left.refresh(changes)

    def close(self) -> None:
        """Keep what was typed, and show nothing of this study any more."""
        self.selection.choose([])
        self.desk.clear()
        self.looking.forget()
