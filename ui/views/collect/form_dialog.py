"""The questions of a visit form in a table: their words, how they are answered, their order."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import (
    QBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QWidget,
)
from typing_extensions import override

from ui.i18n import plural, t
from ui.views.table_dialog import TableDialog
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import label
from ui.views.widgets.spoken import announce
from workbench.domain import typed
from workbench.domain.change import Op
from workbench.domain.naming import folded, free
from workbench.domain.visits import FormItem, ItemKind, read_answer, read_range
from workbench.errors import UserError
from workbench.study import Study

_KINDS = {
    ItemKind.YES_NO: "Yes or no",
    ItemKind.SCALE: "Scale",
    ItemKind.NUMBER: "Number",
    ItemKind.TEXT: "Text",
}
_KIND = 2
_Index = QModelIndex | QPersistentModelIndex


class FormDialog(TableDialog):
    """Edits one form; every visit on it follows.

    Args:
        study: the open study.
        form_id: the form.
        item_id: the question that is shown first.
    """

    ordered = True
    op = Op.EDIT_FORM

    def __init__(
        self, study: Study, form_id: str, item_id: str = "", parent: QWidget | None = None
    ) -> None:
        self._form_id, self._gone = form_id, 0
        super().__init__(
            study,
            t("Questions of the visit form"),
            t(
                "All visits on this form follow, and keep their answers. A weight of 0 is "
                "recorded and not scored; a failed critical question takes its section to 0. "
                "Removed questions wait in the bin, with their answers."
            ),
            (t("Question"), t("Section"), t("Answer"), t("Range or unit"), t("Weight"),
             t("Critical")),
            parent,
        )  # fmt: skip
        self.table.setItemDelegateForColumn(_KIND, _KindEditing(self.table))
        self.told = label("", "soft", wrap=True)
        self.told.hide()
        column = self.layout()
        assert isinstance(column, QBoxLayout)  # noqa: S101
        column.insertWidget(column.indexOf(self.trouble), self.told)
        head = self.table.horizontalHeader()
        for number in range(1, self.table.columnCount()):  # a question is a sentence
            head.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
        self.resize(max(self.width(), 780), self.height())
        ids = [one.id for one in self._items()]
        if item_id in ids:
            self.table.setCurrentCell(ids.index(item_id), 0)

    @override
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        return [
            (
                one.id,
                (
                    one.ask,
                    one.section,
                    _word(one.kind),
                    _range(one),
                    str(one.weight),
                    _said(one.critical),
                ),
            )
            for one in self._items()
        ]

    @override
    def add(self) -> None:
        taken = [one.ask for one in self._items()]
        self.study.visits.questions.add(self._form_id, free(t("New question"), taken))

    @override
    def change(self, key: str, column: int, text: str) -> None:
        change = self.study.visits.questions.change
        match column:
            case 0:
                change(key, ask=text)
            case 1:
                change(key, section=text)
            case 2:
                change(key, kind=_kind(text))
            case 3 if self._item(key).kind is ItemKind.SCALE:
                lowest, highest = read_range(text)
                change(key, lowest=lowest, highest=highest)
            case 3:
                change(key, unit=text)
            case 4:
                change(key, weight=typed.number(text, t("Weight"), lowest=0, whole=True) or 0)
            case 5:
                change(key, critical=bool(read_answer(_CRITICAL, text)))

    @override
    def remove(self, key: str) -> None:
        self._gone += self.study.visits.questions.remove(key)

    @override
    def move_row(self, key: str, position: int) -> None:
        """Put a question at another place."""
        self.study.visits.questions.move(key, position)

    @override
    def _on_remove(self) -> None:
        self._gone = 0
        super()._on_remove()
        self.told.setText(
            plural(
                self._gone,
                "One answer went along; undo or the bin brings it back.",
                "{n} answers went along; undo or the bin brings them back.",
            )
        )
        self.told.setVisible(bool(self._gone))
        if self._gone:
            announce(self.told, self.told.text())

    def _items(self) -> list[FormItem]:
        return self.study.visits.items(self._form_id)

    def _item(self, key: str) -> FormItem:
        return next(one for one in self._items() if one.id == key)

    @override
    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        """Show what was typed as it was read, and what changed along with it."""
        super()._on_item_changed(item)
        if self._filling:
            return
        self._filling = True
        for row, (key, texts) in enumerate(self.rows()):
            for column, text in enumerate(texts):
                if (cell := self.table.item(row, column)) is not None:
                    cell.setText(self._spot(key, column).shown(text))
        self._filling = False


class _KindEditing(QStyledItemDelegate):
    """Has the kind of an answer chosen instead of typed."""

    @override
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        box = ComboBox[str](t("Answer"))
        box.setParent(parent)
        box.fill([(t(words), t(words)) for words in _KINDS.values()])
        box.activated.connect(lambda _at: self._take(box))
        return box

    @override
    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        if isinstance(editor, ComboBox):
            editor.set_value(index.data())

    @override
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        if isinstance(editor, ComboBox):
            model.setData(index, editor.value)

    def _take(self, box: QWidget) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)


_CRITICAL = FormItem("", "", "", 0, "critical", "Critical", ItemKind.YES_NO)


def _word(kind: ItemKind) -> str:
    return t(_KINDS.get(kind, str(kind)))  # of a damaged one, what is there


def _kind(word: str) -> ItemKind:
    for kind in ItemKind:
        if folded(word) in {folded(_word(kind)), kind.value}:
            return kind
    words = ", ".join(map(_word, ItemKind))
    raise UserError("question-kind", t("“{word}” is no kind of answer.", word=word), words)


def _range(item: FormItem) -> str:
    return f"{item.lowest}–{item.highest}" if item.kind is ItemKind.SCALE else item.unit


def _said(critical: bool) -> str:
    return t("yes") if critical else t("no")
