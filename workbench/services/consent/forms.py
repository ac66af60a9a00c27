"""Consent forms: on their way into a study, and those that it holds.

They are copied beside the recordings, before any row is written. A form is a scan, a letter, a
photo; nothing is looked for in it. Where it serves several people or uses, they share one copy,
which can be shown again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from workbench import paths, rights
from workbench.domain.consent import ConsentForm
from workbench.domain.ids import FormId, SourceId, new_id
from workbench.domain.materials import SourceKind
from workbench.errors import UserError
from workbench.exchange import plaintext
from workbench.services.desk import Desk
from workbench.services.door import Audience
from workbench.services.files import intake
from workbench.services.files.chosen import cannot_copy, require
from workbench.services.files.intake import Incoming
from workbench.storage import media_names
from workbench.vault import files

_TEXTS = (".txt", ".md", ".eml")


def as_text(form: ConsentForm, data: bytes) -> str | None:
    """Return what a form says that is a text, whatever letters it is in; `None` = it is none."""
    is_text = Path(form.file).suffix.lower() in _TEXTS
    return plaintext.decode(data)[0] if is_text else None


class Forms:
    """The consent forms that one study holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self, form_id: FormId) -> ConsentForm:
        """Return a consent form.

        Raises:
            KeyError: there is none with this id.
        """
        return self._desk.tables.consent_form.get(form_id)

    def path(self, form: ConsentForm) -> Path:
        """Return where the copy of a consent form lies."""
        return paths.within(self._desk.media, form.file)

    def is_sealed(self, form: ConsentForm) -> bool:
        """Tell whether the study is locked, so that no other program can read a form in it."""
        return files.is_sealed(self.path(form))

    def content(self, form: ConsentForm) -> bytes:
        """Return what is in a consent form, which a locked study opens in memory alone.

        Raises:
            UserError: it is missing.
            OSError: it cannot be read.
        """
        path = self.path(form)
        if not path.is_file():
            raise UserError(
                "consent-form-lost",
                "The copy of “{form}” is missing in the study.",
                "“Check the study…”, or “workbench check STUDY --find FILE”, brings it back.",
                form=form.title,
            )
        return files.read(path)

    def save(self, form: ConsentForm, out: Path, *, replace: bool = True) -> Path:
        """Write a copy of a consent form that every program can read; it is the researcher's own.

        Args:
            form: the form.
            out: where it goes.
            replace: whether somebody said that a file that is there may go.

        Raises:
            UserError: `out` is no place for it, or it is missing.
            OSError: it cannot be read.
            EnvironmentProblem: it cannot be written.
        """
        content = self.content(form)  # else it would be said that it cannot be written
        fill = partial(Path.write_bytes, data=content)
        return self._desk.door.leave(out, fill, replace=replace, audience=Audience.OWN)


def take_in(path: Path, media: Path, cancelled: Callable[[], bool] = lambda: False) -> Incoming:
    """Copy a form into the media folder, in any thread; `kept` gives it its row.

    Raises:
        UserError: it is missing, empty, or cannot be read.
        EnvironmentProblem: the folder cannot be written.
        Cancelled: `cancelled` said yes.
    """
    require(path)
    name = media_names.name_of(new_id(), path)
    half = media / f"{name}{media_names.HALF}"
    try:
        rights.folder(half.parent)
        sha256, size = intake.write(path, half, cancelled)
    except BaseException as problem:
        half.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise cannot_copy(path, problem) from problem
        raise
    row_id = SourceId(name[:36])  # a GUID
    return Incoming(row_id, path, SourceKind.TEXT, name, sha256, size)


@contextmanager
def kept(desk: Desk, taken: Incoming | None) -> Iterator[ConsentForm | None]:
    """Give a form that was taken in its row, within the step that is open.

    A form that the study has already is taken once more by nobody: the copy goes.
    """
    if taken is None:
        yield None
        return
    rows = desk.tables.consent_form
    with intake.discarding(desk.media, [taken], lambda file: rows.count(file=file) > 0):
        same = rows.select(sha256=taken.sha256, order="added_at, id", most=1)
        if same:
            yield same[0]
            intake.discard(desk.media, [taken])
            return
        form = rows.add(
            ConsentForm(
                FormId(taken.source_id),
                taken.file,
                taken.path.name,
                taken.sha256,
                taken.size,
                desk.stamp(),
            )
        )
        yield form
        desk.afterwards.append(intake.settle(desk.media, [taken]))
