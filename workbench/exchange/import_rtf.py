"""Rich Text Format, read word by word: the libraries for it return the bare text alone."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import cast

from workbench.domain.layout import Block
from workbench.exchange.document import Document, Losses, Paragraph, damaged, finished
from workbench.exchange.inline import Inline
from workbench.exchange.numbering import whole
from workbench.exchange.plaintext import read_bytes
from workbench.exchange.speakers import attribute

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
_CHARACTERS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "~": "\u00a0",
    "_": "\u2011",
    "{": "{",
    "}": "}",
    "\\": "\\",
}
_CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
_LOST = {
    "pict": "picture",
    "object": "object",
    "footnote": "footnote",
    "annotation": "comment",
    "shptxt": "box",
}
_SILENT = frozenset(
    [
        *("colortbl", "info", "fldinst", "header", "headerl", "headerr", "headerf", "footer"),
        *("footerl", "footerr", "footerf", "nonshppict", "themedata", "xe", "tc", "bkmkstart"),
        *("bkmkend", "pntxta", "pntxtb", "atnid", "atnauthor", "listname", "generator", "v"),
    ]
)
_HALF = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_MARKS = frozenset({"listtext", "pntext"})
_HEADING = re.compile(r"heading ([1-9])")
_BLOCKS: dict[str, Block] = {
    "title": "heading1",
    "quote": "quote",
    "intense quote": "quote",
    "quotations": "quote",
}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits from the one around it."""

    place: str = "text"  # or "skip", "fonts", "styles", "mark"
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    font: int = -1
    skipped: int = 1  # characters that stand for a \u in old programs
    style: int = -1


@dataclass(slots=True)
class _Reader:
    losses: Losses
    found: list[Paragraph] = field(default_factory=list)
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    inline: Inline = field(default_factory=Inline)
    codepage: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, Block] = field(default_factory=dict)
    waiting: bytearray = field(default_factory=bytearray)
    to_skip: int = 0
    starred: bool = False
    opened: bool = False
    mark: str | None = None
    block: Block = ""
    level: int = 0
    in_table: bool = False
    words: dict[str, Callable[[int | None], None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = {
            "par": lambda _: self._end(),
            "sect": lambda _: self._end(),
            "row": lambda _: self._end_row(),
            "cell": lambda _: self.inline.cell(),
            "nestcell": lambda _: self.inline.add(" "),
            "line": lambda _: self.inline.line(),
            "pard": lambda _: self._reset(),
            "intbl": lambda _: self._enter_table(),
            "plain": lambda _: self._set(bold=False, italic=False, hidden=False),
            "b": lambda n: self._set(bold=n != 0),
            "i": lambda n: self._set(italic=n != 0),
            "v": lambda n: self._set(hidden=n != 0),
            "deleted": lambda n: self._set(hidden=n != 0),
            "f": lambda n: self._set(font=-1 if n is None else n),
            "uc": lambda n: self._set(skipped=1 if n is None else n),
            "u": self._unicode,
            "s": self._style,
            "outlinelevel": self._outline,
            "ilvl": self._nest,
            "ansicpg": self._codepage,
            "mac": lambda _: self._codepage(10000),
            "fcharset": self._charset,
        }

    def read(self, data: str) -> list[Paragraph]:
        """Return the paragraphs of a whole file, given as one character a byte."""
        position = 0
        while position < len(data):
            token = _TOKEN.match(data, position)
            if token is None:
                break
            position = token.end()
            if token["hex"]:
                self._byte(int(token["hex"], 16))
                continue
            self._decode()
            if token["brace"]:
                self._group(opens=token["brace"] == "{")
            elif token["word"]:
                number = int(token["number"]) if token["number"] else None
                if token["word"] == "bin":
                    position += max(0, number or 0)
                else:
                    self._word(token["word"], number)
            elif token["sign"]:
                self._sign(token["sign"])
            elif token["text"]:
                self._text(token["text"])
        self._decode()
        self._end()
        return self.found

    def _group(self, *, opens: bool) -> None:
        self.to_skip = 0
        if opens:
            self.stack.append(self.state)
            self.opened = True
        elif self.stack:
            self.state = self.stack.pop()

    def _word(self, word: str, number: int | None) -> None:
        first, self.opened = self.opened, False
        starred, self.starred = self.starred, False
        if word in _LOST and self.state.place != "skip":
            self.losses.add(_LOST[word])
        if word == "fonttbl":
            self._set(place="fonts")
        elif word == "stylesheet":
            self._set(place="styles")
        elif word in _MARKS:
            self._set(place="mark")
            self.mark = ""
        elif word in _LOST or (first and word in _SILENT):
            self._set(place="skip")
        elif starred and word not in {"shppict", "cs", "ud"} and not self._is_style(word):
            # Text boxes hide in a group that old programs are told to pass over.
            self._set(place="skip" if word != "shpinst" else "shape")
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        elif word in self.words:
            self.words[word](number)

    def _is_style(self, word: str) -> bool:
        return self.state.place == "styles" and word in {"cs", "ds", "ts"}

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
        elif sign in "\r\n":
            self._end()
        elif sign in _CHARACTERS:
            self._text(_CHARACTERS[sign])

    def _byte(self, byte: int) -> None:
        self.opened = False
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.waiting.append(byte)

    def _decode(self) -> None:
        if self.waiting:
            encoding = self.fonts.get(self.state.font, self.codepage)
            text = bytes(self.waiting).decode(encoding, errors="replace")
            self.waiting.clear()
            self._say(text)

    def _text(self, text: str) -> None:
        self.opened = False
        skipped = min(self.to_skip, len(text))
        self.to_skip -= skipped
        self._say(text[skipped:])

    def _say(self, text: str) -> None:
        place = self.state.place
        if place == "mark":
            self.mark = (self.mark or "") + text
        elif place == "styles":
            self._name_style(text.strip(" ;").lower())
        elif place == "text" and not self.state.hidden:
            self.inline.add(text, bold=self.state.bold, italic=self.state.italic)

    def _unicode(self, number: int | None) -> None:
        self._say(chr((number or 0) % 0x10000))
        self.to_skip = self.state.skipped

    def _style(self, number: int | None) -> None:
        if self.state.place == "styles":
            self._set(style=-1 if number is None else number)
        elif self.state.place == "text" and number in self.styles:
            self.block = self.styles[number]

    def _name_style(self, name: str) -> None:
        found = _HEADING.fullmatch(name)
        if found:
            self.styles[self.state.style] = cast("Block", f"heading{min(int(found[1]), 6)}")
        elif name in _BLOCKS:
            self.styles[self.state.style] = _BLOCKS[name]

    def _outline(self, number: int | None) -> None:
        if self.state.place == "text" and number is not None and 0 <= number < 6:
            self.block = cast("Block", f"heading{number + 1}")

    def _nest(self, number: int | None) -> None:
        self.level = max(0, number or 0)

    def _codepage(self, number: int | None) -> None:
        self.codepage = _encoding(number)

    def _charset(self, number: int | None) -> None:
        if self.state.place == "fonts" and number in _CHARSETS and number:
            self.fonts[self.state.font] = _CHARSETS[number]

    def _enter_table(self) -> None:
        self.in_table = True

    def _reset(self) -> None:
        self.block, self.level, self.in_table = "", 0, False

    def _end(self) -> None:
        if self.in_table:
            self.inline.add(" ")  # a paragraph inside a cell
            return
        block: Block = self.block
        if self.mark is not None and not block:
            block = "numbered" if re.search(r"[0-9a-zA-Z]", self.mark) else "list"
        level = self.level if block in {"list", "numbered"} else 0
        said = re.findall(r"[0-9]+", self.mark or "") if block == "numbered" else []
        number = whole(said[-1]) if said else None
        self._keep(self.inline.take(block, level=level, number=number))
        self.mark = None

    def _end_row(self) -> None:
        self._keep(self.inline.take_row())
        self.mark, self.in_table = None, False

    def _keep(self, part: Paragraph) -> None:
        if part.text:
            self.found.append(part)

    def _set(self, **values: object) -> None:
        if self.state.place == "skip" and "place" in values:
            return
        self.state = replace(self.state, **values)  # type: ignore[arg-type]


def read(path: Path) -> Document:
    """Read Rich Text with headings, lists, tables, bold and italic.

    Raises:
        UserError: not such a file, or without text.
        EnvironmentProblem: it cannot be read.
    """
    data = read_bytes(path)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise damaged(
            path, "Rich Text", "Open it in Word or LibreOffice and save it again as .rtf."
        )
    losses = Losses()
    found = [_whole(part) for part in _Reader(losses).read(data.decode("latin-1"))]
    parts = attribute([part for part in found if part.text.strip(" |")])
    return finished(path, parts, notes=losses.notes())


def _whole(part: Paragraph) -> Paragraph:
    """Return a paragraph whose rare characters, written as two halves, are one again."""
    if not _HALF.search(part.text):
        return part

    whole_text = part.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # A second half stands in the place of the first.
    joined = (bool(_PAIR.match(part.text, at)) for at in range(len(part.text)))
    places = list(accumulate((not one for one in joined), initial=0))
    layout = part.layout.moved(lambda start, end: (places[start], places[end]))
    return replace(part, text=whole_text, layout=layout)


def _encoding(codepage: int | None) -> str:
    """Return the encoding of a code page; Windows’ western one stands for those nobody knows."""
    name = {65001: "utf-8", 10000: "mac_roman"}.get(codepage or 0, f"cp{codepage}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
