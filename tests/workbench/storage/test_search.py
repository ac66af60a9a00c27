"""Search takes whatever people type, and finds words as people mean them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.studies import drafts, recognised, written
from workbench.domain.anchors import Edit
from workbench.storage.search import CLOSE, OPEN
from workbench.study import Study

_ODD = (
    '"',
    '""',
    '"a',
    "*",
    "a*",
    "AND",
    "a AND",
    "NOT",
    "NEAR(a b)",
    "(",
    "a:b",
    "-a",
    "^a",
    "🙂",
)


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = Study.create(tmp_path_factory.mktemp("search") / "a.study")
    written(
        study,
        "The café’s Wi-Fi took three weeks.",
        "Three of them AND nobody called 🙂 back.",
        "Überall Straße, weekly.",
        title="First evening",
    )
    code = study.codebook.add("Delay")
    study.memos.write("code", code.id, "Three weeks is too long.")
    return study


@pytest.fixture(scope="module", autouse=True)
def _closed(spoken: Study):
    yield
    spoken.close()


def _found(study: Study, text: str) -> list[str]:
    return [hit.snippet.replace(OPEN, "[").replace(CLOSE, "]") for hit in study.search(text)]


@pytest.mark.parametrize(
    ("typed", "snippets"),
    [
        (
            "wee",
            [
                "The café’s Wi-Fi took three [weeks].",
                "Überall Straße, [weekly].",
                "Three [weeks] is too long.",
            ],
        ),
        ("CAFE", ["The [café]’s Wi-Fi took three weeks."]),
        ("uberall", ["[Überall] Straße, weekly."]),
        ('"three weeks"', ["The café’s Wi-Fi took [three weeks].", "[Three weeks] is too long."]),
        ('"weeks three"', []),
        ("three wi-fi", ["The café’s [Wi-Fi] took [three] weeks."]),
        ("and called", ["Three of them [AND] nobody [called] 🙂 back."]),
        ("wee three", ["nothing"]),
        ("", []),
        ("🙂", []),
    ],
)
def test_words_are_found(spoken: Study, typed: str, snippets: list[str]) -> None:
    expected = [] if snippets == ["nothing"] else snippets
    assert sorted(_found(spoken, typed)) == sorted(expected)


@pytest.mark.parametrize(
    "typed", [*_ODD, *(f"three {odd}" for odd in _ODD), "a\0b", "\ud83d", "x" * 9999]
)
def test_odd_input_is_no_error(spoken: Study, typed: str) -> None:
    assert isinstance(spoken.search(typed), list)


@given(st.text(st.characters()))
def test_any_input_is_no_error(spoken: Study, typed: str) -> None:
    assert len(spoken.search(typed, limit=2)) <= 4


def test_hits_tell_where_they_are(study: Study) -> None:
    transcript = recognised(study, "Hello.", "It took weeks.", title="With Maya")
    [hit] = study.search("weeks")
    turn = study.transcripts.turns(transcript.id)[1]
    assert (hit.kind, hit.id, hit.source_id) == ("turn", turn.id, transcript.source_id)
    assert (hit.title, hit.start_ms) == ("With Maya", 400)


def test_search_follows_edits_undo_and_the_bin(study: Study) -> None:
    transcript = recognised(study, "It took weeks.")
    turn = study.transcripts.turns(transcript.id)[0]
    study.corrections.edit(turn.id, Edit(8, 5, "months"))
    assert (_found(study, "weeks"), len(_found(study, "months"))) == ([], 1)
    study.undo()
    assert (len(_found(study, "weeks")), _found(study, "months")) == (1, [])
    code = study.codebook.add("Delay")
    study.memos.write("code", code.id, "Weeks!")
    assert len(_found(study, "weeks")) == 2
    study.memos.write("code", code.id, "")
    study.materials.remove_source(transcript.source_id)
    assert _found(study, "weeks") == []
    study.undo()
    assert len(_found(study, "weeks")) == 1
    assert study.check() == []


def test_a_replaced_transcript_is_not_searched(study: Study) -> None:
    transcript = recognised(study, "It took weaks.")
    new = study.arrivals.start(transcript.source_id)
    assert len(_found(study, "weaks")) == 1
    study.arrivals.accept(new.id, drafts("It took weeks."))
    assert (_found(study, "weaks"), len(_found(study, "weeks"))) == ([], 1)


def test_a_reader_searches_too(study: Study, tmp_path: Path) -> None:
    recognised(study, "It took weeks.")
    with Study.open(study.folder, read_only=True) as reader:
        assert len(reader.search("week")) == 1
