"""Transcripts as other people's libraries and programs write them, down to their oddities."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pysubs2
import pytest
import webvtt

from tests.workbench.exchange import files
from tests.workbench.exchange.test_transcripts_in import Said, said
from workbench.exchange import registry

LINES = [(500, 2_250, "Ann: And what <happened> & why?"), (3_723_004, 3_725_000, "Maya: Émile 😀")]
READ: Said = [
    (500, 2_250, "Ann", "And what <happened> & why?"),
    (3_723_004, 3_725_000, "Maya", "Émile 😀"),
]


@pytest.mark.parametrize("suffix", ["srt", "vtt"])
def test_subtitles_by_pysubs2(tmp_path: Path, suffix: str) -> None:
    made = pysubs2.SSAFile()
    for start, end, text in LINES:
        shown = text.replace("&", "&amp;").replace("<", "&lt;") if suffix == "vtt" else text
        made.append(pysubs2.SSAEvent(start=start, end=end, text=shown))
    path = tmp_path / f"a.{suffix}"
    made.save(str(path), encoding="utf-8", keep_html_tags=True)
    assert said(path) == READ


def test_webvtt_by_webvtt_py(tmp_path: Path) -> None:
    made = webvtt.WebVTT()
    cues = [("00:00:00.500", "00:00:02.250", "<v Ann>And what\n&lt;happened&gt; &amp; why?</v>"),
            ("01:02:03.004", "01:02:05.000", "<v Maya>Émile 😀</v>")]  # fmt: skip
    for start, end, text in cues:
        made.captions.append(webvtt.Caption(start, end, text))
    made.captions[0].identifier = "first"
    made.save(str(tmp_path / "a.vtt"))
    assert said(tmp_path / "a.vtt") == READ


def test_subrip_by_webvtt_py(tmp_path: Path) -> None:
    made = webvtt.WebVTT()
    made.captions.append(webvtt.Caption("00:00:00.500", "00:00:02.250", "Ann: And what happened?"))
    made.captions.append(webvtt.Caption("01:02:03.004", "01:02:05.000", "Maya: Émile 😀"))
    made.save_as_srt(str(tmp_path / "a.srt"))
    assert said(tmp_path / "a.srt") == [
        (500, 2_250, "Ann", "And what happened?"),
        (3_723_004, 3_725_000, "Maya", "Émile 😀"),
    ]


def test_word_by_python_docx(tmp_path: Path) -> None:
    """Names in bold, times in grey, as meeting programs set them."""
    made = docx.Document()
    made.add_heading("Interview 4", 1)
    for name, time, words in (("Ann Lee", "0:05", "And?"), ("Maya", "1:02:03", "Émile 😀.")):
        paragraph = made.add_paragraph()
        paragraph.add_run(f"{name}  ").bold = True
        paragraph.add_run(time)
        made.add_paragraph(words)
    made.save(str(tmp_path / "a.docx"))
    assert said(tmp_path / "a.docx") == [
        (None, None, None, "Interview 4"),
        (5_000, 3_723_000, "Ann Lee", "And?"),
        (3_723_000, 3_723_000, "Maya", "Émile 😀."),
    ]


# noScribe 0.7: the style sheet, grey times, somebody breaking in twice, and at the end of a
# paragraph; a time inside a long turn; and a pause while another one speaks.
_GREY = '<span style="color: #78909C" >'
NOSCRIBE = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html >
<head >
<meta charset="UTF-8" />
<meta name="qrichtext" content="1" />
<style type="text/css" >
p, li {{ white-space: pre-wrap; }}
</style>
<meta name="audio_source" content="./Umzug: Gespräch.mp3" /></head>
<body style="font-family: 'Arial'" > <div class="WordSection1" ><p style="font-weight: 600" >\
Umzug: Gespräch</p><p ><span style="color: #909090; font-size: 0.8em" >Transcribed with noScribe \
vers. 0.7<br />Audio file: ./Umzug: Gespräch.mp3<br />(Language: German (de) | Speaker detection: \
auto | Overlapping speech: 1 | Timestamps: 1 | Disfluencies: 1 | Mark pause: 1)</span></p>\
<p ><a name="ts_210_4100_S01" >S01: {_GREY}[00:00:00]</span> Wann kam das Paket?</a>\
<a name="ts_4100_5000_//S00" > //S00: Na ja.</a><a name="ts_5000_6100_//S00" > (.)</a>\
<a name="ts_6100_9850_S01" >// Eines sagen Sie: sofort?</a>\
<a name="ts_65340_65920_//S02" > //S02: Daran lag es.//</a></p>\
<p ><a name="ts_66000_69300_S00" >S00: {_GREY}[00:01:06]</span> Nie kam es.</a>\
<a name="ts_69300_72000_S00" > {_GREY}[00:01:09]</span> Drei Wochen &lt;lang&gt;.</a></p>\
</div></body></html>"""


def test_noscribe_as_it_is_written(tmp_path: Path) -> None:
    read = registry.read_document(files.write(tmp_path, "a.html", NOSCRIBE))
    assert read.language == "de"
    assert [(turn.start_ms, turn.end_ms, turn.speaker, turn.text) for turn in read.turns] == [
        (210, 4_100, "S01", "Wann kam das Paket?"),
        (4_100, 6_100, "S00", "Na ja. (.)"),
        (6_100, 9_850, "S01", "Eines sagen Sie: sofort?"),
        (65_340, 65_920, "S02", "Daran lag es."),
        (66_000, 72_000, "S00", "Nie kam es. Drei Wochen <lang>."),
    ]


def otr(tmp_path: Path, text: str) -> Said:
    content = {"text": text, "media": "Umzug.mp3", "media-time": 21.5}
    return said(files.write(tmp_path, "a.otr", json.dumps(content)))


def _stamp(seconds: float, shown: str) -> str:
    return f'<span class="timestamp" data-timestamp="{seconds}">{shown}</span>\u00a0'


def test_otranscribe_as_its_browser_writes(tmp_path: Path) -> None:
    """The first line has no paragraph, empty ones stand between, and line breaks are gone."""
    assert otr(
        tmp_path,
        f"{_stamp(0, '0:00:00')}Ann: Wann kam&nbsp;das Paket?<p></p>"
        f"<p>{_stamp(4.216687, '0:00:04')}Maya: Nie. <b>Drei</b> Wochen &amp; mehr.</p>"
        f"<p>{_stamp(3723.5, '1:02:03')}Ann: Und dann?</p>",
    ) == [
        (0, 4_217, "Ann", "Wann kam\u00a0das Paket?"),
        (4_217, 3_723_500, "Maya", "Nie. Drei Wochen & mehr."),
        (3_723_500, 3_723_500, "Ann", "Und dann?"),
    ]


def test_otranscribe_without_any_time_is_text(tmp_path: Path) -> None:
    assert otr(tmp_path, "<p>Ann: And?</p><p>Maya: No.</p>") == [
        (None, None, "Ann", "And?"),
        (None, None, "Maya", "No."),
    ]


TEXTS: dict[str, tuple[str, Said]] = {
    "oTranscribe": (
        "0:00:01\u00a0Ann: And then?\n\n0:01:04\u00a0Maya: Nobody called.\n\n",
        [(1_000, 64_000, "Ann", "And then?"), (64_000, 64_000, "Maya", "Nobody called.")],
    ),
    "openai-whisper, Buzz": (
        "[00:00.000 --> 00:04.480]  And then?\n[01:00:00.000 --> 01:00:02.500]  Nobody called.\n",
        [(0, 4_480, None, "And then?"), (3_600_000, 3_602_500, None, "Nobody called.")],
    ),
    "noScribe": (
        "Umzug\n\nS00: [00:00:01] And then?\nS01: [00:01:04] Nobody called.\n",
        [(None, None, None, "Umzug"), (1_000, 64_000, "S00", "And then?"),
         (64_000, 64_000, "S01", "Nobody called.")],
    ),
    "MAXQDA, f4": (
        "#00:00:01-0# I: And then? #00:01:04-5#\n#00:01:04-5# B1: Nobody called. #00:01:09-0#\n",
        [(1_000, 64_500, "I", "And then?"), (64_500, 69_000, "B1", "Nobody called.")],
    ),
    "Otter": (
        "Ann Lee  0:01  \nAnd then?\n\nMaya  1:04  \nNobody called.\n",
        [(1_000, 64_000, "Ann Lee", "And then?"), (64_000, 64_000, "Maya", "Nobody called.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", TEXTS)
def test_plain_text_of_programs(tmp_path: Path, program: str) -> None:
    text, expected = TEXTS[program]
    assert said(files.write(tmp_path, "a.txt", text)) == expected
