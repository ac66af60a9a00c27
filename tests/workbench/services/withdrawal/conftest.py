"""The planted study, made once and copied."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.withdrawn import Planted, planted


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """Return the study that is copied."""
    return planted(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def study_of(template: Planted, tmp_path: Path) -> Planted:
    """Return a study of one's own."""
    folder = tmp_path / template.folder.name
    shutil.copytree(template.folder, folder)
    return replace(template, folder=folder)
