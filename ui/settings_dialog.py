"""What a person can choose, on six short pages; every choice holds at once."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ui import language
from ui.actions import ALWAYS, native
from ui.context import AppContext
from ui.i18n import Phrase, t
from ui.theme import READING_SIZES, Choice
from ui.views.settings.models_page import ModelsPage
from ui.views.widgets.dropping import Line
from ui.views.widgets.fitting import resize_to_fit
from ui.views.widgets.foot import close_foot
from ui.views.widgets.inputs import ComboBox, Stepper
from ui.views.widgets.looks import button, hairline, label, look
from workbench import words
from workbench.domain.languages import name_of

THEMES: tuple[tuple[Choice, Phrase], ...] = (
    ("system", "As the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)
_RECOGNISED = (
    "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr", "ar", "hi", "ja", "ko", "zh",
    "zh-Hans", "zh-Hant",
)  # fmt: skip
PAGES = ("appearance", "transcription", "models", "keyboard", "person", "privacy")


class SettingsDialog(QDialog):
    """The settings.

    Args:
        context: settings, theme, models and actions.
        parent: the window.
        page: the page to begin with; one of `PAGES`.
    """

    def __init__(
        self, context: AppContext, parent: QWidget | None = None, *, page: str = "appearance"
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(t("Settings"))
        resize_to_fit(self, 760, 600)
        self.pages = QListWidget()
        self.pages.setFixedWidth(168)
        self.pages.setAccessibleName(t("Pages"))
        look(self.pages, "side")
        self.stack = QStackedWidget()
        self.models = ModelsPage(context)
        for title, widget in (
            (t("Appearance"), AppearancePage(context)),
            (t("Transcription"), TranscriptionPage(context)),
            (t("Models"), self.models),
            (t("Keyboard"), KeyboardPage(context)),
            (t("Coder"), CoderPage(context)),
            (t("Privacy"), PrivacyPage(context)),
        ):
            self.pages.addItem(title)
            self.stack.addWidget(widget)
        self.pages.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.pages.setCurrentRow(PAGES.index(page))
        above = QHBoxLayout()
        above.setSpacing(0)
        above.addWidget(self.pages)
        above.addWidget(hairline(upright=True))
        above.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above, 1)
        column.addWidget(hairline())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 10)
        foot.addWidget(close_foot(self))
        column.addLayout(foot)

    @override
    def done(self, result: int) -> None:
        if self.models.may_close:
            super().done(result)


class AppearancePage(QWidget):
    """Theme and size of transcript text."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.theme = ComboBox[Choice]()
        self.theme.fill((t(name), key) for key, name in THEMES)
        self.theme.set_value(context.theme.choice)
        self.theme.currentIndexChanged.connect(self._on_theme)
        self.size_box = Stepper()
        self.size_box.setRange(READING_SIZES.start, READING_SIZES.stop - 1)
        self.size_box.setSuffix(t(" px"))
        self.size_box.setValue(context.theme.reading_size)
        self.size_box.valueChanged.connect(self._on_size)
        self._sample = label(
            t("“The date is the date,” she said. “I booked the van around it.”"), wrap=True
        )
        form = _form(self, t("Appearance"))
        _row(form, t("Theme"), self.theme)
        _row(form, t("Transcript text"), self.size_box)
        form.addRow("", self._sample)
        self.spoken = ComboBox[str]()
        self.spoken.fill(language.choices())
        self.spoken.set_value(context.settings.current.spoken or words.SOURCE)
        self.spoken.currentIndexChanged.connect(
            lambda: context.remember(spoken=self.spoken.value or "")
        )
        if self.spoken.count() > 1:  # else there is nothing to choose
            _row(form, t("Language of the program"), self.spoken)
            form.addRow("", label(t("It changes at the next start."), "meta"))
        self._follow()

    def _on_theme(self) -> None:
        choice = self.theme.value or self._context.theme.choice
        self._context.theme.choose(choice)
        self._context.remember(theme=choice)
        self._follow()

    def _on_size(self, pixels: int) -> None:
        self._context.theme.set_reading_size(pixels)
        self._context.remember(reading_size=pixels)
        self._follow()

    def _follow(self) -> None:
        self._sample.setFont(self._context.theme.reading_font())


class TranscriptionPage(QWidget):
    """Which model listens and in which language."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        settings = context.settings.current
        self.model = ComboBox[str]()
        self._show_models()
        context.signals.models_changed.connect(self._show_models)
        self.model.currentIndexChanged.connect(self._on_model)
        self.language = ComboBox[str]()
        known = ((name_of(code), code) for code in _RECOGNISED)
        self.language.fill([(t("Recognise by itself"), ""), *known])
        self.language.set_value(settings.language)
        self.language.currentIndexChanged.connect(
            lambda: context.remember(language=self.language.value or "")
        )
        form = _form(self, t("Transcription"))
        _row(form, t("Speech model"), self.model)
        _row(form, t("Language"), self.language)
        note = t("Recordings are recognised on this computer and never leave it. "
                 "They are written down in the language that is spoken, unless you tick "
                 "“Translate into English” beside the queue. "
                 "Larger models are slower and make fewer mistakes.")  # fmt: skip
        form.addRow("", label(note, "meta", wrap=True))

    def _show_models(self) -> None:
        installed = ((choice.label, choice.name) for choice in self._context.models())
        self.model.fill([(t("The best one installed"), ""), *installed])
        self.model.set_value(self._context.settings.current.model)

    def _on_model(self) -> None:
        self._context.remember(model=self.model.value or "")
        self._context.signals.models_changed.emit()


class _KeyField(QKeySequenceEdit):
    """A field for one key, which says the key it holds and lets Shift+Tab go back."""

    spoken_role = QAccessible.Role.HotkeyField

    def __init__(self) -> None:
        super().__init__()
        for line in self.findChildren(QLineEdit):
            line.setAcceptDrops(False)  # nothing that is dropped is a key
        self.keySequenceChanged.connect(lambda keys: self.setAccessibleDescription(keys.toString()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backtab:
            self.focusNextPrevChild(False)
        else:
            super().keyPressEvent(event)


class KeyboardPage(QWidget):
    """Every action with its key; a key can be changed, and a clash is said before it is made."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.filter = Line()
        self.filter.setPlaceholderText(t("Filter"))
        self.filter.setAccessibleName(t("Filter actions"))
        self.filter.textChanged.connect(self._on_filter)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([t("Action"), t("Key")])
        self.tree.setAccessibleName(t("Actions and keys"))
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().resizeSection(1, 150)
        self.tree.currentItemChanged.connect(self._on_current)
        self.keys = _KeyField()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName(t("New key"))
        self.apply_button = button(t("Set key"))
        self.apply_button.clicked.connect(self._on_apply)
        self.reset_button = button(t("Default"), "quiet")
        self.reset_button.clicked.connect(self._on_reset)
        self.says = label("", "meta", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        row.addWidget(self.apply_button)
        row.addWidget(self.reset_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(8)
        column.addWidget(label(t("Keyboard"), "title"))
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(self.says)
        column.addLayout(row)
        self._fill()

    def select(self, action_id: str) -> None:
        """Mark an action in the list."""
        for item in self._items():
            if item.data(0, Qt.ItemDataRole.UserRole) == action_id:
                self.tree.setCurrentItem(item)

    def _fill(self) -> None:
        groups: dict[str, QTreeWidgetItem] = {}
        for action in self._context.actions.all():
            menu = t(action.menu).split("/")[0]
            if menu not in groups:
                groups[menu] = QTreeWidgetItem(self.tree, [menu])
                groups[menu].setFlags(Qt.ItemFlag.ItemIsEnabled)
                groups[menu].setExpanded(True)
            item = QTreeWidgetItem(groups[menu], [action.name, ""])
            item.setData(0, Qt.ItemDataRole.UserRole, action.id)
            self._show_key(item)
        always = QTreeWidgetItem(self.tree, [t("Everywhere; these stay as they are")])
        always.setFlags(Qt.ItemFlag.ItemIsEnabled)
        always.setExpanded(True)
        for title, keys in ALWAYS:
            fixed = QTreeWidgetItem(always, [t(title), ", ".join(map(native, keys))])
            fixed.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        first = next(self._items(), None)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _items(self) -> Iterator[QTreeWidgetItem]:
        for at in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(at)
            children = (group.child(row) for row in range(group.childCount())) if group else ()
            yield from (child for child in children if child is not None)

    def _show_key(self, item: QTreeWidgetItem) -> None:
        keys = self._context.actions.shortcuts.all_of(item.data(0, Qt.ItemDataRole.UserRole))
        item.setText(1, ", ".join(map(native, keys)))

    def _action(self) -> str:
        item = self.tree.currentItem()
        found: str | None = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return found or ""

    def _on_current(self) -> None:
        action = self._action()
        self.says.clear()
        self.keys.setEnabled(bool(action))
        self.apply_button.setEnabled(bool(action))
        self.reset_button.setEnabled(bool(action))
        if action:
            self.keys.setKeySequence(QKeySequence(self._context.actions.shortcuts.of(action)))

    def _on_apply(self) -> None:
        self._set(self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _on_reset(self) -> None:
        actions = {action.id: action for action in self._context.actions.all()}
        self._set(actions[self._action()].shortcut)

    def _set(self, keys: str) -> None:
        actions, action = self._context.actions, self._action()
        other = actions.shortcuts.clash(action, keys)
        if other is not None:
            self.says.setText(
                t("{keys} already belongs to “{title}”. Choose another key, or free that one.",
                  keys=native(keys), title=other.name)
            )  # fmt: skip
            return
        actions.shortcuts.set(action, keys)
        self._context.remember(shortcuts=actions.shortcuts.changed)
        self._on_current()
        item = self.tree.currentItem()
        if item is not None:
            self._show_key(item)
        self.says.setText(t("Set."))

    def _on_filter(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items():
            item.setHidden(
                wanted not in item.text(0).casefold() and wanted not in item.text(1).casefold()
            )


class CoderPage(QWidget):
    """The name put on observations."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.name = Line(context.settings.current.coder)
        self.name.editingFinished.connect(lambda: context.remember(coder=self.name.text().strip()))
        form = _form(self, t("Coder"))
        _row(form, t("Your name"), self.name)
        note = t("It is kept with what you code, so that a team can tell who saw what. "
                 "Initials are enough.")  # fmt: skip
        form.addRow("", label(note, "meta", wrap=True))


class PrivacyPage(QWidget):
    """When a locked study is closed by itself."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.minutes = Stepper()
        self.minutes.setRange(0, 240)
        self.minutes.setSuffix(t(" min"))
        self.minutes.setSpecialValueText(t("Never"))
        self.minutes.setValue(context.settings.current.lock_minutes)
        self.minutes.valueChanged.connect(lambda minutes: context.remember(lock_minutes=minutes))
        form = _form(self, t("Privacy"))
        _row(form, t("Lock a locked study after"), self.minutes)
        note = t("When nobody has touched keyboard or mouse for so long, the study is closed and"
                 " its passphrase is asked for; also after the computer slept. Not while something"
                 " is recorded or transcribed.")  # fmt: skip
        form.addRow("", label(note, "meta", wrap=True))


def _form(page: QWidget, title: str) -> QFormLayout:
    form = QFormLayout(page)
    form.setContentsMargins(24, 20, 24, 16)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.addRow(label(title, "title"))
    return form


def _row(form: QFormLayout, name: str, field: QWidget) -> None:
    field.setAccessibleName(name)
    words = label(name, "soft")
    words.setBuddy(field)
    form.addRow(words, field)
