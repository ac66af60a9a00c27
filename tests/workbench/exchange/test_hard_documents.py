"""Documents that are made to be read for ever, or say more than can be true, are read in a moment.

Before, each of these took minutes or all the memory: a test that comes back has seen the mend.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbench.exchange import files
from workbench.errors import UserError
from workbench.exchange import registry

_DEEP = 38  # text boxes in text boxes; read twice each, they are three hundred thousand millions


def _texts(path: Path) -> list[str]:
    return [turn.text for turn in registry.read_document(path).turns]


def _boxed(inside: str, depth: int) -> str:
    begin, end = "<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"
    return begin * depth + inside + end * depth


def _said(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_words_in_boxes_in_boxes_come_once(tmp_path: Path) -> None:
    deep = files.word(tmp_path, _said("before") + _boxed(_said("inner words"), _DEEP))
    assert _texts(deep) == ["before", "inner words"]
    row = f"<w:tbl><w:tr><w:tc>{_said('cell')}{_boxed(_said('boxed'), 2)}</w:tc></w:tr></w:tbl>"
    assert _texts(files.word(tmp_path, row)) == ["cell", "boxed"]
    frame = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    cell = f"<table:table-cell><text:p>cell{frame}</text:p></table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    assert _texts(files.opendocument(tmp_path, table)) == ["cell", "boxed"]


def test_two_thousand_million_spaces_are_a_few(tmp_path: Path) -> None:
    wide = files.opendocument(tmp_path, '<text:p>a<text:s text:c="2000000000"/>b</text:p>')
    [text] = _texts(wide)
    assert text.split() == ["a", "b"]
    assert len(text) < 200


def test_forty_thousand_times_in_one_paragraph_are_taken_out(tmp_path: Path) -> None:
    stamp = '<span class="timestamp" data-timestamp="{0}">0:{0}</span> <b>word{0}</b> '
    path = files.write(
        tmp_path,
        "a.otr",
        json.dumps({"text": f"<p>{''.join(map(stamp.format, range(40_000)))}</p>"}),
    )
    document = registry.read_document(path)
    [turn] = document.turns
    assert turn.text.split() == [f"word{number}" for number in range(40_000)]
    assert turn.start_ms == 0
    assert "39999 times inside a paragraph" in document.notes[0]
    begin, end, style = turn.layout.runs[-1]
    assert (turn.text[begin:end], style) == ("word39999", "b")


def test_a_table_may_be_wide_but_not_endless(tmp_path: Path) -> None:
    wide = files.write(tmp_path, "wide.csv", ",".join("q" * 20_000) + "\n" + ",".join("a" * 20_000))
    assert len(_texts(wide)) == 1 + 2 * 20_000
    endless = files.write(tmp_path, "endless.csv", "q" + "," * 60_000 + "\n" + "a\n" * 60_000)
    with pytest.raises(UserError, match=r"60,001 rows and 60,001 columns"):
        registry.read_document(endless)
    pipes = files.word(
        tmp_path, f"<w:tbl><w:tr>{'<w:tc/>' * 60_000}<w:tc>{_said('last')}</w:tc></w:tr></w:tbl>"
    )
    assert _texts(pipes)[0].endswith("last")


def test_a_page_full_of_single_letters_is_read(tmp_path: Path) -> None:
    letters = [(40.0 * at, 400.0 + 30 * (at % 3), 8.0, "word") for at in range(6_000)]
    [text] = _texts(files.pdf(tmp_path, [letters]))
    assert text.count("word") == 6_000


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "Anna" + " " * 200_000 + "x"),
        ("a.txt", "[0:01" + " " * 200_000 + "x"),
        ("a.vtt", "WEBVTT\n\n" + "\x0b\n" * 100_000 + "0:01.000 --> 0:02.000\nwords"),
        ("a.vtt", "WEBVTT\n\n0:01.000 --> 0:02.000\nwords " + "<v " * 100_000),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nwords " + "<b " * 100_000),
        ("a.html", f'<p><a name="ts_1_2_S01">S01: {"(Language: " * 100_000}</a></p>'),
        ("a.rtf", "{\\rtf1 " + "\\u55357?\\u56832?\\b x\\b0 " * 20_000 + "}"),
    ],
)
def test_no_pattern_goes_over_a_text_again_and_again(tmp_path: Path, name: str, text: str) -> None:
    assert _texts(files.write(tmp_path, name, text))


def _otr(said: str) -> str:
    return json.dumps({"text": f'<p><span class="timestamp" data-timestamp="{said}"></span>a</p>'})


_IMPOSSIBLE: dict[str, Callable[[Path], Path]] = {
    "a time": lambda folder: files.write(folder, "a.csv", f"start,text\n{'9' * 30},a\n"),
    "another time": lambda folder: files.write(folder, "a.otr", _otr("1e300")),
    "half a letter": lambda folder: files.write(folder, "a.rtf", "{\\rtf1 a\\u55357?}"),
    "a number": lambda folder: files.write(
        folder, "a.rtf", "{\\rtf1 {\\listtext " + "7" * 5_000 + ".}a\\par}"
    ),
    "a level": lambda folder: files.word(
        folder,
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        "<w:r><w:t>a</w:t></w:r></w:p>",
        numbering='<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="999999999"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
    ),
    "a heading": lambda folder: files.opendocument(
        folder, '<text:h text:outline-level="many">a</text:h>'
    ),
}


@pytest.mark.parametrize("what", _IMPOSSIBLE)
def test_what_cannot_be_true_costs_itself_and_not_the_words(tmp_path: Path, what: str) -> None:
    [turn] = registry.read_document(_IMPOSSIBLE[what](tmp_path)).turns
    assert turn.text.startswith("a")
    turn.text.encode("utf-8")
    assert turn.start_ms is None
    assert turn.layout.level <= 20


def test_deep_json_and_a_strange_archive_get_a_sentence(tmp_path: Path) -> None:
    deep = files.write(tmp_path, "a.otr", "[" * 400_000)
    strange = files.word(tmp_path, _said("a"))
    data = bytearray(strange.read_bytes())
    data[data.rfind(b"PK\x01\x02") + 6] = 86  # the version it takes to unpack it
    strange.write_bytes(data)
    for path, kind in ((deep, "oTranscribe"), (strange, "Word")):
        with pytest.raises(UserError, match=kind):
            registry.read_document(path)
