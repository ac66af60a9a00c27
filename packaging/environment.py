"""The virtual environment `.venv`: made once, brought up to date only when it must be.

A stamp inside it remembers what it was made from. While that is unchanged, a run does nothing
here, so starting again takes no time. The stamp is written last: after an interruption the next
run goes on, and pip finds what it has already downloaded in its cache.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from console import SetupError, say, step

_STAMP = ".workbench-stamp.json"
_LOG = "setup.log"
_TAIL = 15  # lines of the log shown after a failure


def provide(root: Path, *, extras: set[str]) -> Path:
    """Make sure that `.venv` holds the program and the wanted extras.

    Args:
        root: Folder of the project.
        extras: Names from `[project.optional-dependencies]`.

    Returns:
        The Python of the environment.

    Raises:
        SetupError: The environment or the installation failed.
    """
    folder = root / ".venv"
    python = python_of(folder)
    stamp = _read_stamp(folder)
    wanted = _stamp(root)
    same_python = stamp.get("python") == wanted["python"] and stamp.get("root") == wanted["root"]
    if python.exists() and same_python and stamp.get("project") == wanted["project"]:
        if extras <= set(stamp["extras"]):
            say("✓ .venv is up to date")
            return python
        extras = extras | set(stamp["extras"])
    if not python.exists() or (stamp and not same_python):
        _make(folder)
    _install(python, root, extras, log=folder / _LOG)
    _write_stamp(folder, {**wanted, "extras": sorted(extras)})
    return python


def python_of(folder: Path) -> Path:
    """Path of the interpreter in a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def child_environment(python: Path, **more: str) -> dict[str, str]:
    """Variables for a child process that runs in the virtual environment and nowhere else."""
    left_out = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP"}
    variables = {name: value for name, value in os.environ.items() if name not in left_out}
    variables["PATH"] = os.pathsep.join([str(python.parent), variables.get("PATH", "")])
    variables["VIRTUAL_ENV"] = str(python.parent.parent)
    variables["PYTHONUTF8"] = "1"
    return variables | more


def _stamp(root: Path) -> dict[str, str]:
    project = hashlib.sha256((root / "pyproject.toml").read_bytes()).hexdigest()
    # The editable install points at `root`, so a moved checkout needs a new environment.
    return {"project": project, "python": sys.version, "root": str(root)}


def _read_stamp(folder: Path) -> dict[str, Any]:
    try:
        stamp = json.loads((folder / _STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    temporary = folder / f"{_STAMP}.tmp"
    temporary.write_text(json.dumps(stamp, indent=2), "utf-8")
    temporary.replace(folder / _STAMP)


def _make(folder: Path) -> None:
    if folder.is_symlink():  # what lies there would be deleted, be it ours or not
        raise SetupError(
            f"{folder} is a link to {folder.resolve()}, whose files would be deleted.\n"
            "Remove the link, then run this again."
        )
    if importlib.util.find_spec("ensurepip") is None:
        _provide_ensurepip()
    with step("Making the virtual environment .venv"):
        command = [sys.executable, "-I", "-m", "venv", "--clear", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(
            f"The virtual environment could not be made in {folder}.\n"
            f"{(done.stdout + done.stderr).strip()}\n"
            "Check that the folder is writable and the disk is not full, then run this again."
        )


def _provide_ensurepip() -> None:
    """Debian keeps `venv` apart from Python; install it as root, else say how."""
    package = f"python3.{sys.version_info.minor}-venv"
    command = ["apt-get", "install", "-y", package]
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        with step(f"Installing {package}"):
            done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode == 0:
            return
    raise SetupError(
        f"This Python comes without the venv module.\nRun: sudo {' '.join(command)}\n"
        "Then run this again."
    )


def _install(python: Path, root: Path, extras: Iterable[str], *, log: Path) -> None:
    target = f"{root}[{','.join(sorted(extras))}]"
    command = [
        *(str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"),
        *("--progress-bar", "off", "-e", target),
    ]
    with (
        step("Installing the program and its parts (the first time about 1.5 GB on disk)"),
        log.open("w", encoding="utf-8") as written,
        subprocess.Popen(
            command,
            cwd=root,
            env=child_environment(python),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as pip,
    ):
        for line in pip.stdout or ():
            written.write(line)
            if short := _short_form(line):
                say(f"  {short}")
        if pip.wait() == 0:
            return
        written.flush()
        _explain(log)


def _short_form(line: str) -> str:
    """Keep of pip's output what tells a waiting person that things move on."""
    line = line.strip()
    if match := re.match(r"Downloading (\S+) \(([\d.]+ [MG]B)\)", line):
        name = match[1].rsplit("/", 1)[-1].split("-", 1)[0].replace("_", "-")
        return f"downloading {name}, {match[2]}" if float(match[2][:-3]) >= 5 else ""
    if line.startswith("Installing collected packages:"):
        return f"unpacking {line.count(',') + 1} packages"
    return ""


def _explain(log: Path) -> None:
    tail = "\n".join(log.read_text("utf-8").splitlines()[-_TAIL:])
    raise SetupError(
        f"pip could not install the program. The end of {log}:\n\n{tail}\n\n"
        "Check the network and the package index (pip config list) and that the disk has 2 GB "
        "free, then run this again; what was downloaded is kept."
    )
