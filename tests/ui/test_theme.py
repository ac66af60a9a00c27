"""Both themes are readable, complete, and switch while the window is open."""

from __future__ import annotations

import gc
import math
import re
import shutil
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import resources
from ui import icons
from ui.icons import Icons, svg_text
from ui.theme import Choice, Theme, contrast
from ui.tokens import load_tokens
from ui.views.widgets.looks import button, look
from workbench import paths

TEXT = ("ink", "ink_soft", "ink_faint", "accent", "good", "bad", "warn")
GROUNDS = ("paper", "surface", "sunken")
ON = (
    ("on_accent", "accent"), ("on_bad", "bad"), ("on_good", "good"), ("paper", "ink_soft"),
    ("accent", "accent_soft"), ("ink", "accent_soft"), ("ink_soft", "accent_soft"),
    ("ink", "hover"), ("ink_soft", "hover"), ("paper", "ink"),
)  # fmt: skip


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [*product(TEXT, GROUNDS), *ON])
def test_words_are_readable(name: str, text: str, ground: str) -> None:
    colours = load_tokens("dark" if name == "dark" else "light").colours
    assert contrast(QColor(colours[text]), QColor(colours[ground])) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("outline", ["focus", "line_strong"])
def test_outlines_that_mean_something_are_seen(name: str, ground: str, outline: str) -> None:
    colours = load_tokens("dark" if name == "dark" else "light").colours
    assert contrast(QColor(colours[outline]), QColor(colours[ground])) >= 3.0


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_are_readable_on_every_stage(name: str) -> None:
    tokens = load_tokens("dark" if name == "dark" else "light")
    assert len(tokens.stage_fills) == len(tokens.stage_lines) == 8
    assert len(tokens.emotion_fills) == len(tokens.emotion_lines) == 5
    for fill in (*tokens.stage_fills, *tokens.emotion_fills):
        assert contrast(QColor(tokens.colours["ink"]), QColor(fill)) >= 4.5
    for line in tokens.emotion_lines:
        assert contrast(QColor(line), QColor(tokens.colours["surface"])) >= 3.0


def test_both_themes_know_the_same_names() -> None:
    assert load_tokens("light").colours.keys() == load_tokens("dark").colours.keys()


def test_contrast_of_black_and_white_is_twenty_one() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


def test_theme_switches_live(theme: Theme, qtbot: QtBot, qapp: QApplication) -> None:
    light = theme.colour("paper")
    label = look(QLabel("words"), "surface")
    qtbot.addWidget(label)
    label.show()
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.dark
    assert theme.colour("paper") != light
    assert qapp.palette().window().color() == theme.colour("paper")
    assert label.grab().toImage().pixelColor(1, 1) == theme.colour("surface")


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("name", ["quiet", "status", "link"])
def test_what_cannot_be_pressed_looks_like_it(
    theme: Theme, qtbot: QtBot, choice: Choice, name: str
) -> None:
    theme.choose(choice)
    page = look(QWidget(), "paper")
    made = button("MMMM", name)
    QVBoxLayout(page).addWidget(made)
    qtbot.addWidget(page)
    page.show()
    read: list[float] = []
    for on in (True, False):
        made.setEnabled(on)
        picture, words = page.grab().toImage(), made.geometry().adjusted(4, 4, -4, -4)
        seen = {
            picture.pixel(x, y)
            for x in range(words.left(), words.right())
            for y in range(words.top(), words.bottom())
        }
        read.append(max(contrast(QColor(one), theme.colour("paper")) for one in seen))
    assert read[0] > read[1] + 1
    assert read[1] > 3  # it can be read all the same


def test_style_sheet_has_no_colour_of_its_own() -> None:
    sheet = resources.path("theme", "app.qss").read_text(encoding="utf-8")
    assert not re.search(r":\s*#[0-9a-fA-F]{3,6}", sheet)


def test_pictures_stay_for_the_next_start(theme: Theme) -> None:
    folder = paths.cache_dir() / "theme" / "light"
    written = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(written) == 14
    theme.apply()
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == written


@pytest.mark.parametrize("harm", ["removed", "spoilt"])
def test_pictures_are_made_again_where_they_are_not_right(theme: Theme, harm: str) -> None:
    folder = paths.cache_dir() / "theme" / "light"
    arrow = folder / "chevron-down.svg"
    good = arrow.read_bytes()
    assert theme.tokens.colours["ink_soft"].encode() in good
    if harm == "removed":
        shutil.rmtree(folder.parent)
    else:
        arrow.write_bytes(b"<svg")
    theme.apply()
    assert arrow.read_bytes() == good
    assert len(list(folder.iterdir())) == 14


def test_window_is_dressed_also_where_nothing_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, theme: Theme, qapp: QApplication
) -> None:
    (tmp_path / "cache").touch()  # a file where the folder should be
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    theme.choose("dark")
    assert theme.colour("paper").name() in qapp.styleSheet().lower()


def test_stage_colours_wrap_round(theme: Theme) -> None:
    assert theme.stage_fill(9) == theme.stage_fill(1)
    assert theme.stage_line(8) == theme.stage_line(0)


def test_marks_ask_for_their_colours_by_key(theme: Theme) -> None:
    assert theme.marks.line("hue/9") == theme.stage_line(1)
    assert theme.marks.fill("hue/2") == theme.stage_fill(2)
    assert theme.marks.line("emotion/-2").name() == theme.tokens.emotion_lines[0].lower()
    assert theme.marks.fill("emotion/2").name() == theme.tokens.emotion_fills[4].lower()
    assert theme.marks.line(None) == theme.marks.line("") == theme.colour("ink_faint")
    theme.choose("dark")
    assert theme.marks.line("hue/1") == theme.stage_line(1)


def test_reading_size_stays_readable(theme: Theme) -> None:
    theme.set_reading_size(500)
    assert theme.reading_font().pixelSize() == 26
    theme.set_reading_size(1)
    assert theme.reading_size == 12


ICON_FILES = sorted(resources.path("icons").glob("*.svg"))


@pytest.mark.parametrize("file", ICON_FILES, ids=lambda file: file.stem)
def test_icon_is_of_the_family(file: Path) -> None:
    text = svg_text(file.stem)
    assert 'viewBox="0 0 24 24"' in text
    assert "currentColor" in text
    assert 'stroke-width="1.6"' in text


def test_icons_ship_with_their_licence() -> None:
    assert "ISC License" in resources.path("icons", "LICENSE").read_text(encoding="utf-8")


def test_icon_wears_the_colours_of_the_theme(theme: Theme) -> None:
    icon = Icons(theme).icon("menu")
    light = _darkest(icon)
    theme.choose("dark")
    dark = _darkest(icon)
    assert light == theme_colour("light", "ink_soft")
    assert dark == theme_colour("dark", "ink_soft")


def test_checked_icon_wears_the_accent(theme: Theme) -> None:
    icon = Icons(theme).icon("menu")
    pixels = icon.pixmap(48, 48, QIcon.Mode.Normal, QIcon.State.On).toImage()
    assert _strongest(pixels) == theme_colour("light", "accent")


def test_an_icon_that_qt_copies_lives_on(theme: Theme) -> None:
    icon = QIcon(Icons(theme).icon("menu"))
    icon.addPixmap(QPixmap(3, 3))  # from now on it is one of its own
    gc.collect()
    assert not icon.pixmap(48, 48).isNull()


def test_icons_go_in_any_order(theme: Theme) -> None:
    button = QPushButton()
    first, later = Icons(theme), Icons(theme)
    button.setIcon(first.icon("menu"))
    # The search for garbage meets the engine, which is older, before what holds its icon.
    later._icons, later.itself = first._icons, later  # type: ignore[attr-defined]
    del first, later
    gc.collect()
    assert not button.icon().pixmap(48, 48).isNull()
    button.deleteLater()


def test_icon_is_crisp_on_a_fine_screen(theme: Theme) -> None:
    picture = Icons(theme).pixmap("menu", 20, ratio=2)
    assert picture.width() == 40
    assert picture.devicePixelRatio() == 2


def test_icon_is_drawn_once_for_each_look(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    once = icons._drawn
    monkeypatch.setattr(icons, "_drawn", lambda *asked: drawn.append(asked) or once(*asked))
    QPixmapCache.clear()
    for _ in range(2):
        Icons(theme).pixmap("menu", 20)
        Icons(theme).pixmap("menu", 20, colour="accent")
        Icons(theme).pixmap("menu", 20, ratio=2)
        Icons(theme).pixmap("menu", 24)
        Icons(theme).pixmap("x", 20)
    assert len(drawn) == 5


def theme_colour(name: str, token: str) -> str:
    return load_tokens("dark" if name == "dark" else "light").colours[token].lower()


def _darkest(icon: QIcon) -> str:
    return _strongest(icon.pixmap(48, 48).toImage())


def _strongest(image: object) -> str:
    """Return the colour of the most opaque pixel, which no blending has touched."""
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=lambda colour: colour.alpha()).name()


# How red, green and blue look to eyes without one kind of cone (Machado, Oliveira and Fernandes
# 2009, full severity), on linear light.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "no green": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no blue": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip


def _seen(colour: str, eyes: str) -> tuple[float, float, float]:
    """Return a colour in CIE L*a*b* as some eyes see it."""
    code = QColor(colour)
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (code.redF(), code.greenF(), code.blueF())
    ]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True))))
        for row in EYES[eyes]
    )
    white = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in white)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_all_eyes_tell_the_colours_of_codes_apart(name: str, eyes: str) -> None:
    tokens = load_tokens("dark" if name == "dark" else "light")
    seen = [_seen(colour, eyes) for colour in tokens.stage_lines]
    nearest = min(
        math.dist(one, other) for one, other in product(seen, repeat=2) if one is not other
    )
    assert nearest >= 12
