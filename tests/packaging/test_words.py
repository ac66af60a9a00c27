"""Texts go to translators and come back, and what would fail on screen is refused before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.source import ROOT
from workbench import words as spoken

PO = """
# translator's note
#: ui/one.py
msgid "Open “{name}”"
msgstr "„{name}“ "
"öffnen"

#, fuzzy
msgid "Close"
msgstr "Guessed"

#: ui/two.py
#, python-brace-format
msgid "{n} file"
msgid_plural "{n} files"
msgstr[0] "{n} Datei"
msgstr[1] "{n} Dateien"

#~ msgid "Gone"
#~ msgstr "Weg"
"""

SMALL = """
def t(text: Phrase) -> str: ...
def plural(n: int, one: Phrase, many: Phrase) -> str: ...
t("Settings"), plural(2, "{n} second", "{n} seconds")
"""


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, with the modules beside it."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    import words

    for name in ("words", "catalogues", "collecting", "console"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return words


def test_what_translators_wrote_is_read(scripts: ModuleType) -> None:
    entries, forms = scripts.catalogues.read('msgid ""\nmsgstr "Plural-Forms: x;\\n"\n' + PO)
    assert [(entry.one, entry.told) for entry in entries] == [
        ("Open “{name}”", "„{name}“ öffnen"),
        ("Close", ""),
        ("{n} file", ("{n} Datei", "{n} Dateien")),
    ]
    assert forms == "x;"
    again, _ = scripts.catalogues.read(scripts.catalogues.written(entries, "de"))
    assert again == entries


def test_a_catalogue_keeps_what_is_translated_and_gets_what_is_new(
    scripts: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "one.py").write_text(SMALL, "utf-8")
    monkeypatch.setattr(scripts, "ROOT", tmp_path)
    monkeypatch.setattr(scripts, "FOLDERS", ("small",))
    file = tmp_path / "de" / "LC_MESSAGES" / "workbench.po"
    file.parent.mkdir(parents=True)
    file.write_text('msgid "Settings"\nmsgstr "Einstellungen"\n\nmsgid "Gone"\nmsgstr "Weg"\n')
    assert scripts.main(["update", "de", "--into", str(tmp_path)]) == 0
    entries, _ = scripts.catalogues.read(file.read_text("utf-8"))
    told = {entry.one: entry.told for entry in entries}
    assert told == {"Settings": "Einstellungen", "{n} second": ("", "")}


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("{name} {x}", "names x, which nothing fills"),
        ("{name", "has a brace alone"),
        ("open", "leaves out name"),
    ],
)
def test_a_translation_that_would_fail_is_refused(
    scripts: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str, fault: str
) -> None:
    file = tmp_path / "de" / "LC_MESSAGES" / "workbench.po"
    file.parent.mkdir(parents=True)
    file.write_text(f'msgid "Open {{name}}"\nmsgstr "{told}"\n', "utf-8")
    assert scripts.main(["compile", "de", "--into", str(tmp_path)]) == 1
    assert fault in "".join(capsys.readouterr())
    assert not file.with_suffix(".mo").exists()


def test_what_is_compiled_is_spoken(
    scripts: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "de" / "LC_MESSAGES" / "workbench.po"
    file.parent.mkdir(parents=True)
    file.write_text(PO, "utf-8")
    assert scripts.main(["compile", "de", "--into", str(tmp_path)]) == 0
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "de")
    try:
        assert spoken.speak("fr", own=tmp_path) == "de"
        assert spoken.t("Open “{name}”", name="A") == "„A“ öffnen"
        assert spoken.t("Close") == "Close"
        assert spoken.plural(3, "{n} file", "{n} files") == "3 Dateien"
    finally:
        monkeypatch.setenv("WORKBENCH_LANGUAGE", "")
        spoken.speak()


def test_the_marked_language_keeps_what_is_filled_in(scripts: ModuleType) -> None:
    assert scripts.pseudo("Open “{name}” <b>now</b>") == "⟦Óƥéñ “{name}” <b>ñóŵ</b>········⟧"


def test_one_command_writes_the_template(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "packaging" / "words.py"), "template", "--into"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "workbench.pot").read_text("utf-8")
    assert 'msgid "{n} second"\nmsgid_plural "{n} seconds"\nmsgstr[0] ""' in written
    assert "#: workbench/domain/figures.py" in written
