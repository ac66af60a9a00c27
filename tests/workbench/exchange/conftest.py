"""The sample report, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import report_study
from workbench.domain.report import ReportModel
from workbench.exchange.export_docx import export_docx
from workbench.services.report.data import ReportData
from workbench.services.report.reporting import build_report


@pytest.fixture(scope="session")
def data() -> ReportData:
    return report_study.sample()


@pytest.fixture(scope="session")
def model(data: ReportData) -> ReportModel:
    return build_report(data)


@pytest.fixture(scope="session")
def report(model: ReportModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return export_docx(model, tmp_path_factory.mktemp("report") / "report.docx")
