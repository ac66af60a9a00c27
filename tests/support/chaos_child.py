"""Work on a study until somebody ends this process.

    python -m tests.support.chaos_child KIND STUDY SEED

After each act a line on standard output says what the study holds from now on: `kept` and its
fingerprint, `typed` and how many letters of a memo the study has, or `heard` and how many turns of
all texts. What was said must survive.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import cast

import av
from sqlite_utils import Database

import resources
from tests.support.acts import ACTIONS
from tests.support.studies import rows_of, written
from workbench.domain.ids import SourceId
from workbench.errors import EnvironmentProblem
from workbench.exchange.registry import FORMATS
from workbench.speech import client, protocol
from workbench.speech.jobstate import Event, JobMachine, StateChanged, TurnsArrived
from workbench.storage import migrations
from workbench.storage.place import StudyGone
from workbench.study import Study


def fingerprint(study: Study) -> str:
    """Return what tells two states of a study apart."""
    return hashlib.sha256(repr(sorted(rows_of(study).items(), key=repr)).encode()).hexdigest()


def say(word: str, *more: object) -> None:
    """Tell who watches; at once, since this process may end at any moment."""
    sys.stdout.write(" ".join(map(str, (word, *more))) + "\n")
    sys.stdout.flush()


def act(study: Study, rnd: Random) -> None:
    """Do one thing, and say what the study holds after it."""
    rnd.choice(ACTIONS)(study, rnd)
    say("kept", fingerprint(study))


def code(folder: Path, rnd: Random) -> None:
    """Work as people do."""
    with Study.open(folder) as study:
        while True:
            act(study, rnd)


def undo(folder: Path, rnd: Random) -> None:
    """Undo and bring back, now and then something new."""
    with Study.open(folder) as study:
        for _ in range(9):
            act(study, rnd)
        while True:
            rnd.choice((study.undo, study.undo, study.redo))()
            say("kept", fingerprint(study))
            if rnd.random() < 0.1:
                act(study, rnd)


def take_in(folder: Path, rnd: Random) -> None:
    """Import documents and recordings."""
    sample = resources.path("sample_study")
    files = [*sample.glob("*.txt"), *sample.glob("*.md"), sample / "audio" / "focus_group.opus"]
    with Study.open(folder) as study:
        while True:
            study.imports.take_in(rnd.sample(files, 3), keep_both=True)
            say("kept", fingerprint(study))


def convert(folder: Path, rnd: Random) -> None:
    """Import films and turn them into sound and words: a child decodes, and says what it hears."""
    with Study.open(folder) as study:
        while True:
            film = folder.parent / f"out-{rnd.getrandbits(40)}.mkv"
            film_of("focus_group.opus", film, rnd)
            [added] = study.imports.take_in([film])
            say("heard", turns_in(study))
            recognise(study, added.id)


def film_of(recording: str, film: Path, rnd: Random) -> None:
    """Write a film of its own, with moving pictures and the sound of a recording of the sample."""
    sound = resources.path("sample_study", "audio", recording)
    with av.open(str(sound)) as heard, av.open(str(film), "w") as written:
        pictures = written.add_stream("mpeg4", rate=10)
        pictures.width = pictures.height = 64
        pictures.pix_fmt = "yuv420p"
        track = written.add_stream_from_template(heard.streams.audio[0])
        for _ in range(20):
            frame = av.VideoFrame(64, 64, "yuv420p")
            for plane in frame.planes:
                plane.update(rnd.randbytes(plane.buffer_size))
            written.mux(pictures.encode(frame))
        written.mux(pictures.encode(None))
        for packet in heard.demux(audio=0):
            if packet.dts is not None:
                packet.stream = track
                written.mux(packet)


def recognise(study: Study, source_id: SourceId) -> None:
    """Let a child recognise a recording, and say after each of its words what the study holds."""
    job = study.jobs.add(source_id, model="fake:200", speakers=0)

    def hear(event: Event, _machine: JobMachine) -> None:
        match event:
            case StateChanged():
                study.recognition.follow(job.id, event.state)
            case TurnsArrived():
                study.recognition.accept(job.id, event.turns)
            case _:
                study.recognition.accept(job.id, cast("protocol.Message", event))
        say("heard", turns_in(study))

    client.run_job(study.recognition.order(job), hear)


def turns_in(study: Study) -> int:
    """Return how many turns all texts of a study have."""
    found = (study.transcripts.of_source(source.id) for source in study.materials.sources())
    return sum(len(study.transcripts.turns(text.id)) for text in found if text)


def export(folder: Path, rnd: Random) -> None:
    """Write every format beside the study, each under a new name."""
    with Study.open(folder) as study:
        written(study, "Three weeks.", "Nobody rang.")
        number = 0
        while True:
            for one in FORMATS.values():
                if not one.single:
                    out = folder.parent / f"out-{rnd.random()}-{number}{one.suffix}"
                    study.exports.write(one.name, out)
                    say("wrote", out)
                    number += 1


def back_up(folder: Path, rnd: Random) -> None:
    """Make one backup after the other, with work between them."""
    with Study.open(folder) as study:
        while True:
            act(study, rnd)
            say("copied", study.keeping.copies.backup())


def migrate(folder: Path, rnd: Random) -> None:
    """Bring the study up to a version that there is not yet, and go on working."""
    with tomorrow(), Study.open(folder) as study:
        while True:
            act(study, rnd)


@contextmanager
def tomorrow() -> Iterator[None]:
    """Let this process know a migration more, which takes a moment."""

    def run(db: Database) -> None:
        for name in ("stage", "turn", "observation", "code", "session"):
            db.conn.execute(f"ALTER TABLE {name} ADD COLUMN mood TEXT NOT NULL DEFAULT ''")
            db.conn.execute(f"UPDATE {name} SET mood = hex(randomblob(2000))")  # noqa: S608

    step = SimpleNamespace(__name__="workbench.storage.migrations.m0999_tomorrow", migrate=run)
    today = migrations.STEPS
    migrations.STEPS = (*today, step)  # type: ignore[assignment]
    try:
        yield
    finally:
        migrations.STEPS = today


def fill_the_disk(folder: Path, rnd: Random) -> None:
    """Work while no file may grow beyond a limit; when that is refused, go on without it."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    sys.dont_write_bytecode = True  # the limit would cut it off
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    with Study.open(folder) as study:
        act(study, rnd)
        while True:
            before = fingerprint(study)
            largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())
            limit = largest + rnd.randrange(1, 60_000)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            try:
                while True:
                    before = fingerprint(study)
                    rnd.choice(ACTIONS)(study, rnd)
                    say("kept", fingerprint(study))
            except EnvironmentProblem:
                resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            # An act of several steps may have been refused in its middle; what is there stays.
            say("full", before == fingerprint(study))
            say("kept", fingerprint(study))
            act(study, rnd)


def be_replaced(folder: Path, rnd: Random) -> None:
    """Put an older file in the place of the study's, as programs do that synchronise folders.

    Work on until that is noticed, and save what is open elsewhere; again and again.
    """
    while True:
        with Study.open(folder) as study:
            for _ in range(rnd.randrange(1, 6)):
                rnd.choice(ACTIONS)(study, rnd)
            held, place = study.show(), folder / "study.sqlite"
            older = place.with_name("older.sqlite")
            older.write_bytes(place.read_bytes())
            strange = older.replace(place).read_bytes()
            try:
                while True:  # an act may have nothing to change
                    rnd.choice(ACTIONS)(study, rnd)
            except StudyGone:
                copy = folder.with_name(f"copy-{rnd.getrandbits(40)}.study")
                study.keeping.copy_to(copy).finish(lambda *_bytes: None, lambda: False)
            assert place.read_bytes() == strange, "the strange file was written into"
        with Study.open(copy) as saved:
            assert saved.show() == held, "the copy is another study"
        say("copied", copy / "study.sqlite")


def type_a_memo(folder: Path, rnd: Random) -> None:
    """Type into a memo of the real window; say how many letters the study has."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import build_context
    from ui.main_window import MainWindow

    app = QApplication([])
    context = build_context(app)
    window = MainWindow(context)
    window.show()
    window.open_path(folder)
    study = context.study
    assert study is not None
    subject = ("charter", study.charter.id)
    window.drawer.write_memo(*subject)
    field = window.drawer.memos.field
    kept = ""
    while True:
        QTest.keyClicks(field, rnd.choice("abcdefgh "))
        QTest.qWait(rnd.choice((0, 5, 40, 1100)))
        memo = study.memos.of(*subject)
        if memo and memo.text != kept:
            kept = memo.text
            say("typed", len(kept))


KINDS: dict[str, Callable[[Path, Random], None]] = {
    "coding": code,
    "undo": undo,
    "import": take_in,
    "conversion": convert,
    "export": export,
    "backup": back_up,
    "migration": migrate,
    "full disk": fill_the_disk,
    "replaced file": be_replaced,
    "typing": type_a_memo,
}


if __name__ == "__main__":
    KINDS[sys.argv[1]](Path(sys.argv[2]), Random(int(sys.argv[3])))
