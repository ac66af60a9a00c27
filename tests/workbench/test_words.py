"""One catalogue says all texts, and what it does not know stays English."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.catalogues import write_catalogue
from tests.support.pseudo import pseudo_spoken, untranslated
from workbench import words
from workbench.words import Sentence, counted, plural, said, t


@pytest.fixture
def speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Writes a catalogue and speaks its language; afterwards English is spoken again."""
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "")

    def of(texts: dict[str, str | tuple[str, ...]], forms: str = "") -> str:
        write_catalogue(tmp_path, "xx", texts, forms)
        return words.speak("xx", own=tmp_path)

    yield of
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "")
    words.speak()


def test_without_a_catalogue_texts_are_english() -> None:
    assert words.language() == "en"
    assert t("{name} is gone", name="A {b}") == "A {b} is gone"
    assert t("as {it} stands") == "as {it} stands"
    assert [plural(n, "{n} file", "{n} files") for n in (0, 1, 2)] == [
        "0 files",
        "1 file",
        "2 files",
    ]


def test_texts_are_said_in_the_language_that_was_chosen(speak: Callable[..., str]) -> None:
    assert speak({"{name} is gone": "Weg ist {name}", "": "Language: xx"}) == "xx"
    assert t("{name} is gone", name="A") == "Weg ist A"
    assert t("Not known") == "Not known"
    assert t("") == ""


def test_a_number_chooses_among_as_many_forms_as_a_language_has(speak: Callable[..., str]) -> None:
    slavic = (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
    )
    speak({"{n} file": ("{n} plik", "{n} pliki", "{n} plików")}, slavic)
    found = [plural(n, "{n} file", "{n} files") for n in (1, 3, 5, 22)]
    assert found == ["1 plik", "3 pliki", "5 plików", "22 pliki"]


def test_a_slip_of_a_translator_fails_nobody(speak: Callable[..., str]) -> None:
    speak({"{n} of {all}": "{N} von {alle}", "{name} is gone": "{name"})
    assert t("{n} of {all}", n=1, all=2) == "1 of 2"
    assert t("{name} is gone", name="A") == "A is gone"


def test_what_is_no_catalogue_leaves_english(tmp_path: Path) -> None:
    file = tmp_path / "xx" / "LC_MESSAGES" / "workbench.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"nothing of that kind")
    assert words.speak("xx", own=tmp_path) == "en"
    assert words.speak("../xx", own=tmp_path) == "en"
    assert words.speak("yy", own=tmp_path) == "en"


def test_languages_are_those_that_have_a_catalogue(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "sv", {})
    write_catalogue(tmp_path, "de", {})
    assert words.languages(tmp_path)[:3] == ["en", "de", "sv"]


def test_a_sentence_is_translated_when_it_is_read(speak: Callable[..., str]) -> None:
    why = said("the disk is full")
    sentence = said("“{file}” was not written: {why}.", file=Path("a.txt"), why=why)
    many = counted(2, "{n} file of {name}", "{n} files of {name}", name="B")
    assert str(sentence) == "“a.txt” was not written: the disk is full."
    speak(
        {
            "“{file}” was not written: {why}.": "„{file}“ fehlt: {why}.",
            "the disk is full": "kein Platz",
            "{n} file of {name}": ("{n} Datei von {name}", "{n} Dateien von {name}"),
        },
        "nplurals=2; plural=(n != 1);",
    )
    assert str(sentence) == "„a.txt“ fehlt: kein Platz."
    assert f"{many}" == "2 Dateien von B"


def test_a_sentence_goes_to_another_process_and_comes_back_the_same() -> None:
    sentence = said("{a} {b} {c}", a=1, b="{x}", c=counted(2, "{n} file", "{n} files"))
    assert pickle.loads(pickle.dumps(sentence)) == sentence  # noqa: S301  it is ours
    assert Sentence.from_json(json.loads(json.dumps(sentence.as_json()))) == sentence
    assert len({sentence, said("{a} {b} {c}", a=1, b="{x}", c=2)}) == 2
    assert str(sentence) == "1 {x} 2 files"


def test_words_of_others_are_no_template() -> None:
    assert str(Sentence("{this} is 100 %")) == "{this} is 100 %"
    assert not Sentence("")


def test_english_reads_no_file_and_imports_nothing() -> None:
    code = (
        "import sys; from workbench import words; words.speak(); words.t('x'); "
        "print({'gettext', 'resources', 'locale'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_what_no_catalogue_says_is_found(tmp_path: Path) -> None:
    with pseudo_spoken(tmp_path):
        said = words.plural(2, "{n} second", "{n} seconds") + words.t(
            "{number} unheardof", number=2
        )
        shown = f"{said} Elena Marsh by Elena E7 quoted"
        assert untranslated(shown, {"Elena", "Elena\nMarsh"}) == ["unheardof", "by", "quoted"]
    assert words.plural(2, "{n} second", "{n} seconds") == "2 seconds"
