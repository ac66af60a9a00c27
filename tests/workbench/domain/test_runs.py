"""Words that somebody typed again are known by runs, however they are written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.domain.runs import Run, common, each, is_distinctive, short, stretches, whole

SAID = "I hid the router behind the old piano, and José never asked why."


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (SAID, SAID[:-1]),
        ("Hid the ROUTER – behind the old piano!", "Hid the ROUTER – behind the old piano"),
        ("so piano and jose never asked; who?", "piano and jose never asked"),
        (unicodedata.normalize("NFD", "piano, and José never asked"),
         unicodedata.normalize("NFD", "piano, and José never asked")),
        ("hid the rou-\nter be- hind the old", "hid the rou-\nter be- hind the old"),
        ("the router, um, behind – uh – the old", "the router, um, behind – uh – the old"),
        ("the router behind the piano", None),
        ("hid the router\0behind the old", None),
        ("hid the router\x1fbehind the old", None),
    ],
)  # fmt: skip
def test_five_words_in_a_row_are_found(typed: str, found: str | None) -> None:
    same = common(set(each(typed)), SAID)
    assert [typed[start:end] for start, end in stretches(typed, same)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("said", "typed", "found"),
    [
        ("我把路由器藏在旧钢琴后面了。", "把路由器藏在旧钢琴后面，等", "把路由器藏在旧钢琴后面"),
        ("ルーターを古いピアノの後ろに隠した", "古いピアノの後ろに", "古いピアノの後ろに"),
        ("ฉันซ่อนเราเตอร์ไว้หลังเปียโนเก่า", "ไว้หลังเปียโน", "ไว้หลังเปียโน"),
        ("خبأت جهاز التوجيه خلف البيانو القديم", "جهاز التوجيه خلف البيانو القديم",
         "جهاز التوجيه خلف البيانو القديم"),
        ("나는 공유기를 낡은 피아노 뒤에 숨겼다", "공유기를 낡은 피아노 뒤에 숨겼다",
         "공유기를 낡은 피아노 뒤에 숨겼다"),
        ("मैंने राउटर को पुराने पियानो के पीछे छुपाया", "राउटर को पुराने पियानो के पीछे",
         "राउटर को पुराने पियानो के पीछे"),
        ("tôi giấu bộ định tuyến sau cây đàn cũ", "toi giau bo dinh tuyen sau cay dan cu",
         "toi giau bo dinh tuyen sau cay dan cu"),
    ],
)  # fmt: skip
def test_scripts_without_spaces_are_compared_by_letters(said: str, typed: str, found: str) -> None:
    same = common(set(each(typed)), said)
    assert [typed[start:end] for start, end in stretches(typed, same)] == [found]
    assert not common(set(each(typed[-5:])), said)


def test_what_everybody_says_is_no_run() -> None:
    for words in ("no no no no no no", "I do as I do it", "a b c d e f g"):
        assert not common(set(each(words)), words)


@given(st.text("aB9'_-,\0\x1f ", max_size=60))
@example("9\x1f9\x1f9-")
def test_plain_texts_have_the_runs_that_others_have(text: str) -> None:
    [*quick], [*slow] = each(text), each(f"{text} . é")  # with a sign that no hyphen reaches across
    assert slow[: len(quick)] == quick
    assert len(slow) - len(quick) <= 1


def test_a_hyphen_before_a_border_joins_no_words() -> None:
    said = "zero one two threefour five"
    assert common(set(each("zero one two three-\nfour five")), said)
    for border in "\0\x1e\x1f":
        assert not common(set(each(f"zero one two three-{border}four five")), said)


_WORDS = st.lists(st.text("abcdefghij", min_size=3, max_size=9), min_size=5, max_size=40)


@given(_WORDS, st.data())
def test_every_part_of_five_different_words_is_found(words: list[str], data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(words) - 5))
    part = words[begin : begin + data.draw(st.integers(5, len(words) - begin))]
    typed = data.draw(st.sampled_from((" ", ", ", "\n", " – "))).join(part)
    shown = f"So: {data.draw(st.sampled_from((typed, typed.upper(), typed.title())))}."
    found = stretches(shown, common(set(each(shown)), " ".join(words)))
    telling = [len(set(part[at : at + 5])) >= 4 for at in range(len(part) - 4)]
    assert bool(found) is any(telling)
    if all(telling):
        assert [shown[start:end].casefold() for start, end in found] == [typed.casefold()]


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("My boss hits me.", ("my", "boss", "hits", "me")),
        ("Nobody  CAME, really", ("nobody", "came", "really")),
        ("No, no, no", None),
        ("Not again", None),
        ("I hid the router upstairs", None),  # a run as it is
        ("没有人来过", tuple("没有人来过")),
        ("没有人", None),
    ],
)
def test_a_short_text_is_a_run_as_a_whole(text: str, run: Run | None) -> None:
    assert whole(text) == run
    if run:
        assert stretches(f"Why: {text}!", {run}) == [(5, 5 + len(text.rstrip(".")))]


def test_no_run_goes_across_a_border() -> None:
    said = "one two three four five six"
    assert common(set(each(said)), said)
    for border in "\0\x1f":
        parted = said.replace("three ", f"three {border} ")
        assert not common(set(each(parted)), said)
        assert not common(set(each(parted)), parted)


_WORDS = st.sampled_from(
    ("um", "so", "a-", "b", "don't", "-", "_", "um,", "x_y", "\x1f", "9", "a-b")
)


@given(st.lists(_WORDS, max_size=9), st.sampled_from((" ", "\n", "")))
def test_long_texts_are_no_whole_however_quickly_that_is_told(words: list[str], gap: str) -> None:
    text = gap.join(words)
    assert whole(text) == whole(f"\u200b{text}")  # no ASCII, so its words are counted one by one


@pytest.mark.parametrize(
    ("said", "is_so"),
    [
        (("waited", "eleven", "mondays"), True),
        (("mondays", "a", "b"), False),  # a long word, and hardly a letter beside it
        (("they", "were", "very", "kind"), False),  # letters enough, in words of everybody
    ],
)
def test_few_words_are_told_by_a_long_one_among_them(said: Run, is_so: bool) -> None:
    assert is_distinctive(said) == is_so


def test_short_answers_are_found_whole_and_in_their_order() -> None:
    three, four = ("waited", "eleven", "mondays"), ("nobody", "told", "me", "anything")
    assert short({three, four}, "She waited, um, ELEVEN Mondays.") == {three}
    assert short({three, four}, "Nobody told me anything; I waited eleven Mondays.") == {
        three,
        four,
    }
    assert short({three, four}, "Eleven Mondays waited. Nobody told me.") == set()
    assert short(set(), "I waited eleven Mondays.") == set()
