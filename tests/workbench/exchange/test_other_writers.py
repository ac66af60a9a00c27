"""Documents that another program wrote, not we: LibreOffice saves one text in every format."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workbench.exchange import files
from workbench.exchange import html_blocks, registry
from workbench.exchange.document import Losses
from workbench.exchange.inline import Inline

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PAGE = """<html><head><meta charset="utf-8"></head><body><h1>Moving home</h1>
<p>She put the <b>router</b> on the <i>floor</i> — Zoë 😀, čekala.</p>
<ul><li>first box</li><li>second box</li></ul><ol><li>order</li><li>wait</li></ol>
<table border="1"><tr><td>Step</td><td>Time</td></tr><tr><td>Order</td><td>3 days</td></tr></table>
<p>End.</p></body></html>"""
SAID = ["Moving home", "She put the router on the floor — Zoë 😀, čekala.", "first box",
        "second box", "order", "wait", "Step | Time", "Order | 3 days", "End."]  # fmt: skip
BLOCKS = ["heading1", "", "list", "list", "numbered", "numbered", "table", "table", ""]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the text in all formats."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    convert(folder, files.write(folder, "a.html", PAGE), "odt:writer8", "HTML (StarWriter)")
    for suffix in ("docx", "rtf", "pdf"):
        convert(folder, folder / "a.odt", suffix)
    return folder


def convert(folder: Path, path: Path, form: str, reader: str = "") -> None:
    options = [f"--infilter={reader}"] if reader else []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        *(str(SOFFICE), profile, "--headless", *options, "--convert-to", form),
        *("--outdir", str(folder), str(path)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=400)


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["odt", "docx", "rtf"])
def test_structure_by_libreoffice(written: Path, suffix: str) -> None:
    turns = registry.read_document(written / f"a.{suffix}").turns
    assert [turn.text for turn in turns] == SAID
    assert [turn.layout.block for turn in turns] == BLOCKS
    styled = [turns[1].text[start:end] for start, end, _ in turns[1].layout.runs]
    assert styled == ["router", "floor"]


@pytest.mark.office
def test_pdf_by_libreoffice(written: Path) -> None:
    """Whichever fonts there are: an emoji of another one is drawn after its line."""
    turns = registry.read_document(written / "a.pdf").turns
    texts = [turn.text for turn in turns]
    assert texts[:4] == SAID[:4]
    assert texts[-1] == "End."
    assert {turn.layout.page for turn in turns} == {1}


def test_no_heavy_library_is_loaded_at_start() -> None:
    heavy = ("lxml", "pypdfium2", "markdown_it", "docx", "numpy", "pandas", "PySide6")
    loaded = f"[name for name in {heavy} if name in sys.modules]"
    declared = "[declare(argparse.ArgumentParser()) for _about, declare in COMMANDS.values()]"
    begin = "import argparse, sys; from workbench.cli.catalogue import COMMANDS"
    code = f"{begin}; {declared}; print({loaded})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@given(st.lists(st.tuples(st.text(max_size=6), st.booleans(), st.booleans()), max_size=8))
def test_runs_lie_on_the_words_they_were_given_for(
    stretches: list[tuple[str, bool, bool]],
) -> None:
    for collapse in (False, True):
        inline = Inline(collapse=collapse)
        for text, bold, italic in stretches:
            inline.add(text, bold=bold, italic=italic)
        made = inline.take()
        assert made.text == made.text.strip()
        last = 0
        for start, end, _ in made.layout.runs:
            assert last <= start < end <= len(made.text)
            last = end
        bold_letters = "".join(t for t, bold, _ in stretches if bold).split()
        kept = "".join(made.text[a:b] for a, b, style in made.layout.runs if "b" in style).split()
        assert "".join(kept) == "".join(bold_letters)


@given(st.text(alphabet=st.sampled_from("<>/ab \n&;\"'=!-\x00ptdrliu"), max_size=80))
def test_no_page_makes_the_reader_fall(page: str) -> None:
    losses = Losses()
    parts = html_blocks.blocks(html_blocks.parse(page), losses)
    assert all(part.text.strip() for part in parts)
