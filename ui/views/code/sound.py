"""Sound and text together: the player comes with a source, and words are played and lit."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from ui.views.code.desk import CodeDesk


class Sound:
    """Plays from words, and lights the word that is said.

    Args:
        desk: the open study.
    """

    def __init__(self, desk: CodeDesk) -> None:
        self._desk = desk
        # The player may appear for it, which lays out the window anew: first the text.
        self._soon = QTimer(singleShot=True, interval=0)
        desk.hear(self._soon.timeout, self._offer)
        desk.hear(desk.text.sound.wanted, self._play_from)
        desk.hear(desk.context.signals.played, self._on_played)

    def offer_soon(self) -> None:
        """Have the player show the open source as soon as the text is painted."""
        self._soon.start()

    def can_play_here(self) -> bool:
        """Tell whether it is known when the word at the caret was said."""
        return self._here() is not None

    def play_here(self) -> None:
        """Play from the word at the caret, or from the first selected one."""
        ms = self._here()
        if ms is not None:
            self._play_from(ms)

    def _here(self) -> int | None:
        return self._desk.text.sound.time_of(self._desk.text.textCursor())

    def _offer(self) -> None:
        source = self._desk.opened.source
        if source is not None:
            self._desk.context.signals.source_shown.emit(source.id)

    def _play_from(self, ms: int) -> None:
        source = self._desk.opened.source
        if source is not None:
            self._desk.context.signals.play_requested.emit(source.id, ms, 0)

    def _on_played(self, source_id: str, ms: int) -> None:
        source = self._desk.opened.source
        if source is not None and source.id == source_id:
            self._desk.text.sound.light(ms if ms >= 0 else None)
