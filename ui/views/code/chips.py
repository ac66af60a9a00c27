"""Rows of chips in the inspector: codes, stage and touchpoint, promise and moment of truth."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.i18n import N_, t
from ui.plain import set_tip
from ui.theme import Theme
from ui.views.code.together import Together
from ui.views.widgets.controls import add_chip, chip
from ui.views.widgets.emptying import empty
from ui.views.widgets.flow import FlowLayout
from workbench.domain.declaring import Given
from workbench.domain.fields import MOMENT_OF_TRUTH, PROMISE, STAGE, TOUCHPOINT
from workbench.domain.journey import Stage
from workbench.domain.observation import Observation, Promise

_TONES = {None: "add", Promise.KEPT: "good", Promise.BROKEN: "bad"}


class Chips(QWidget):
    """A row of chips that breaks like words.

    Signals:
        changed: a `Given`.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=5)
        self._shown: object = None

    def chips(self) -> list[QPushButton]:
        """Return the chips that are shown, in order."""
        found = [self._flow.itemAt(at) for at in range(self._flow.count())]
        widgets = [item.widget() for item in found if item]
        return [made for made in widgets if isinstance(made, QPushButton)]

    def _same(self, state: object) -> bool:
        """Tell whether this is shown already; chips that stay keep the focus. Else clear."""
        if state == self._shown:
            return True
        self._shown = state
        empty(self._flow)
        return False

    def _put(self, made: QPushButton) -> None:
        self._flow.addWidget(made)
        made.show()  # a layout shows it only a moment later, and that flickers

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add_choice(self, menu: QMenu, text: str, given: Given[Observation]) -> None:
        menu.addAction(text).triggered.connect(lambda _on=False: self.changed.emit(given))


def _drop(menu: QMenu, near: QWidget) -> None:
    menu.popup(near.mapToGlobal(near.rect().bottomLeft()))


class CodeChips(Chips):
    """The codes; of several observations each says how many have it.

    Signals:
        added: id of a code that some have and all shall have.
        dropped: id of the code to take off.
        wanted: another code is to be added.
    """

    added = Signal(str)
    dropped = Signal(str)
    wanted = Signal()

    def show_together(self, together: Together, theme: Theme) -> None:
        """Show the codes of what is selected."""
        if self._same((together.codes, len(together), theme.dark)):
            return
        for code, count in together.codes:
            on_all = count == len(together)
            share = "×" if on_all else t("{n} of {all}", n=count, all=len(together))
            made = chip(
                f"{code.name}  {share}",
                colour=theme.stage_line(code.colour),
                tone="" if on_all else "add",
            )
            told = self.dropped if on_all else self.added
            if on_all:
                made.setAccessibleName(t("Take off the code {name}", name=code.name))
                set_tip(made, code.definition or t("Press to take this code off"))
            else:
                made.setAccessibleName(t("Give the code {name} to all", name=code.name))
                set_tip(made, t("Some have this code; press to give it to all"))
            made.clicked.connect(lambda _on=False, key=code.id, told=told: told.emit(key))
            self._put(made)
        add = add_chip(t("code"))
        add.clicked.connect(self.wanted)
        self._put(add)


class PlaceChips(Chips):
    """Stage and touchpoint.

    Signals:
        touchpoint_wanted: a touchpoint is to be chosen.
        stage_wanted: a stage is to be made.
    """

    touchpoint_wanted = Signal()
    stage_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._stages: Sequence[Stage] = ()

    def show_together(self, together: Together, theme: Theme, stages: Sequence[Stage]) -> None:
        """Show where in the journey it is."""
        self._stages = stages
        stage, point = together.stage, together.touchpoint
        differ = together.differ(STAGE), together.differ(TOUCHPOINT)
        if self._same((stage, point, differ, theme.dark)):
            return
        if stage:
            made = chip(stage.name, colour=theme.stage_line(stage.colour))
        elif differ[0]:
            made = chip(t("several stages"))
        else:
            made = add_chip(t("stage"))
        set_tip(made, t("Choose a stage (1–8)"))
        made.clicked.connect(lambda: self._ask_stage(made))
        self._put(made)
        if point:
            other = chip(point.name)
        elif differ[1]:
            other = chip(t("several touchpoints"))
        else:
            other = add_chip(t("touchpoint"))
        set_tip(other, t("Choose a touchpoint (T); press again to take it off"))
        other.clicked.connect(lambda: self._ask_touchpoint(other, taken=point is not None))
        self._put(other)

    def _ask_stage(self, near: QPushButton) -> None:
        if not self._stages:
            self.stage_wanted.emit()
            return
        menu = self._menu()
        for number, stage in enumerate(self._stages, start=1):
            key = f"\t{number}" if number <= 8 else ""
            self._add_choice(menu, stage.name.replace("&", "&&") + key, STAGE.to(stage.id))
        menu.addSeparator()
        menu.addAction(t("New stage…")).triggered.connect(self.stage_wanted)
        self._add_choice(menu, t("No stage"), STAGE.to(None))
        _drop(menu, near)

    def _ask_touchpoint(self, near: QPushButton, *, taken: bool) -> None:
        if not taken:
            self.touchpoint_wanted.emit()
            return
        menu = self._menu()
        menu.addAction(t("Another touchpoint…")).triggered.connect(self.touchpoint_wanted)
        self._add_choice(menu, t("No touchpoint"), TOUCHPOINT.to(None))
        _drop(menu, near)


class FlagChips(Chips):
    """Promise and moment of truth."""

    def __init__(self) -> None:
        super().__init__()
        self._moment = chip("")

    def show_together(self, together: Together) -> None:
        """Show what is flagged."""
        count, all_of_them = together.having(MOMENT_OF_TRUTH), len(together)
        value = together.value(PROMISE)
        text, tone = PROMISE.called(value), _TONES.get(value, "")
        if together.differ(PROMISE):
            text, tone = N_("Promises differ"), ""
        if self._same((text, count, all_of_them)):
            self._moment.setChecked(count == all_of_them)  # one that was pressed in vain
            return
        promise = chip(t(text), tone=tone)
        set_tip(promise, t("Promise named, kept or broken (P)"))
        promise.clicked.connect(lambda: self._ask_promise(promise))
        self._put(promise)
        some = 0 < count < all_of_them
        words = t(MOMENT_OF_TRUTH.label)
        if some:
            words = f"{words}  {t('{n} of {all}', n=count, all=all_of_them)}"
        moment = chip(words, tone="" if count else "add")
        moment.setCheckable(True)
        moment.setChecked(count == all_of_them)
        set_tip(moment, t("A moment that decides about the relationship (O)"))
        moment.clicked.connect(lambda on: self.changed.emit(MOMENT_OF_TRUTH.to(on)))
        self._put(moment)
        self._moment = moment

    def _ask_promise(self, near: QPushButton) -> None:
        menu = self._menu()
        for choice in PROMISE.choices:
            self._add_choice(menu, t(choice.label), PROMISE.to(choice.value))
        self._add_choice(menu, t("No promise"), PROMISE.to(None))
        _drop(menu, near)
