"""All words on the map, as it is painted, come from the catalogue."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from tests.support import report_study
from tests.support.pseudo import foreign, pseudo_spoken, untranslated
from ui.theme import Theme
from ui.views.journey.export import export_map
from workbench.services.journey.lanes import LANES, fill
from workbench.study import Study


def test_all_words_of_the_drawing_are_translated(theme: Theme, tmp_path: Path) -> None:
    data = foreign(report_study.sample())
    with (
        pseudo_spoken(tmp_path / "locale"),
        Study.create(tmp_path / "Ж.study", title="Ж") as study,
    ):
        out = tmp_path / "map.svg"
        export_map(study.exports, fill(data.journey), theme, "Ж", out, lanes=LANES)
        words = " ".join(etree.parse(out).getroot().itertext())
    assert len(words) > 1000
    assert untranslated(words, {"Qt SVG Document", "Generated with Qt"}) == []
