"""Chance at the readers: a few damaged files of every format, others in every run."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import fuzzing
from tests.support.fuzzing import CRASHED, OVER, Found

_EACH = 4


@pytest.mark.parametrize(
    ("made", "tried"),
    [
        (fuzzing.documents, fuzzing.try_documents),
        (fuzzing.recordings, fuzzing.try_recordings),
    ],
    ids=["documents", "recordings"],
)
def test_damaged_files_are_read_or_refused(
    tmp_path: Path,
    made: Callable[[Path], dict[str, bytes]],
    tried: Callable[[dict[str, bytes], int, int, Path], dict[str, Found]],
) -> None:
    seed = secrets.randbelow(10**9)
    found = tried(made(tmp_path), _EACH, seed, tmp_path)
    assert sum(one.counts.total() for one in found.values()) == _EACH * len(found)
    bad = {ending: one.kept for ending, one in found.items() if one.kept}
    assert not bad, f"{CRASHED} or {OVER}, with seed {seed}"


def test_every_format_that_comes_in_is_tried(tmp_path: Path) -> None:
    from workbench.exchange.registry import IMPORTERS

    same = {".markdown", ".xhtml"}  # as .md and .html
    assert set(IMPORTERS) - same == set(fuzzing.documents(tmp_path))
