"""Small rules of the domain's values."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from workbench.domain.anchors import TextAnchor, TimeSpan
from workbench.domain.change import ChangeSet, Op, RowChange
from workbench.domain.ids import ObservationId, SourceId, TranscriptId, TurnId, new_id
from workbench.domain.materials import Method
from workbench.domain.observation import Observation
from workbench.domain.report import (
    BulletList,
    Callout,
    EvidenceEntry,
    EvidenceNumbers,
    EvidenceRef,
    EvidenceState,
    Heading,
    Paragraph,
    Picture,
    Quote,
    RegisterTable,
    ReportModel,
    Run,
    Section,
    Table,
    cell,
    check,
    map_text,
    references,
    text,
)
from workbench.domain.transcript import Word
from workbench.domain.typed import unreadable_member
from workbench.errors import Bug


def test_ids_are_lower_case_guids() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 36 and one == one.lower() for one in made)


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        TimeSpan(0, 1).start_ms = 2  # type: ignore[misc]


@pytest.mark.parametrize("method", Method)
def test_methods_have_names(method: Method) -> None:
    assert method.label
    assert method.plural == f"{method.label}s"


def test_words_survive_as_numbers() -> None:
    word = Word(0, 5, 100, 200, 950)
    assert Word.from_list(word.as_list()) == word


def test_an_observation_has_a_place_and_a_time_or_not() -> None:
    turn = TurnId("turn")
    placed = Observation(
        ObservationId("o"), SourceId("s"), TranscriptId("t"), turn, 1, turn, 5, "word", 10, 20
    )
    assert placed.anchor == TextAnchor(turn, 1, turn, 5)
    assert placed.span == TimeSpan(10, 20)
    waiting = Observation(
        ObservationId("o"), SourceId("s"), TranscriptId("t"), None, 1, None, 5, "word"
    )
    assert (waiting.anchor, waiting.span) == (None, None)


def test_a_change_set_tells_what_changed() -> None:
    changes = ChangeSet(
        (Op.EDIT_CODEBOOK,),
        "view",
        (RowChange("code", ("a",), "inserted"), RowChange("memo", ("b",), "deleted")),
    )
    assert changes.tables == {"code", "memo"}
    assert not changes.by_machine
    assert changes.touches("turn", "memo")
    assert not changes.touches("turn")
    assert changes.ids("code") == {"a"}
    assert changes.ids("code", "deleted") == frozenset()


def test_a_kind_of_step_that_nobody_knows_is_called_as_it_stands() -> None:
    strange = unreadable_member(Op, "juggle")
    assert strange.label == str(strange)
    assert all(op.label != str(op) for op in Op)


# --- reports


def test_an_appendix_is_headed_by_its_letter() -> None:
    assert Section("c", "Codebook", (), appendix=True, letter="B").heading == "Appendix B: Codebook"
    assert Section("j", "Journey", ()).heading == "Journey"


def _entry(number: int) -> EvidenceEntry:
    return EvidenceEntry(number, f"o{number}", EvidenceState.QUOTED, "Words.")


def _model(*entries: EvidenceEntry) -> ReportModel:
    blocks = (
        Heading(2, "Waiting"),
        Paragraph(text("It hurts ", EvidenceRef(1), Run(".", bold=True))),
        Quote("Three weeks.", "Maya", "Interview", "00:55", 2),
        BulletList((text("One ", EvidenceRef(3)), text("Two"))),
        Callout("Look", text(EvidenceRef(4))),
        Table(("Stage",), ((cell("Wait", EvidenceRef(5)),),), "Stages", (1.0,)),
        Picture(b"png", "A curve", "The curve"),
        RegisterTable("Evidence register"),
    )
    return ReportModel("Moving home", ("2026",), (Section("j", "Journey", blocks),), entries)


def test_numbers_are_given_in_order_and_for_ever() -> None:
    numbers = EvidenceNumbers()
    assert [numbers.cite(key).number for key in ("a", "b", "a")] == [1, 2, 1]
    later = EvidenceNumbers({key: number for number, key in numbers} | {"gone": 9})
    assert [later.cite(key).number for key in ("c", "b")] == [10, 2]
    assert list(later) == [(1, "a"), (2, "b"), (9, "gone"), (10, "c")]


def test_every_reference_is_in_the_register() -> None:
    model = _model(*(_entry(number) for number in range(1, 6)))
    assert references(model) == [1, 2, 3, 4, 5]
    check(model)


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (1, 2, 3, 4, 5, 5)])
def test_a_register_that_does_not_match_is_our_mistake(numbers: tuple[int, ...]) -> None:
    with pytest.raises(Bug):
        check(_model(*(_entry(number) for number in numbers)))


def test_every_text_of_a_report_can_be_changed() -> None:
    model = _model(_entry(1))
    loud = map_text(model, str.upper)
    assert loud.title == "MOVING HOME"
    assert loud.sections[0].blocks[2] == Quote("THREE WEEKS.", "MAYA", "INTERVIEW", "00:55", 2)
    assert loud.register[0].key == "o1"
    assert loud.register[0].state is EvidenceState.QUOTED
    assert loud.sections[0].blocks[6] == Picture(b"png", "A CURVE", "THE CURVE")
    assert references(loud) == references(model)
