"""What is refused is said in the language that is spoken, with what to do next."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.pseudo import pseudo_spoken, untranslated
from workbench.domain import typed
from workbench.domain.naming import pick
from workbench.errors import WorkbenchError, problem_of
from workbench.exchange.plaintext import read_text
from workbench.speech import audio, hub
from workbench.study import Study
from workbench.vault.blocks import Blocks
from workbench.vault.keys import FileKey

THEIRS = {
    "file is not a database", "Invalid data found when processing input",
    "huggingface.co", "FOLDER", "workbench models add",
}  # fmt: skip
"""What libraries say, and what is typed."""


def _file(folder: Path, content: bytes) -> Path:
    file = folder / "д.txt"
    file.write_bytes(content)
    return file


def _damaged(folder: Path) -> object:
    return read_text(_file(folder, b"PK\x03\x04" + bytes(200)))


def _offline(folder: Path) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        return hub.download("д/д", folder, (), lambda done, total: None)


def _spoilt(_: Path) -> object:
    try:
        return Blocks(io.BytesIO(b"?"), "д", FileKey(bytes(32)))
    except OSError as problem:
        raise problem_of(problem) from problem


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
        _offline,
        _spoilt,
        lambda folder: audio.probe(_file(folder, b"?")),
        _not_a_study,
    ],
)  # fmt: skip
def test_no_word_of_a_refusal_is_english(refused: Callable[[Path], object], tmp_path: Path) -> None:
    with pseudo_spoken(tmp_path / "locale"):
        with pytest.raises(WorkbenchError) as told:
            refused(tmp_path)
        said = f"{told.value.happened} {told.value.todo}"
    assert told.value.todo
    assert untranslated(said, {str(tmp_path), "study", "sqlite", "txt", *THEIRS}) == []
