"""Every command of the window as data; menus, shortcuts and the palette are built from it.

A command that exists only in one place is a command half of the people never find. So it is
declared once, and the registry makes it reachable from everywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from ui.i18n import Phrase, t
from workbench.words import Sentence

WINDOW = "window"
# Keys that no command has, for the page that lists all of them.
ALWAYS: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    ("To the next control, and to the one before", ("Tab", "Shift+Tab")),
    ("Among choices side by side", ("Left", "Right", "Home", "End")),
    ("Press, choose or open", ("Space", "Return")),
    ("Empty a choice; take something away from a list", ("Delete",)),
    ("What can be done with what is selected", ("Menu", "Shift+F10")),
    ("Back to what one works on; close what lies above it", ("Esc",)),
)
_log = logging.getLogger("workbench.ui.actions")
_ASK = QEvent.Type(QEvent.registerEventType())

Owner = TypeVar("Owner", bound=QObject)
Owner_contra = TypeVar("Owner_contra", bound=QObject, contravariant=True)


@dataclass(frozen=True, slots=True)
class Action(Generic[Owner_contra]):
    """One command of an owner, who may be made only when it is first needed.

    Attributes:
        id: stable name, "area.verb"; remapped shortcuts are stored under it.
        title: what the menu and the palette show; "…" at the end when it asks for more
            before it does anything; a window that is there to be read asks nothing.
        menu: title of the menu; "View/Theme" is a menu inside a menu.
        run: does it.
        enabled: tells whether it can run now; `None` = always.
        checked: tells whether it is on; `None` = it is nothing that can be on.
        label: returns a better title just now.
        shortcut: default key sequence in portable form, or empty.
        also: further keys that do the same, and cannot be given to others.
        icon: Lucide name, or empty.
        context: "window", or the key of the workspace in which the shortcut works.
        group: actions of different groups are parted by a line in the menu.
    """

    id: str
    title: Phrase | Sentence
    menu: Phrase
    _: KW_ONLY
    run: Callable[[Owner_contra], object]
    enabled: Callable[[Owner_contra], bool] | None = None
    checked: Callable[[Owner_contra], bool] | None = None
    label: Callable[[Owner_contra], str] | None = None
    shortcut: str = ""
    also: tuple[str, ...] = ()
    icon: str = ""
    context: str = WINDOW
    group: int = 0

    @property
    def name(self) -> str:
        """Return the title in the language that is spoken."""
        return str(self.title) if isinstance(self.title, Sentence) else t(self.title)


Promised = tuple[Action[Any], Callable[[], object]]
"""An action, and what makes its owner and adds the actions of that."""


@dataclass(frozen=True, slots=True)
class _Entry:
    action: Action[Any]
    owner: QObject
    qaction: QAction
    widget: QWidget

    @property
    def reachable(self) -> bool:
        """Tell whether its key works now; others are asked when a menu or anybody wants them."""
        return self.action.context == WINDOW or self.widget.isVisible()


def native(keys: str) -> str:
    """Return keys in portable form as this system and language write them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _plainly(run: Callable[[], object]) -> object:
    return run()


class Shortcuts(QObject):
    """Which keys actions answer to, in portable form.

    Args:
        changed: what the person changed: action id to key sequence.
        declared: returns an action by its id.
        declare_all: returns every action by its id, in the order of declaration.

    Signals:
        remapped: an action has another key.
    """

    remapped = Signal()

    def __init__(
        self,
        changed: Mapping[str, str],
        declared: Callable[[str], Action[Any]],
        declare_all: Callable[[], Mapping[str, Action[Any]]],
    ) -> None:
        super().__init__()
        self._changed = dict(changed)
        self._declared = declared
        self._declare_all = declare_all
        self._built: dict[str, QAction] = {}

    def of(self, action_id: str) -> str:
        """Return the key sequence in force; empty when there is none."""
        return self._changed.get(action_id, self._declared(action_id).shortcut)

    def all_of(self, action_id: str) -> Sequence[str]:
        """Return all key sequences in force; the first can be changed."""
        main, also = self.of(action_id), self._declared(action_id).also
        return tuple(key for key in (main, *also) if key)

    def shown(self, action_id: str) -> str:
        """Return the key sequence in force as people read it; empty when there is none."""
        return native(self.of(action_id))

    def give(self, action_id: str, qaction: QAction) -> None:
        """Give a Qt action its keys, now and whenever they are changed."""
        self._built[action_id] = qaction
        if keys := self.all_of(action_id):
            qaction.setShortcuts([QKeySequence(key) for key in keys])

    def set(self, action_id: str, sequence: str) -> None:
        """Give an action another key; its default takes it off the changed ones."""
        if sequence == self._declared(action_id).shortcut:
            self._changed.pop(action_id, None)
        else:
            self._changed[action_id] = sequence
        if (qaction := self._built.get(action_id)) is not None:
            qaction.setShortcuts([QKeySequence(key) for key in self.all_of(action_id)])
        self.remapped.emit()

    @property
    def changed(self) -> dict[str, str]:
        """Return the remapped keys, as the settings store them."""
        return dict(self._changed)

    def clash(self, action_id: str, sequence: str) -> Action[Any] | None:
        """Return the action that already answers to a key where this one would."""
        if not sequence:
            return None
        wanted = QKeySequence(sequence)
        here = self._declared(action_id).context
        for action in self._declare_all().values():
            there = action.context
            if action.id == action_id or not (here == there or WINDOW in (here, there)):
                continue
            if wanted in map(QKeySequence, self.all_of(action.id)):
                return action
        return None


class Actions(QObject):
    """The registry.

    Args:
        shortcuts: what the person changed: action id to key sequence.
        icon: gives an icon by name.

    Attributes:
        attempt: runs what an action does; the window tells what hinders it.
        shortcuts: the keys.
    """

    def __init__(self, shortcuts: Mapping[str, str], icon: Callable[[str], QIcon]) -> None:
        super().__init__()
        self._declared: dict[str, Action[Any]] = {}
        self._entries: dict[str, _Entry] = {}
        self._promised: dict[str, Callable[[], object]] = {}
        self._expected: Callable[[], Iterable[Promised]] | None = None
        self._early: dict[str, QAction] = {}  # in menus already, of owners yet to come
        self.shortcuts = Shortcuts(shortcuts, self._declaration, self._declare_all)
        self._icon = icon
        self.attempt: Callable[[Callable[[], object]], object] = _plainly
        self._stale = False
        self._posted = False

    def add(self, actions: Iterable[Action[Owner]], *, owner: Owner, widget: QWidget) -> None:
        """Make actions known and their shortcuts work.

        Args:
            actions: the declarations.
            owner: whose commands they are.
            widget: the widget, with its children, in which the shortcuts work.

        Raises:
            ValueError: the id is taken.
        """
        for action in actions:
            if action.id in self._entries:
                raise ValueError(f"Action {action.id} is declared twice.")
            self._declared[action.id] = action
            self._promised.pop(action.id, None)
            qaction = self._early.pop(action.id, None) or self._build(action)
            qaction.setParent(widget)
            self._entries[action.id] = _Entry(action, owner, qaction, widget)
            widget.addAction(qaction)
        self.refresh()

    def promise(self, actions: Iterable[Action[Any]], make: Callable[[], object]) -> None:
        """Make actions known whose owner is made when one of them is first needed.

        Args:
            actions: the declarations.
            make: makes the owner and adds its actions.
        """
        for action in actions:
            if action.id in self._declared:
                raise ValueError(f"Action {action.id} is declared twice.")
            self._declared[action.id] = action
            self._promised[action.id] = make

    def expect(self, promised: Callable[[], Iterable[Promised]]) -> None:
        """Expect actions that are declared when somebody first asks for all, or for one of them.

        To declare them loads what they belong to, which takes long.

        Args:
            promised: returns them, in the order in which they follow those of others.
        """
        self._expected = promised

    def _declare_all(self) -> dict[str, Action[Any]]:
        """Declare what is expected, and return every action, in the order of declaration.

        Raises:
            ValueError: an id is taken.
        """
        expected, self._expected = self._expected, None
        for action, make in expected() if expected is not None else ():
            known = self._declared.pop(action.id, None)
            if known is None:
                self._promised[action.id] = make
            elif (known.title, known.context) != (action.title, action.context):
                raise ValueError(f"Action {action.id} is declared twice.")
            self._declared[action.id] = action
        return self._declared

    def _declaration(self, action_id: str) -> Action[Any]:
        known = self._declared.get(action_id)
        return self._declare_all()[action_id] if known is None else known

    def all(self) -> list[Action[Any]]:
        """Return every action in the order of declaration."""
        return list(self._declare_all().values())

    def qaction(self, action_id: str) -> QAction:
        """Return the Qt action as it is now, for a button or a menu of one's own."""
        entry = self._kept(action_id)
        if self._stale:
            self._ask_all()
        return entry.qaction

    def title(self, action_id: str) -> str:
        """Return what an action is called just now."""
        action = self._declaration(action_id)
        return action.name if action.label is None else self.qaction(action_id).text()

    def in_front(self, action_id: str) -> bool:
        """Tell whether the widget an action belongs to can be seen."""
        entry = self._entries.get(action_id)
        return entry is not None and entry.widget.isVisible()

    def trigger(self, action_id: str) -> None:
        """Run an action if it is enabled."""
        entry = self._kept(action_id)
        self._ask_all()
        entry.qaction.trigger()

    def _kept(self, action_id: str) -> _Entry:
        """Return an action with its owner, who is made if need be."""
        self._declaration(action_id)
        if action_id in self._promised:
            self._promised[action_id]()
        return self._entries[action_id]

    def refresh(self, owner: QObject | None = None) -> None:
        """Ask anew what is enabled, checked, and how it is called.

        Args:
            owner: ask only this one, at once; without it all that a key can reach are asked,
                once, before the next event of keyboard or mouse.
        """
        if owner is not None:
            self._ask(entry for entry in self._entries.values() if entry.owner is owner)
        elif not self._posted:
            self._stale = self._posted = True
            # Posted events come before those of the keyboard, a timer's would come after them.
            # Painting is posted, too, and need not wait for this.
            last = Qt.EventPriority.LowEventPriority.value - 1
            QCoreApplication.postEvent(self, QEvent(_ASK), last)

    def _ask_all(self) -> None:
        self._stale = self._posted = False
        self._ask(self._entries.values())

    def _ask(self, entries: Iterable[_Entry]) -> None:
        for entry in entries:
            action, owner, qaction = entry.action, entry.owner, entry.qaction
            if action.enabled is not None:
                qaction.setEnabled(action.enabled(owner))
            if action.checked is not None:
                qaction.setChecked(action.checked(owner))
            if action.label is not None:
                qaction.setText(action.label(owner))

    def fill_menu(self, menu: QMenu, path: str) -> None:
        """Put all actions of a menu into it, in order, with lines between groups.

        Args:
            menu: the empty menu.
            path: the menu's title as the actions name it.
        """
        group: int | None = None
        inner: dict[str, QMenu] = {}
        below = f"{path}/"
        for action in self._declared.values():
            at = action.menu
            if (at != path and not at.startswith(below)) or at in inner:
                continue
            if group is not None and action.group != group:
                menu.addSeparator()
            group = action.group
            if at == path:
                menu.addAction(self._for_menu(action))
            else:
                inner[at] = menu.addMenu(t(at).rsplit("/", 1)[-1])
                self.fill_menu(inner[at], at)
        menu.aboutToShow.connect(self._ask_all)

    def _for_menu(self, action: Action[Any]) -> QAction:
        if action.id in self._entries:
            return self._entries[action.id].qaction
        if action.id not in self._early:
            self._early[action.id] = self._build(action)
            self._early[action.id].setEnabled(action.enabled is None)
        return self._early[action.id]

    def _build(self, action: Action[Any]) -> QAction:
        qaction = QAction(action.name, self)
        qaction.setObjectName(action.id)
        self.shortcuts.give(action.id, qaction)
        if action.context != WINDOW:
            qaction.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        if action.checked is not None:
            qaction.setCheckable(True)
        if action.icon:
            qaction.setIcon(self._icon(action.icon))
        qaction.triggered.connect(lambda _checked=False: self.attempt(partial(self._run, action)))
        return qaction

    def _run(self, action: Action[Any]) -> object:
        _log.debug("action %s", action.id)
        return action.run(self._kept(action.id).owner)

    @override
    def customEvent(self, event: QEvent) -> None:
        if self._posted:
            self._posted = False
            self._ask(entry for entry in self._entries.values() if entry.reachable)
