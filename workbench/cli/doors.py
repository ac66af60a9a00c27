"""Open the study a command works on, to look or to change it under somebody's name."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from workbench import paths
from workbench.cli import output
from workbench.errors import EnvironmentProblem, UserError
from workbench.services.door import Waits
from workbench.services.lookout.letting_out import everything
from workbench.settings import SettingsStore
from workbench.study import Study, StudyLocked
from workbench.words import counted


def reading(asked: Namespace) -> Study:
    """Open a study to look at it, also while the window has it open."""
    return _told(Study.open(asked.path, read_only=True))


@contextmanager
def writing(asked: Namespace) -> Iterator[Study]:
    """Open a study to change it; the history keeps who did it.

    A name that was typed and has a word in common with somebody's real name is said afterwards.
    """
    with _mine(asked) as study:
        study.keeping.copies.routine()
        known = study.people.clashes()
        yield study
        for clash in study.people.clashes():
            if clash not in known:
                output.progress(clash.sentence)
        study.keeping.copies.finish()  # the next command would have to begin anew
        if problem := study.keeping.copies.take_problem():
            output.progress(str(problem))


def keeping_numbers(asked: Namespace) -> Study:
    """Open a study so that it can keep numbers of evidence, or at least to look at it."""
    try:
        return _mine(asked)
    except (StudyLocked, EnvironmentProblem) as problem:
        output.progress(
            "{happened} It is read only: a report is not put on its list, and numbers"
            " of evidence that are new are provisional, which the report’s title page says.",
            happened=problem.happened,
        )
        return reading(asked)


@contextmanager
def leaving(
    asked: Namespace, opened: AbstractContextManager[Study] | None = None
) -> Iterator[Study]:
    """Open a study to write a file of it; what is found in the file is listed, and holds it back.

    Args:
        asked: the command; `allow_names` lets out what is found, which the study keeps.
        opened: the study; by default it is opened to look at it, or to keep what is let out.
    """
    with opened or (writing(asked) if asked.allow_names else reading(asked)) as study:
        try:
            decided = study.letting_out
            with decided.allowing(everything) if asked.allow_names else decided.telling(_tell):
                yield study
        except Waits as waits:
            for one in waits.findings:
                output.progress(one.sentence)
            raise UserError(
                waits.code,
                counted(
                    len(waits.findings),
                    "Nothing was written: {n} place should not leave like that.",
                    "Nothing was written: {n} places should not leave like that.",
                ),
                "Change them in the study, or add “--allow-names” to the command, which lets them"
                " out and is kept in the history.",
            ) from waits


def _tell(undecided: str) -> None:
    output.progress("{undecided} “workbench names STUDY propose” lists them.", undecided=undecided)


def _mine(asked: Namespace) -> Study:
    return _told(Study.open(asked.path, coder=coder(asked)))


def _told(study: Study) -> Study:
    for notice in study.keeping.notices:
        output.progress(str(notice))
    return study


def coder(asked: Namespace) -> str:
    """Return who is at work: as said, else as the settings say."""
    said: str | None = asked.coder
    if said is not None:
        return said.strip()
    return SettingsStore(paths.config_dir() / "settings.json").current.coder
