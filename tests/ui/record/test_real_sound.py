"""The program records and plays for real, with a sound card that a server on this machine plays.

Skipped where PulseAudio is not installed (on Debian: `pulseaudio` and `pulseaudio-utils`).
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.support import sound
from tests.support.sound import RATE, SoundCard
from tests.support.wer import word_error_rate
from tests.workbench.speech.recordings import samples_of
from tests.workbench.speech.test_recognition import JFK
from workbench.services.files import recording
from workbench.speech import client
from workbench.speech.jobstate import Event, JobMachine, TurnsArrived
from workbench.speech.protocol import Order

TONES = [300.0 + 100 * second for second in range(20)]
LONG_S = 120


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundCard]:
    with sound.sound_card(tmp_path_factory.mktemp("sound")) as made:
        yield made


@pytest.fixture(scope="module")
def tones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording whose tone tells the second."""
    return sound.write_tones(tmp_path_factory.mktemp("tones") / "tones.wav", TONES)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Where recordings of a study go; nothing else of it is needed."""
    (tmp_path / "recordings").mkdir()
    return tmp_path


def line(program: subprocess.Popen[str], word: str, least: int = 0) -> list[str]:
    """Read what a program says until it says a word, with a number of at least so much."""
    assert program.stdout is not None
    for said in program.stdout:
        first, *rest = said.split()
        if first == word and (not least or int(rest[0]) >= least):
            return rest
    pytest.fail(f"the program ended without a word of {word}")


def heard(media: Path, folder: Path) -> str:
    words: list[str] = []

    def keep(event: Event, _machine: JobMachine) -> None:
        if isinstance(event, TurnsArrived):
            words.extend(turn.text for turn in event.turns)

    job = Order("j", str(media), "", str(folder / "cache"), str(folder / "spool"), speakers=0)
    client.run_job(job, keep)
    return " ".join(words)


@pytest.mark.speech
def test_what_is_said_into_the_microphone_is_recorded_and_understood(
    card: SoundCard, study: Path, jfk: Path, base_model: Path
) -> None:
    speech = np.repeat(samples_of(jfk, study), RATE // 16_000)
    program = card.program("record", recording.folder_of(study))
    line(program, "recorded")
    card.say(sound.write_wav(study / "speech.wav", speech))
    program.communicate("stop\n", timeout=LONG_S)
    assert program.returncode == 0
    [done] = recording.unfinished(study)
    assert 10_500 < done.duration_ms < 15_000
    assert word_error_rate(JFK, heard(done.path, study)) <= 0.05


def test_a_sudden_end_costs_a_second_at_most(card: SoundCard, study: Path, tones: Path) -> None:
    with card.saying(tones), card.program("record", recording.folder_of(study)) as program:
        line(program, "recorded", 3_700)
        program.kill()
        assert program.stdout is not None
        told = [int(said.split()[1]) for said in program.stdout if said.startswith("recorded")]
    [kept] = recording.unfinished(study)
    assert kept.duration_ms >= max(told, default=3_700) - 1_000
    found = sound.loud(sound.read_wav(kept.path))
    assert len(found) > 2 * RATE
    assert seconds_of(found[RATE // 10 : RATE // 5]) is not None


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_speed_changes_the_length_and_not_the_pitch(
    card: SoundCard, tones: Path, tmp_path: Path, rate: float
) -> None:
    found = played(card, tones, tmp_path, rate, "play 2000 4000", "end")
    # On a busy machine there are gaps, and what was to be heard comes after them.
    heard_s = sum(len(sound.loud(piece)) for piece in np.array_split(found, 200)) / RATE
    assert heard_s == pytest.approx(2 / rate, abs=0.15)
    first, second = found[: int(0.4 * len(found))], found[int(0.6 * len(found)) :]
    assert sound.pitch(first) == pytest.approx(TONES[2], abs=10)
    assert sound.pitch(second) == pytest.approx(TONES[3], abs=10)


def test_seeking_and_going_back_land_where_they_should(
    card: SoundCard, tones: Path, tmp_path: Path
) -> None:
    with card.hearing(tmp_path / "heard.raw"):
        said = told(
            card, tones, 1.0,
            "play 1000", "until 1600", "seek 7000", "until 7600", "pause", "rewind 1000", "play",
            "until 7400",
        )  # fmt: skip
    found = sound.loud(sound.read_raw(tmp_path / "heard.raw"))
    [back] = [int(line.split()[1]) for line in said if line.startswith("rewind")]
    seconds = [seconds_of(found[at : at + RATE // 10]) for at in range(0, len(found), RATE // 10)]
    clear = [second for second in seconds if second is not None]
    landings = [at for at in range(1, len(clear)) if clear[at] - clear[at - 1] not in {0, 1}]
    # A busy machine is told late, so what is played before each jump may be longer.
    assert [clear[0], *(clear[at] for at in landings)] == [1, 7, back // 1000]
    assert abs(clear[landings[-1] :].count(back // 1000) - (1000 - back % 1000) / 100) <= 2


def test_the_sound_does_not_wait_for_python(card: SoundCard, tones: Path) -> None:
    """Else, once in some hundred times under load, each waits for the other for ever."""
    said = told(card, tones, 1.0, "play 1000", "until 1500", "stop", "busy 500")
    assert "waiting 0" in said


def seconds_of(piece: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int | None:
    """Return which second of the recording a piece of sound is from."""
    if not len(sound.loud(piece)) > len(piece) // 2:
        return None
    number = (sound.pitch(piece) - TONES[0]) / 100
    return round(number) if abs(number - round(number)) < 0.2 else None


def played(
    card: SoundCard, media: Path, folder: Path, rate: float, *commands: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return what comes out of the loudspeaker while the player does what it is told."""
    with card.hearing(folder / "heard.raw"):
        told(card, media, rate, *commands)
    return sound.loud(sound.read_raw(folder / "heard.raw"))


def told(card: SoundCard, media: Path, rate: float, *commands: str) -> list[str]:
    """Return what the player says while it does what it is told."""
    with card.program("play", media, rate, *commands) as program:
        try:
            said, _ = program.communicate(timeout=LONG_S)
        except subprocess.TimeoutExpired:
            program.kill()
            said, _ = program.communicate()
            pytest.fail(f"the player stands: {said[-500:]}")
    assert program.returncode == 0
    assert "failed" not in said
    return said.splitlines()
