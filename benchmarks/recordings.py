"""Make the recordings of `hearing.py` by script, with what is said in them.

    python benchmarks/recordings.py                # their names
    python benchmarks/recordings.py NAME FOLDER    # FOLDER/NAME.wav (or so) and NAME.truth.json

They are made of the sample study, of the sentences in five languages of the tests, of a real call
and a real speech; all of them at 16 kHz. The truth has one entry for each turn, as in the sample
study: speaker, text, start and end in seconds of the file's own time, here with its language and,
where a turn is in one channel alone, that channel. The same name is the same file every time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import noises
from made import (
    LOWER_DB,
    SENTENCES,
    Made,
    Turn,
    call,
    first_of,
    inverted,
    joined,
    late,
    levelled,
    lower,
    mixed,
    nobody,
    noisy,
    only,
    own_channels,
    phone,
    repeated,
    sample,
    sentence,
    sentences,
    six,
    speech,
    tracks,
    with_gap,
)


def main() -> None:
    """Make one recording, or tell which there are."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("name", nargs="?", choices=sorted(KINDS), metavar="NAME")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="FOLDER")
    asked = parser.parse_args()
    if asked.name:
        print(make(asked.name, asked.folder))
        return
    for name, (what, _) in KINDS.items():
        print(f"{name:20} {what}")


def make(name: str, folder: Path) -> Path:
    """Write a recording and its truth, unless they are there; return the recording."""
    truth = folder / f"{name}.truth.json"
    if truth.exists():
        return next(file for file in folder.glob(f"{name}.*") if file != truth)
    folder.mkdir(parents=True, exist_ok=True)
    made = KINDS[name][1]()
    path = folder / f"{name}{made.ending}"
    made.write(path, made.sound)
    truth.write_text(json.dumps([asdict(turn) for turn in made.turns], indent=1), "utf-8")
    return path


def truth_of(recording: Path) -> list[Turn]:
    """Return what is said in a recording that was made."""
    told = json.loads((recording.parent / f"{recording.stem}.truth.json").read_text("utf-8"))
    return [Turn(**turn) for turn in told]


def _english() -> Made:
    return first_of(sample("interview_daniel"), 45)


def _foreign(language: str) -> Made:
    return joined(levelled(piece) for piece in sentences(language))


_LANGUAGES = {"german": "de", "french": "fr", "spanish": "es", "portuguese": "pt"}
KINDS: dict[str, tuple[str, Callable[[], Made]]] = {
    **{
        name: ("of the sample study", partial(sample, name))
        for name in ("focus_group", "interview_daniel", "interview_maya", "mystery_shop_memo")
    },
    "call": ("a real call of two people; its words are not known", call),
    "speech": ("a real speech, 11 s", speech),
    "english": ("real people, a sentence each", lambda: joined(sentences("en"))),
    "long": ("20 minutes and more of the sample study", partial(repeated, 1_200)),
    "hour": ("an hour of it", partial(repeated, 3_600)),
    "quiet": ("who is asked 26 dB lower", partial(lower, "interview_maya", "Maya")),
    "quiet_asker": ("who asks 26 dB lower", partial(lower, "interview_daniel", "Interviewer")),
    "quiet_group": ("one of five 26 dB lower", partial(lower, "focus_group", "Leila")),
    "noisy": ("a fan 10 dB below the voices", partial(noisy, "interview_maya")),
    "phone": ("as the telephone lets it through", partial(phone, "interview_daniel")),
    "channels": ("one speaker in each channel", partial(own_channels, "interview_daniel")),
    "channels_quiet": (
        "the same, the right one 26 dB lower",
        partial(own_channels, "interview_maya", lower_db=LOWER_DB),
    ),
    "overlap": (
        "one speaker in each channel, who interrupt each other",
        partial(own_channels, "interview_daniel", overlap_s=1.2),
    ),
    "overlap_mixed": (
        "the same in one channel",
        lambda: mixed(own_channels("interview_daniel", overlap_s=1.2)),
    ),
    "inverted": ("stereo upside down", lambda: inverted(first_of(sample("interview_daniel"), 30))),
    "two_tracks": (
        "one speaker in each track",
        lambda: tracks(own_channels("interview_daniel")),
    ),
    "silent_track": (
        "a silent track before that with the voices",
        lambda: tracks(first_of(sample("interview_daniel"), 30), first_silent=True),
    ),
    "gap": ("paused for 20 s, of which nothing is stored", partial(with_gap, "interview_maya")),
    "late": ("sound that begins 8 s after the pictures", partial(late, "interview_maya")),
    "one_voice": ("who is asked, alone", partial(only, "interview_maya", "Maya")),
    "six_voices": ("six people in turn, one of them real", six),
    **{
        name: (f"{name.capitalize()}, real people", partial(_foreign, code))
        for name, code in _LANGUAGES.items()
    },
    **{name: ("a sentence as it was recorded", partial(sentence, name)) for name in SENTENCES},
    **{
        f"half_{name}": (
            f"English, then {name.capitalize()}",
            lambda code=code: joined([_english(), _foreign(code)]),
        )
        for name, code in _LANGUAGES.items()
    },
    "german_half": ("German, then English", lambda: joined([_foreign("de"), _english()])),
    **{
        kind: ((made.__doc__ or "").strip().rstrip("."), partial(nobody, kind))
        for kind, made in noises.KINDS.items()
    },
}  # fmt: skip

if __name__ == "__main__":
    main()
