"""`workbench observe`: code a stretch of words, place it in the journey, rate it."""

from __future__ import annotations

import dataclasses
from argparse import ArgumentParser, Namespace
from typing import Any

from workbench.cli import naming, output
from workbench.cli.doors import writing
from workbench.cli.parsing import assignments, whole
from workbench.cli.settable import given, read
from workbench.domain.anchors import TextAnchor
from workbench.domain.change import Op
from workbench.domain.fields import (
    EXPECTATION,
    FIELDS,
    MOMENT_OF_TRUTH,
    PROMISE,
    RATINGS,
    STAGE,
    TOUCHPOINT,
)
from workbench.domain.ids import CodeId, SourceId, TouchpointId
from workbench.domain.observation import Expectation, Observation, Promise
from workbench.errors import UserError
from workbench.services.leaving import snapshot
from workbench.study import Study
from workbench.words import counted, said, t

_RATINGS = tuple(field.name for field in RATINGS)
_NOTED = {field.name for field in FIELDS}
_SETTABLE = tuple(field.name for field in dataclasses.fields(Observation) if field.name in _NOTED)


def add_to(parser: ArgumentParser) -> None:
    """Add the options."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--source", metavar="ID", help="id, title or file name of the material")
    which.add_argument("--id", metavar="ID", help="change this observation instead")
    parser.add_argument("--words", metavar="TEXT", help="the words, as they stand in the material")
    parser.add_argument(
        "--occurrence", type=whole, metavar="N", help="which one, where they stand several times"
    )
    parser.add_argument(
        "--code", action="append", metavar="NAME",
        help="a code, once for each; “waiting / no news” is a code below another",
    )  # fmt: skip
    parser.add_argument("--stage", metavar="NAME", help="stage of the journey; “” for none")
    parser.add_argument("--touchpoint", metavar="NAME", help="a new name makes it; “” for none")
    for rating in _RATINGS:
        parser.add_argument(f"--{rating}", metavar="N", help="-2 to 2; “” for none")
    half = parser.add_mutually_exclusive_group()
    for expectation in Expectation:
        half.add_argument(
            f"--{expectation}", dest="expectation", action="store_const", const=expectation,
            help=t("it is what was {expectation}", expectation=expectation),
        )  # fmt: skip
    parser.add_argument("--promise", choices=list(Promise), help="what it says of the promise")
    parser.add_argument("--moment", action="store_true", default=None, help="a moment of truth")
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE",
        help=t("any of {fields}", fields=", ".join(_SETTABLE)),
    )  # fmt: skip
    parser.add_argument("--memo", metavar="T", help="a note on it")
    parser.add_argument("--remove", action="store_true", help="with --id: put it into the bin")


def observe(asked: Namespace) -> None:
    """Make an observation on words, or change one."""
    values = read(Observation, _said(asked), _SETTABLE)
    _check(asked, values)
    with writing(asked) as study:
        if asked.remove:
            _remove(study, asked)
            return
        with study.step(Op.EDIT_OBSERVATION if asked.source is None else Op.PLACE_OBSERVATION):
            if asked.stage is not None:
                values[STAGE.name] = naming.stage_id(study, asked.stage)
            if asked.touchpoint is not None:
                values[TOUCHPOINT.name] = _touchpoint(study, asked.touchpoint)
            codes = [study.codebook.add_path(name).id for name in asked.code or ()]
            if asked.source is None:
                observation = _changed(study, asked, values)
                if asked.code is not None:
                    study.observations.set_codes(observation.id, codes)
            else:
                observation = _placed(study, asked, codes, values)
            if asked.memo is not None:
                study.memos.write("observation", observation.id, asked.memo)
        [passage] = study.passages.read([observation.id])
        told = f"{passage.id}  “{' '.join(passage.words.split())}”"
        output.answer(asked, snapshot.observation(passage), told)


def _check(asked: Namespace, values: dict[str, Any]) -> None:
    """Refuse what says something about words or values that are not there.

    Raises:
        UserError: an option would have no effect.
    """
    if asked.occurrence is not None and asked.words is None:
        raise UserError(
            "usage",
            "“--occurrence” says which of the words is meant, and there are no words.",
            "Give them with “--words”.",
        )
    if not asked.remove:
        return
    if asked.source is not None:
        raise UserError("usage", "“--remove” needs an observation.", "Say which with “--id”.")
    said = (asked.words, asked.code, asked.stage, asked.touchpoint, asked.memo)
    if values or any(one is not None for one in said):
        raise UserError(
            "usage",
            "“--remove” puts an observation into the bin and changes nothing of it.",
            "Leave out the other options, or “--remove”.",
        )


def _placed(
    study: Study, asked: Namespace, codes: list[CodeId], values: dict[str, Any]
) -> Observation:
    """Return a new observation on the words that were given."""
    return study.observations.place(
        _place(study, naming.source(study, asked.source).id, asked), code_ids=codes, **values
    )


def _changed(study: Study, asked: Namespace, values: dict[str, Any]) -> Observation:
    """Return an observation with other values, on other words if there are any."""
    observation = naming.observation(study, asked.id)
    if asked.words is not None:
        study.observations.move(observation.id, _place(study, observation.source_id, asked))
    if values:
        study.observations.change(observation.id, **values)
    return observation


def _place(study: Study, source_id: SourceId, asked: Namespace) -> TextAnchor:
    """Return where the words are that were given.

    Raises:
        UserError: nowhere, or in several places and it was not said which.
    """
    if not asked.words:
        raise UserError("usage", "There are no words to code.", "Give them with “--words”.")
    places = study.observations.anchors(source_id, asked.words)
    chosen: int = 1 if asked.occurrence is None else asked.occurrence
    if len(places) > 1 and asked.occurrence is None:
        raise UserError(
            "words-several",
            "“{words}” stands there {n} times.",
            "Say which with “--occurrence”, from 1 to {n}, or give more words.",
            words=asked.words,
            n=len(places),
        )
    if not 1 <= chosen <= len(places):
        raise UserError(
            "words-several",
            said("There is no occurrence {chosen} of “{words}”.", chosen=chosen, words=asked.words),
            counted(len(places), "It stands there once.", "It stands there {n} times."),
        )
    return places[chosen - 1]


def _touchpoint(study: Study, typed: str) -> TouchpointId | None:
    return study.journeys.add_touchpoint(typed).id if typed.strip() else None


def _remove(study: Study, asked: Namespace) -> None:
    observation = naming.observation(study, asked.id)
    study.observations.remove([observation.id])
    output.answer(asked, {"removed": observation.id}, "The observation is in the bin.")


def _said(asked: Namespace) -> dict[str, str]:
    """Return what was said of fields, whichever way it was said."""
    named = {
        **{rating: vars(asked)[rating] for rating in _RATINGS},
        EXPECTATION.name: asked.expectation,
        PROMISE.name: asked.promise,
        MOMENT_OF_TRUTH.name: None if asked.moment is None else "yes",
    }
    return assignments(asked.set, "FIELD=VALUE") | given(**named)
