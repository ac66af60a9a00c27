"""Modules compiled before all are loaded, each in one of the processes of a run.

In a new checkout nothing is compiled. Each process would rewrite the asserts of all tests, at the
same time as the others, which takes it longer than to collect them.
"""

from __future__ import annotations

import compileall
from fnmatch import fnmatch
from pathlib import Path

import pytest
from _pytest.assertion import rewrite

from tests.support.source import PROGRAM, python_files


def compile_share(config: pytest.Config, number: int, of: int) -> None:
    """Compile what is not compiled yet, as whoever loads it would.

    Args:
        config: That of the run; it tells which modules are tests.
        number: Which share, from 0.
        of: How many shares there are.
    """
    for file in python_files(*PROGRAM, "tests")[number::of]:
        if any(fnmatch(file.name, test) for test in config.getini("python_files")):
            _rewrite(file, config)
        elif file.name != "conftest.py":  # those are loaded by now
            compileall.compile_file(file, quiet=2)


def _rewrite(file: Path, config: pytest.Config) -> None:
    """Do what pytest does when a test is loaded, without running the module."""
    folder = rewrite.get_cache_dir(file)
    kept = folder / (file.stem + rewrite.PYC_TAIL)
    if rewrite._read_pyc(file, kept) is not None or not rewrite.try_makedirs(folder):
        return
    try:
        digest, code = rewrite._rewrite_test(file, config)
    except SyntaxError:
        return  # it is told when it is collected
    rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, digest, kept)
