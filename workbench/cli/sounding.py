"""Write a recording, or a part of it, as sound."""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from workbench.cli import naming, output
from workbench.domain.anchors import TimeSpan
from workbench.domain.ids import SourceId
from workbench.errors import UserError
from workbench.study import Study

_TIME = re.compile(r"(?:(?P<h>\d+):)?(?P<m>\d{1,3}):(?P<s>\d{2})(?:[.,](?P<ms>\d{1,3}))?")


def add_to(parser: ArgumentParser) -> None:
    """Declare what says which part of a recording is written."""
    parser.add_argument("--from", dest="begin", metavar="0:12", help="of sound: where it begins")
    parser.add_argument("--to", dest="end", metavar="0:20", help="of sound: where it ends")
    parser.add_argument(
        "--observation", metavar="ID", help="of sound: the passage, by id or by its words"
    )


def require_sound(asked: Namespace) -> None:
    """Make sure that a part is asked for of sound alone, and in one way.

    Raises:
        UserError: it is not.
    """
    times = asked.begin is not None or asked.end is not None
    if (times or asked.observation is not None) and asked.format != "sound":
        raise UserError(
            "usage",
            "Only of sound a part can be written.",
            "Leave out “--from”, “--to” and “--observation”, or write “--format sound”.",
        )
    if times and asked.observation is not None:
        raise UserError(
            "usage",
            "A passage has its own begin and end.",
            "Leave out “--from” and “--to”, or “--observation”.",
        )


def export(asked: Namespace, study: Study) -> None:
    """Write a recording, or a part of it."""
    source, part = _wanted(asked, study)
    done = study.exports.sound.write(
        asked.out, source, part=part, working_copy=asked.working_copy, replace=asked.force
    )
    if done.own:
        output.progress(done.sentence)
    told = f"Wrote {done.file}" if done.own else f"Wrote {done.file}: {done.sentence}"
    output.answer(asked, asdict(done), told)


def _wanted(asked: Namespace, study: Study) -> tuple[SourceId | None, TimeSpan | None]:
    if asked.observation is not None:
        return study.exports.sound.passage(naming.observation(study, asked.observation).id)
    source = naming.source(study, asked.source).id if asked.source is not None else None
    if asked.begin is None and asked.end is None:
        return source, None
    begin = milliseconds(asked.begin) if asked.begin is not None else 0
    return source, TimeSpan(begin, milliseconds(asked.end) if asked.end is not None else 1 << 40)


def milliseconds(said: str) -> int:
    """Return the time of a recording that somebody typed, as “0:12”, “1:02:03” or “0:12.5”.

    Raises:
        UserError: it is none.
    """
    found = _TIME.fullmatch(said.strip())
    if found is None:
        raise UserError(
            "sound-time",
            "“{said}” is no time of a recording.",
            "Write it as 0:12 or 1:02:03.",
            said=said,
        )
    seconds = (int(found["h"] or 0) * 60 + int(found["m"])) * 60 + int(found["s"])
    return seconds * 1000 + int((found["ms"] or "0").ljust(3, "0"))


__all__ = ["add_to", "export", "milliseconds", "require_sound"]
