"""The program's only network call: fetching a speech model by name when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.errors import EnvironmentProblem

OnBytes = Callable[[int, int], None]
"""Called with the bytes done and the bytes in all."""

MODELS = {
    "tiny": "Systran/faster-whisper-tiny",
    "base": "Systran/faster-whisper-base",
    "small": "Systran/faster-whisper-small",
    "medium": "Systran/faster-whisper-medium",
    "large-v3": "Systran/faster-whisper-large-v3",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
}
"""Names people may ask for, and where those models are published."""


def download(repository: str, folder: Path, files: Sequence[str], on_bytes: OnBytes) -> None:
    """Fetch files of a repository into a folder.

    Raises:
        EnvironmentProblem: no connection, or the hub refuses.
    """
    import huggingface_hub
    from tqdm.auto import tqdm  # type: ignore[import-untyped]

    class Meter(tqdm):  # type: ignore[misc]
        """Passes the hub's byte counts on."""

        def __init__(self, *args: object, **kwargs: object) -> None:
            kwargs["disable"] = False
            kwargs["file"] = _Nowhere()
            super().__init__(*args, **kwargs)

        def update(self, n: float | None = 1) -> object:
            result: object = super().update(n)
            if self.unit == "B":
                on_bytes(int(self.n), int(self.total or self.n))
            return result

    try:
        huggingface_hub.snapshot_download(
            repository,
            local_dir=folder,
            allow_patterns=list(files),
            tqdm_class=Meter,
            token=False,
        )
    except OSError as error:
        raise _offline(repository) from error
    except Exception as error:  # the hub's client raises errors of several HTTP libraries
        if type(error).__module__.split(".")[0] not in {"huggingface_hub", "httpx", "requests"}:
            raise
        raise _offline(repository) from error


class _Nowhere:
    """A text stream that keeps nothing."""

    def write(self, _text: str) -> None:
        """Drop the text."""

    def flush(self) -> None:
        """Do nothing."""


def _offline(repository: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "download-failed",
        f"The model could not be fetched from huggingface.co/{repository}.",
        "Check the connection and try again, or copy the model’s folder from another computer "
        "and use “workbench models add FOLDER”.",
    )
