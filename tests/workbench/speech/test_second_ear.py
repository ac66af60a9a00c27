"""Where a voice is heard and no word was recognised, that stretch is heard again by itself."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.domain.transcript import TurnDraft, Word
from workbench.speech import second_ear
from workbench.speech.guards import Hole
from workbench.speech.turns import Heard, build_turns


def _said(text: str, start_ms: int) -> list[Heard]:
    return [
        Heard(word, True, start_ms + 500 * i, start_ms + 500 * i + 400, 900)
        for i, word in enumerate(text.split())
    ]


def _turns(*said: tuple[str, int]) -> list[TurnDraft]:
    turns: list[TurnDraft] = []
    for text, start in said:
        turns += build_turns(_said(text, start), first_ordinal=len(turns))
    return turns


class Ear:
    """Hears what it is told to, and notes where it was asked."""

    def __init__(self, **answers: str) -> None:
        self._answers = {int(start.removeprefix("at")): text for start, text in answers.items()}
        self.asked: list[Hole] = []

    def __call__(self, hole: Hole, _words: Sequence[Heard]) -> list[Heard]:
        self.asked.append(hole)
        return _said(self._answers.get(hole[0], ""), hole[0])


def _one_turn() -> TurnDraft:
    """A turn with three seconds between its sentences."""
    text = "(We went there. Then we left.)"
    times = (1_000, 1_500, 2_000, 5_000, 5_500, 6_000)
    words, at = [], 1
    for word, start in zip(text[1:-1].split(), times, strict=True):
        words.append(Word(at, at + len(word), start, start + 400, 900))
        at += len(word) + 1
    return TurnDraft(0, text, 1_000, 6_400, words=tuple(words), doubt="check here")


def test_words_come_between_those_beside_them_and_cut_their_turn() -> None:
    ear = Ear(at2400="Oh really?")
    woven = second_ear.listen([_one_turn()], [(1_000, 6_500)], [], ear)
    assert ear.asked == [(2_400, 5_000)]
    assert [t.text for t in woven.turns] == ["(We went there.", "Oh really?", "Then we left.)"]
    assert [t.ordinal for t in woven.turns] == [0, 1, 2]
    assert woven.added == (1,)
    assert [t.doubt for t in woven.turns] == ["check here", "", "check here"]
    for part in woven.turns:
        assert (part.start_ms, part.end_ms) == (part.words[0].start_ms, part.words[-1].end_ms)
        shown = [part.text[word.start : word.end] for word in part.words]
        assert shown == part.text.strip("()").split()
    assert woven.holes == ((3_300, 5_000),)


def test_what_has_its_words_is_left_alone() -> None:
    turns = _turns(("We went there.", 1_000), ("Then we left.", 5_000))
    ear = Ear()
    woven = second_ear.listen(turns, [(900, 2_900), (4_300, 6_500)], [], ear)
    assert ear.asked == []
    assert woven == second_ear.Woven(tuple(turns), (), ())


def test_a_voice_without_words_is_told_from_one_second_on() -> None:
    turns = _turns(("We went there.", 1_000))
    voices = [(1_000, 2_500), (4_000, 4_900), (6_000, 7_100), (7_200, 9_000)]
    ear = Ear()
    woven = second_ear.listen(turns, voices, [], ear)
    assert ear.asked == [(4_000, 4_900), (6_000, 9_000)]
    assert woven.holes == ((6_000, 9_000),)
    assert list(woven.turns) == turns


def test_what_was_told_before_is_told_as_far_as_it_is_still_empty() -> None:
    turns = _turns(("We went there.", 1_000))
    told = [(4_000, 8_000), (20_000, 24_000)]
    woven = second_ear.listen(turns, [(1_000, 2_400), (5_000, 8_500)], told, Ear(at5000="Hm, yes."))
    assert woven.added == (1,)
    assert woven.holes == ((4_000, 5_000), (5_900, 8_500), (20_000, 24_000))


def test_a_long_stretch_is_heard_in_parts_that_fit_the_engine() -> None:
    ear = Ear()
    shares: list[float] = []
    second_ear.listen(_turns(("Yes.", 0)), [(400, 60_400)], [], ear, shares.append)
    assert shares == [0, 1 / 3, 2 / 3]
    assert ear.asked == [(400, 20_400), (20_400, 40_400), (40_400, 60_400)]
