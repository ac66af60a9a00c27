"""The lanes of the journey map: each is one declared object that says what stands in its cells.

A cell holds words and pieces of evidence, no pixels and no file format: the window paints them, the
report prints them with the numbers of its register. To add a lane, declare it here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.analysis.experience import Score
from workbench.analysis.gaps import Gap
from workbench.analysis.ratings import has_rating, is_expected, is_shopper
from workbench.analysis.telling import by_strength, is_own_words, one_per_person, tidy
from workbench.domain import counts, journey
from workbench.domain.declaring import Field
from workbench.domain.figures import signed
from workbench.domain.journey import Stage
from workbench.domain.materials import Method
from workbench.domain.passage import Said
from workbench.services.journey.map import Column, JourneyMap
from workbench.services.journey.notes import notes
from workbench.words import Phrase, t

Tone = Literal["", "strong", "faint", "hole", "good", "bad", "even", "pill"]
NOT_QUOTED: Phrase = "a voice that is not quoted"
NOBODY: Phrase = "no voice yet"
_NOTABLE = 0.5  # means beyond this are coloured
_PAIRS = 3
_INSTEAD = 3  # passages that stand where a mean may not
_QUOTE, _MOMENT, _SHORT = 84, 44, 40  # letters, where there is little room
_LETTERS: dict[Method, Phrase] = {
    Method.INTERVIEW: "I",
    Method.FOCUS_GROUP: "F",
    Method.MYSTERY_VISIT: "M",
    Method.FIELD_NOTE: "N",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the program or of the researcher, in one tone."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage in a cell.

    Attributes:
        text: its words, or what stands for them; never the words of who may not be quoted.
        who: the name beside them.
        quoted: the text is somebody's own words.
        room: letters to show where there is little room.
        brief: where evidence has numbers, its number is enough.
    """

    passage: Said
    text: str
    who: str = ""
    tone: Tone = ""
    quoted: bool = True
    room: int = _QUOTE
    brief: bool = False

    @property
    def spoken(self) -> str:
        """Return it in words, as long as it is."""
        text = f"“{self.text}”" if self.quoted else self.text
        return f"{text} {self.who}".strip()


Part = Words | Evidence


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its lines, the passages it opens, and whether it is good or bad news."""

    lines: tuple[tuple[Part, ...], ...] = ()
    passages: tuple[Said, ...] = ()
    tone: Tone = ""

    @property
    def spoken(self) -> str:
        """Return the cell for people who listen to it."""
        return "; ".join(
            " ".join(p.text if isinstance(p, Words) else p.spoken for p in line)
            for line in self.lines
        )


@dataclass(frozen=True, slots=True, eq=False)
class Lane:
    """A row of the map.

    Attributes:
        key: short name, kept in settings.
        title: name at the left.
        cell: makes the cell of a column.
        written: the words of the researcher that stand in it and are edited in place.
        usual: shown in the window until somebody hides it.
        printed: a row of the map in a report.
    """

    key: str
    title: Phrase
    cell: Callable[[Column], Cell]
    written: Field[Stage, str] | None = None
    usual: bool = True
    printed: bool = True


@dataclass(frozen=True, slots=True)
class FilledMap:
    """A map with its cells, made once however often it is laid out and painted."""

    journey: JourneyMap
    cells: Mapping[Lane, tuple[Cell, ...]]
    notes: tuple[str, ...]

    def cell(self, lane: Lane, column: int) -> Cell:
        """Return one cell."""
        return self.cells[lane][column]


def fill(journey: JourneyMap) -> FilledMap:
    """Return a map with the cells of every lane."""
    cells = {lane: tuple(map(lane.cell, journey.columns)) for lane in LANES}
    return FilledMap(journey, cells, notes(journey))


def quotation(
    column: Column, passage: Said, *, room: int = _QUOTE, brief: bool = False
) -> Evidence:
    """Return a passage in its own words, or that it is not quoted."""
    if not passage.quotable:
        return Evidence(passage, t(NOT_QUOTED), quoted=False, room=room, brief=brief)
    words = tidy(column.cleaned(passage.words))
    return Evidence(passage, words, name_of(passage), room=room, brief=brief)


def name_of(passage: Said) -> str:
    """Return the name beside the words of somebody who may be quoted."""
    return passage.person.pseudonym if passage.person else t("Shopper")


# What stands in the cells


def _stage(c: Column) -> Cell:
    words = (Words(c.name),) if c.stage else (Words(c.name), Words(str(len(c.passages)), "faint"))
    return Cell((words,), c.passages)


def _written(field: Field[Stage, str], hole: Phrase) -> Callable[[Column], Cell]:
    def make(c: Column) -> Cell:
        if c.stage is None:
            return Cell((), c.passages)
        text = field.of(c.stage)
        return Cell((((Words(text),) if text else _hole(hole)),), c.passages)

    return make


def _touchpoints(c: Column) -> Cell:
    lines = tuple((Words(point.name), Words(str(n), "faint")) for point, n in c.touchpoints)
    if not lines and c.stage:
        return Cell((_hole("none: white space" if c.passages else NOBODY),))
    return Cell(lines, tuple(p for p in c.passages if p.touchpoint))


def _experience(c: Column) -> Cell:
    if c.stage is None:
        return Cell((_hole("give them a stage"),), c.passages)
    had, expected = c.behind(), c.behind(expected=True)
    lines = [
        figure(c, c.had.overall, had) or _hole(_unrated(c)),
        figure(c, c.expected.overall, expected, t("expected")),
    ]
    return Cell(tuple(filter(None, lines)), (*had, *expected), tone_of(c.point))


def _unrated(c: Column) -> Phrase:
    """Return why nothing stands for the experience people had."""
    rated = [p for p in c.passages if has_rating(p) and not is_expected(p)]
    if rated and all(map(is_shopper, rated)):
        return "rated by shoppers alone"
    if rated:
        return "rated by nobody known"
    return "not rated yet" if c.passages else NOBODY


def figure(
    column: Column, score: Score | None, behind: Iterable[Said], name: str = ""
) -> tuple[Part, ...]:
    """Return a mean with its n, or, of fewer than three voices, their evidence instead.

    Args:
        column: where it stands.
        score: the mean; `None` without ratings, which makes no words.
        behind: the passages it stands on.
        name: what it is a mean of, where that is not the experience people had.
    """
    if score is None:
        return ()
    voices = Words(f"n {score.people}", "faint")
    if score.printable:
        mean = Words(f"{name} {signed(score.mean)}".strip(), "faint" if name else "strong")
        return (mean, voices)
    telling = one_per_person(by_strength(behind), _voice)[:_INSTEAD]
    evidence = (quotation(column, p, room=_SHORT, brief=True) for p in telling)
    return (*((Words(name, "faint"),) if name else ()), voices, *evidence)


def _expected(c: Column) -> Cell:
    passages = tuple(p for pair in c.pairs for p in (*pair.expected, *pair.had))
    if c.stage is None and not passages:
        return Cell()
    if not passages:
        return Cell((_hole("no expectation voiced" if c.passages else NOBODY),))
    if not any(pair.is_whole for pair in c.pairs):
        return Cell(_one_sided(c), passages)
    gap = c.gap if c.gap and c.gap.printable else None
    tone: Tone = "" if gap is None or abs(gap.gap) <= _NOTABLE else "bad" if gap.gap < 0 else "good"
    return Cell(_both_sides(c, gap), passages, tone)


def _both_sides(c: Column, gap: Gap | None) -> tuple[tuple[Part, ...], ...]:
    """Return what the same voices expected and had, and how far these are apart."""
    whole = [pair for pair in c.pairs if pair.is_whole]
    lines: list[tuple[Part, ...]] = [
        (_half(c, pair.expected[0]), Words("→", "faint"), _half(c, pair.had[0], who=True))
        for pair in whole[:_PAIRS]
    ]
    if gap:
        apart = Words(t("gap {gap}", gap=signed(gap.gap)), "strong")
        lines.append((apart, Words(f"n {gap.people}", "faint")))
    else:
        voices = counts.visits(len(whole)) if c.visits else counts.people(len(whole))
        lines.append((Words(t("both told by {voices}", voices=voices), "faint"),))
    return tuple(lines)


def _one_sided(c: Column) -> tuple[tuple[Part, ...], ...]:
    """Return the first of each side, which are of different voices, and what is not there."""
    expected = next((pair.expected[0] for pair in c.pairs if pair.expected), None)
    had = next((pair.had[0] for pair in c.pairs if pair.had), None)
    lines: list[tuple[Part, ...]] = [
        (Words(name, "faint"), _half(c, passage, who=True))
        for name, passage in ((t("expected:"), expected), (t("had:"), had))
        if passage
    ]
    if expected and had:
        lines.append(_hole("nobody told both"))
    elif had:
        lines.append(_hole("no expectation voiced"))
    return tuple(lines)


def _moments(c: Column) -> Cell:
    lines = tuple((Words("●", _feeling(p)), _moment(c, p)) for p in c.moments)
    return Cell(lines, c.moments)


def _best_words(c: Column) -> Cell:
    # What decides has a lane of its own, so that another voice is heard here.
    fresh = [p for p in c.quotes if not p.moment_of_truth] or list(c.quotes)
    if not fresh:
        return Cell((_hole(_unquoted(c)),), c.passages)
    return Cell(((quotation(c, fresh[0]),),), c.quotes)


def _unquoted(c: Column) -> Phrase:
    """Return why nobody's words stand there."""
    if not c.passages:
        return NOBODY
    known = any(p.person or is_shopper(p) for p in c.passages)
    return "nobody may be quoted here" if known else "nobody known here yet"


def _company(c: Column) -> Cell:
    if c.steps is None:
        return Cell((), c.passages)
    if not c.steps:
        return Cell((_hole("unknown to the company"),), c.passages)
    return Cell(tuple((Words(f"{n}  {s.name}", "pill"),) for n, s in c.steps), c.passages)


def letter(method: Method) -> str:
    """Return the letter that stands for a method where there is little room."""
    return t(_LETTERS.get(method, "?"))


def _stands_on(c: Column) -> Cell:
    found = c.tally
    parts = [
        counts.mentions(found.passages),
        counts.people(found.people) if found.people else "",
        counts.visits(found.visits) if found.visits else "",
        "".join(sorted(map(letter, c.methods))),
    ]
    return Cell(((Words(" · ".join(filter(None, parts)), "faint"),),), c.passages)


STAGE = Lane("stage", "Stage", _stage, journey.STAGE_NAME)
NEED = Lane("need", "Need", _written(journey.NEED, "no need yet"), journey.NEED)
OUTCOME = Lane("outcome", "Outcome", _written(journey.OUTCOME, "no outcome yet"), journey.OUTCOME)
CONTEXT = Lane(
    "context", "Context", _written(journey.CONTEXT, "no context yet"), journey.CONTEXT, usual=False
)
TOUCHPOINTS = Lane("touchpoints", "Touchpoints", _touchpoints)
EXPERIENCE = Lane("experience", "Experience", _experience)
EXPECTED = Lane("expected", "Expected → had", _expected)
MOMENTS = Lane("moments", "Moments of truth", _moments, printed=False)  # a chapter of their own
WORDS = Lane("words", "In their words", _best_words)
COMPANY = Lane("company", "Company’s track", _company)
STANDS_ON = Lane("stands-on", "Stands on", _stands_on, usual=False)
LANES = (
    STAGE, NEED, OUTCOME, CONTEXT, TOUCHPOINTS, EXPERIENCE, EXPECTED, MOMENTS, WORDS, COMPANY,
    STANDS_ON,
)  # fmt: skip


# Words for evidence


def _half(c: Column, passage: Said, *, who: bool = False) -> Evidence:
    """Return what a half of a pair is about: its code, else its words."""
    silent = not passage.quotable
    name = name_of(passage) if who and not silent else ""
    said = c.cleaned(passage.words)
    for code in passage.codes:
        if not (silent and is_own_words(c.cleaned(code.name), said)):
            return Evidence(passage, code.name, name, quoted=False, room=_MOMENT)
    return quotation(c, passage, room=_MOMENT)


def _moment(c: Column, passage: Said) -> Evidence:
    if passage.quotable:
        said = quotation(c, passage, room=_MOMENT)
        return Evidence(passage, said.text, said.who, _feeling(passage), room=_MOMENT)
    half = _half(c, passage)
    return Evidence(passage, half.text, "", _feeling(passage), quoted=False, room=_MOMENT)


def tone_of(score: Score | None) -> Tone:
    """Return the colour of a mean that is shown: good, bad, or none in between."""
    if score is None or not score.printable or abs(score.mean) < _NOTABLE:
        return ""
    return "bad" if score.mean < 0 else "good"


def _voice(passage: Said) -> str:
    return passage.person.id if passage.person else passage.session.id


def _feeling(passage: Said) -> Tone:
    emotion = passage.emotion or 0
    return "good" if emotion > 0 else "bad" if emotion < 0 else "even"


def _hole(text: Phrase) -> tuple[Part, ...]:
    return (Words(t(text), "hole"),)
