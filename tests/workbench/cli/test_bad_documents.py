"""Bad documents on the command line: a clear sentence, exit code 1, and the others come in."""

from __future__ import annotations

import time
import tracemalloc
from pathlib import Path

import pytest

from tests.workbench.cli.conftest import Cli
from tests.workbench.exchange import files
from tests.workbench.exchange.test_bad_documents import BAD


@pytest.mark.parametrize("what", sorted(BAD))
def test_a_bad_document_is_refused_whole_and_keeps_no_other_out(
    cli: Cli, tmp_path: Path, what: str
) -> None:
    word, make = BAD[what]
    study, folder = tmp_path / "bad.study", tmp_path / "in"
    folder.mkdir()
    assert cli("new", study).code == 0
    good, bad = files.write(folder, "good.md", "She waited."), make(folder)
    refused = cli("import", study, good, bad)
    assert refused.refused()
    assert bad.name in refused.err
    assert word in refused.err
    [session] = cli("show", study).json()["sessions"]
    assert session["title"] == "good"
    assert [path.name for path in (study / "media").iterdir()] == [session["sources"][0]["file"]]
    assert cli("check", study).code == 0


@pytest.mark.parametrize(
    "suffix", [".txt", ".md", ".html", ".rtf", ".csv", ".tsv", ".vtt", ".srt", ".otr"]
)
def test_200_megabytes_of_text_are_refused_unread(cli: Cli, tmp_path: Path, suffix: str) -> None:
    study, big = tmp_path / "big.study", tmp_path / f"big{suffix}"
    assert cli("new", study).code == 0
    with big.open("wb") as stream:
        stream.truncate(200_000_000)  # a hole: no block of it is on the disk
    tracemalloc.start()
    begun = time.process_time()
    try:
        refused = cli("import", study, big)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert refused.refused()
    assert "200 MB" in refused.err
    assert peak < 20_000_000
    assert time.process_time() - begun < 10
    assert list((study / "media").iterdir()) == []
