"""What the window can do with data, the command line can do: by ids, codes and names."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.programs import program, says
from tests.workbench.cli.conftest import Cli
from workbench.cli import main
from workbench.domain.change import Op
from workbench.domain.clock import utc_now
from workbench.domain.materials import Method
from workbench.domain.passage import Query
from workbench.study import Study

_WORDS = (
    "Interviewer: What happened with the date?\n"
    "Maya: Your activation is now the eleventh. I waited three weeks. I waited at home.\n"
)


@pytest.fixture(scope="module")
def study_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study made by commands, once: one person, one stage and an interview of two turns."""
    folder = tmp_path_factory.mktemp("nouns")
    path, text = folder / "Own.study", folder / "maya.txt"
    text.write_text(_WORDS, encoding="utf-8")
    for name, *rest in (
        ("new",),
        ("people", "add", "P01", "--pseudonym", "Maya"),
        ("stages", "add", "Waiting"),
        ("import", str(text), "--person", "P01"),
    ):
        assert main([name, str(path), *rest]) == 0
    return path


@pytest.fixture
def study(study_made: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return Path(shutil.copytree(study_made, tmp_path / study_made.name))


def test_a_study_is_made_from_nothing_by_commands_alone(cli: Cli, study: Path) -> None:
    observe = ("observe", study, "--source", "maya", "--coder", "Ines")
    made = cli(
        *observe, "--words", "Your activation is now the eleventh", "--code", "broken date",
        "--stage", "waiting", "--touchpoint", "E-mail", "--effectiveness", "-2", "--emotion=-1",
        "--had", "--promise", "broken", "--moment", "--set", "initiator=company", "--json",
    ).json()  # fmt: skip
    assert (made["stage"], made["codes"], made["touchpoint"]) == (
        "Waiting",
        ["broken date"],
        "E-mail",
    )
    assert (made["effectiveness"], made["ease"], made["emotion"]) == (-2, None, -1)
    assert (made["expectation"], made["promise"], made["moment_of_truth"]) == (
        "had",
        "broken",
        True,
    )
    assert made["initiator"] == "company"
    assert made["person"] == "Maya"
    claim = ("insight", study, "add", "--claim", "Dates break", "--for", made["id"])
    insight = cli(*claim, "--confidence", "high", "--json").json()
    assert [row["observation_id"] for row in insight["evidence"]] == [made["id"]]
    task = ("opportunity", study, "add", "--title", "Keep dates", "--insight", "dates break")
    opportunity = cli(*task, "--stage", "Waiting", "--severity", "5", "--json").json()
    assert opportunity["insight_id"] == insight["id"]
    note = cli("memo", study, "add", f"observation={made['id']}", "--text", "Strong", "--json")
    assert note.json()["subject_id"] == made["id"]
    memo = note.json()["id"]
    assert cli("memo", study, "set", memo[:8], "--text", "So", "--json").json()["id"] == memo
    [step] = [row for row in cli("history", study, "--json").json() if row["coder"]]
    assert (step["op"], step["coder"]) == ("place-observation", "Ines")
    assert cli("check", study).code == 0


def test_a_mistyped_segment_does_not_stay_for_ever(cli: Cli, study: Path) -> None:
    segments = ("segments", study)
    before = cli(*segments, "--json").json()
    assert cli(*segments, "add", "Yuong adults", "--persona", "Maya").code == 0
    cli("people", study, "set", "P01", "--segment", "Yuong adults")
    assert "Yuong adults  1 person\n" in cli(*segments).out
    named = cli(*segments, "set", "yuong adults", "--name", "Young adults", "--json").json()
    assert (named["name"], named["persona"], named["people"]) == ("Young adults", "Maya", 1)
    gone = cli(*segments, "remove", "Young adults", "--json").json()
    assert gone == {"removed": named["id"], "without_segment": 1}
    assert [row["name"] for row in cli(*segments, "--json").json()] == [
        row["name"] for row in before if row["name"] != "Young adults"
    ]
    assert "1 person\n" in cli("bin", study).out
    assert cli("undo", study).code == 0
    assert cli(*segments, "set", "", "--name", "x").refused()
    assert cli(*segments, "add", "young adults").refused()
    people = cli("people", study, "--json").json()
    assert people[0]["segment"] == "Young adults"


def test_people_are_added_changed_listed_and_put_into_the_bin(cli: Cli, study: Path) -> None:
    people = ("people", study)
    added = cli(
        *people, "add", "--pseudonym", "Daniel", "--segment", "Young adults",
        "--real-name", "Ernst Vogel", "--consent", "quotes=yes", "--note", "met twice", "--json",
    ).json()  # fmt: skip
    assert (added["code"], added["segment"], added["quotable"]) == ("P02", "Young adults", True)
    changed = cli(*people, "set", "daniel", "--pseudonym", "Dan", "--segment", "", "--json").json()
    assert (changed["id"], changed["pseudonym"], changed["segment"]) == (added["id"], "Dan", None)
    listed = cli(*people, "list", "--json")
    assert [row["code"] for row in listed.json()] == ["P01", "P02"]
    assert cli(*people, "--json").json() == listed.json()
    assert "Vogel" not in listed.out
    assert cli(*people, "remove", "P02", "--json").json() == {"removed": added["id"]}
    assert [row["code"] for row in cli(*people, "list", "--json").json()] == ["P01"]
    assert cli("undo", study).code == 0
    assert len(cli(*people, "list", "--json").json()) == 2


def test_sessions_keep_what_they_are_given(cli: Cli, study: Path) -> None:
    fields = ("--title", "Evening", "--date", "2026-09-12", "--place", "Town hall")
    asked = ("sessions", study, "add", "--method", "focus-group", *fields, "--person", "Maya")
    added = cli(*asked, "--json").json()
    assert (added["method"], added["people"]) == ("focus-group", ["P01"])
    changed = cli("sessions", study, "set", "evening", "--person", "", "--json").json()
    assert (changed["id"], changed["people"], changed["place"]) == (added["id"], [], "Town hall")
    assert cli("sessions", study, "remove", added["id"]).code == 0
    titles = [row["title"] for row in cli("sessions", study, "list", "--json").json()]
    assert titles == ["maya"]


def test_voices_are_listed_and_named(cli: Cli, study: Path) -> None:
    asked = ("speakers", study, "--source", "maya.txt", "--json")
    before = {row["label"]: row["turns"] for row in cli(*asked).json()}
    assert before == {"Interviewer": 1, "Maya": 1}
    named = cli(*asked, "--name", "Interviewer=Ines").json()
    assert {row["label"]: row["name"] for row in named}["Interviewer"] == "Ines"


def test_stages_are_renamed_moved_and_removed(cli: Cli, study: Path) -> None:
    stages = ("stages", study)
    assert cli(*stages, "add", "Choosing", "--need", "an overview").code == 0
    moved = cli(*stages, "set", "choosing", "--name", "Finding out", "--position", "1", "--json")
    assert moved.json()["need"] == "an overview"
    names = [row["name"] for row in cli(*stages, "list", "--json").json()]
    assert names == ["Finding out", "Waiting"]
    assert cli(*stages, "remove", "Waiting", "--json").json()["without_stage"] == 0


def test_an_observation_is_changed_and_put_into_the_bin(cli: Cli, study: Path) -> None:
    made = cli("observe", study, "--source", "maya", "--words", "three weeks", "--json").json()
    changed = cli(
        "observe", study, "--id", made["id"], "--code", "wait", "--ease", "1", "--words",
        "I waited three weeks", "--json",
    ).json()  # fmt: skip
    assert changed["id"] == made["id"]
    assert (changed["words"], changed["codes"], changed["ease"]) == (
        "I waited three weeks",
        ["wait"],
        1,
    )
    assert cli("observe", study, "--id", "I waited three weeks", "--remove").code == 0
    assert cli("show", study).json()["observations"] == []


def test_words_that_stand_twice_are_asked_for(cli: Cli, study: Path) -> None:
    asked = ("observe", study, "--source", "maya", "--words", "I waited")
    refused = cli(*asked)
    assert refused.refused()
    assert "2 times" in refused.err
    starts = {cli(*asked, "--occurrence", number, "--json").json()["start"] for number in (1, 2)}
    assert len(starts) == 2


_OBSERVE = ("observe", "{study}", "--source", "maya")
_WEEKS = (*_OBSERVE, "--words", "weeks")
_ADD = ("people", "{study}", "add", "--pseudonym", "X")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("peple", "{study}", "list"), "people"),
        (("transcribee", "{study}"), "transcribe"),
        (("journey", "{study}", "--method", "interviw"), "Did you mean “interview”?"),
        (("--verion",), "Did you mean “--version”?"),
        (("observe", "{study}", "--sorce", "maya", "--words", "weeks"), "Did you mean “--source”?"),
        (("people", "{study}", "set", "P1", "--note", "x"), "P01"),
        (("people", "{study}", "add", "--pseudonim", "x"), "--pseudonym"),
        (("sessions", "{study}", "set", "mayaa"), "maya"),
        ((*_OBSERVE, "--words", "activation was now"), "The nearest is “activation is now”."),
        (_OBSERVE, "--words"),
        (("observe", "{study}", "--id", "weeks", "--occurrence", "2"), "“--words”"),
        (("observe", "{study}", "--id", "weeks", "--remove", "--ease", "1"), "other options"),
        ((*_WEEKS, "--remove"), "“--id”"),
        ((*_WEEKS, "--stage", "Wait"), "Waiting"),
        ((*_WEEKS, "--ease", "3"), "−2 to +2"),
        ((*_WEEKS, "--ease", "x"), "whole number"),
        ((*_WEEKS, "--set", "comparater=x"), "comparator"),
        ((*_WEEKS, "--set", "initiator=me"), "customer"),
        ((*_ADD, "--consent", "quotes"), "USE=STATE"),
        ((*_ADD, "--consent", "quotes=perhaps"), "yes or no"),
        (("people", "{study}", "lst"), "“list”"),
        (("insight", "{study}", "add"), "claim"),
        (("opportunity", "{study}", "add", "--title", "T", "--severity", "6"), "1 to 5"),
        (("memo", "{study}", "add", "sesion=maya", "--text", "x"), "session"),
        (("visit", "{study}", "maya", "--arrived", "9:00"), "no mystery visit"),
        (("bin", "{study}", "--restore", "x"), "removed thing"),
        (("backups", "{study}", "--restore", "1"), "no backups"),
    ],
)
def test_what_is_mistyped_is_refused_with_what_is_nearest(
    cli: Cli, study: Path, command: tuple[str, ...], said: str
) -> None:
    before = cli("show", study).out
    refused = cli(*(part.format(study=study) for part in command))
    assert refused.refused()
    assert said in refused.err
    assert cli("show", study).out == before


def test_one_of_two_with_the_same_name_is_not_guessed(cli: Cli, study: Path) -> None:
    for _ in range(2):
        assert cli("sessions", study, "add", "--title", "Twice").code == 0
    refused = cli("sessions", study, "remove", "Twice")
    assert refused.refused()
    assert "more than one" in refused.err


def test_a_backup_is_the_way_back(cli: Cli, study: Path) -> None:
    assert cli("backups", study).out.startswith("There is no backup yet")
    cli("backups", study, "--make")
    before = cli("show", study).out
    cli("people", study, "add", "--pseudonym", "Late")
    assert cli("show", study).out != before
    [made] = cli("backups", study, "--json").json()
    assert made["number"] == 1
    done = cli("backups", study, "--restore", "1", "--json").json()
    assert cli("show", study).out == before
    assert cli("check", study).code == 0
    assert Path(done["kept"]).is_file()
    number = next(
        row["number"]
        for row in cli("backups", study, "--json").json()
        if row["file"] == done["kept"]
    )
    assert cli("backups", study, "--restore", number).code == 0
    assert "Late" in cli("show", study).out


def test_who_works_with_commands_alone_has_backups_too(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "a.study"
    with Study.create(folder, now=lambda: utc_now() - timedelta(days=1)) as study:
        study.codebook.add("Delay", definition="x" * 8_000_000)  # is copied in several parts
    assert cli("people", folder, "add", "--pseudonym", "Maya").code == 0
    [made] = cli("backups", folder, "--json").json()
    assert made["reason"] == "hourly"
    assert made["holds"]["codes"] == 1


@pytest.mark.parametrize("damage", [b"", b"not a database at all" * 100])
def test_a_damaged_study_comes_back_from_its_backup(cli: Cli, study: Path, damage: bytes) -> None:
    cli("backups", study, "--make")
    before = cli("show", study).out
    (study / "study.sqlite").write_bytes(damage)
    assert cli("show", study).code == 1
    assert cli("backups", study, "--restore", "1").code == 0
    assert cli("show", study).out == before


def test_a_damaged_backup_is_refused_and_the_study_stays(cli: Cli, study: Path) -> None:
    made = Path(cli("backups", study, "--make", "--json").json()["backup"])
    data = bytearray(made.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    made.write_bytes(data)
    before = cli("show", study).out
    assert cli("backups", study, "--restore", "1").refused()
    assert cli("show", study).out == before


def test_the_journey_prints_what_the_map_shows(cli: Cli, coded_study: Path) -> None:
    stages = {row["name"]: row for row in cli("journey", coded_study, "--json").json()["stages"]}
    assert round(stages["Waiting"]["had"], 2) == -1.86
    assert (stages["Living with it"]["n"], stages["Living with it"]["mean"]) == (2, None)
    with Study.open(coded_study, read_only=True) as study:
        [group] = [row for row in study.people.segments() if row.name.startswith("Renters")]
        query = Query(segment_id=group.id, method=Method.FOCUS_GROUP)
        wanted = [row["n"] for row in study.journeys.data(query)["stages"]]
    asked = ("journey", coded_study, "--segment", group.name, "--method", "focus-group", "--json")
    assert [row["n"] for row in cli(*asked).json()["stages"]] == wanted
    assert "Waiting  −1.9  n 3" in cli("journey", coded_study).out
    assert cli("journey", coded_study, "--method", "interviews").refused()


def test_a_visit_is_filled_by_the_keys_of_its_form(cli: Cli, own_study: Path) -> None:
    visit = ("visit", own_study, "Castle Street shop")
    before = cli(*visit, "--json").json()
    assert round(before["score"]) == 19
    key = next(key for key, value in before["answers"].items() if value is False)
    filled = cli(*visit, "--set", f"{key}=yes", "--arrived", "9.05", "--left", "9:40 am", "--json")
    after = filled.json()
    assert after["answers"] == before["answers"] | {key: True}
    assert after["minutes"] == 35
    assert after["score"] > before["score"]
    assert cli(*visit, "--arrived", "quarter past").refused()
    assert cli(*visit, "--json").json() == after


def test_what_was_removed_comes_back_by_its_name(cli: Cli, own_study: Path) -> None:
    before = cli("show", own_study).json()
    assert cli("people", own_study, "remove", "P01").code == 0
    assert cli("sessions", own_study, "remove", "Evening group").code == 0
    names = {row["kind"]: row["name"] for row in cli("bin", own_study, "--json").json()}
    assert names["session"] == "Evening group"
    restored = cli("bin", own_study, "--restore", names["person"], "--restore", "evening group")
    assert restored.code == 0
    assert cli("bin", own_study).out == "The bin is empty.\n"
    assert cli("show", own_study).json() == before


def test_numbers_of_evidence_stay_when_some_is_removed(cli: Cli, own_study: Path) -> None:
    before = cli("evidence", own_study, "--json").json()
    assert [row["number"] for row in before] == list(range(1, len(before) + 1))
    gone = before[3]["observation_id"]
    assert cli("observe", own_study, "--id", gone, "--remove").code == 0
    after = cli("evidence", own_study, "--json").json()
    assert {row["number"]: row["observation_id"] for row in after}.items() >= {
        row["number"]: row["observation_id"] for row in before
    }.items()
    assert {row["observation_id"]: row["state"] for row in after}[gone] == "removed"


def test_a_clash_with_a_real_name_is_said_once_when_it_is_typed(cli: Cli, study: Path) -> None:
    cli("people", study, "set", "P01", "--real-name", "Tom Young")
    for command in (
        ("people", study, "add", "P02", "--pseudonym", "Ruth", "--segment", "Young adults"),
        ("stages", study, "add", "When young"),
        ("people", study, "set", "P02", "--pseudonym", "Mr Young"),
    ):
        ran = cli(*command, "--json")
        assert ran.json()
        assert "has a word in common with the real name of P01" in ran.err
        assert "Tom" not in ran.err
    assert cli("people", study, "set", "P02", "--note", "x").err == ""


def test_one_thing_is_counted_as_one(cli: Cli, study: Path, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Only this.", "utf-8")
    refused = cli("import", study, tmp_path / "note.txt", tmp_path / "gone.txt")
    assert "The other one is in the study." in refused.err
    assert "1 turn, " in cli("speakers", study, "--source", "maya.txt").out
    words = ("--words", "Your activation is now the eleventh", "--stage", "Waiting")
    assert cli("observe", study, "--source", "maya.txt", *words, "--code", "late").code == 0
    assert "1 observation\n" in cli("stages", study).out
    assert "1 mention, 1 person" in cli("codebook", study).out
    assert "; 1 observation without a stage." in cli("stages", study, "remove", "Waiting").out


def test_one_bad_codebook_keeps_no_other_out(cli: Cli, study: Path, tmp_path: Path) -> None:
    """A circle fails in the middle of taking it in, a photo before."""
    (tmp_path / "one.csv").write_text("name\nfirst\n", "utf-8")
    (tmp_path / "circle.csv").write_text("name,parent\nA,B\nB,A\n", "utf-8")
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (tmp_path / "two.csv").write_text("name\nsecond\n", "utf-8")
    files = [tmp_path / f"{name}.csv" for name in ("one", "circle", "photo", "gone", "two")]
    before = [code["name"] for code in cli("codebook", study, "--json").json()]
    done = cli("codebook", study, "--import", *files, "--json")
    assert done.code == 1
    told = json.loads(done.out)
    assert told["new"] == 2
    assert [Path(one["file"]).stem for one in told["refused"]] == ["circle", "photo", "gone"]
    assert all(one["happened"] and one["todo"] for one in told["refused"])
    assert all(Path(one["file"]).name in one["happened"] for one in told["refused"])
    assert done.err.endswith("3 files were not imported.\nThe other 2 are in the study.\n")
    after = [code["name"] for code in cli("codebook", study, "--json").json()]
    assert after == [*before, "first", "second"]
    assert cli("undo", study).code == 0
    assert [code["name"] for code in cli("codebook", study, "--json").json()] == before


@pytest.mark.parametrize("word", ["nosuchthing.study", "shwo", "no such place/", "folder"])
def test_what_is_no_command_and_no_study_never_opens_the_window(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    refused = cli(word)
    assert refused.refused()
    assert "no command" in refused.err


def test_a_folder_named_as_a_command_does_not_hide_it(
    cli: Cli, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "people").mkdir()
    monkeypatch.chdir(tmp_path)
    assert [row["code"] for row in cli("people", study, "--json").json()] == ["P01"]


def test_the_list_of_insights_counts_as_card_and_report(cli: Cli, study: Path) -> None:
    said = ("Your activation is now the eleventh", "I waited three weeks", "I waited at home")
    ids = [
        cli("observe", study, "--source", "maya", "--words", words, "--json").json()["id"]
        for words in said
    ]
    sides = ("--for", ids[0], "--for", ids[1], "--against", ids[2])
    assert cli("insight", study, "add", "--claim", "Dates break", *sides).code == 0
    assert "(2 for, 1 against)" in cli("insight", study, "list").out
    assert cli("observe", study, "--id", ids[0], "--remove").code == 0
    assert "(1 for, 1 against, 1 removed)" in cli("insight", study, "list").out
    with Study.open(study) as opened, opened.step(Op.EDIT_INSIGHT):
        opened._desk.db.execute(
            "UPDATE evidence SET stance = 'sideways' WHERE observation_id = ?", [ids[1]]
        )
    assert "(0 for, 1 against, 1 removed)" in cli("insight", study, "list").out


def test_every_command_takes_the_names_people_use(cli: Cli, study: Path, tmp_path: Path) -> None:
    told = cli("search", study, "waited", "--person", "maya", "--stage", "waiting")
    assert (told.code, told.out) == (0, "Nothing found.\n")
    assert "three weeks" in cli("search", study, "waited", "--person", "Maya").out
    out = tmp_path / "maya.out.txt"
    export = ("export", study, "--format", "txt", "--out", out, "--source", "maya")
    assert cli(*export, "--working-copy").code == 0
    assert "three weeks" in out.read_text("utf-8")
    later = tmp_path / "later.txt"
    later.write_text(f"{_WORDS}Maya: Nobody rang.\n", encoding="utf-8")
    assert cli("import", study, later, "--replace", "maya").code == 0
    for command in (
        ("search", study, "waited", "--person", "Mya"),
        ("export", study, "--format", "txt", "--out", tmp_path / "o.txt", "--source", "mya"),
        ("import", study, later, "--replace", "mya"),
        ("import", study, later, "--person", "Mya"),
        ("transcribe", study, "--source", "mya"),
    ):
        refused = cli(*command)
        assert refused.refused(), command
        assert "aya”?" in refused.err, command


def test_a_backup_comes_back_where_the_database_is_gone(cli: Cli, study: Path) -> None:
    assert cli("backups", study, "--make").code == 0
    (study / "study.sqlite").unlink()
    told = cli("backups", study, "--restore", "1")
    assert told.code == 0
    assert "Nothing was there before" in told.out
    assert cli("stages", study).out.startswith("1  Waiting")


_OPEN = """
import sys
from datetime import timedelta
from pathlib import Path
from workbench.domain.clock import utc_now
from workbench.study import Study
study = Study.open(Path(sys.argv[1]))
study.codebook.add("typed just now")
print("open", flush=True)
sys.stdin.read()
"""


def test_a_study_is_copied_as_the_readme_says(cli: Cli, study: Path, tmp_path: Path) -> None:
    """Open: by the command; closed: as a folder, also over an older copy of it."""
    target = tmp_path / "Copy.study"
    with program(_OPEN, study) as child:
        assert says(child) == "open"
        assert cli("backups", study, "--copy-to", tmp_path / "Copy").code == 0
        assert cli("backups", study, "--copy-to", target).refused()
    assert "typed just now" in cli("codebook", target).out
    assert cli("check", target).code == 0
    assert cli("stages", study, "add", "later").code == 0
    shutil.copytree(study, target, dirs_exist_ok=True)
    assert "later" in cli("stages", target).out
    assert cli("check", target).code == 0


def test_the_lock_of_another_computer_is_taken_away_on_demand(cli: Cli, study: Path) -> None:
    text = '{"host": "laptop", "user": "ada", "pid": 7, "since": "2026-09-12T10:00"}'
    (study / "lock").write_text(text)
    refused = cli("stages", study, "add", "Moving in")
    assert refused.refused()
    assert "ada on laptop" in refused.err
    assert "workbench release" in refused.err
    assert (study / "lock").read_text() == text
    assert cli("release", study).code == 0
    assert cli("stages", study, "add", "Moving in").code == 0
    (study / "lock").write_text(text)
    assert cli("unlock", study).code == 0  # the same, where there is no passphrase
    assert not (study / "lock").exists()


def test_questions_of_a_visit_form(cli: Cli, study_of_note: Path) -> None:
    questions = ("questions", study_of_note)
    assert cli(*questions).out.startswith("No question yet")
    cli("sessions", study_of_note, "add", "--method", "mystery-visit", "--title", "Shop")
    cli("visit", study_of_note, "Shop", "--set", "listening=4")
    made = cli(*questions, "add", "Warm?", "--kind", "scale", "--range", "0–10", "--json").json()
    assert (made["key"], made["kind"], made["highest"]) == ("warm?", "scale", 10)
    changed = cli(
        *questions, "set", "warm?", "--ask", "Warm enough?", "--weight", "2", "--critical", "yes",
        "--position", "1", "--section", "Place",
    )  # fmt: skip
    assert changed.code == 0
    assert cli(*questions, "list").out.splitlines()[0] == (
        "warm?  Place  Warm enough?  scale  0–10  weight 2  critical"
    )
    for odd in (
        ("set", "listening", "--range", "1–3"),
        ("set", "listening", "--kind", "yes_no"),
        ("set", "listening", "--ask", " "),
        ("set", "listening", "--weight", "1_0"),
        ("set", "listening", "--range", "five"),
        ("set", "", "--unit", "min"),
        ("remove", "nothing"),
        ("list", "--form", "none"),
    ):
        assert cli(*questions, *odd).refused(), odd
    gone = cli(*questions, "remove", "listening", "--json").json()
    assert gone["answers"] == 1
    assert "Quality of listening" in cli("bin", study_of_note).out
    assert cli("bin", study_of_note, "--restore", "Quality of listening").code == 0
    assert cli("visit", study_of_note, "Shop", "--json").json()["answers"]["listening"] == 4
