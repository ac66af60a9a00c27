"""The promise that nothing leaves the machine, proven with the network cut for the whole way.

Import, transcription with the embedded model in its own process, report and checks run under a
guard that refuses and records every connection and every name look-up.
"""

from __future__ import annotations

import signal
import sys
import textwrap
from pathlib import Path

import pytest

import resources
from tests.support.demo import Demo
from tests.support.network import GuardedRun, run_without_network
from tests.support.sample import RECORDINGS
from workbench.exchange.registry import FORMATS

# An address reserved for documentation: should the guard fail, nobody is disturbed.
_NOWHERE = "192.0.2.1"


def test_guard_refuses_and_records_a_connection(tmp_path: Path) -> None:
    code = f"import socket; socket.create_connection(('{_NOWHERE}', 80), 1)"
    run = run_without_network("-c", code, log=tmp_path / "log")
    assert run.code == 1
    assert run.attempts


def test_guard_notices_what_a_library_swallows(tmp_path: Path) -> None:
    code = (
        "import contextlib, urllib.request\n"
        "with contextlib.suppress(OSError): urllib.request.urlopen('http://example.org')"
    )
    run = run_without_network("-c", code, log=tmp_path / "log")
    assert run.code == 0
    assert "example.org" in " ".join(run.attempts)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel filter is Linux's")
def test_guard_ends_native_code_that_asks_for_a_socket(tmp_path: Path) -> None:
    code = "import ctypes; ctypes.CDLL(None).socket(2, 1, 0)"
    run = run_without_network("-c", code, log=tmp_path / "log")
    assert "kernel=True" in run.guarded[0]
    assert run.code == -signal.SIGSYS


def test_every_command_works_without_network(tmp_path: Path, jfk: Path, base_model: Path) -> None:
    study = str(tmp_path / "Offline.study")
    export = ("export", study, "--out")
    steps = (
        ("new", study),
        ("import", study, str(jfk), "--method", "interview", "--title", "Inaugural address"),
        ("transcribe", study, "--all", "--model", "fake"),
        ("show", study),
        ("search", study, "alpha0"),
        ("report", study, "--out", str(tmp_path / "report.docx")),
        *(
            (
                *export,
                str(tmp_path / f"text.{one.name}{one.suffix}"),
                "--format",
                one.name,
                *(
                    ["--working-copy", "--source", "Inaugural address"]
                    if one.name == "sound"
                    else []
                ),
            )
            for one in FORMATS.values()
        ),
        ("undo", study),
        ("redo", study),
        ("history", study),
        ("check", study),
        ("models", "list"),
        ("models", "verify"),
    )
    run = _workbench(tmp_path / "log", *steps)
    assert "-->" in (tmp_path / "text.vtt.vtt").read_text("utf-8")
    assert (tmp_path / "report.docx").stat().st_size > 0
    # The children were under guard as well: the one that recognises, the one that looks into files.
    guarded = "\n".join(run.guarded)
    assert "--speech-worker" in guarded
    assert "--speech-probe" in guarded
    assert "--speech-silence" in guarded


@pytest.mark.skipif(sys.platform == "win32", reason="the C library is another one there")
def test_the_engine_room_reports_to_nobody(tmp_path: Path) -> None:
    # ONNX Runtime starts to report seconds after it is loaded, so only its switch is looked at.
    code = (
        "from workbench.speech import worker; worker.prepare_process()\n"
        "import ctypes; read = ctypes.CDLL(None).getenv; read.restype = ctypes.c_char_p\n"
        "assert read(b'ORT_DISABLE_TELEMETRY') == b'1'"
    )
    run = run_without_network("-c", code, log=tmp_path / "log")
    assert run.code == 0, run.errors


@pytest.mark.speech
def test_recordings_become_a_report_without_network(demo: Demo) -> None:
    assert demo.run.code == 0
    assert demo.report.stat().st_size > 0
    assert not demo.run.attempts
    workers = [line for line in demo.run.guarded if "--speech-worker" in line]
    assert len(workers) == 1  # one for all recordings of a queue
    if sys.platform.startswith("linux"):
        assert all("kernel=True" in line for line in demo.run.guarded)


def test_the_window_opens_without_network(tmp_path: Path, workbench_home: Path) -> None:
    code = "import ui.app, PySide6.QtMultimedia, PySide6.QtWidgets as w; w.QApplication([])"
    run = run_without_network("-c", code, log=tmp_path / "log")
    assert run.code == 0, run.errors
    assert not run.attempts


def test_the_sample_is_part_of_the_program() -> None:
    recordings = resources.path("sample_study", "audio").glob("*.opus")
    assert {path.stem for path in recordings} == set(RECORDINGS)


def _workbench(log: Path, *steps: tuple[str, ...]) -> GuardedRun:
    # One process for all: to start twenty of them takes longer than what they do.
    code = f"""
        from workbench.cli import main
        for step in {steps!r}:
            assert main(step) == 0, step
    """
    run = run_without_network("-c", textwrap.dedent(code), log=log)
    assert run.code == 0, run.output + run.errors
    assert run.guarded, "the guard was not there"
    assert not run.attempts
    return run
