"""Prove that the wheel works where the source is not.

Builds the wheel, installs it alone into an empty environment that borrows the third-party
packages of this one, and uses the program from an unrelated folder. Catches what an editable
install hides: a resource left out of the wheel, or an import that only works in the checkout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("workbench", "ui", "resources")
_WHERE = (
    f"import {', '.join(_PACKAGES)}; print(workbench.__file__, ui.__file__, resources.__file__)"
)


def main() -> int:
    """Build, install, use.

    Returns:
        0 when all went well; a failing step ends the program with its output.
    """
    with tempfile.TemporaryDirectory(prefix="workbench-smoke-") as name:
        scratch = Path(name)
        wheel = _build(scratch)
        _compare_with_checkout(wheel)
        program = _install(wheel, scratch)
        _use(program, scratch)
    print(f"{wheel.name} works outside the checkout")
    return 0


def _build(scratch: Path) -> Path:
    _run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"),
        *("--no-deps", "--no-build-isolation", "--wheel-dir", str(scratch), str(ROOT)),
    )
    [wheel] = scratch.glob("*.whl")
    return wheel


def _compare_with_checkout(wheel: Path) -> None:
    """Every file that git knows in the packages must be in the wheel, and nothing of the rest."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    strange = sorted(name for name in packed if name.split("/")[0] not in _PACKAGES)
    if strange:
        sys.exit(f"The wheel holds files of no package: {strange}")
    if not (ROOT / ".git").exists():
        return
    known = _run("git", "-C", str(ROOT), "ls-files", "-z", "--", *_PACKAGES).split("\0")
    left_out = sorted(
        name for name in known if name and (ROOT / name).exists() and name not in packed
    )
    if left_out:
        sys.exit(f"The wheel lacks files of the packages: {left_out}")


def _install(wheel: Path, scratch: Path) -> Path:
    """Install the wheel alone; a path file lends it the packages of this environment.

    The editable install of this environment stays out of reach, since a borrowed folder's own
    path files are not read.
    """
    venv = scratch / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(venv))
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = (sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check")
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    purelib = _run(str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    borrowed = sysconfig.get_path("purelib")
    Path(purelib.strip(), "borrowed.pth").write_text(f"{borrowed}\n", "utf-8")
    return python


def _use(python: Path, scratch: Path) -> None:
    elsewhere = scratch / "somewhere else"
    elsewhere.mkdir()
    places = _run(str(python), "-c", _WHERE, cwd=elsewhere, home=scratch)
    if str(ROOT) in places:
        sys.exit(f"The installed program is not what is used: {places}")
    program = str(python.with_name("workbench.exe" if os.name == "nt" else "workbench"))
    study = str(elsewhere / "Umzug – 引っ越し.study")
    for arguments in (["--version"], ["new", study], ["check", study]):
        _run(program, *arguments, cwd=elsewhere, home=scratch)
    shown = _run(program, "show", study, "--json", cwd=elsewhere, home=scratch)
    if not isinstance(json.loads(shown), dict):
        sys.exit(f"`workbench show` printed no study: {shown[:200]}")
    guide = "import resources; resources.path('help', 'guide.md').read_text('utf-8')"
    _run(str(python), "-c", guide, cwd=elsewhere, home=scratch)
    _run(str(python), "-c", "import ui.app", cwd=elsewhere, home=scratch)


def _run(*command: str, cwd: Path = ROOT, home: Path | None = None) -> str:
    """Run a command and return what it printed; end this program when it fails."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    environment.pop("PYTHONPATH", None)
    if home:
        environment["WORKBENCH_HOME"] = str(home / "home")
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
