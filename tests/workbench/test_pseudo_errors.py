"""What is refused is said in the language that is spoken, with what to do next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from workbench.domain import typed
from workbench.domain.naming import pick
from workbench.errors import WorkbenchError
from workbench.exchange.plaintext import read_text
from workbench.study import Study

OF_SQLITE = "file is not a database"


def _damaged(folder: Path) -> object:
    file = folder / "д.txt"
    file.write_bytes(b"PK\x03\x04" + bytes(200))
    return read_text(file)


def _not_a_study(folder: Path) -> object:
    (folder / "д.study").mkdir()
    (folder / "д.study" / "study.sqlite").write_bytes(b"0" * 4096)
    return Study.open(folder / "д.study")


@pytest.mark.parametrize(
    "refused",
    [
        lambda _: typed.date("32.13.2026"),
        lambda _: typed.date("1/2/2026"),
        lambda _: typed.date("завтра", partial=True),
        lambda _: typed.number("1,234"),
        lambda _: typed.number("9", highest=5),
        lambda _: typed.number("2.5", whole=True),
        lambda _: typed.minutes("1:20"),
        lambda _: typed.time_of_day("25:99"),
        lambda _: pick("д", {}, "person"),
        lambda folder: Study.open(folder / "нет.study"),
        _damaged,
        _not_a_study,
    ],
)  # fmt: skip
def test_no_word_of_a_refusal_is_english(refused: Callable[[Path], object], tmp_path: Path) -> None:
    with pseudo_spoken(tmp_path / "locale"):
        with pytest.raises(WorkbenchError) as told:
            refused(tmp_path)
        said = f"{told.value.happened} {told.value.todo}"
    assert told.value.todo
    assert untranslated(said, {str(tmp_path), "study", "sqlite", "txt", OF_SQLITE}) == []
