"""One real run of `workbench demo`, cut off from the network, for all tests that look at it.

It takes a minute, so all workers of a test run share it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.locks import file_lock
from tests.support.network import GuardedRun, run_without_network
from workbench.study import Study

_LONGEST = 800.0


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample study after the main job; to be read only, copy it to change it.

    Attributes:
        run: how the program did.
        folder: the study.
        report: its Word report.
        shown: the whole study as data.
    """

    run: GuardedRun
    folder: Path
    report: Path
    shown: dict[str, Any]

    def sources(self) -> dict[str, dict[str, Any]]:
        """Return the recordings by the name of their file, without its ending."""
        return {
            Path(source["original_name"]).stem: source
            for session in self.shown["sessions"]
            for source in session["sources"]
            if source["kind"] == "audio"
        }


@pytest.fixture(scope="session")
def demo(base_model: Path, shared_tmp: Path) -> Demo:
    """The sample study, made by the real program with the real model."""
    folder, kept = shared_tmp / "Demo.study", shared_tmp / "demo.json"
    with file_lock(shared_tmp / "demo.lock"):
        if not kept.exists():
            asked = ("-m", "workbench", "demo", "--out", str(folder), "--json")
            run = run_without_network(*asked, log=shared_tmp / "demo.log", timeout=_LONGEST)
            kept.write_text(json.dumps(asdict(run)), encoding="utf-8")
    run = GuardedRun(**json.loads(kept.read_text("utf-8")))
    assert run.code == 0, run.errors
    with Study.open(folder, read_only=True) as study:
        shown = json.loads(json.dumps(study.show(), default=str))
    return Demo(run, folder, Path(json.loads(run.output)["report"]), shown)
