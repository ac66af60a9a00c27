"""The speech models: which are here, how good and how fast each is, and the way to another."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.bridge import models
from ui.bridge.models import Model, ModelMover, Origin
from ui.context import AppContext
from ui.i18n import t
from ui.views.widgets.emptying import empty
from ui.views.widgets.inputs import ComboBox
from ui.views.widgets.looks import button, hairline, label
from ui.views.widgets.progress import ProgressLine
from workbench.domain.figures import nearest, rounded
from workbench.domain.typed import show_number

_ORIGINS = {
    Origin.EMBEDDED: "comes with the program",
    Origin.ADDED: "added",
    Origin.OPENAI: "of openai-whisper, slower",
}
_PARTS = 1_000  # of a model: a bar counts no billions
_LIKELY = ("small", "large-v3-turbo")  # proposed in this order


class ModelsPage(QWidget):
    """The page.

    Args:
        context: settings, dialogs, signals.
    """

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.mover = ModelMover(self)
        self.rows: dict[str, ModelRow] = {}
        self.offer = ComboBox[str]()
        self.get_button = button(t("Fetch"))
        self.add_button = button(t("Add from a folder…"))
        self.progress = ProgressLine(t("Progress"))
        self.card = QCheckBox(t("Use a graphics card where there is one"))
        self.card.setChecked(context.settings.current.card)
        self.device = label("", "meta", wrap=True)
        self._moving = ""
        self.trouble = label("", "bad", wrap=True)
        self._promise = label("", "meta", wrap=True)
        self._build()
        self._connect()
        self.refresh()

    @property
    def may_close(self) -> bool:
        """Tell whether nothing is on its way, or the person lets it go."""
        if self.mover.busy and not self._context.dialogs.confirm(
            self,
            t("A speech model is still on its way. Stop it?"),
            detail=t("What has been fetched is kept; the rest can follow another time."),
            accept=t("Stop"),
        ):
            return False
        self.mover.end()
        return True

    def refresh(self) -> None:
        """Show again what is here and what can be fetched."""
        here = models.installed()
        in_use = self._in_use([model.name for model in here])
        empty(self._list)
        self.rows = {}
        for model in here:
            if self.rows:
                self._list.addWidget(hairline())
            row = ModelRow(model, in_use=model.name == in_use)
            row.use_pressed.connect(self._on_use)
            row.remove_pressed.connect(self._on_remove)
            self.rows[model.name] = row
            self._list.addWidget(row)
        self._list.addStretch(1)
        self.device.setText(t(models.device_words()))
        self._show_offer()
        self._follow()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(t("Speech models"), "title"))
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(10)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(t("Models on this computer"))
        scroll.setWidget(inside)
        column.addWidget(scroll, 1)
        column.addWidget(hairline())
        column.addWidget(self.card)
        column.addWidget(self.device)
        column.addWidget(hairline())
        column.addWidget(label(t("Another model"), "strong"))
        self.offer.setAccessibleName(t("Model to fetch"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.offer, 1)
        line.addWidget(self.get_button)
        line.addWidget(self.add_button)
        column.addLayout(line)
        column.addWidget(self._promise)
        column.addWidget(self.progress)
        column.addWidget(self.trouble)
        self.trouble.hide()

    def _connect(self) -> None:
        self.card.toggled.connect(lambda on: self._context.remember(card=on))
        self.offer.currentIndexChanged.connect(self._say_offer)
        self.get_button.clicked.connect(self._on_get)
        self.add_button.clicked.connect(self._on_add)
        self.progress.cancel_wanted.connect(self.mover.cancel)
        self.mover.progressed.connect(self._on_progress)
        self.mover.finished.connect(self._on_finished)
        self.mover.failed.connect(self._on_failed)
        self.mover.cancelled.connect(self._on_cancelled)

    def _in_use(self, names: list[str]) -> str:
        chosen = self._context.settings.current.model
        return chosen if chosen in names else next(iter(names), "")

    def _show_offer(self) -> None:
        self._offered = models.offered()
        self.offer.fill(
            (f"{model.name} · {size_words(model.size_bytes)}", model.name)
            for model in self._offered
        )
        self.offer.set_value(next((name for name in _LIKELY if name in self.offer.values), ""))
        self._say_offer()

    def _say_offer(self) -> None:
        at = self.offer.currentIndex()
        quality = t(self._offered[at].quality) if 0 <= at < len(self._offered) else ""
        promise = t(
            "Fetching is the only time that Workbench uses the network: it asks huggingface.co "
            "for this model, and sends nothing of yours."
        )
        self._promise.setText(f"{quality}\n{promise}".strip())

    def _follow(self) -> None:
        busy = self.mover.busy
        self.get_button.setEnabled(not busy and self.offer.count() > 0)
        self.offer.setEnabled(not busy)
        self.add_button.setEnabled(not busy)
        self.progress.setVisible(busy)

    def _on_use(self, name: str) -> None:
        self._context.remember(model=name)
        self._tell()

    def _on_remove(self, name: str) -> None:
        if self._context.dialogs.confirm(
            self,
            t("Remove the speech model “{name}” from this computer?", name=name),
            detail=t("Transcripts made with it stay. To use it again it has to be fetched again."),
            accept=t("Remove"),
            danger=True,
        ):
            models.remove(name)
            self._tell()

    def _on_get(self) -> None:
        name = self.offer.value or ""
        self._begin(t("Fetching “{name}”", name=name))
        self.mover.get(name)
        self._follow()

    def _on_add(self) -> None:
        folder = self._context.dialogs.open_folder(self, t("Choose the folder of a speech model"))
        if folder is not None:
            self._begin(t("Copying “{name}”", name=folder.name))
            self.mover.add(folder)
            self._follow()

    def _begin(self, words: str) -> None:
        self.trouble.hide()
        self._moving = words
        self.progress.begin(words)

    def _on_progress(self, done: int, total: int) -> None:
        words = t("{what}: {done} of {all}", what=self._moving, done=size_words(done),
                  all=size_words(total))  # fmt: skip
        self.progress.show_progress(_PARTS * done // max(1, total), _PARTS, words)

    def _on_finished(self, name: str) -> None:
        self._tell()
        self._context.signals.toast_requested.emit(t("The model “{name}” is here.", name=name))

    def _on_failed(self, problem: BaseException) -> None:
        self._follow()
        self.trouble.setText(str(problem))
        self.trouble.show()

    def _on_cancelled(self) -> None:
        self._follow()

    def _tell(self) -> None:
        self.refresh()
        self._context.signals.models_changed.emit()


class ModelRow(QWidget):
    """One model on this computer.

    Signals:
        use_pressed: its name.
        remove_pressed: its name.
    """

    use_pressed = Signal(str)
    remove_pressed = Signal(str)

    def __init__(self, model: Model, *, in_use: bool) -> None:
        super().__init__()
        self.setAccessibleName(model.title)
        self.name = label(model.title, "strong")
        origin = t(_ORIGINS[model.origin])
        self.size_line = label(f"{size_words(model.size_bytes)} · {origin}", "meta")
        self.quality = label(t(model.quality or "Nothing is known of its quality."), wrap=True)
        self.speed = label(speed_words(model.minutes_per_hour), "soft", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.name, self.size_line, self.quality, self.speed):
            words.addWidget(part)
        self.use_button = button(t("In use") if in_use else t("Use"), "" if not in_use else "quiet")
        self.use_button.setEnabled(not in_use)
        self.use_button.setAccessibleName(t("Use {name}", name=model.title))
        self.use_button.clicked.connect(lambda: self.use_pressed.emit(model.name))
        self.remove_button = button(t("Remove"), "quiet")
        self.remove_button.setVisible(model.origin is Origin.ADDED)
        self.remove_button.setAccessibleName(t("Remove {name}", name=model.title))
        self.remove_button.clicked.connect(lambda: self.remove_pressed.emit(model.name))
        side = QVBoxLayout()
        side.setSpacing(4)
        side.addWidget(self.use_button)
        side.addWidget(self.remove_button)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addLayout(side)


def size_words(size: int) -> str:
    """Return a size as "145 MB" or "3.1 GB"."""
    if size < 1_000_000_000:
        return t("{n} MB", n=rounded(max(1, size / 1e6)) if size else 0)
    return t("{n} GB", n=rounded(size / 1e9, 1))


def speed_words(minutes: float | None) -> str:
    """Return how long an hour of sound takes here, in words."""
    if minutes is None:
        return t("Speed on this computer: not measured yet.")
    if minutes < 1.5:
        return t("1 hour takes about 1 minute.")
    if minutes < 90:
        return t("1 hour takes about {n} minutes.", n=rounded(minutes))
    return t("1 hour takes about {n} hours.", n=show_number(float(nearest(minutes / 60, 1))))
