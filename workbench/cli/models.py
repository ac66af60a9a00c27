"""`workbench models`: the speech models on this machine."""

from __future__ import annotations

import argparse
import json
from argparse import Namespace
from pathlib import Path

from workbench.cli import output
from workbench.domain.figures import rounded
from workbench.speech import checkpoints
from workbench.speech.hub import OnBytes
from workbench.speech.models import ModelInfo, ModelStore
from workbench.words import N_, Phrase, t

_MB = 1_000_000


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the sub-commands."""
    add = parser.add_subparsers(title=N_("what to do"), required=True, metavar="WHAT").add_parser
    _finish(add("list", help=N_("what is installed")), _list)
    verify = _finish(add("verify", help=N_("compare files with their hashes")), _verify)
    verify.add_argument("name", nargs="?", help="default are all")
    take = _finish(add("add", help=N_("copy a model from a folder, such as a USB stick")), _add)
    take.add_argument("folder", type=Path)
    get = _finish(
        add("get", help=N_("fetch a model by name: the only network call there is")), _get
    )
    get.add_argument("name")
    remove = _finish(add("remove", help=N_("delete a model from this computer")), _remove)
    remove.add_argument("name")


def _finish(parser: argparse.ArgumentParser, run: object) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print data as JSON")
    parser.set_defaults(run=run)
    return parser


def _list(asked: Namespace) -> None:
    store = ModelStore().list()
    theirs = [
        ModelInfo(f"{checkpoints.PREFIX}{one.name}", one.size_bytes, embedded=False, ready=True)
        for one in checkpoints.present()
    ]
    found = store + theirs
    if asked.json:
        output.data(found)
        return
    for model in found:
        origin: Phrase = "embedded" if model.embedded else "added"
        if model in theirs:
            origin = N_("of openai-whisper")
        output.line(
            "{name}  {rounded} MB  {origin}",
            name=model.name,
            rounded=rounded(model.size_bytes / _MB),
            origin=t(origin),
        )
    if not found:
        output.line("No model is installed; “workbench models get base” fetches one.")


def _verify(asked: Namespace) -> None:
    store = ModelStore()
    names = [asked.name] if asked.name is not None else [model.name for model in store.list()]
    sums = {name: store.verify(name) for name in names}
    if asked.json:
        output.data(sums)
        return
    for name, checksum in sums.items():
        output.line("{name}  whole  {checksum}", name=name, checksum=checksum)


def _add(asked: Namespace) -> None:
    _tell(asked, "Added “{name}”.", ModelStore().add(asked.folder, on_bytes=_meter(asked)).name)


def _get(asked: Namespace) -> None:
    if not asked.json:
        output.progress("Fetching “{name}” from the network, as you asked.", name=asked.name)
    _tell(asked, "Fetched “{name}”.", ModelStore().get(asked.name, on_bytes=_meter(asked)).name)


def _remove(asked: Namespace) -> None:
    ModelStore().remove(asked.name)
    _tell(asked, "Removed “{name}”.", asked.name)


def _tell(asked: Namespace, said: Phrase, name: str) -> None:
    if asked.json:
        output.data({"model": name})
    else:
        output.line(said, name=name)


def _meter(asked: Namespace) -> OnBytes:
    return _JsonBytes() if asked.json else _Bytes()


class _JsonBytes:
    """Prints a line of JSON at every hundredth of a copy, for a window that shows a bar."""

    def __init__(self) -> None:
        self._told = -1

    def __call__(self, done: int, total: int) -> None:
        share = 100 * done // max(1, total)
        if share > self._told:
            self._told = share
            output.progress(json.dumps({"done_bytes": done, "total_bytes": total}))


class _Bytes:
    """Prints a line at every tenth of a copy."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, done: int, total: int) -> None:
        tenth = 10 * done // max(1, total)
        if tenth > self._told:
            self._told = tenth
            output.progress("{done} % of {all} MB", done=10 * tenth, all=rounded(total / _MB))
