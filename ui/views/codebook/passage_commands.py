"""What one does with the passages of a code: give them another one, or one of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.i18n import t
from ui.views.codebook.code_commands import ask_code
from ui.views.codebook.reading import CodebookReading
from ui.views.desk import Desk
from workbench.domain.ids import CodeId

if TYPE_CHECKING:
    from ui.views.codebook.panel import CodebookPanel


class PassageCommands:
    """Carries them out.

    Args:
        desk: the open study.
        reading: shows what came of it.
    """

    def __init__(self, desk: Desk[CodebookPanel], reading: CodebookReading) -> None:
        self._desk = desk
        self._reading = reading
        self._list = desk.page.passages
        desk.hear(self._list.recode_wanted, self._on_recode)
        desk.hear(self._list.split_wanted, self._on_split)
        desk.hear(self._list.example_wanted, self._on_example)

    def _on_recode(self) -> None:
        code, chosen = self._list.code, self._list.chosen()
        if code is None or not chosen:
            return

        def give(key: str) -> None:
            self._desk.context.run_long(
                t("Giving another code"),
                lambda study: study.recoding.replace(chosen, code.id, CodeId(key)),
                lambda _none: self._reading.show_tree(),
                size=len(chosen),
            )

        ask_code(self._desk, t("Give them instead"), [code.id], give)

    def _on_split(self) -> None:
        code, chosen = self._list.code, self._list.chosen()
        if code is None or not chosen:
            return

        def name(text: str) -> None:
            self._desk.context.run_long(
                t("Splitting a code"),
                lambda study: study.recoding.split(code.id, text, chosen),
                lambda _code: self._reading.show_tree(),
                size=len(chosen),
            )

        page = self._desk.page
        page.picker.ask(
            [], prompt=t("Name of the new code"), near=page.near(),
            picked=name, named=name, creates="New code “{name}”",
        )  # fmt: skip

    def _on_example(self) -> None:
        code, chosen = self._list.code, self._list.chosen()
        if code is None or not chosen or not self._desk.can_change:
            return
        codebook = self._desk.study.codebook
        taken_back = codebook.code(code.id).example_id == chosen[0]
        codebook.change(code.id, example_id=None if taken_back else chosen[0])
        self._reading.show_tree()
        self._desk.say(
            t("“{name}” has no chosen example any more", name=code.name)
            if taken_back
            else t("The passage is now the example of “{name}”", name=code.name)
        )
