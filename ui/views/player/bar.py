"""The player at the bottom left of the window: what is read can be heard."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QSizePolicy, QWidget

from ui.actions import Action
from ui.attempts import attempt
from ui.context import AppContext
from ui.i18n import t
from ui.views.lost_files import find_again
from ui.views.player.bands import bands_of
from ui.views.player.engine import RATES, Engine
from ui.views.player.waveform import Waveform
from ui.views.widgets.looks import button, label
from workbench.domain.change import ChangeSet, Op
from workbench.domain.figures import clock
from workbench.domain.ids import SourceId
from workbench.domain.materials import Source, SourceKind
from workbench.study import Study

_JUMP_MS = 3_000
_REWIND_MS = 1_000  # whoever paused to type hears the last second again
_LOOKED_AT_MS = 400  # whoever looks at a text that long may want to hear it
_MENU = "Tools/Play"

PLAYER_ACTIONS: tuple[Action[PlayerBar], ...] = (
    Action("play.toggle", "Play or pause", _MENU, shortcut="Ctrl+Space", icon="play",
           run=lambda it: it.toggle(), enabled=lambda it: it.has_sound()),
    Action("play.back", "Back 3 seconds", _MENU, shortcut="F7", icon="rewind",
           run=lambda it: it.back(), enabled=lambda it: it.has_sound()),
    Action("play.on", "On 3 seconds", _MENU, shortcut="F8", icon="fast-forward",
           run=lambda it: it.on(), enabled=lambda it: it.has_sound()),
    Action("play.slower", "Slower", _MENU, shortcut="F5", run=lambda it: it.slower(),
           enabled=lambda it: it.has_sound(), group=1),
    Action("play.faster", "Faster", _MENU, shortcut="F6", run=lambda it: it.faster(),
           enabled=lambda it: it.has_sound(), group=1),
    Action("play.loop", "Repeat this turn", _MENU, shortcut="Ctrl+L", icon="refresh-cw",
           run=lambda it: it.loop(), enabled=lambda it: it.has_sound(),
           checked=lambda it: it.is_looping(), group=1),
    Action("play.picture", "Show the picture of videos", _MENU, run=lambda it: it.toggle_picture(),
           enabled=lambda it: it.has_sound(), checked=lambda it: it.shows_picture(), group=2),
)  # fmt: skip


class PlayerBar(QWidget):
    """Play button, time, waveform, speed.

    It follows `source_shown` and `play_requested` and tells `played`; nobody calls it.

    Args:
        context: signals, icons, colours.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._study: Study | None = None
        self._source: Source | None = None
        self._peaks: tuple[int, ...] = ()
        self._paused_at: int | None = None
        self._rate = 1.0
        self.engine = Engine(self)
        self.play = QPushButton()
        self.time = label("0:00", "soft")
        self.wave = Waveform(context.theme)
        self.trouble = label("", "soft")
        self.choose = button(t("Choose…"), "link")
        self.speed = button(t("{rate}×", rate="1.0"), "quiet")
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
            entry.triggered.connect(lambda _on=False, rate=rate: self.set_rate(rate))
        return menu

    def _connect(self) -> None:
        signals = self._context.signals
        signals.study_opened.connect(self.set_study)
        signals.changed.connect(self._on_changed)
        signals.source_shown.connect(self._on_source_shown)
        signals.play_requested.connect(self._on_play_requested)
        self._bands_soon.timeout.connect(self._show_bands)
        self._ready_soon.timeout.connect(self.engine.get_ready)
        self.play.clicked.connect(self.toggle)
        self.wave.sought.connect(self.engine.seek)
        self.engine.moved.connect(self._on_moved)
        self.engine.playing_changed.connect(self._on_playing_changed)
        self.engine.ended.connect(self._on_ended)
        self.engine.failed.connect(self._on_failed)
        self.engine.pictured.connect(self._on_pictured)
        signals.picture_wanted.connect(self._on_picture_wanted)
        self.engine.noted.connect(signals.toast_requested)
        self.choose.clicked.connect(lambda: find_again(self._context, self))
        signals.files_found.connect(lambda: self._take(self._source))

    def set_study(self, study: Study | None) -> None:
        """Play from another study, or from none."""
        self._study = study
        self._take(None)

    def has_sound(self) -> bool:
        """Tell whether there is a recording to play."""
        return self._source is not None

    def toggle(self) -> None:
        """Play or pause."""
        engine = self.engine
        if engine.playing:
            engine.pause()
            self._paused_at = engine.position
        elif self._paused_at is not None and abs(engine.position - self._paused_at) < _REWIND_MS:
            engine.rewind(_REWIND_MS)
            engine.play()
        else:
            engine.play()

    def loop(self) -> None:
        """Repeat the turn that is being said, or stop repeating."""
        if self.engine.looping:
            self.engine.stop_repeating()
        elif span := self._turn_span(self.engine.position):
            self.wave.show_span(*span)
            self.engine.repeat(*span)
        self._context.actions.refresh()

    def is_looping(self) -> bool:
        """Tell whether a turn is being repeated."""
        return self.engine.looping

    def _turn_span(self, ms: int) -> tuple[int, int] | None:
        if self._bands_soon.isActive():
            self._bands_soon.stop()
            self._show_bands()
        said = [band for band in self.wave.bands if band.start_ms <= ms]
        return (said[-1].start_ms, said[-1].end_ms) if said else None

    def back(self) -> None:
        """Go back three seconds."""
        self.engine.seek(self.engine.position - _JUMP_MS)

    def on(self) -> None:
        """Go on three seconds."""
        self.engine.seek(self.engine.position + _JUMP_MS)

    def slower(self) -> None:
        """Play at the next slower speed."""
        self.set_rate(max((rate for rate in RATES if rate < self._rate), default=RATES[0]))

    def faster(self) -> None:
        """Play at the next faster speed."""
        self.set_rate(min((rate for rate in RATES if rate > self._rate), default=RATES[-1]))

    def shows_picture(self) -> bool:
        """Tell whether videos show their picture."""
        return self._context.settings.current.picture

    def toggle_picture(self) -> None:
        """Show the picture of videos beside their text, or hide it."""
        self._context.signals.picture_wanted.emit(not self.shows_picture())

    def set_rate(self, rate: float) -> None:
        """Play slower or faster."""
        self._rate = rate
        self.engine.set_rate(rate)
        self.speed.setText(t("{rate}×", rate=rate))

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
        found = self._reached(source) if source is not None else None
        self._source = source if found is not None else None
        path, self._peaks = found or (None, ())
        self._paused_at = None
        self.engine.load(path)
        self._show_trouble("")
        self.setVisible(self._source is not None)
        if self._source is not None and source is not None and self._study is not None:
            near = partial(self._study.materials.detail, source)
            self.wave.show_recording(source.duration_ms or 0, self._peaks, near)
            self._bands_soon.start()  # the text first
            self._ready_soon.start()
            self._show_time(0)
            self._look()
        self._context.actions.refresh()

    def _look(self) -> None:
        """Show the first picture of a video, or none."""
        source = self._source
        if source is not None and source.kind is SourceKind.VIDEO and self.shows_picture():
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
        """Show the loudness as soon as the worker has measured it."""
        source, study = self._source, self._study
        if source and study and not self._peaks and changes.touches("job", "turn"):
            self._peaks = study.materials.peaks(source)
            if self._peaks:
                self.wave.show_peaks(self._peaks)
        beside = {flag.turn_id for flag in self.wave.flags if flag.unheard}
        written = not beside.isdisjoint(changes.ids("turn"))  # where words were missing
        if changes.touches("speaker", "transcript", "unheard") or written or _reshaped(changes):
            self._bands_soon.start()

    def _show_bands(self) -> None:
        """Show on the sound who speaks when, and where a person should listen again."""
        if self._study is not None and self._source is not None:
            self.wave.show_bands(*bands_of(self._study, self._source))

    def _reached(self, source: Source) -> tuple[Path, tuple[int, ...]] | None:
        """Return the file of a recording and its loudness; what hinders that is told."""
        study = self._study
        if study is None:
            return None
        return attempt(
            self._context,
            self.window(),
            lambda: (study.materials.media_path(source), study.materials.peaks(source)),
        )

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

    def _on_failed(self, words: str) -> None:
        self._show_trouble(words)

    def _show_trouble(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.wave.setVisible(not words)
        self.choose.setVisible(bool(words) and self._is_lost())

    def _is_lost(self) -> bool:
        """Tell whether the recording is missing, and may be put back."""
        study, source = self._study, self._source
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
