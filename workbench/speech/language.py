"""Which language is spoken in a recording, and where in it another one.

A model can say of any stretch of sound how likely each language is, but on two seconds it says
anything, and the language of a whole window hides that somebody answered in another one. So the
main language is decided on the first half minute of speech, and each piece of a chunk that holds a
few sentences may differ from it if that is all but certain. Pure rules; times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.domain.languages import NAMES
from workbench.speech.chunks import Chunk, Region
from workbench.speech.engine import Likely

ENOUGH_MS = 30_000
"""So much speech decides the main language."""

_LEAST_MS = 4_000  # of speech; less says anything
_PIECE_MS = 1_500  # so little may say what the pieces around it say
_CERTAIN = 0.9  # another language takes pieces over from here on
_NO_SIGN = 0.2  # where no language in question is likelier, a piece goes with the one before
_ALIKE = ({"bs", "hr", "sr"}, {"hi", "ur"}, {"id", "ms"}, {"nn", "no"})
"""Spoken nearly alike and written otherwise: nobody changes between them in one recording."""

_PROMPTS = {"Hans": "以下是普通话的句子。", "Hant": "以下是普通話的句子。"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language and its probability in thousandths."""

    code: str
    probability: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A chunk, or the part of one in which one language is spoken."""

    chunk: Chunk
    tongue: Tongue


def first_speech(chunks: Sequence[Chunk]) -> tuple[list[Region], bool]:
    """Return the speech that decides the main language, and whether it is enough."""
    found: list[Region] = []
    left = ENOUGH_MS
    for region in (region for chunk in chunks for region in chunk.regions):
        end = min(region.end_ms, region.start_ms + left)
        found.append(Region(region.start_ms, end))
        left -= end - region.start_ms
        if left <= 0:
            return found, True
    return found, False


def prompt(code: str, script: str) -> str:
    """Return what is put before a chunk so that one script is written; "" where there is one."""
    return _PROMPTS.get(script, "") if code == "zh" else ""


def main(likely: Likely) -> Tongue:
    """Return the language of a recording."""
    best = max(likely, key=lambda code: likely[code])
    return Tongue("no" if best == "nn" else best, thousandths(likely[best]))


def thousandths(probability: float) -> int:
    """Return a probability as it is kept."""
    return max(0, min(1000, round(probability * 1000)))


def pieces(chunk: Chunk) -> list[Chunk]:
    """Cut a chunk in its silences into pieces whose languages are asked for.

    A chunk with less has none: it is taken to be in the main language.
    """
    if _length(chunk.regions) < _LEAST_MS:
        return []
    groups = [[region] for region in chunk.regions]
    while len(groups) > 1 and min(map(_length, groups)) < _PIECE_MS:
        place = min(range(len(groups)), key=lambda at: _length(groups[at]))
        gaps = {at: _gap(groups, at) for at in (place - 1, place) if 0 <= at < len(groups) - 1}
        before = min(gaps, key=lambda at: gaps[at])
        groups[before : before + 2] = [groups[before] + groups[before + 1]]
    return _parts(chunk, groups)


def stretches(found: Sequence[tuple[Chunk, Likely]], tongue: Tongue) -> list[Stretch]:
    """Return in which language each part of a chunk is spoken; mostly there is only one part.

    Args:
        found: the pieces of the chunk, and how likely each language is in them.
        tongue: the main language of the recording.
    """
    asked = [tongue.code, *_others(found, tongue.code)]
    codes: list[str] = []
    for _, likely in found:
        best = max(asked, key=lambda code: likely.get(code, 0.0))
        unclear = likely.get(best, 0.0) < _NO_SIGN
        codes.append((codes[-1] if codes else tongue.code) if unclear else best)
    groups: list[list[int]] = []
    for place, code in enumerate(codes):
        if groups and codes[groups[-1][0]] == code:
            groups[-1].append(place)
        else:
            groups.append([place])
    return [_stretch([found[place] for place in group], codes[group[0]]) for group in groups]


def _others(found: Sequence[tuple[Chunk, Likely]], main_code: str) -> list[str]:
    """Return the languages in which enough of a chunk certainly is, besides the main one."""
    alike = next((group for group in _ALIKE if main_code in group), {main_code})
    certain: dict[str, int] = {}
    for piece, likely in found:
        best = max(likely, key=lambda code: likely[code])
        if likely[best] >= _CERTAIN and best in NAMES and best not in alike:
            certain[best] = certain.get(best, 0) + _length(piece.regions)
    return [code for code, length in certain.items() if length >= _LEAST_MS]


def _stretch(group: Sequence[tuple[Chunk, Likely]], code: str) -> Stretch:
    first, last = group[0][0], group[-1][0]
    regions = tuple(region for piece, _ in group for region in piece.regions)
    chunk = Chunk(first.index, first.start_ms, last.end_ms, regions)
    weights = [(_length(piece.regions), likely.get(code, 0.0)) for piece, likely in group]
    total = sum(length for length, _ in weights)
    mean = sum(length * share for length, share in weights) / max(1, total)
    return Stretch(chunk, Tongue(code, thousandths(mean)))


def _parts(chunk: Chunk, groups: Sequence[Sequence[Region]]) -> list[Chunk]:
    """Return parts of a chunk that meet in the middle of the silences between them."""
    middles = [(before[-1].end_ms + after[0].start_ms) // 2 for before, after in pairwise(groups)]
    borders = [chunk.start_ms, *middles, chunk.end_ms]
    return [
        Chunk(chunk.index, start, end, tuple(group))
        for (start, end), group in zip(pairwise(borders), groups, strict=True)
    ]


def _gap(groups: Sequence[Sequence[Region]], place: int) -> int:
    """Return the silence behind a group, up to the next one."""
    return groups[place + 1][0].start_ms - groups[place][-1].end_ms


def _length(regions: Sequence[Region]) -> int:
    return sum(region.end_ms - region.start_ms for region in regions)
