"""The player at the bottom left of the window: what is read can be heard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QWidget

from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import t
from ui.opening import Turn
from ui.views.player.commands import PlayerCommands
from ui.views.player.engine import RATES, Engine
from ui.views.player.waveform import Waveform
from ui.views.widgets.looks import button, label
from workbench.domain.change import Op
from workbench.domain.figures import clock
from workbench.domain.ids import SourceId
from workbench.domain.materials import SourceKind

if TYPE_CHECKING:
    from workbench.domain.change import ChangeSet
    from workbench.domain.materials import Source
    from workbench.study import Study

_LOOKED_AT_MS = 400  # whoever looks at a text that long may want to hear it


class PlayerBar(QWidget):
    """Play button, time, waveform, speed.

    It follows `source_shown` and `play_requested` and tells `played`; nobody calls it.

    Args:
        context: signals, icons, colours.
    """

    commands: PlayerCommands  # declared here, since the actions ask for it

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self._source: Source | None = None
        self._peaks: tuple[int, ...] = ()
        self.engine = Engine(self)
        self.play = button("")
        self.time = label("0:00", "soft")
        self.wave = Waveform(context.theme)
        self.trouble = label("", "soft")
        self.choose = button(t("Choose…"), "link")
        self.speed = button(t("{rate}×", rate="1.0"), "quiet")
        self.commands = PlayerCommands(
            context, self.engine, self.wave, mark_turns=self._mark_turns, speed=self.speed
        )
        self._bands_soon = QTimer(self)
        self._bands_soon.setSingleShot(True)
        self._bands_soon.setInterval(300)
        self._ready_soon = QTimer(self, singleShot=True, interval=_LOOKED_AT_MS)
        self._build()
        self._connect()
        self.hide()

    def _build(self) -> None:
        icons = self._context.icons
        self.setAccessibleName(t("Player"))
        self.play.setIcon(icons.icon("play", colour="ink"))
        self.play.setIconSize(QSize(15, 15))
        self.play.setFixedSize(40, 30)
        self.play.setAccessibleName(t("Play"))
        self.time.setFixedWidth(_width(self.time, "0:00:00"))
        self.trouble.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.trouble.hide()
        self.choose.setAccessibleName(t("Choose the missing file"))
        self.choose.hide()
        self.speed.setAccessibleName(t("Speed"))
        self.speed.setMenu(self._speed_menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(14)
        row.addWidget(self.play)
        row.addWidget(self.time)
        row.addWidget(self.wave, 1)
        row.addWidget(self.trouble, 1)
        row.addWidget(self.choose)
        row.addWidget(self.speed)

    def _speed_menu(self) -> QMenu:
        menu = QMenu(self)
        for rate in RATES:
            entry: QAction = menu.addAction(t("{rate}×", rate=rate))
            entry.triggered.connect(lambda _on=False, rate=rate: self.commands.set_rate(rate))
        return menu

    def _connect(self) -> None:
        signals = self._context.signals
        self._context.opening.at(Turn.FRAME, self, self.set_study, partial(self.set_study, None))
        signals.changed.connect(self._on_changed)
        signals.source_shown.connect(self._on_source_shown)
        signals.play_requested.connect(self._on_play_requested)
        self._bands_soon.timeout.connect(self._show_bands)
        self._ready_soon.timeout.connect(self.engine.get_ready)
        self.play.clicked.connect(self.commands.toggle)
        self.wave.sought.connect(self.engine.seek)
        self.engine.moved.connect(self._on_moved)
        self.engine.playing_changed.connect(self._on_playing_changed)
        self.engine.ended.connect(self._on_ended)
        self.engine.failed.connect(self._show_trouble)
        self.engine.pictured.connect(self._on_pictured)
        signals.picture_wanted.connect(self._on_picture_wanted)
        self.engine.noted.connect(signals.toast_requested)
        self.choose.clicked.connect(partial(_find_again, self._context, self))
        signals.files_found.connect(lambda: self._take(self._source))

    def set_study(self, study: Study | None) -> None:
        """Play from another study, or from none."""
        self._study = study
        self._take(None)

    def has_sound(self) -> bool:
        """Tell whether there is a recording to play."""
        return self._source is not None

    def _on_source_shown(self, source_id: str) -> None:
        source = None
        if self._study is not None and source_id:
            source = self._study.materials.source(SourceId(source_id))
        if source is not None and source.kind is SourceKind.TEXT:
            source = None
        if (source and source.id) != (self._source and self._source.id):
            self._take(source)

    def _on_play_requested(self, source_id: str, start_ms: int, end_ms: int) -> None:
        self._on_source_shown(source_id)
        if self._source is not None:
            self._show_trouble("")
            self.wave.show_span(start_ms, end_ms)
            self.engine.play(start_ms, end_ms)

    def _take(self, source: Source | None) -> None:
        self._source = None
        study = self._study
        found = (
            attempt(
                self._context,
                self.window(),
                lambda: (
                    study.materials.media_path(source),
                    study.materials.loudness.overview(source),
                ),
            )
            if source is not None and study is not None
            else None
        )
        self._source = source if found is not None else None
        path, self._peaks = found or (None, ())
        self.commands.forget()
        self.engine.load(path)
        self._show_trouble("")
        self.setVisible(self._source is not None)
        if self._source is not None and source is not None and self._study is not None:
            near = partial(self._study.materials.loudness.detail, source)
            self.wave.show_recording(source.duration_ms or 0, self._peaks, near)
            self._bands_soon.start()  # the text first
            self._ready_soon.start()
            self._show_time(0)
            self._look()
        self._context.actions.refresh()

    def _look(self) -> None:
        """Show the first picture of a video, or none."""
        source = self._source
        if source is not None and source.kind is SourceKind.VIDEO and self.commands.shows_picture():
            self.engine.look()
        else:
            self.engine.blind()

    def _on_picture_wanted(self, wanted: bool) -> None:
        self._context.remember(picture=wanted)
        self._look()
        self._context.actions.refresh()

    def _on_pictured(self, frame: object) -> None:
        if self._source is not None:
            self._context.signals.picture_changed.emit(self._source.id, frame)

    def _on_changed(self, changes: ChangeSet) -> None:
        """Show length and loudness as soon as the worker has measured them."""
        source, study = self._source, self._study
        if source and study and source.id in changes.ids("source", "updated"):
            self._source = source = study.materials.source(source.id)
            self.wave.show_length(source.duration_ms or 0)
        if source and study and not self._peaks and changes.touches("job", "turn"):
            self._peaks = study.materials.loudness.overview(source)
            if self._peaks:
                self.wave.show_peaks(self._peaks)
        beside = {flag.turn_id for flag in self.wave.flags if flag.unheard}
        written = not beside.isdisjoint(changes.ids("turn"))  # where words were missing
        if changes.touches("speaker", "transcript", "unheard") or written or _reshaped(changes):
            self._bands_soon.start()

    def _mark_turns(self) -> None:
        if self._bands_soon.isActive():
            self._bands_soon.stop()
            self._show_bands()

    def _show_bands(self) -> None:
        """Show on the sound who speaks when, and where a person should listen again."""
        from ui.views.player.bands import bands_of

        if self._study is not None and self._source is not None:
            self.wave.show_bands(*bands_of(self._study, self._source))

    def _on_moved(self, ms: int) -> None:
        self._show_time(ms)
        if self._source is not None:
            self._context.signals.played.emit(self._source.id, ms)

    def _show_time(self, ms: int) -> None:
        self.time.setText(clock(ms))
        blocked = self.wave.blockSignals(True)
        self.wave.setValue(ms)
        self.wave.blockSignals(blocked)
        self.wave.setAccessibleDescription(clock(ms))
        self.wave.update()

    def _on_playing_changed(self, playing: bool) -> None:
        self.play.setIcon(self._context.icons.icon("pause" if playing else "play", colour="ink"))
        self.play.setAccessibleName(t("Pause") if playing else t("Play"))

    def _on_ended(self) -> None:
        if self._source is not None:
            self._context.signals.played.emit(self._source.id, -1)

    def _show_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.wave.setVisible(not words)
        self.choose.setVisible(bool(words) and _is_lost(self._study, self._source))


def _is_lost(study: Study | None, source: Source | None) -> bool:
    """Tell whether a recording is missing, and may be put back."""
    if study is None or source is None or study.read_only:
        return False
    return study.keeping.lost.misses(source)


def _reshaped(changes: ChangeSet) -> bool:
    """Tell whether turns came, went or changed hands; typing in one is none of that."""
    turns = changes.ids("turn")
    edited = set(changes.ops) == {Op.EDIT_TURN}
    typed = edited and len(turns) == 1 == len(changes.ids("turn", "updated"))
    return bool(turns) and not typed


def _width(shown: QLabel, longest: str) -> int:
    return shown.fontMetrics().horizontalAdvance(longest) + 2


def _find_again(context: AppContext, page: QWidget) -> None:
    from ui.views.lost_files import find_again

    find_again(context, page)
