"""What a study was before is as free of the person's words as what it is now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import (
    Clock,
    anchor_of,
    document,
    drafts,
    new_version,
    observe,
    person,
    recording,
)
from tests.support.withdrawn import remains
from tests.workbench.speech.recordings import silence, write_wav
from workbench.domain.anchors import Edit
from workbench.domain.ids import ParticipantId, TranscriptId
from workbench.domain.materials import Method
from workbench.domain.withdrawal import Deed
from workbench.services.keeping.backups import Backups
from workbench.study import JournalConflict, Study

each_erasing = pytest.mark.parametrize("deed", [Deed.WORDS, Deed.EVERYTHING])
THEIRS = ("zeppelin", "xylophone", "quokka")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.create(tmp_path / "past.study", title="Past", now=Clock()) as made:
        yield made


def _group(study: Study, folder: Path) -> tuple[ParticipantId, ParticipantId, TranscriptId]:
    """Return two people, and the text of a recording with both, of whom nobody is named yet."""
    maya, tom = person(study, "Maya"), person(study, "Tom")
    [source] = study.imports.take_in(
        [write_wav(folder / "group.wav", silence(9))], people=[maya, tom],
        method=Method.FOCUS_GROUP,
    )  # fmt: skip
    text = study.arrivals.start(source.id, model="base")
    told = drafts(
        "My zeppelin went up.", "Tom says bread.", "A xylophone fell.", "Tom says tea.",
        speakers=["S1", "S2", "S1", "S2"],
    )  # fmt: skip
    study.arrivals.accept(text.id, told)
    study.arrivals.finish(text.id, "en")
    return maya, tom, text.id


def _name(study: Study, text: TranscriptId, maya: ParticipantId, tom: ParticipantId) -> None:
    first, second = study.transcripts.speakers.of(text)
    study.speaking.assign(first.id, maya)
    study.speaking.assign(second.id, tom)


@each_erasing
def test_a_copy_that_did_not_know_who_spoke(study: Study, tmp_path: Path, deed: Deed) -> None:
    maya, tom, text = _group(study, tmp_path)
    observe(study, text, "Tom says bread. A xylophone")
    study.keeping.copies.backup()
    _name(study, text, maya, tom)
    study.withdrawal.erase(maya, deed)
    assert remains(study.folder, *THEIRS) == []
    study.close()
    backups = Backups(study.folder)
    backups.restore(backups.numbered(1))
    with Study.open(study.folder) as restored:
        assert restored.check() == []
        assert "Tom says" in {p.words[:8] for p in restored.passages.find()}
    assert remains(study.folder, *THEIRS) == []


@each_erasing
def test_turns_that_were_one_before(study: Study, tmp_path: Path, deed: Deed) -> None:
    maya, tom, text = _group(study, tmp_path)
    _name(study, text, maya, tom)
    _, second, *_ = study.transcripts.turns(text)
    study.corrections.merge(second.id)
    study.undo()
    third = study.transcripts.turns(text)[2]
    study.corrections.split(third.id, 2)
    study.corrections.edit(study.transcripts.turns(text)[1].id, Edit(0, 0, "Well, "))
    study.withdrawal.erase(maya, deed)
    assert remains(study.folder, *THEIRS) == []
    assert study.check() == []
    while study.undo_label:
        study.undo()
    assert remains(study.folder, *THEIRS) == []


@each_erasing
def test_a_text_that_another_replaced(study: Study, deed: Deed) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    source = document(
        study, "A zeppelin, a quokka.", "Bread.", speakers=["Maya", "Tom"], people=[maya, tom],
        method=Method.FOCUS_GROUP,
    )  # fmt: skip
    new_version(study, source.id, "Nothing of Maya.", "Bread.")
    study.withdrawal.erase(maya, deed)
    assert remains(study.folder, "zeppelin", "quokka") == []
    assert study.check() == []


def test_words_nobody_was_given_are_left_and_said(study: Study, tmp_path: Path) -> None:
    maya, _, _ = _group(study, tmp_path)
    [place] = [one for one in study.withdrawal.places(maya) if one.kind.value == "open"]
    assert place.count == 4
    assert "say who speaks first" in place.where
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert remains(study.folder, "zeppelin")


def test_a_recording_without_a_text_is_left_and_said(study: Study, tmp_path: Path) -> None:
    maya, tom = person(study, "Maya"), person(study, "Tom")
    file = write_wav(tmp_path / "talk.wav", silence(2))
    study.imports.take_in([file], people=[maya, tom], method=Method.FOCUS_GROUP)
    [place] = [one for one in study.withdrawal.places(maya) if one.kind.value == "open"]
    assert "has no text" in place.where
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert len(study.materials.sources()) == 1


def test_a_recording_of_the_person_alone_goes_without_a_text(study: Study, tmp_path: Path) -> None:
    maya = person(study, "Maya")
    file = write_wav(tmp_path / "talk.wav", silence(2))
    study.imports.take_in([file], people=[maya])
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert study.materials.sources() == []
    assert list((study.folder / "media").iterdir()) == []


def test_a_file_that_is_missing_keeps_nothing_from_being_erased(study: Study) -> None:
    maya = person(study, "Maya")
    source = recording(study, people=[maya])
    study.materials.media_path(source).unlink(missing_ok=True)
    study.withdrawal.erase(maya, Deed.WORDS)
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert study.people.participants() == []


def test_a_name_that_was_typed_otherwise_before(study: Study) -> None:
    maya = person(study, "Maya", real_name="Ansgard Quillfeather")
    study.people.set_real_name(maya, "Ansgarda Quilfether")
    study.codebook.change(
        study.codebook.add("feather").id, definition="Quillfeather, or was it Quilfether?"
    )
    study.withdrawal.erase(maya, Deed.EVERYTHING)
    assert remains(study.folder, "Quillfeather", "Quilfether", "Ansgard") == []
    assert study.check() == []


_ACTS = ("edit", "edit other", "observe", "observe both", "memo", "split", "undo", "redo", "backup")


@examples(0.2)
@given(acts=st.lists(st.sampled_from(_ACTS), max_size=12), deed=st.sampled_from(Deed))
def test_whatever_was_done_before(
    acts: list[str], deed: Deed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("acts")
    clock = Clock()
    with Study.create(folder / "acts.study", title="Acts", now=clock) as study:
        maya, tom = person(study, "Maya"), person(study, "Tom")
        source = document(
            study, "My zeppelin went up.", "Tom says bread.", "A quokka, no less, was there.",
            speakers=["Maya", "Tom", "Maya"], people=[maya, tom], method=Method.FOCUS_GROUP,
        )  # fmt: skip
        text = study.transcripts.of_source(source.id)
        assert text is not None
        for number, act in enumerate(acts):
            clock.tick()
            _act(study, text.id, act, number)
        study.withdrawal.erase(maya, deed)
        gone = THEIRS if deed.erases else ()
        assert remains(study.folder, *gone) == []
        assert study.check() == []
        try:
            while study.undo_label:
                study.undo()
        except JournalConflict:
            assert deed is not Deed.EVERYTHING  # the consent of the person was withdrawn
        assert study.check() == []
        while study.redo_label:
            study.redo()
        assert study.check() == []
        assert remains(study.folder, *gone) == []


def _act(study: Study, text: TranscriptId, act: str, number: int) -> None:
    turns = study.transcripts.turns(text)
    match act:
        case "edit":
            study.corrections.edit(turns[0].id, Edit(0, 0, f"xylophone{number} "))
        case "edit other":
            tom = next(turn for turn in turns if "bread" in turn.text)
            study.corrections.edit(tom.id, Edit(0, 0, f"Hm{number} "))
        case "observe":
            study.observations.place(anchor_of(study, text, "zeppelin"))
        case "observe both":
            study.observations.place(anchor_of(study, text, "bread. A quokka"))
        case "memo":
            for observation in study.passages.find()[:1]:
                study.memos.write("observation", observation.id, f"Note {number}")
        case "split":
            study.corrections.split(turns[-1].id, turns[-1].text.index(" ") + 1)
        case "undo" if study.undo_label not in ("Import material", "Edit people", ""):
            study.undo()
        case "redo" if study.redo_label:
            study.redo()
        case "backup":
            study.keeping.copies.backup()
