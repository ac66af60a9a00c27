"""Transcripts come in from the programs in which people make them, with voices and times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import studies
from tests.workbench.exchange import files
from workbench.domain.change import Op
from workbench.domain.materials import SourceKind
from workbench.domain.observation import Placement
from workbench.domain.survey import SurveyColumns, chosen
from workbench.errors import UserError
from workbench.exchange import import_csv, registry
from workbench.study import Study

Said = list[tuple[int | None, int | None, str | None, str]]

NOSCRIBE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://www.w3.org/TR/REC-html40/strict.dtd">
<html ><head ><meta charset="UTF-8" /><meta name="audio_source" content="./a.mp3" /></head>
<body ><div class="WordSection1" ><p style="font-weight: 600" >call</p><p ><span >Transcribed with
noScribe vers. 0.7<br />(Language: English (en) | Speaker detection: auto)</span></p>
<p ><a name="ts_0_12140_" >(12 seconds pause) </a></p>
<p ><a name="ts_12140_22800_S01" >S01: <span style="color: #78909C" >[00:00:12]</span> Good
morning, a long one.</a><a name="ts_22800_24360_S01" > (..)</a><a name="ts_24360_30010_S01" > Is it
Monday?</a><a name="ts_30090_30910_//S02" > //S02: Yes.</a><a name="ts_31870_33510_S01" >// Good:
Monday.</a></p>
<p ><a name="ts_36190_36330_S00" >Maya: <span style="color: #78909C" >[00:00:36]</span> Fine &amp;
well.</a></p><p ><a name="ts_36950_39650_S00"></a>Maya: Anchors may be empty.</p></div></body>
</html>"""
OTR = {
    "text": '<p><span class="timestamp" contenteditable="false" data-timestamp="1.5">0:00:01</span>'
    "\u00a0Ann: And <b>then</b>?<br></p><p>"
    '<span class="timestamp" data-timestamp="4.25">0:00:04</span>\u00a0Maya: Nobody called. '
    '<span class="timestamp" data-timestamp="6">0:00:06</span>\u00a0Not <i>once</i>.<br>'
    '<span class="timestamp" data-timestamp="0:09">0:09</span> Ann: I see.</p>',
    "media": "call.mp3",
    "media-time": 9.1,
}


def said(path: Path) -> Said:
    turns = registry.read_document(path).turns
    return [(turn.start_ms, turn.end_ms, turn.speaker, turn.text) for turn in turns]


def test_noscribe(tmp_path: Path) -> None:
    read = registry.read_document(files.write(tmp_path, "a.html", NOSCRIBE))
    assert read.language == "en"
    assert [(t.start_ms, t.end_ms, t.speaker, t.text) for t in read.turns] == [
        (0, 12_140, None, "(12 seconds pause)"),
        (12_140, 30_010, "S01", "Good morning, a long one. (..) Is it Monday?"),
        (30_090, 30_910, "S02", "Yes."),
        (31_870, 33_510, "S01", "Good: Monday."),
        (36_190, 36_330, "Maya", "Fine & well."),
        (36_950, 39_650, "Maya", "Anchors may be empty."),
    ]
    [first, pause, last] = read.turns[1].words
    assert read.turns[1].text[last.start : last.end] == "Is it Monday?"
    assert (pause.start_ms, first.end_ms, last.start_ms) == (22_800, 22_800, 24_360)


def test_otranscribe(tmp_path: Path) -> None:
    path = files.write(tmp_path, "a.otr", json.dumps(OTR))
    assert said(path) == [
        (1_500, 4_250, "Ann", "And then?"),
        (4_250, 9_000, "Maya", "Nobody called. Not once."),
        (9_000, 9_000, "Ann", "I see."),
    ]
    turn = registry.read_document(path).turns[1]
    [(start, end, style)] = turn.layout.runs
    assert (turn.text[start:end], style) == ("once", "i")


VTT = """\ufeffWEBVTT - call\r
Language: de\r
\r
NOTE 00:01.000 --> 00:02.000 is no cue\r
\r
STYLE\r
::cue { color: red }\r
\r
intro\r
00:01.000 --> 00:02.500 align:start position:0%\r
<v.loud Frau Müller>Grüße &amp;\r
<i>zwei</i> <00:00:02.000>Zeilen</v>\r
\r
1:00:03.000 --> 1:00:04.000\r
<v Ann>And?</v>\r
<v Maya>Nothing.</v>\r
"""
SRT = """1
00:00:01,000 --> 00:00:02,000
{\\an8}Ann: What
happened?

2
00:00:02,500 --> 00:00:04,000
<font color="#ff0000">Maya: Das war übel.</font>

3
00:00:05,000 --> 00:00:06,000

"""


def test_webvtt(tmp_path: Path) -> None:
    path = files.write(tmp_path, "a.vtt", VTT)
    assert said(path) == [
        (1_000, 2_500, "Frau Müller", "Grüße & zwei Zeilen"),
        (3_603_000, 3_604_000, "Ann", "And?"),
        (3_603_000, 3_604_000, "Maya", "Nothing."),
    ]
    assert registry.read_document(path).language == "de"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_subrip(tmp_path: Path, encoding: str, end: str) -> None:
    path = files.write(tmp_path, "a.srt", SRT.replace("\n", end).encode(encoding))
    assert said(path) == [
        (1_000, 2_000, "Ann", "What happened?"),
        (2_500, 4_000, "Maya", "Das war übel."),
    ]
    guessed = registry.read_document(path).notes
    assert bool(guessed) == (encoding == "cp1252")


TEXTS: dict[str, tuple[str, Said]] = {
    "labels": (
        "Ann: And?\nMaya: No.\n",
        [(None, None, "Ann", "And?"), (None, None, "Maya", "No.")],
    ),
    "times before": (
        "[00:00:05] Ann: And?\n[00:01:02.5] Maya: No.\n",
        [(5_000, 62_500, "Ann", "And?"), (62_500, 62_500, "Maya", "No.")],
    ),
    "times after the name": (
        "Ann (00:05): And?\nMaya: [00:07] No.\n",
        [(5_000, 7_000, "Ann", "And?"), (7_000, 7_000, "Maya", "No.")],
    ),
    "spans": (
        "[00:00.000 --> 00:04.000]  And?\n[00:04.000 --> 00:06.000]  No.\n",
        [(0, 4_000, None, "And?"), (4_000, 6_000, None, "No.")],
    ),
    "meeting": (
        "Ann Lee  0:03\nAnd?\nMaya Chen  0:07\nNo.\nNever.\n",
        [(3_000, 7_000, "Ann Lee", "And?"), (7_000, 7_000, "Maya Chen", "No."),
         (None, None, "Maya Chen", "Never.")],
    ),
    "f4": (
        "Ann: And? #00:00:05-1#\nMaya: No. #00:00:09-0#\n",
        [(0, 5_100, "Ann", "And?"), (5_100, 9_000, "Maya", "No.")],
    ),
    "bare times": (
        "00:00:05 Ann: And?\n00:01:02 Maya: No.\n",
        [(5_000, 62_000, "Ann", "And?"), (62_000, 62_000, "Maya", "No.")],
    ),
    "recurring among many": (
        "Ann: a\nMaya: b\nx\ny\nAnn: c\nMaya: d\nz\nw\nAnn: e\nMaya: f\nNote: g\nv\nu\nt\ns",
        [(None, None, name, word) for name, word in [
            ("Ann", "a"), ("Maya", "b"), (None, "x"), (None, "y"), ("Ann", "c"), ("Maya", "d"),
            (None, "z"), (None, "w"), ("Ann", "e"), ("Maya", "f"), (None, "Note: g"), (None, "v"),
            (None, "u"), (None, "t"), (None, "s")]],
    ),
    "times of the day": (
        "18:40 the van came\nthen nothing\n09:15 they called\n",
        [(None, None, None, text) for text in
         ("18:40 the van came", "then nothing", "09:15 they called")],
    ),
    "a sentence": ("One thing: it hurts.\n", [(None, None, None, "One thing: it hurts.")]),
    "a long name": (f"{'x' * 64}: a\nAnn: b\nAnn: c", [
        (None, None, None, f"{'x' * 64}: a"), (None, None, "Ann", "b"), (None, None, "Ann", "c")]),
}  # fmt: skip


@pytest.mark.parametrize("what", TEXTS)
def test_speakers_and_times_in_plain_text(tmp_path: Path, what: str) -> None:
    text, expected = TEXTS[what]
    assert said(files.write(tmp_path, "a.txt", text)) == expected


def test_speakers_in_word_paragraphs_and_tables(tmp_path: Path) -> None:
    def p(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    row = f"<w:tr><w:tc>{p('Maya:')}</w:tc><w:tc>{p('In a table.')}</w:tc></w:tr>"
    path = files.word(tmp_path, p("Ann: And?") + f"<w:tbl>{row}</w:tbl>" + p("Ann: I see."))
    assert [(speaker, text) for _, _, speaker, text in said(path)] == [
        ("Ann", "And?"),
        ("Maya", "In a table."),
        ("Ann", "I see."),
    ]


ENCODED = {
    "cp1252": "L'été dernier, nous avons déménagé. À la fin, le technicien est arrivé, très tard.",
    "cp1250": "Když jsem přišla domů, byl tam nepořádek a žádný technik. Čekala jsem celý den.",
    "iso8859_2": "Czekałam cały dzień, ale nikt się nie odezwał. Było mi źle, bo wszystko trwało.",
    "cp1251": "Я ждала мастера весь день, но он так и не пришёл.",
    "koi8_r": "Я ждала мастера весь день, но он так и не пришёл.",
    "cp1253": "Περίμενα όλη μέρα τον τεχνικό.",
    "cp1254": "Işık yoktu, çocuğum ağlıyordu, şaşırdım, güneş doğdu.",
    "mac_roman": "Später kamen die Möbel, für die wir so lange gewartet hatten.",
    "utf-16-le": "No mark, but every second byte is zero.",
    "utf-16-be": "No mark, but every second byte is zero.",
    "utf-32": "Rare but seen. é",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_are_told_apart(tmp_path: Path, encoding: str) -> None:
    path = files.write(tmp_path, "a.txt", ENCODED[encoding].encode(encoding))
    assert [text for *_, text in said(path)] == [ENCODED[encoding]]


def test_letters_stay_as_they_were_composed(tmp_path: Path) -> None:
    text = "e\u0301 é 😀 \u0645\u0631\u062d\u0628\u0627"
    assert [t for *_, t in said(files.write(tmp_path, "a.txt", "\ufeff" + text))] == [text]


# Attaching


def test_a_transcript_takes_its_place_at_a_recording(study: Study, tmp_path: Path) -> None:
    before = studies.recognised(study, "so nobody called me", "it took three weeks")
    for words in ("nobody called", "three weeks"):
        studies.observe(study, before.id, words)
    path = files.write(
        tmp_path, "call.vtt", "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Maya>Well, nobody called me.\n"
    )
    done = study.imports.attach(before.source_id, path)
    assert study.transcripts.of_source(before.source_id) == done.transcript
    assert study.transcripts.transcript(before.id).replaced_at
    placed = {p.observation.words: p.observation.placement for p in study.passages.find()}
    assert placed["nobody called"] is Placement.PLACED
    assert placed["three weeks"] is Placement.REVIEW
    assert done.in_review == 1
    assert study.history()[0].op is Op.ATTACH_TRANSCRIPT
    study.undo()
    assert study.transcripts.of_source(before.source_id) == before
    assert {p.observation.placement for p in study.passages.find()} == {Placement.PLACED}


def test_a_transcript_that_is_too_long_makes_doubt(study: Study, tmp_path: Path) -> None:
    source = studies.recognised(study, "a few words").source_id
    long = files.write(tmp_path, "a.srt", "1\n01:00:00,000 --> 01:00:02,000\nWords.\n")
    plain = files.write(tmp_path, "a.txt", "Words.")
    assert "longer" in study.imports.attach(source, long).notes[0]
    assert "no times" in study.imports.attach(source, plain).notes[0]


def test_only_recordings_take_transcripts(study: Study, tmp_path: Path) -> None:
    note = files.write(tmp_path, "a.txt", "Words.")
    [source] = study.imports.take_in([note])
    with pytest.raises(UserError, match="cannot be attached"):
        study.imports.attach(source.id, note)
    assert study.imports.recording_for(tmp_path / "a.vtt") is None


# Tables

SURVEY = """ID;Alias;Group;Name;How was it?;Grade;Timestamp
P01;Maya;Renters;M. Real;"Long;
very long";4;2024-05-01
P02;Omar;Owners;O. Real;;5;2024-05-01
"""


def test_answers_become_people_and_turns(study: Study, tmp_path: Path) -> None:
    known = study.people.add(code="P02", pseudonym="Omar")
    notes: list[tuple[str, str]] = []
    [source] = study.imports.take_in(
        [files.write(tmp_path, "survey.csv", SURVEY)], on_note=lambda *note: notes.append(note)
    )
    assert source.kind is SourceKind.TEXT
    assert [(p.code, p.pseudonym) for p in study.people.participants()] == [
        ("P01", "Maya"),
        ("P02", "Omar"),
    ]
    assert [segment.name for segment in study.people.segments()] == ["Renters"]
    assert known.id in {row.participant_id for row in study.materials.roster(source.session_id)}
    transcript = study.transcripts.of_source(source.id)
    assert transcript
    voices = {v.id: v.participant_id for v in study.transcripts.speakers.of(transcript.id)}
    turns = study.transcripts.turns(transcript.id)
    assert [(t.layout.block, t.text) for t in turns] == [
        ("heading1", "Maya"),
        *(("heading2", "How was it?"), ("", "Long;\nvery long")),
        *(("heading2", "Grade"), ("", "4")),
        ("heading1", "Omar"),
        *(("heading2", "Grade"), ("", "5")),
    ]
    assert voices[turns[-1].speaker_id] == known.id  # type: ignore[index]
    assert [note for _, note in notes] == [
        "Columns taken over: ID (code), Alias (pseudonym), Group (segment), How was it?, Grade.",
        "Left out, for they tell who somebody is: Name (names).",
        "Columns that were not taken over: Timestamp.",
        "The copy in the study holds only the columns that were taken over.",
    ]


def test_columns_can_be_chosen(study: Study, tmp_path: Path) -> None:
    path = files.write(tmp_path, "survey.csv", SURVEY)
    columns = study.imports.survey_columns(path)
    assert columns
    assert chosen(columns) == SurveyColumns("ID", "Alias", "Group", ("How was it?", "Grade"))
    [source] = study.imports.take_in(
        [path], columns=SurveyColumns(pseudonym="Alias", answers=("How was it?",))
    )
    transcript = study.transcripts.of_source(source.id)
    assert transcript
    texts = [turn.text for turn in study.transcripts.turns(transcript.id)]
    assert texts == ["Maya", "How was it?", "Long;\nvery long"]
    with pytest.raises(UserError, match="no column “Mood”"):
        registry.read_document(path, SurveyColumns(answers=("Mood",)))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_parts_columns(tmp_path: Path, sign: str) -> None:
    rows = [["code", "Why?", "Why?"], ["P1", "it hurts", "so"], ["P2", "it is, well", ""]]
    text = "\n".join(sign.join(f'"{cell}"' for cell in row) for row in rows)
    table = import_csv.load(files.write(tmp_path, "a.csv", text))
    assert table.header == ("code", "Why?", "Why? (2)")
    assert [list(row) for row in table.rows] == rows[1:]


def test_a_table_of_turns_is_a_transcript(tmp_path: Path) -> None:
    text = "start,end,speaker,text\n0:00:01.5,0:00:02,Ann,And?\n2.5,3.75,Maya,No.\n4000,5000,,x\n"
    assert said(files.write(tmp_path, "a.csv", text)) == [
        (1_500, 2_000, "Ann", "And?"),
        (2_500, 3_750, "Maya", "No."),
        (4_000, 5_000, None, "x"),
    ]
