"""What can be done while a recording is heard: stop, go back, repeat, slow down."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from ui.actions import Action
from ui.context import AppContext
from ui.i18n import t
from ui.views.player.engine import RATES, Engine
from ui.views.player.waveform import Waveform

if TYPE_CHECKING:
    from ui.views.player.bar import PlayerBar

_JUMP_MS = 3_000
_REWIND_MS = 1_000  # whoever paused to type hears the last second again
_MENU = "Tools/Play"

PLAYER_ACTIONS: tuple[Action[PlayerBar], ...] = (
    Action("play.toggle", "Play or pause", _MENU, shortcut="Ctrl+Space", icon="play",
           run=lambda it: it.commands.toggle(), enabled=lambda it: it.has_sound()),
    Action("play.back", "Back 3 seconds", _MENU, shortcut="F7", icon="rewind",
           run=lambda it: it.commands.back(), enabled=lambda it: it.has_sound()),
    Action("play.on", "On 3 seconds", _MENU, shortcut="F8", icon="fast-forward",
           run=lambda it: it.commands.on(), enabled=lambda it: it.has_sound()),
    Action("play.slower", "Slower", _MENU, shortcut="F5", run=lambda it: it.commands.slower(),
           enabled=lambda it: it.has_sound(), group=1),
    Action("play.faster", "Faster", _MENU, shortcut="F6", run=lambda it: it.commands.faster(),
           enabled=lambda it: it.has_sound(), group=1),
    Action("play.loop", "Repeat this turn", _MENU, shortcut="Ctrl+L", icon="refresh-cw",
           run=lambda it: it.commands.loop(), enabled=lambda it: it.has_sound(),
           checked=lambda it: it.commands.is_looping(), group=1),
    Action("play.picture", "Show the picture of videos", _MENU,
           run=lambda it: it.commands.toggle_picture(), enabled=lambda it: it.has_sound(),
           checked=lambda it: it.commands.shows_picture(), group=2),
)  # fmt: skip


class PlayerCommands:
    """Carries them out.

    Args:
        context: settings and signals.
        engine: plays.
        wave: shows which stretch is meant.
        mark_turns: sees to it that the turns are marked on the sound.
        speed: tells at which speed it plays.
    """

    def __init__(
        self,
        context: AppContext,
        engine: Engine,
        wave: Waveform,
        *,
        mark_turns: Callable[[], None],
        speed: QPushButton,
    ) -> None:
        self._context = context
        self._engine = engine
        self._wave = wave
        self._mark_turns = mark_turns
        self._speed = speed
        self._paused_at: int | None = None
        self._rate = 1.0

    def forget(self) -> None:
        """Forget where it was paused: another recording is shown."""
        self._paused_at = None

    def toggle(self) -> None:
        """Play or pause."""
        engine = self._engine
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
        if self._engine.looping:
            self._engine.stop_repeating()
        elif span := self._turn_span(self._engine.position):
            self._wave.show_span(*span)
            self._engine.repeat(*span)
        self._context.actions.refresh()

    def is_looping(self) -> bool:
        """Tell whether a turn is being repeated."""
        return self._engine.looping

    def _turn_span(self, ms: int) -> tuple[int, int] | None:
        self._mark_turns()
        said = [band for band in self._wave.bands if band.start_ms <= ms]
        return (said[-1].start_ms, said[-1].end_ms) if said else None

    def back(self) -> None:
        """Go back three seconds."""
        self._engine.seek(self._engine.position - _JUMP_MS)

    def on(self) -> None:
        """Go on three seconds."""
        self._engine.seek(self._engine.position + _JUMP_MS)

    def slower(self) -> None:
        """Play at the next slower speed."""
        self.set_rate(max((rate for rate in RATES if rate < self._rate), default=RATES[0]))

    def faster(self) -> None:
        """Play at the next faster speed."""
        self.set_rate(min((rate for rate in RATES if rate > self._rate), default=RATES[-1]))

    def set_rate(self, rate: float) -> None:
        """Play slower or faster."""
        self._rate = rate
        self._engine.set_rate(rate)
        self._speed.setText(t("{rate}×", rate=rate))

    def shows_picture(self) -> bool:
        """Tell whether videos show their picture."""
        return self._context.settings.current.picture

    def toggle_picture(self) -> None:
        """Show the picture of videos beside their text, or hide it."""
        self._context.signals.picture_wanted.emit(not self.shows_picture())
