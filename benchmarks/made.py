"""Recordings as they come from the field, made of such as are well known."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import noises
import numpy as np
from containers import RATE, Sound, Track, write_phone, write_tracks, write_wave
from measuring import ROOT, TRUTH

from workbench.speech import audio

DATA = ROOT / "tests" / "data"
SENTENCES = tuple(sorted(file.stem for file in (DATA / "sentences").glob("*.ogg")))
LOWER_DB = 26
JFK = (
    "And so my fellow Americans, ask not what your country can do for you,"
    " ask what you can do for your country."
)
_PAUSE_S = 0.6
_EDGE_S = 0.02  # over which a level changes, so that nothing clicks
_FULL = 32_768
_HISS = 10 / _FULL  # of a good recorder, under what was made quieter


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says; times in seconds."""

    speaker: str
    text: str
    start: float
    end: float
    language: str = "en"
    channel: int | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Sound and what is said in it; `write` and `ending` where it is no plain recording."""

    sound: Sound
    turns: tuple[Turn, ...] = ()
    ending: str = ".wav"
    write: Callable[[Path, Sound], None] = write_wave


@cache
def sample(name: str) -> Made:
    """Return a recording of the sample study."""
    turns = json.loads((TRUTH / f"{name}.truth.json").read_text("utf-8"))
    return Made(_decoded(TRUTH / f"{name}.opus"), tuple(Turn(**turn) for turn in turns))


def call() -> Made:
    """Return the real call; what is said in it is not known, only who speaks when."""
    lines = (DATA / "call_two_speakers.rttm").read_text("utf-8").splitlines()
    found = [line.split() for line in lines if line]
    turns = [Turn(f[7], "", float(f[3]), float(f[3]) + float(f[4])) for f in found]
    return Made(_decoded(DATA / "call_two_speakers.flac"), tuple(turns))


def speech() -> Made:
    """Return eleven seconds of a real speech."""
    return Made(_decoded(DATA / "jfk.flac"), (Turn("Kennedy", JFK, 0.3, 10.6),))


@cache
def sentence(name: str) -> Made:
    """Return one sentence of somebody, as it was recorded."""
    sound = _decoded(DATA / "sentences" / f"{name}.ogg")
    text = (DATA / "sentences" / f"{name}.txt").read_text("utf-8").strip()
    return Made(sound, (Turn(name, text, 0, len(sound) / RATE, name[:2]),))


def sentences(language: str) -> list[Made]:
    """Return all sentences in a language."""
    return [sentence(name) for name in SENTENCES if name.startswith(language)]


def joined(pieces: Iterable[Made]) -> Made:
    """Return recordings one after the other, with a little of a quiet room between."""
    sounds: list[Sound] = []
    turns: list[Turn] = []
    at = 0
    for piece in pieces:
        turns += [_moved(turn, at / RATE) for turn in piece.turns]
        between = noises.hiss(1, loud=0.001)[: int(_PAUSE_S * RATE)]
        sounds += [piece.sound, between]
        at += len(piece.sound) + len(between)
    return Made(np.concatenate(sounds), tuple(turns))


def levelled(made: Made, loud: float = 0.08) -> Made:
    """Return a recording with the loudness of the sample study."""
    strong = np.abs(made.sound) > np.percentile(np.abs(made.sound), 60)
    power = np.sqrt((made.sound[strong].astype(float) ** 2).mean()) / _FULL
    return replace(made, sound=_limited(made.sound * (1.6 * loud / power)))


def lower(name: str, speaker: str, by_db: float = LOWER_DB) -> Made:
    """Return a sample with one of its speakers far from the microphone."""
    made = sample(name)
    factor = np.ones(len(made.sound))
    for turn in made.turns:
        if turn.speaker == speaker:
            factor[int(turn.start * RATE) : int(turn.end * RATE)] = 10 ** (-by_db / 20)
    edge = int(_EDGE_S * RATE)
    factor = np.convolve(np.pad(factor, edge, mode="edge"), np.ones(edge) / edge, "same")[
        edge:-edge
    ]
    return replace(made, sound=_with_hiss(made.sound * factor))


def noisy(name: str, apart_db: float = 10) -> Made:
    """Return a sample with a fan beside the microphone."""
    made = sample(name)
    fan = noises.pink(-(-len(made.sound) // RATE))[: len(made.sound)].astype(float)
    loud = np.sqrt((made.sound.astype(float) ** 2).mean())
    fan *= loud / np.sqrt((fan**2).mean()) * 10 ** (-apart_db / 20)
    return replace(made, sound=_limited(made.sound + fan))


def own_channels(name: str, *, lower_db: float = 0, overlap_s: float = 0) -> Made:
    """Return a sample with the first speaker left and the others right.

    Args:
        name: the sample.
        lower_db: by how much the right channel is quieter.
        overlap_s: by how much each turn begins before the one before it has ended.
    """
    made = sample(name)
    first = made.turns[0].speaker
    total = int(made.turns[-1].end * RATE) + RATE
    sound = np.zeros((total, 2))
    turns: list[Turn] = []
    saved = 0.0
    for turn in made.turns:
        if turns and overlap_s:
            before = turns[-1]
            most = 0.4 * min(turn.end - turn.start, before.end - before.start)
            saved = turn.start - before.end + min(overlap_s, most)
        channel = int(turn.speaker != first)
        piece = made.sound[int(turn.start * RATE) : int(turn.end * RATE)]
        at = int((turn.start - saved) * RATE)
        sound[at : at + len(piece), channel] += piece
        turns.append(replace(_moved(turn, -saved), channel=channel))
    sound[:, 1] *= 10 ** (-lower_db / 20)
    last = int(turns[-1].end * RATE) + RATE // 2
    return Made(_with_hiss(sound[:last]), tuple(turns))


def mixed(made: Made) -> Made:
    """Return both channels in one."""
    turns = tuple(replace(turn, channel=None) for turn in made.turns)
    return Made(_limited(made.sound.astype(float).sum(axis=1)), turns)


def inverted(made: Made) -> Made:
    """Return a recording whose right channel is the left one upside down."""
    sound = np.stack([made.sound, -np.maximum(made.sound, -_FULL + 1)], axis=1)
    return replace(made, sound=sound)


def tracks(made: Made, *, first_silent: bool = False) -> Made:
    """Return each channel as a track of its own, or a silent one before the only one."""

    def write(path: Path, sound: Sound) -> None:
        both = [sound[:, 0], sound[:, 1]] if sound.ndim == 2 else [np.zeros_like(sound), sound]
        write_tracks(path, [Track(((0.0, one),), "flac") for one in both])

    assert first_silent == (made.sound.ndim == 1)
    return replace(made, ending=".mka", write=write)


def with_gap(name: str, gap_s: float = 20) -> Made:
    """Return the first minute of a sample as a browser writes it that was paused for a while."""
    made = first_of(sample(name), 60)
    cut = next(turn.end for turn in made.turns if turn.end > 25) + 0.1
    at = int(cut * RATE) // 320 * 320  # whole packets of Opus

    def write(path: Path, sound: Sound) -> None:
        parts = ((0.0, sound[:at]), (at / RATE + gap_s, sound[at:]))
        write_tracks(path, [Track(parts)])

    turns = tuple(_moved(turn, gap_s if turn.start > cut else 0) for turn in made.turns)
    return Made(made.sound, turns, ".webm", write)


def late(name: str, by_s: float = 8) -> Made:
    """Return the first half minute of a sample whose sound begins later than its pictures."""
    made = first_of(sample(name), 30)

    def write(path: Path, sound: Sound) -> None:
        length = by_s + len(sound) / RATE
        write_tracks(path, [Track(((by_s, sound),))], pictures_s=length)

    return Made(made.sound, tuple(_moved(turn, by_s) for turn in made.turns), ".mkv", write)


def phone(name: str) -> Made:
    """Return a sample as the telephone lets it through."""
    made = sample(name)
    spectrum = np.fft.rfft(made.sound)
    frequencies = np.fft.rfftfreq(len(made.sound), 1 / RATE)
    spectrum[(frequencies < 300) | (frequencies > 3_400)] = 0
    sound = _limited(np.fft.irfft(spectrum, len(made.sound)))
    return replace(made, sound=sound, write=write_phone)


def only(name: str, speaker: str) -> Made:
    """Return one speaker of a sample, without the others."""
    return joined(_turns(name, speaker))


def six() -> Made:
    """Return six people in turn, of whom one is real."""
    people = [
        _turns("interview_maya", "Maya"), _turns("interview_maya", "Interviewer"),
        _turns("focus_group", "Ruth"), _turns("focus_group", "Owen"),
        _turns("focus_group", "Frank"), [levelled(speech()), levelled(speech())],
    ]  # fmt: skip
    return joined(piece for rounds in zip(*people, strict=False) for piece in rounds)


def repeated(seconds: int) -> Made:
    """Return all samples one after the other, again and again."""
    names = ("focus_group", "interview_daniel", "interview_maya", "mystery_shop_memo")
    once = [sample(name) for name in names]
    length = sum(len(piece.sound) / RATE + _PAUSE_S for piece in once)
    return joined(once * int(-(-seconds // length)))


def nobody(kind: str, seconds: int = 30) -> Made:
    """Return sound in which nobody speaks."""
    return Made(noises.KINDS[kind](seconds))


def _turns(name: str, speaker: str) -> list[Made]:
    made = sample(name)
    return [
        Made(
            made.sound[int(turn.start * RATE) : int(turn.end * RATE)], (_moved(turn, -turn.start),)
        )
        for turn in made.turns
        if turn.speaker == speaker
    ]


def first_of(made: Made, seconds: float) -> Made:
    """Return the whole turns of the first so many seconds."""
    turns = tuple(turn for turn in made.turns if turn.end <= seconds)
    return Made(made.sound[: int((turns[-1].end + 0.2) * RATE)], turns)


def _moved(turn: Turn, by: float) -> Turn:
    return replace(turn, start=round(turn.start + by, 3), end=round(turn.end + by, 3))


def _with_hiss(sound: np.ndarray) -> Sound:
    hiss = np.random.default_rng(1).normal(0, _HISS * _FULL, sound.shape)
    return _limited(sound + hiss)


def _limited(sound: np.ndarray) -> Sound:
    return np.clip(np.round(sound), -_FULL, _FULL - 1).astype(np.int16)


def _decoded(path: Path) -> Sound:
    return audio.decode_head(path, 24 * 3_600_000)
