"""Make the pictures used in the docs from the real window on the real sample study.

    python docs/make_screenshots.py [--study FOLDER] [--out FOLDER] [--size 1440x900]

Without `--study` the sample study is made anew, recordings and all (about a minute).
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEYS = ("collect", "transcribe", "code", "journey", "findings", "report")


def main() -> int:
    """Grab every workspace in both themes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", type=Path, help="a finished sample study")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--suffix", default="", help="added to the file names")
    asked = parser.parse_args()
    width, height = map(int, asked.size.split("x"))
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        study = home / "Moving home with Northline.study"
        if asked.study:
            shutil.copytree(asked.study, study)
        else:
            command = [sys.executable, "-m", "workbench", "demo", "--out", str(study)]
            subprocess.run(command, cwd=ROOT, check=True)
        # Own settings, so that neither the person's choices nor their recent studies show.
        os.environ["WORKBENCH_HOME"] = str(home / "home")
        grab_all(study, asked.out, width, height, asked.suffix)
    return 0


def grab_all(study: Path, out: Path, width: int, height: int, suffix: str) -> None:
    """Show the window and save one picture per workspace and theme, and the welcome page."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import build_context
    from ui.main_window import MainWindow

    app = QApplication([])
    context = build_context(app)
    window = MainWindow(context)
    window.resize(width, height)
    window.show()
    for theme in ("light", "dark"):
        context.theme.choose(theme)
        QTest.qWait(200)
        window.grab().save(str(out / f"welcome-{theme}{suffix}.png"))
    window.open_path(study)
    observation = _an_observation(context.study)
    for theme in ("light", "dark"):
        context.theme.choose(theme)
        for key in KEYS:
            window.show_workspace(key)
            if key == "code":
                window.open_object("observation", observation)
            QTest.qWait(600)
            window.grab().save(str(out / f"{key}-{theme}{suffix}.png"))
    window.close()


def _an_observation(study: Any) -> str:
    from workbench.domain.passage import Query

    return study.passages.find(Query(text="your activation is now"))[0].observation.id


if __name__ == "__main__":
    sys.exit(main())
