"""Folders with a speech model from elsewhere: what makes one, and whether it is the true one."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError

NEEDED = ("model.bin", "config.json", "tokenizer.json")
WANTED = (*NEEDED, "preprocessor_config.json", "vocabulary.txt", "vocabulary.json")
_SNAPSHOTS = "snapshots"  # the hub's cache keeps a model as NAME/snapshots/HASH
_PLACES = ("*", f"{_SNAPSHOTS}/*")


def model_in(source: Path) -> Path:
    """Return the folder of the one model in a folder: that itself, or one below it.

    Raises:
        UserError: there is none, or several.
    """
    missing = [file for file in NEEDED if not (source / file).is_file()]
    if not missing:
        return source.absolute()
    below = [path.parent for place in _PLACES for path in sorted(source.glob(f"{place}/model.bin"))]
    found = [path for path in below if all((path / file).is_file() for file in NEEDED)]
    if len(found) == 1:
        return found[0].absolute()
    if found:
        raise UserError(
            "several-models",
            "There are several speech models in “{source}”: {names}.",
            "Choose the folder of one of them.",
            source=source,
            names=", ".join(str(path.relative_to(source)) for path in found),
        )
    raise UserError(
        "not-a-model",
        "“{source}” is no speech model: {missing} is missing.",
        "Choose a folder with a Whisper model in CTranslate2 format.",
        source=source,
        missing=", ".join(missing),
    )


def name_of(folder: Path) -> str:
    """Return what the folder of a model is called by whoever made it."""
    return folder.parents[1].name if folder.parent.name == _SNAPSHOTS else folder.name


def require(name: str, found: str, expected: str, repository: str) -> None:
    """Make sure that a model is the one that was published under its name.

    Raises:
        EnvironmentProblem: it is not.
    """
    if found != expected:
        raise EnvironmentProblem(
            "model-damaged",
            "“model.bin” of the speech model “{name}” is not the published one:"
            " its SHA-256 is {found}, not {expected}.",
            "Copy the folder again from where it came; the published one is “{repository}” on"
            " huggingface.co. A model of your own needs a folder with another name.",
            name=name,
            found=found,
            expected=expected,
            repository=repository,
        )
