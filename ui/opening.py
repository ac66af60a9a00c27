"""The order in which a study is opened and closed in the window.

First it is got, while the one before stays as it is: its passphrase is asked for, it is locked
against others, what a crash left is taken over (`ui/getting_in.py`). Then people are asked about
what leaving the one before would cost (`ui/may_close.py`), and it is closed. What comes then is
done turn by turn: whoever has something to do for a study says here at which turn, and what closes
that again. So nobody has to know who else there is, or to start a timer at the right moment.
Closing goes the same way back. `ui/switching.py` alone begins and ends it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from enum import IntEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from workbench.study import Study


class Turn(IntEnum):
    """When something is done for a study that opens; in this order."""

    LOAD = auto()
    """What only works for a study is made, for the first one."""
    HEAR = auto()
    """Its changes are passed on, before anybody can make one."""
    HOLD = auto()
    """What is typed has the room that holds it while it cannot be written."""
    WORK = auto()
    """Its jobs wait their turn."""
    WATCH = auto()
    """Its lock is watched."""
    FRAME = auto()
    """What stands around the workspaces shows it."""
    SHOW = auto()
    """The window shows the workspace in front."""
    NAME = auto()
    """That workspace is painted: what comes of all names in the study is worked out."""
    TELL_HIDDEN = auto()
    """The workspaces behind it learn of the study, too."""
    GET_READY = auto()
    """The study does what its first step would wait for."""
    MAKE_AHEAD = auto()
    """Workspaces that are missing are made as soon as it is quiet."""
    REMEMBER = auto()
    """It comes on the list of recent studies."""
    LOOK_AFTER = auto()
    """Its place is looked at and its copies are begun, again and again."""
    SAY = auto()
    """People are told how it was found, which may ask them something."""


FIRST_AFTER_PAINTING = Turn.NAME


class _Step(NamedTuple):
    turn: Turn
    opens: Callable[[Study], object] | None
    closes: Callable[[], object] | None


class Opening:
    """Opens and closes one study at a time, turn by turn.

    Attributes:
        study: the one that is open.
    """

    def __init__(self) -> None:
        self.study: Study | None = None
        self._steps: list[_Step] = []
        self._rest: list[Turn] = []  # turns that are still to come
        # A timer, since what is posted for later would come before the painting.
        self._soon = QTimer(singleShot=True, interval=0)
        self._soon.timeout.connect(self._go_on)

    @property
    def goes_on(self) -> bool:
        """Tell whether something is still to be done for the study that is open."""
        return bool(self._rest)

    def at(
        self,
        turn: Turn,
        owner: QObject,
        opens: Callable[[Study], object] | None = None,
        closes: Callable[[], object] | None = None,
    ) -> None:
        """Have something done at a turn, behind what is done there already.

        Args:
            turn: when.
            owner: as long as it lives.
            opens: gets the study.
            closes: leaves no trace of it; also called if `opens` failed, or somebody before it.
        """
        step = _Step(turn, opens, closes)
        self._steps.append(step)
        owner.destroyed.connect(lambda: self._steps.remove(step))

    def begin(self, study: Study) -> None:
        """Do now what comes before the first paint, and the rest after it.

        What fails after it is told like everything that happens in an open study, and the next
        turn comes.

        Raises:
            BaseException: what failed before the first paint, or what to say of it; the study is
                closed again then, all the way back.
        """
        self.study, self._rest = study, list(Turn)
        try:
            while self.study is study and self._rest[0] < FIRST_AFTER_PAINTING:
                self._take(self._rest.pop(0))
        except BaseException as problem:
            said = study.keeping.damage(problem)
            if self.study is study:
                self.end()
            if said is not None:
                raise said from problem
            raise
        if self.study is study:
            self._soon.start()

    def end(self) -> None:
        """Close the study: what was done for it, the other way round; what was not is left out.

        Whatever fails, the rest is done all the same, and the study is closed at the last.
        """
        study, self.study = self.study, None  # nobody reaches for one that goes
        self._soon.stop()
        done, self._rest = set(Turn).difference(self._rest), []
        if study is None:
            return
        with ExitStack() as back:
            back.callback(study.close)
            for step in sorted(self._steps, key=lambda step: step.turn):
                if step.turn in done and step.closes is not None:
                    back.callback(step.closes)

    def _go_on(self) -> None:
        """Do one turn; the window answers before the next one."""
        if not self._rest:
            return
        try:
            self._take(self._rest.pop(0))
        finally:
            if self._rest:
                self._soon.start()

    def _take(self, turn: Turn) -> None:
        study = self.study
        for step in [step for step in self._steps if step.turn is turn]:
            if study is None or self.study is not study:
                return  # the step before has closed it
            if step.opens is not None:
                step.opens(study)
