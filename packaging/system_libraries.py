"""The system libraries that Qt takes from a Linux desktop, and how to get them.

The wheels of PySide6 bring Qt itself, but not what every desktop has: OpenGL, fonts, keyboard,
X11 and sound. A bare Debian or Ubuntu lacks them. The list is what `readelf -d` names for
QtWidgets, QtMultimedia (with QtNetwork below it), QtDBus and the xcb platform plugin of PySide6
6.12, without what these packages bring along. A Wayland desktop runs Qt through them too.
macOS and Windows have all they need.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from console import say, step

# Without these `import PySide6.QtWidgets` or QtMultimedia fails: library -> Debian package.
_CORE = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
# Without these the window cannot reach an X11 display; everything headless still works.
_DISPLAY = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Tests marked `office` open the report in LibreOffice and look at its pages: program -> package.
_OFFICE = {"soffice": "libreoffice-writer", "pdftoppm": "poppler-utils"}


@dataclass(frozen=True, slots=True)
class Libraries:
    """What is there after looking, and after installing where that was possible."""

    core_missing: tuple[str, ...] = ()
    display_missing: tuple[str, ...] = ()

    @property
    def window_works(self) -> bool:
        """Whether Qt can show a window on this machine."""
        return not self.core_missing and not self.display_missing


def provide(*, testing: bool) -> Libraries:
    """Look for the libraries, install them as root on Debian and Ubuntu, else say how.

    Args:
        testing: Also provide the programs that the tests marked `office` use.
    """
    if not sys.platform.startswith("linux"):
        return Libraries()
    found = _look()
    packages = _packages(found, testing=testing)
    if not packages:
        say("✓ System libraries are there")
        return found
    if _may_install():
        with step(f"Installing {len(packages)} system packages with apt-get"):
            problem = _install(packages)
        found = _look()
        if problem and (packages := _packages(found, testing=testing)):
            say(f"  apt-get could not install them: {problem}")
            _advise(found, packages)
    else:
        _advise(found, packages)
    return found


def _look() -> Libraries:
    return Libraries(
        tuple(name for name in _CORE if not _loads(name)),
        tuple(name for name in _DISPLAY if not _loads(name)),
    )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _packages(found: Libraries, *, testing: bool) -> list[str]:
    names = {_CORE[name] for name in found.core_missing}
    names |= {_DISPLAY[name] for name in found.display_missing}
    if testing:
        names |= {package for program, package in _OFFICE.items() if not shutil.which(program)}
    return sorted(names)


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def _install(packages: list[str]) -> str:
    """Install Debian packages.

    Returns:
        The last line of the complaint, or nothing when all went well.
    """
    # -qq without a terminal asks nothing; the timeout waits for another apt that is at work.
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*apt, *arguments],
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    complaint = (done.stderr or done.stdout).strip().splitlines()
    return "" if done.returncode == 0 else (complaint or ["no reason was given"])[-1]


def _advise(found: Libraries, packages: list[str]) -> None:
    missing = [*found.core_missing, *found.display_missing]
    if missing:
        say(f"! The window needs system libraries that are missing here: {', '.join(missing)}")
    else:
        say("! LibreOffice and poppler are missing: the tests that open the report in them skip.")
    if shutil.which("apt-get"):
        say("  To install them, run this once and then start again:")
        say(f"    sudo apt-get install -y --no-install-recommends {' '.join(packages)}")
    else:
        say("  Install them with your system's package manager, then start again.")
