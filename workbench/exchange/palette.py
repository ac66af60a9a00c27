"""Colours on white paper: the light theme of the window, made fit for print."""

from __future__ import annotations

from workbench.domain.report import Tone

INK = "1F2328"
INK_SOFT = "5B6169"
LINE = "E4DFD7"
GRID = "D5D0C8"
ACCENT = "0F766E"
ACCENT_SOFT = "E6F3F1"
PAPER = "FFFFFF"

# The eight stage colours are safe for colour-blind eyes (after Okabe and Ito).
STAGE_LINES = (
    "AC6100",
    "2C8FC4",
    "02825D",
    "A89500",
    "005A93",
    "9E3900",
    "AF5D90",
    "5F6368",
)
STAGE_FILLS = (
    "FBE3C8",
    "D3ECF8",
    "CDEBDF",
    "FBF3BF",
    "CFE0F1",
    "F8D8C8",
    "F3DCE8",
    "E3E3E3",
)

FILLS: dict[Tone, str] = {
    "head": "F3F0EB",
    "quiet": "FAF8F5",
    "good": "E2F1E7",
    "bad": "F8E3E1",
    "warn": "FAEFD4",
    "stage1": STAGE_FILLS[0],
    "stage2": STAGE_FILLS[1],
    "stage3": STAGE_FILLS[2],
    "stage4": STAGE_FILLS[3],
    "stage5": STAGE_FILLS[4],
    "stage6": STAGE_FILLS[5],
    "stage7": STAGE_FILLS[6],
    "stage8": STAGE_FILLS[7],
}
TEXTS: dict[Tone, str] = {
    "quiet": INK_SOFT,
    "good": "2E7D4F",
    "bad": "B4413C",
    "warn": "9A6700",
}
