"""Recordings, and passages of them, on their way out as sound: through the door, as all else.

For others, names lie under a tone and who did not agree is silent. The researcher's own working
copy is the recording as it is, and says so in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.domain import quieting
from workbench.domain.anchors import TimeSpan
from workbench.domain.figures import clock
from workbench.domain.ids import ObservationId, SourceId
from workbench.domain.materials import Source, SourceKind
from workbench.domain.quoting import WORKING_COPY
from workbench.errors import UserError, Way
from workbench.exchange.registry import FORMATS
from workbench.services.confidential.hearing import FOREVER, Audible, audible
from workbench.services.desk import Desk
from workbench.services.door import Audience, may_leave
from workbench.services.materials.materials import Materials
from workbench.speech import silencing
from workbench.speech.protocol import Silence
from workbench.storage.refusals import Stopped
from workbench.vault import ring
from workbench.words import plural, t

ENDINGS = FORMATS["sound"].endings


@dataclass(frozen=True, slots=True)
class Sounded:
    """Sound that left.

    Attributes:
        file: where it is.
        length_ms: how long it is.
        words: how many words lie under a tone.
        silenced: how many stretches are silent.
        own: it is a working copy, with everything.
    """

    file: Path
    length_ms: int
    words: int = 0
    silenced: int = 0
    own: bool = False

    @property
    def sentence(self) -> str:
        """Say what was done to it."""
        if self.own:
            return t(WORKING_COPY)
        done = []
        if self.words:
            done.append(
                plural(self.words, "{n} word lies under a tone.", "{n} words lie under a tone.")
            )
        if self.silenced:
            done.append(
                plural(
                    self.silenced,
                    "{n} stretch is silent (no consent to quotes and voice clips).",
                    "{n} stretches are silent (no consent to quotes and voice clips).",
                )
            )
        return " ".join(done) or t("No word lies under a tone, and nothing is silent.")


@dataclass(frozen=True, slots=True)
class Sounding:
    """Writes sound of one study."""

    desk: Desk
    materials: Materials

    def write(
        self,
        out: Path,
        source_id: SourceId | None = None,
        *,
        part: TimeSpan | None = None,
        working_copy: bool = False,
        replace: bool = False,
    ) -> Sounded:
        """Write a recording, or a part of it.

        Args:
            out: the file to write; its ending says which kind it is.
            source_id: the recording; `None` = the only one of the study.
            part: what of it; `None` = all.
            working_copy: it is for the researcher alone, as it is, and says so.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: `out` is no place for it, there is no such recording, it cannot be read, or
                others may not hear it.
            EnvironmentProblem: it cannot be written.
            Stopped: the desk was told so while it was written.
        """
        may_leave(out, replace=replace)
        ending = out.suffix.lower()
        if ending not in ENDINGS:
            raise _no_kind(out)
        source = self._recording(source_id)
        span = self._part(source, part)
        media = self._media(source)
        own = Audience.OWN if working_copy else Audience.OTHERS
        found = None if working_copy else audible(self.desk, source, span)
        length = 0

        def fill(draft: Path) -> None:
            nonlocal length
            question = _question(media, draft, ending, part and span, found)
            done = silencing.silence(question, self.desk.on_share)
            if done is None:
                raise Stopped
            length = done

        heard = found.heard if found else None
        self.desk.door.leave(out, fill, replace=replace, audience=own, heard=heard)
        if found is None:
            return Sounded(out, length, own=True)
        return Sounded(out, length, found.words, len(found.silent))

    def passage(self, observation_id: ObservationId) -> tuple[SourceId, TimeSpan]:
        """Return which recording an observation is heard in, and when, with a margin.

        Raises:
            KeyError: unknown id.
            UserError: it has no sound.
        """
        seen = self.desk.tables.observation.get(observation_id)
        if seen.span is None or self.materials.source(seen.source_id).kind is SourceKind.TEXT:
            raise UserError(
                "sound-none",
                "The passage is not heard anywhere: its text has no times, or no recording.",
                "Choose a passage of a recording that is transcribed.",
            )
        return seen.source_id, quieting.wider(seen.span)

    def name(self, source: Source, part: TimeSpan | None = None) -> str:
        """Return what to call a file with a recording, or a part of it; without its ending."""
        begin = f" {clock(part.start_ms).replace(':', '.')}" if part else ""
        return f"{source.title}{begin}"

    def _recording(self, source_id: SourceId | None) -> Source:
        if source_id is not None:
            source = self.materials.source(source_id)
            if source.kind is SourceKind.TEXT:
                raise UserError(
                    "sound-none",
                    "“{source}” is a text and has no sound.",
                    "Choose a recording.",
                    source=source.title,
                )
            return source
        listed = [one for one in self.materials.sources() if one.kind is not SourceKind.TEXT]
        if len(listed) != 1:
            raise UserError(
                "export-one",
                "A file of sound holds one recording, and the study has {n}."
                if listed
                else "A file of sound holds one recording, and the study has none.",
                "Choose the source to export; “workbench show” lists them with their ids.",
                n=len(listed),
            )
        return listed[0]

    def _part(self, source: Source, part: TimeSpan | None) -> TimeSpan:
        if part is None:
            return FOREVER
        length = source.duration_ms or FOREVER.end_ms
        if not 0 <= part.start_ms < min(part.end_ms, length):
            raise UserError(
                "sound-part",
                "“{source}” has no part from {start} to {end}.",
                "It goes on for {length}." if source.duration_ms else "",
                source=source.title,
                start=clock(part.start_ms),
                end=clock(part.end_ms),
                length=clock(length),
            )
        return TimeSpan(part.start_ms, min(part.end_ms, length))

    def _media(self, source: Source) -> Path:
        path = self.materials.media_path(source)
        if not path.is_file():
            raise UserError(
                "file-missing",
                "The recording “{source}” is missing in the study.",
                "“Check the study…” or “workbench check --find FILE” brings it back.",
                ways=(Way.AGAIN,),
                source=source.title,
            )
        return path.absolute()


def _question(
    media: Path, draft: Path, ending: str, part: TimeSpan | None, found: Audible | None
) -> Silence:
    return Silence(
        str(media),
        str(draft.absolute()),
        _flat(found.silent if found else ()),
        within=True,
        tones=_flat(found.tones if found else ()),
        ending=ending,
        start_ms=part.start_ms if part else 0,
        end_ms=part.end_ms if part else 0,
        comment="" if found else t(WORKING_COPY),
        counted=found.counted if found else False,
        track=found.track if found else 0,
        key=ring.pipe_key(media),
    )


def _flat(spans: tuple[TimeSpan, ...]) -> tuple[int, ...]:
    return tuple(ms for span in spans for ms in (span.start_ms, span.end_ms))


def _no_kind(out: Path) -> UserError:
    return UserError(
        "sound-kind",
        "“{file}” says no kind of sound that can be written.",
        "Let its name end in {endings} or {last}.",
        file=out.name,
        endings=", ".join(ENDINGS[:-1]),
        last=ENDINGS[-1],
    )


__all__ = ["ENDINGS", "Sounded", "Sounding"]
