"""What app and worker say to each other: one JSON line per message, with a version.

The spool file holds the same lines. Lines are pure ASCII, so that a byte stream can be cut at
any place and a terminal's encoding cannot spoil them. Half lines wait for their rest; garbage,
unknown types and messages of another version are dropped.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any

from workbench.domain.transcript import TurnDraft
from workbench.speech.packing import MalformedError, pack, read
from workbench.words import Sentence

VERSION = 1


@dataclass(frozen=True, slots=True)
class Order:
    """App to worker, first line: what to recognise and where the files lie.

    Attributes:
        job: id; names the spool file.
        media: path of the recording.
        sha256: hash of the recording, "" to compute it.
        cache: folder for decoded sound.
        spool: folder for spool files.
        model: name of a model in the store.
        language: code of what is spoken, `None` to find it out.
        script: in which Chinese is written, "Hans" or "Hant".
        prompt: names and terms to expect, "" for none.
        speakers: how many voices; 0 = do not tell them apart, `None` = find out.
        voices: folder in which voice prints are kept, "" to keep none.
        translate: write English whatever is spoken.
        track: number of the only track of sound that is heard, from 1; 0 = all.
        key: opens the files of a locked study, "" of others; it is here and nowhere else.
        stays: wait for another order when it is done, with the model in memory.
        part: begin and end in ms of what is heard, whose times then begin at 0; () = all of it.
    """

    job: str
    media: str
    sha256: str
    cache: str
    spool: str
    model: str = "base"
    language: str | None = None
    prompt: str = ""
    speakers: int | None = None
    voices: str = ""
    translate: bool = False
    track: int = 0
    script: str = "Hans"
    key: str = field(default="", repr=False)
    stays: bool = False
    part: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Regroup:
    """App to a process of its own: tell voices apart anew; `Speakers` or `Failed` answers.

    Attributes:
        store: file with the voice prints.
        speakers: how many voices; `None` = find out.
        turns: the recognised words; turns without words keep their text.
        key: opens the files of a locked study, "" of others.
    """

    store: str
    speakers: int | None
    turns: tuple[TurnDraft, ...]
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Silence:
    """App to a process of its own: write a recording without what is not to be heard.

    It tells its `Progress`; `Silenced` or `Failed` answers.

    Attributes:
        media: path of the recording; "" = none, the new file is silent up to `end_ms`.
        target: path of the new file.
        spans: begin and end in ms of one stretch after the other, in order, without overlaps.
        within: silence is within these stretches; else everywhere but there.
        tones: likewise the stretches over which there is a tone.
        ending: which kind of file it will be.
        start_ms, end_ms: the part that is written; 0 = from the begin, to the end.
        comment: stands in the file; "" = nothing does.
        counted: the times are counted in samples, whatever the file says.
        track: number of the only track of sound that is written, from 1; 0 = all.
        key: opens the files of a locked study, "" of others.
    """

    media: str
    target: str
    spans: tuple[int, ...]
    within: bool
    tones: tuple[int, ...] = ()
    ending: str = ".flac"
    start_ms: int = 0
    end_ms: int = 0
    comment: str = ""
    counted: bool = False
    track: int = 0
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Pause:
    """App to worker: stop after the chunk in work."""


@dataclass(frozen=True, slots=True)
class Resume:
    """App to worker: go on."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """App to worker: stop after the chunk in work and end."""


@dataclass(frozen=True, slots=True)
class Hello:
    """Worker to app: alive, job understood."""

    pid: int


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Worker to app, every 5 s: still alive."""


@dataclass(frozen=True, slots=True)
class State:
    """Worker to app: "running", "paused" or "cancelled" from now on."""

    state: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Worker to app: how far.

    Stages are "preparing", "recognising", "speakers", "again" (stretches without words are heard
    once more) and "writing".
    """

    stage: str
    done_ms: int
    total_ms: int
    eta_s: int | None


@dataclass(frozen=True, slots=True)
class TurnFound:
    """Worker to app: a turn; a later one with the same ordinal replaces it."""

    turn: TurnDraft


@dataclass(frozen=True, slots=True)
class Note:
    """Worker to app: something worth telling that is no failure.

    Attributes:
        code: what it is; "unheard" is speech without words.
        text: the same for people.
        start_ms: where in the recording it begins, if it is at one place.
        end_ms: where it ends.
    """

    code: str
    text: str
    start_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LanguageFound:
    """Worker to app: the main language of the recording; probability in thousandths."""

    language: str
    probability: int


@dataclass(frozen=True, slots=True)
class SpokenHere:
    """Worker to app: the language of a stretch; probability in thousandths."""

    start_ms: int
    end_ms: int
    language: str
    probability: int


@dataclass(frozen=True, slots=True)
class Peaks:
    """Worker to app: length, loudness over it (1,000 numbers 0…100), and tracks of sound."""

    duration_ms: int
    peaks: tuple[int, ...]
    tracks: int = 1


@dataclass(frozen=True, slots=True)
class Speakers:
    """Worker to app: all turns again, regrouped by voice; they replace what came before.

    Attributes:
        asked: the number of voices the job named, `None` = automatic.
        count: how many were found.
        turns: the whole transcript, ordinals from 0.
    """

    asked: int | None
    count: int
    turns: tuple[TurnDraft, ...]


@dataclass(frozen=True, slots=True)
class HeardAgain:
    """Worker to app: all turns again, with those that a second hearing found among them.

    Attributes:
        turns: the whole transcript in order of time, before the voices are told apart.
        added: ordinals of the turns that are new.
        holes: begin and end in ms of one place without words after the other; they replace those
            that were told before.
    """

    turns: tuple[TurnDraft, ...]
    added: tuple[int, ...]
    holes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Worker to app: finished; probability in thousandths."""

    language: str
    language_probability: int
    turns: int
    duration_ms: int
    model: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Worker to app: cannot go on; what happened and what to do next."""

    code: str
    happened: Sentence
    todo: Sentence


@dataclass(frozen=True, slots=True)
class Plan:
    """Spool, first line: which recording, model and settings the turns belong to."""

    key: str


@dataclass(frozen=True, slots=True)
class ChunkDone:
    """Spool: everything of this chunk is above; the job goes on with the next one."""

    index: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Probed:
    """Prober to app: what a recording is; `warning` = why not all may be readable, "" = fine."""

    path: str
    duration_ms: int
    codec: str
    has_video: bool
    warning: str
    tracks: int = 1


@dataclass(frozen=True, slots=True)
class ProbeFailed:
    """Prober to app: why a file is no usable recording."""

    path: str
    code: str
    happened: Sentence
    todo: Sentence


@dataclass(frozen=True, slots=True)
class Silenced:
    """To the app: the new file is written; how long it is."""

    duration_ms: int


Message = (
    Order | Regroup | Pause | Resume | Cancel | Hello | Heartbeat | State | Progress | TurnFound
    | Note | Peaks | HeardAgain | Speakers | Done | Failed | Plan | ChunkDone | Probed
    | ProbeFailed | Silence | Silenced | LanguageFound | SpokenHere
)  # fmt: skip

_NAMES: dict[type[Any], str] = {
    Order: "job", Regroup: "regroup", Pause: "pause", Resume: "resume", Cancel: "cancel",
    Hello: "hello", Heartbeat: "heartbeat", State: "state", Progress: "progress", TurnFound: "turn",
    Note: "note", Peaks: "peaks", HeardAgain: "heard-again", Speakers: "speakers",
    Done: "done", Failed: "failed",
    Plan: "plan", ChunkDone: "chunk", Probed: "probed", ProbeFailed: "probe-failed",
    Silence: "silence", Silenced: "silenced",
    LanguageFound: "language", SpokenHere: "spoken",
}  # fmt: skip
_TYPES = {name: kind for kind, name in _NAMES.items()}


def encode(message: Message) -> bytes:
    """Return a message as one line, newline included."""
    body = {f.name: pack(getattr(message, f.name)) for f in fields(message)}
    if isinstance(message, TurnFound):
        body = body["turn"]
    line = {"v": VERSION, "type": _NAMES[type(message)], **body}
    return json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message | None:
    """Return the message in a line, `None` when there is none that we know."""
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(body, dict) or body.get("v") != VERSION:
        return None
    kind = _TYPES.get(str(body.get("type")))
    if kind is None:
        return None
    try:
        return read(kind, {"turn": body} if kind is TurnFound else body)  # type: ignore[no-any-return]
    except MalformedError:
        return None


class Decoder:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages that are complete with these bytes."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        found = (decode(line) for line in lines)
        return [message for message in found if message is not None]
