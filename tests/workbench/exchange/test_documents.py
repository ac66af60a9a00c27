"""Each document format keeps what it says: words, headings, lists, tables, bold, pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workbench.exchange import files
from workbench.domain.transcript import TurnDraft
from workbench.exchange import registry
from workbench.exchange.registry import Document

MARKDOWN = """# Moving home

She put the **router** on the *floor* and ***waited***.

- first box
- second box
    - inner box

1. order
2. wait

> It took days.

| Step | Time |
| --- | --- |
| Order | 3 **days** |

End.
"""
HTML = """<html lang="en"><head><title>x</title><style>p {}</style></head><body>
<h1>Moving home</h1><p>She put the <b>router</b> on the <em>floor</em>
and <strong><i>waited</i></strong>.</p><ul><li>first box</li><li>second box
<ul><li><p>inner box</p></li></ul></li></ul><ol><li>order</li><li>wait</li></ol>
<blockquote><p>It took days.</p></blockquote>
<table><tr><th>Step</th><th>Time</th></tr><tr><td><p>Order</p></td><td>3 <b>days</b></td></tr>
</table><div>End.<img src="x.png"><script>no()</script></div></body></html>"""
RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}{\f1\fcharset238 Arial CE;}}
{\stylesheet{\s0 Normal;}{\s1\b heading 1;}{\s2 Quote;}}{\info{\title not this}}
\pard\plain\s1 Moving home\par
\pard\plain She put the {\b router} on the {\i floor} and {\b\i waited}.\par
{\listtext\pard\plain \'95\tab}\pard\plain\ls1\ilvl0 first box\par
{\listtext\pard\plain \'95\tab}second box\par
{\listtext\pard\plain \'95\tab}\ilvl1 inner box\par
{\listtext\pard\plain 1.\tab}\pard\ls2 order\par{\listtext\pard\plain 2.\tab}wait\par
\pard\plain\s2 It took days.\par
\trowd\pard\intbl Step\cell Time\cell\row\trowd\pard\intbl Order\cell 3 {\b days}\cell\row
\pard\plain End.{\pict\pngblip 89504e47}\par}"""
ODT = """<text:h text:outline-level="1">Moving home</text:h>
<text:p>She put the <text:span text:style-name="B">router</text:span> on the
<text:span text:style-name="I">floor</text:span> and <text:span text:style-name="B"><text:span
text:style-name="I">waited</text:span></text:span>.</text:p>
<text:list text:style-name="L1"><text:list-item><text:p>first box</text:p></text:list-item>
<text:list-item><text:p>second box</text:p><text:list><text:list-item><text:p>inner box</text:p>
</text:list-item></text:list></text:list-item></text:list>
<text:list text:style-name="L2"><text:list-item><text:p>order</text:p></text:list-item>
<text:list-item><text:p>wait</text:p></text:list-item></text:list>
<text:p text:style-name="Quotations">It took days.</text:p>
<table:table><table:table-row><table:table-cell><text:p>Step</text:p></table:table-cell>
<table:table-cell><text:p>Time</text:p></table:table-cell></table:table-row><table:table-row>
<table:table-cell><text:p>Order</text:p></table:table-cell><table:table-cell><text:p>3
<text:span text:style-name="B">days</text:span></text:p></table:table-cell></table:table-row>
</table:table><text:p>End.<draw:frame><draw:image/></draw:frame></text:p>"""
ODT_STYLES = """<style:style style:name="B"><style:text-properties fo:font-weight="bold"/>
</style:style><style:style style:name="I"><style:text-properties fo:font-style="italic"/>
</style:style><text:list-style style:name="L2"><text:list-level-style-number text:level="1"
style:num-format="1"/></text:list-style>"""
_B, _I = "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:i w:val="1"/></w:rPr>'
WORD_STYLES = """<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>"""
WORD_NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>
</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"""


def _p(*runs: str, more: str = "") -> str:
    said = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
        for run in runs
    )
    return f"<w:p><w:pPr>{more}</w:pPr>{said}</w:p>"


def _item(text: str, number: int, level: int = 0) -> str:
    return _p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _cells(*paragraphs: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph}</w:tc>" for paragraph in paragraphs) + "</w:tr>"


WORD = "".join(
    [
        _p("Moving home", more='<w:pStyle w:val="H1"/>'),
        _p(
            "She put the ", f"<w:r>{_B}<w:t>router</w:t></w:r>", " on the ",
            f"<w:r>{_I}<w:t>floor</w:t></w:r>", " and ",
            "<w:r><w:rPr><w:b/><w:i/></w:rPr><w:t>waited</w:t></w:r>", ".",
        ),
        *(_item("first box", 1), _item("second box", 1), _item("inner box", 1, 1)),
        *(_item("order", 2), _item("wait", 2)),
        _p("It took days.", more='<w:pStyle w:val="Q"/>'),
        "<w:tbl>", _cells(_p("Step"), _p("Time")),
        _cells(_p("Order"), _p("3 ", f"<w:r>{_B}<w:t>days</w:t></w:r>")), "</w:tbl>",
        _p("End.", "<w:r><w:drawing/></w:r>"),
    ]
)  # fmt: skip
BOOK = HTML[HTML.index("<h1>") : HTML.index("</body>")]


def _make(folder: Path, suffix: str) -> Path:
    match suffix:
        case ".docx":
            return files.word(folder, WORD, styles=WORD_STYLES, numbering=WORD_NUMBERING)
        case ".odt":
            return files.opendocument(folder, ODT, ODT_STYLES)
        case ".epub":
            return files.book(folder, {"one": BOOK})
        case _:
            content = {".md": MARKDOWN, ".html": HTML, ".rtf": RTF}[suffix]
            return files.write(folder, f"a{suffix}", content)


def shape(turn: TurnDraft) -> tuple[str, str, list[tuple[str, str]]]:
    runs = [(turn.text[start:end], style) for start, end, style in turn.layout.runs]
    level = f"+{turn.layout.level}" if turn.layout.level else ""
    return f"{turn.layout.block}{level}", turn.text, runs


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".odt", ".rtf", ".epub"])
def test_structure_is_kept(tmp_path: Path, suffix: str) -> None:
    read = registry.read_document(_make(tmp_path, suffix))
    assert [shape(turn) for turn in read.turns] == [
        ("heading1", "Moving home", []),
        (
            "",
            "She put the router on the floor and waited.",
            [("router", "b"), ("floor", "i"), ("waited", "bi")],
        ),
        ("list", "first box", []),
        ("list", "second box", []),
        ("list+1", "inner box", []),
        ("numbered", "order", []),
        ("numbered", "wait", []),
        ("quote", "It took days.", []),
        ("table", "Step | Time", []),
        ("table", "Order | 3 days", [("days", "b")]),
        ("", "End.", []),
    ]
    assert {turn.speaker for turn in read.turns} == {None}
    assert read.notes == (() if suffix == ".md" else ("Not taken over: 1 picture.",))


def test_word_keeps_what_python_docx_leaves_out(tmp_path: Path) -> None:
    body = (
        _p("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", " and ",
           "<w:ins><w:r><w:t>inserted</w:t></w:r></w:ins>",
           "<w:del><w:r><w:delText>deleted</w:delText></w:r></w:del>",
           "<w:sdt><w:sdtContent><w:r><w:t> chosen</w:t></w:r></w:sdtContent></w:sdt>")
        + _p("host", f"<w:r><w:pict><w:txbxContent>{_p('in a box')}</w:txbxContent></w:pict></w:r>")
        + _p("noted", "<w:r><w:footnoteReference/></w:r><w:r><w:commentReference/></w:r>")
        + _p("one", "<w:r><w:br/><w:tab/><w:t>two</w:t></w:r>")
    )  # fmt: skip
    read = registry.read_document(files.word(tmp_path, body))
    assert [turn.text for turn in read.turns] == [
        "linked and inserted chosen",
        *("host", "in a box", "noted", "one\n\ttwo"),
    ]
    assert read.notes == (
        "Not taken over: 1 deleted passage of tracked changes, 1 footnote and 1 comment.",
    )


def test_word_tables_keep_their_columns(tmp_path: Path) -> None:
    inner = "<w:tbl>" + _cells(_p("x"), _p("y")) + "</w:tbl>"
    body = (
        "<w:tbl>" + _cells(_p("a"), _p(), _p("c") + _p("d")) + _cells(inner, _p("z")) + "</w:tbl>"
    )
    read = registry.read_document(files.word(tmp_path, body))
    assert read.turns[0].text == "a |  | c d"
    assert [turn.text for turn in read.turns][1:] == ["x y | z"]


def test_rich_text_knows_every_way_to_write_a_letter(tmp_path: Path) -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 A;}{\f1\fcharset238 B;}{\f2\fcharset204 C;}}"
        r"Gr\'fc\'dfe \u233? \uc2\u8364?? \u-10179??\u-8704?? {\f1 \'e8\'f8} {\f2\'ff} \~a\_b\-c "
        r"\{x\} \ldblquote q\rdblquote\emdash{\v hidden}{\field{\*\fldinst HYPERLINK}"
        r"{\fldrslt link}}{\*\unknown gone}\line next\par}"
    )
    [turn] = registry.read_document(files.write(tmp_path, "a.rtf", text)).turns
    assert turn.text == "Grüße é € 😀 čř я \u00a0a\u2011bc {x} “q”—link\nnext"


def test_rare_letters_do_not_move_what_is_bold(tmp_path: Path) -> None:
    path = files.write(tmp_path, "a.rtf", r"{\rtf1\ansi \u-10179?\u-8704? then {\b bold}\par}")
    assert [shape(turn) for turn in registry.read_document(path).turns] == [
        ("", "😀 then bold", [("bold", "b")])
    ]


def test_book_is_read_along_its_spine(tmp_path: Path) -> None:
    chapters = {"b": "<h1>Two</h1>", "a": "<p>Three &amp; four&nbsp;five</p>"}
    read = registry.read_document(files.book(tmp_path, chapters))
    assert [turn.text for turn in read.turns] == ["Two", "Three & four\u00a0five"]
    assert read.language == "de"


def test_web_page_says_how_its_letters_are_written(tmp_path: Path) -> None:
    page = '<meta charset="iso-8859-2"><p>żółć</p><p hidden style="display:none">no</p>'
    [turn] = registry.read_document(files.write(tmp_path, "a.htm", page.encode("iso-8859-2"))).turns
    assert turn.text == "żółć"


def test_front_matter_is_no_heading(tmp_path: Path) -> None:
    path = files.write(tmp_path, "a.md", "---\ntitle: Evening\n---\n\nShe waited.\n")
    assert [(t.layout.block, t.text) for t in registry.read_document(path).turns] == [
        ("code", "title: Evening"),
        ("", "She waited."),
    ]


# PDF


def _pdf(folder: Path, *pages: list[tuple[float, ...]]) -> Document:
    return registry.read_document(files.pdf(folder, list(pages)))  # type: ignore[arg-type]


LEFT = ["The technician did not come on the", "day that we had agreed on, and no-", "body called.",
        "We waited for a week. Then a text", "came, and it said that everything"]  # fmt: skip
RIGHT = [
    "would be fine by Monday evening.",
    "It was not fine. We called the hot-",
    "line, which is customer-",
    "centred only in its name. I say",
    "customer-centred with care.",
]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    title = (60, 790, 18, "A title over both of the columns of this page of text")
    read = _pdf(tmp_path, [title, *files.column(60, 740, LEFT), *files.column(320, 740, RIGHT)])
    text = " ".join(turn.text for turn in read.turns)
    assert text == (
        "A title over both of the columns of this page of text The technician did not come on "
        "the day that we had agreed on, and nobody called. We waited for a week. Then a text "
        "came, and it said that everything would be fine by Monday evening. It was not fine. We "
        "called the hotline, which is customer-centred only in its name. I say customer-centred "
        "with care."
    )
    assert {turn.layout.page for turn in read.turns} == {1}


def test_pages_are_kept_and_running_heads_are_not(tmp_path: Path) -> None:
    said = ["First page has a sentence that ends", "Second page goes on with more words,",
            "Third page has less,", "And a fourth page"]  # fmt: skip
    pages = [
        [
            *files.column(60, 800, ["A study of moving"]),
            *files.column(60, 700, [text, "and a second line stands here."]),
            *files.column(300, 40, [f"Page {n}"]),
        ]
        for n, text in enumerate(said, start=1)
    ]
    read = _pdf(tmp_path, *pages)
    assert [turn.layout.page for turn in read.turns] == [1, 2, 3, 4]
    assert not [turn for turn in read.turns if "study" in turn.text or "Page" in turn.text]
    assert read.notes == ("Running heads and page numbers were left out (8 lines).",)


def test_a_sentence_runs_on_over_the_page(tmp_path: Path) -> None:
    one = files.column(60, 700, ["This is a long sentence that begins on one page and is car-"])
    two = files.column(60, 800, ["ried over to the next. Then it ends."])
    [turn] = _pdf(tmp_path, one, two).turns
    assert turn.text.endswith("is carried over to the next. Then it ends.")
    assert turn.layout.page == 1


def test_names_before_what_is_said_are_no_column(tmp_path: Path) -> None:
    names = [(60, 700 - 40 * n, 10, f"{who}:") for n, who in enumerate(["Ann", "Maya"] * 4)]
    words = [
        (160, 700 - 40 * n - 12 * m, 10, f"Line {m} of what number {n} said to us that day")
        for n in range(8)
        for m in range(2)
    ]
    read = _pdf(tmp_path, [*names, *words])
    assert [turn.speaker for turn in read.turns] == ["Ann", "Maya"] * 4
    assert read.turns[1].text.count("number 1") == 2


def test_signs_of_another_font_stand_where_their_line_has_room(tmp_path: Path) -> None:
    """Writers draw a line first and then, into its gaps, what its font does not have."""
    line = (60, 700, 10, "So \t, then\t(\t) on and on.")
    signs = [(75, 700, 12, "M"), (110, 700, 10.5, "W"), (123.4, 700, 10.5, "W"), (320, 700, 9, "W")]
    read = _pdf(tmp_path, [*files.column(60, 724, ["Before"]), line, *signs])
    assert [turn.text for turn in read.turns] == ["Before", "So M, thenW(W) on and on. W"]


def test_rows_of_a_pdf_table_stay_rows(tmp_path: Path) -> None:
    cells = [(60 + 150 * x, 700 - 14 * y, 10, f"cell {y}{x}") for y in range(4) for x in range(3)]
    read = _pdf(tmp_path, cells)
    assert [(t.layout.block, t.text) for t in read.turns][:2] == [
        ("table", "cell 00 | cell 01 | cell 02"),
        ("table", "cell 10 | cell 11 | cell 12"),
    ]


@pytest.mark.parametrize("codepage", ["", "0", "99999", "-1"])
def test_a_code_page_nobody_knows_keeps_no_rich_text_out(tmp_path: Path, codepage: str) -> None:
    path = tmp_path / "odd.rtf"
    path.write_text(rf"{{\rtf1\ansi\ansicpg{codepage} Caf\'e9 one}}", encoding="ascii")
    assert [turn.text for turn in registry.read_document(path).turns] == ["Café one"]
