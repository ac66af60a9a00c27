"""Lists keep their depth and their numbers from every format that has them."""

from __future__ import annotations

from pathlib import Path

from tests.workbench.exchange import files
from workbench.domain.layout import GOES_ON, LISTS
from workbench.exchange import registry


def _p(text: str = "", more: str = "") -> str:
    return f"<w:p><w:pPr>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _item(text: str, number: int, level: int = 0) -> str:
    return _p(text, more=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def _numbers(folder: Path, suffix: str, *items: str) -> list[str]:
    """Return items as a reader sees them: “+1 3. words”, “– words” for one that goes on."""
    path = {
        ".html": lambda: files.write(folder, "a.html", "".join(items)),
        ".md": lambda: files.write(folder, "a.md", "\n".join(items)),
        ".docx": lambda: files.word(
            folder, "".join(items), styles=LIST_STYLES, numbering=LIST_NUMBERING
        ),
        ".odt": lambda: files.opendocument(folder, "".join(items), ODT_LISTS),
    }[suffix]()
    said, counts = [], dict[int, int]()
    for turn in registry.read_document(path).turns:
        layout, level = turn.layout, turn.layout.level
        if layout.block not in LISTS:
            counts.clear()
        elif layout.number != GOES_ON:
            counts = {depth: n for depth, n in counts.items() if depth <= level}
            counts[level] = counts.get(level, 0) + 1 if layout.number is None else layout.number
        mark = {"": "", "list": "• ", "numbered": f"{counts.get(level)}. "}[layout.block]
        mark = "– " if layout.number == GOES_ON else mark
        said.append(f"+{level} {mark}{turn.text}" if level else f"{mark}{turn.text}")
    return said


LIST_STYLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/><w:pPr><w:numPr>'
    f'<w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
    for key, name, number in (("B2", "List Bullet 2", 1), ("N", "List Number", 2),
                              ("N2", "List Number 2", 5), ("N3", "My numbers", 3))
)  # fmt: skip
LIST_STYLES += (
    '<w:style w:styleId="B3"><w:name w:val="List Bullet 3"/><w:basedOn w:val="B2"/></w:style>'
)
LIST_NUMBERING = (
    "".join(
        f'<w:abstractNum w:abstractNumId="{kind}">'
        + "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/></w:lvl>'
            for at, start in enumerate(starts)
        )
        + "</w:abstractNum>"
        for kind, form, starts in ((1, "bullet", (1, 1)), (2, "decimal", (1, 4)),
                                   (3, "decimal", (1,)))
    )
    + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'
        for number, kind, more in (
            (1, 1, ""), (2, 2, ""), (3, 2, ""), (5, 3, ""),
            (4, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
        )
    )
)  # fmt: skip


def _styled(text: str, style: str) -> str:
    return _p(text, more=f'<w:pStyle w:val="{style}"/>')


def test_lists_of_word_are_nested_by_style_and_by_level(tmp_path: Path) -> None:
    body = (_item("a", 1), _styled("b", "B2"), _styled("c", "B3"), _item("d", 1, 1), _p("e"))
    assert _numbers(tmp_path, ".docx", *body) == ["• a", "+1 • b", "+2 • c", "+1 • d", "e"]


def test_numbers_of_word_go_on_where_its_lists_do(tmp_path: Path) -> None:
    body = (
        *(_styled("a", "N"), _styled("b", "N"), _p("between"), _styled("c", "N")),
        *(_item("inside", 2, 1), _item("inside", 2, 1), _styled("d", "N"), _item("anew", 2, 1)),
        *(_styled("another", "N2"), _styled("of the same kind", "N3")),
        *(_item("restarted", 4), _item("on", 4), _p(), _item("as before", 2)),
    )
    assert _numbers(tmp_path, ".docx", *body) == [
        *("1. a", "2. b", "between", "3. c", "+1 4. inside", "+1 5. inside", "4. d"),
        *("+1 4. anew", "+1 1. another", "5. of the same kind"),
        *("7. restarted", "8. on", "9. as before"),
    ]


ODT_LISTS = (
    '<text:list-style style:name="N">'
    '<text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:start-value="4"/>'
    "</text:list-style>"
    '<style:style style:name="List_20_Bullet_20_2"/>'
)


def _odt_list(*items: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="N" {more}>{inside}</text:list>'


def test_numbers_of_opendocument_go_on_where_its_lists_do(tmp_path: Path) -> None:
    p = "<text:p>{}</text:p>".format
    bullet = '<text:p text:style-name="List_20_Bullet_20_2">deep</text:p>'
    body = (
        _odt_list(p("a"), p("b") + p("more of b") + _odt_list(p("in")), more='text:id="l1"'),
        p("between") + _odt_list(p("c"), more='text:continue-numbering="true"'),
        p("between") + _odt_list(p("anew")),
        p("between") + _odt_list(p("c2"), more='text:continue-list="l1"'),
        f"<text:list><text:list-item>{bullet}</text:list-item></text:list>",
    )
    assert _numbers(tmp_path, ".odt", *body) == [
        *("1. a", "2. b", "– more of b", "+1 4. in", "between", "3. c", "between", "1. anew"),
        *("between", "3. c2", "+1 • deep"),
    ]


def test_numbers_of_web_pages_are_kept(tmp_path: Path) -> None:
    page = (
        "<ol start=3><li>a<li><p>b</p><p>more of b</p><ol><li>in</ol>and more</li>",
        "<li value=9>c<li value=x>d</ol><ol><li>anew</ol><ol start=0><li>none</ol>",
        "<ul><li><p>e</p><p>more of e</p></ul>",
    )
    assert _numbers(tmp_path, ".html", *page) == [
        *("3. a", "4. b", "– more of b", "+1 1. in", "– and more", "9. c", "10. d"),
        *("1. anew", "0. none", "• e", "– more of e"),
    ]


def test_numbers_of_markdown_are_kept(tmp_path: Path) -> None:
    text = ("1. a", "2. b", "", "between", "", "3. c", "4. d", "   - in")
    assert _numbers(tmp_path, ".md", *text) == [
        *("1. a", "2. b", "between", "3. c", "4. d", "+1 • in"),
    ]


def test_numbers_of_rich_text_are_kept(tmp_path: Path) -> None:
    text = r"{\rtf1{\pntext 3.\tab}a\par{\pntext 4.\tab}b\par between\par{\pntext 5.\tab}c\par}"
    turns = registry.read_document(files.write(tmp_path, "a.rtf", text)).turns
    assert [(turn.text, turn.layout.number) for turn in turns] == [
        *(("a", 3), ("b", None), ("between", None), ("c", 5)),
    ]
