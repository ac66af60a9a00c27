"""The main job on real recordings: what is promised of the sample study, measured."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

import resources
from tests.support import word
from tests.support.demo import Demo
from tests.support.sample import RECORDINGS, truth
from tests.support.wer import normalised, word_error_rate
from workbench.cli import main
from workbench.study import Study

pytestmark = pytest.mark.speech

MOST_ERRORS = 0.04
LEAST_PLACED = 36
MOST_MISHEARD = 0.25
"""Share of an observation's words that the engine may have heard wrongly."""
NEAR_MS = 2_000
SHINGLE = 6
"""So many words in a row are somebody's own."""


@pytest.mark.parametrize("stem", RECORDINGS)
def test_words_are_recognised(demo: Demo, stem: str) -> None:
    turns = demo.sources()[stem]["transcript"]["turns"]
    heard = " ".join(turn["text"] for turn in turns)
    said = " ".join(turn.text for turn in truth(stem))
    assert word_error_rate(said, heard) <= MOST_ERRORS


@pytest.mark.parametrize("stem", RECORDINGS)
def test_turns_follow_each_other_and_hold_their_words(demo: Demo, stem: str) -> None:
    source = demo.sources()[stem]
    turns = source["transcript"]["turns"]
    assert [turn["ordinal"] for turn in turns] == list(range(len(turns)))
    begins = [turn["start_ms"] for turn in turns]
    assert begins == sorted(begins)
    assert turns[-1]["end_ms"] <= source["duration_ms"] + 500
    for turn in turns:
        assert "".join(part["text"] for part in turn["words"]) == turn["text"].replace(" ", "")
        assert all(0 <= part["probability"] <= 1 for part in turn["words"])


@pytest.mark.parametrize("stem", RECORDINGS)
def test_voices_are_named_and_told_apart(demo: Demo, stem: str) -> None:
    turns = demo.sources()[stem]["transcript"]["turns"]
    assert {turn["speaker"] for turn in turns} == {said.speaker for said in truth(stem)}
    words = [(part, turn["speaker"]) for turn in turns for part in turn["words"]]
    right = sum(_speaks(stem, part) == speaker for part, speaker in words)
    assert right / len(words) >= 0.9


def test_observations_stand_on_the_right_words(demo: Demo) -> None:
    wanted = json.loads(resources.path("sample_study", "analysis.json").read_text("utf-8"))
    seen = demo.shown["observations"]
    assert len(seen) == len(wanted["observations"]) == 38
    stems = {source["id"]: stem for stem, source in demo.sources().items()}
    right = 0
    for row in wanted["observations"]:
        spans = list(_spans(row["source"], row["words"]))
        assert spans, "the words are not in the truth"
        right += any(
            stems[one["source_id"]] == row["source"]
            and one["codes"] == row["codes"]
            and one["stage"] == row["stage"]
            and _same_words(one["words"], row["words"])
            and any(_is_near(one, span) for span in spans)
            for one in seen
        )
    assert right >= LEAST_PLACED


def test_the_study_is_whole(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(demo.folder)]) == 0
    assert capsys.readouterr().out == "The study is whole.\n"


def test_the_report_holds_no_real_name(demo: Demo) -> None:
    people = json.loads(resources.path("sample_study", "study.json").read_text("utf-8"))
    names = [person["real_name"] for person in people["participants"]]
    parts = {part for name in names for part in (name, *name.split())}
    xml, text = "\n".join(word.parts(demo.report).values()), word.text(demo.report)
    assert len(parts) == 18
    found = [part for part in parts if re.search(rf"\b{part}\b", text) or part in xml]
    assert not found


def test_the_report_does_not_quote_who_did_not_consent(demo: Demo) -> None:
    text = normalised(word.text(demo.report))
    written = {tuple(text[at : at + SHINGLE]) for at in range(len(text))}
    others = {
        shingle
        for stem in RECORDINGS
        for said in truth(stem)
        if said.speaker != "Leila"
        for shingle in _shingles(said.text)
    }
    heard = demo.sources()["focus_group"]["transcript"]["turns"]
    leila = [said.text for said in truth("focus_group") if said.speaker == "Leila"]
    leila += [turn["text"] for turn in heard if turn["speaker"] == "Leila"]
    hers = {shingle for said in leila for shingle in _shingles(said)} - others
    assert len(hers) > 50
    assert not hers & written
    assert others & written, "others are quoted, so a quote would have been found"


def test_every_number_in_the_text_is_in_the_register(demo: Demo) -> None:
    report = docx.Document(str(demo.report))
    body = word.parts(demo.report)["word/document.xml"]
    cut = body.rindex("Appendix A: Evidence register")  # the first one is in the contents
    appendix = next(table for table in report.tables if table.cell(0, 0).text == "No.")
    registered = set(re.findall(r"\bE\d+\b", "\n".join(c.text for c in appendix.columns[0].cells)))
    cited = set(re.findall(r"\bE\d+\b", re.sub(r"<[^>]+>", " ", body[:cut])))
    assert len(cited) >= 20
    assert cited <= registered
    targets = set(re.findall(r'w:anchor="([^"]+)"', body))
    assert targets
    assert targets <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', body))


def test_everything_can_be_undone_and_done_again(demo: Demo, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo.folder, tmp_path / "Copy.study"))
    with Study.open(folder) as study:
        before = study.show()
        undone = 0
        while study.undo() is not None:
            undone += 1
        assert study.show() != before
        assert study.show()["sessions"] == []
    with Study.open(folder) as study:
        redone = 0
        while study.redo() is not None:
            redone += 1
        assert redone == undone > 10
        assert study.show() == before
        assert study.check() == []


def test_a_second_demo_goes_on_with_what_is_there(
    demo: Demo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(demo.folder, tmp_path / "Again.study"))
    mine = folder.with_suffix(".docx")
    mine.write_text("what somebody made of the report")
    assert main(["demo", "--out", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["placed"] >= LEAST_PLACED
    assert Path(told["report"]).name == "Again 2.docx"
    assert Path(told["report"]).is_file()
    assert mine.read_text() == "what somebody made of the report"
    with Study.open(folder, read_only=True) as study:
        again = json.loads(json.dumps(study.show(), default=str))
    reports = again.pop("reports")
    assert again == {key: part for key, part in demo.shown.items() if key != "reports"}
    assert len(reports) == len(demo.shown["reports"]) + 1  # it was written once more


def _speaks(stem: str, part: dict[str, int]) -> str:
    """Return who truly speaks in the middle of a word."""
    middle = (part["start_ms"] + part["end_ms"]) / 2
    nearest = min(truth(stem), key=lambda said: max(said.start_ms - middle, middle - said.end_ms))
    return nearest.speaker


def _spans(stem: str, words: str) -> Iterator[tuple[float, float]]:
    """Return when words are said, as far as the truth tells: by their place in their turn."""
    for said in truth(stem):
        at = _plain(said.text).find(_plain(words))
        if at >= 0:
            pace = (said.end_ms - said.start_ms) / len(said.text)
            yield said.start_ms + at * pace, said.start_ms + (at + len(words)) * pace


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _same_words(found: str, wanted: str) -> bool:
    return word_error_rate(wanted, found) <= MOST_MISHEARD


def _is_near(seen: dict[str, int], span: tuple[float, float]) -> bool:
    return abs(seen["start_ms"] - span[0]) <= NEAR_MS and abs(seen["end_ms"] - span[1]) <= NEAR_MS


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = normalised(text)
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
