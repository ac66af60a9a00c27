"""The program's only network call: fetching a speech model by name when somebody asks for it.

The hub's own interface is used directly: it tells the hash of each file, and a file that was
begun yesterday goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench import rights
from workbench.errors import EnvironmentProblem
from workbench.words import Phrase, Sentence, said

OnBytes = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

HUB = "https://huggingface.co"
"""Where models are published; the environment's `HF_ENDPOINT` names another place."""

_BLOCK = 1 << 18
_TIMEOUT_S = 30.0
_HTTP_RANGE_DONE = 416
_HTTP_PARTIAL = 206


@dataclass(frozen=True, slots=True)
class Published:
    """A model people may ask for.

    Attributes:
        repository: where it is published.
        size_bytes: of the whole; about.
        quality: what to expect, a sentence. Word error rates: Open ASR Leaderboard (mean of its
            English sets, and AMI for meetings), and the cards of the models.
        sha256: of its `model.bin`, "" where it is not pinned: whatever is so called is taken.
    """

    repository: str
    size_bytes: int
    quality: Phrase
    sha256: str = ""


MODELS = {
    "tiny": Published(
        "Systran/faster-whisper-tiny",
        78_000_000,
        "For a first look: one word in eight is wrong, in meetings one in four.",
    ),
    "base": Published(
        "Systran/faster-whisper-base",
        148_000_000,
        "Clean speech is good; in meetings one word in five is wrong.",
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
    ),
    "small": Published(
        "Systran/faster-whisper-small",
        486_000_000,
        "Better with accents and other languages: one word in twelve is wrong.",
        "3e305921506d8872816023e4c273e75d2419fb89b24da97b4fe7bce14170d671",
    ),
    "medium": Published(
        "Systran/faster-whisper-medium",
        1_531_000_000,
        "Good in many languages, but slow; the turbo model is faster and better.",
        "9b45e1009dcc4ab601eff815b61d80e60ce3fd8c74c1a14f4a282258286b51ae",
    ),
    "large-v3-turbo": Published(
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1_622_000_000,
        "Nearly the best: one word in thirteen is wrong, in meetings one in six.",
        "e76620f83d5f5b69efd3d87e3dc180c1bd21df9fbebacfd4335e5e1efcc018da",
    ),
    "distil-large-v3": Published(
        "Systran/faster-distil-whisper-large-v3",
        1_516_000_000,
        "English only; there nearly as good as the large model, and much faster.",
    ),
    "large-v3": Published(
        "Systran/faster-whisper-large-v3",
        3_091_000_000,
        "The best, above all in languages other than English; very slow.",
    ),
}
"""Names people may ask for, from fast to good."""

_ALSO_CALLED = {"turbo": "large-v3-turbo", "large": "large-v3"}


def plain_name(name: str, published: Mapping[str, Published] = MODELS) -> str:
    """Return what a model is called here whose folder has a name of the hub, else its own name.

    Args:
        name: of a folder: "small", "turbo", "faster-whisper-small", or as the hub's own cache
            calls it, "models--Systran--faster-whisper-small".
        published: the models there are.
    """
    name = _ALSO_CALLED.get(name, name)
    for known, one in published.items():
        repository = one.repository
        if name in (repository.rpartition("/")[2], f"models--{repository.replace('/', '--')}"):
            return known
    return name


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a repository; `sha256` is empty where the hub knows only the hash of git."""

    name: str
    size: int
    sha256: str
    git: str


def download(repository: str, folder: Path, files: Sequence[str], on_bytes: OnBytes) -> None:
    """Fetch files of a repository into a folder; what is there already is not fetched again.

    Args:
        repository: owner and name.
        folder: keeps what came when the connection breaks, for the next attempt.
        files: names wanted; those that the repository has not are passed over.
        on_bytes: told of progress; it may raise to stop.

    Raises:
        EnvironmentProblem: no connection, the hub refuses, or a file is not the published one.
        OSError: the folder cannot be written.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "TRUE", "YES", "ON"}:
        raise _offline(repository, said("this computer is set to stay offline"))
    base = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    rights.own_folder(folder)
    try:
        found = [file for file in _listing(base, repository) if file.name in files]
        total = sum(file.size for file in found)
        before = 0
        for file in found:
            url = f"{base}/{repository}/resolve/main/{urllib.parse.quote(file.name)}"
            _fetch(url, folder / file.name, file, _Share(on_bytes, before, total))
            before += file.size
    except urllib.error.HTTPError as error:
        error.close()
        raise _offline(repository, said("the hub answered {code}", code=error.code)) from error
    except (
        urllib.error.URLError,
        http.client.HTTPException,
        ConnectionError,
        ssl.SSLError,
    ) as error:
        raise _offline(repository, said("no connection")) from error
    except TimeoutError as error:
        raise _offline(repository, said("the connection fell silent")) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _offline(repository, said("the answer makes no sense")) from error


@dataclass(frozen=True, slots=True)
class _Share:
    """Tells the progress of a file as the progress of the whole."""

    on_bytes: OnBytes
    before: int
    total: int

    def __call__(self, done: int) -> None:
        self.on_bytes(self.before + done, self.total)


def _listing(base: str, repository: str) -> list[_File]:
    with _open(f"{base}/api/models/{repository}/tree/main") as answer:
        rows = json.loads(answer.read())
    return [
        _File(row["path"], int(row["size"]), (row.get("lfs") or {}).get("oid", ""), row["oid"])
        for row in rows
        if row["type"] == "file"
    ]


def _fetch(url: str, target: Path, file: _File, share: _Share) -> None:
    """Bring one file in, going on where an earlier attempt stopped."""
    if target.is_file() and target.stat().st_size == file.size:
        share(file.size)
        return
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.is_file() else 0
    try:
        _continue(url, part, have, share)
    except urllib.error.HTTPError as error:
        if error.code != _HTTP_RANGE_DONE:
            raise
        error.close()
    if part.stat().st_size < file.size:
        raise ConnectionError
    if not _is_published(part, file):
        part.unlink()
        raise EnvironmentProblem(
            "model-damaged",
            "“{file}” arrived damaged: it is not the file that was published.",
            "Try again; if it happens twice, fetch the model on another connection.",
            file=file.name,
        )
    part.replace(target)


def _continue(url: str, part: Path, have: int, share: _Share) -> None:
    with _open(url, begin=have) as answer:
        resumed = answer.status == _HTTP_PARTIAL
        done = have if resumed else 0
        rights.claim(part)
        with part.open("ab" if resumed else "wb") as out:
            while block := answer.read(_BLOCK):
                out.write(block)
                done += len(block)
                share(done)


def _open(url: str, *, begin: int = 0) -> http.client.HTTPResponse:
    headers = {"User-Agent": "Workbench", "Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  address of our own
    answer: http.client.HTTPResponse = urllib.request.urlopen(  # noqa: S310
        request, timeout=_TIMEOUT_S, context=_trust()
    )
    return answer


def _trust() -> ssl.SSLContext:
    """Return what to believe: the system's certificates, with those of `certifi` if it is there."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _is_published(path: Path, file: _File) -> bool:
    if path.stat().st_size != file.size:
        return False
    if not file.sha256:
        content = path.read_bytes()
        named = b"blob %d\0" % len(content) + content
        return hashlib.sha1(named, usedforsecurity=False).hexdigest() == file.git
    with path.open("rb") as content_file:
        return hashlib.file_digest(content_file, "sha256").hexdigest() == file.sha256


def _offline(repository: str, why: Sentence) -> EnvironmentProblem:
    return EnvironmentProblem(
        "download-failed",
        "The model could not be fetched from huggingface.co/{repository} ({why}).",
        "Check the connection and try again; what has arrived is kept. Or copy the model’s folder "
        "from another computer and add it here (“workbench models add FOLDER”).",
        repository=repository,
        why=why,
    )
