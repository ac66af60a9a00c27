"""Every export is looked through in its finished form, and waits where something is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import docx
import pytest

from tests.support.studies import Clock, agree, drafts, observe, person, recognised
from tests.workbench.domain.names.table import TABLE, Row
from workbench.domain.brief import ReportKind
from workbench.domain.change import Op
from workbench.domain.consent import State, Use
from workbench.domain.looking_out import Found, What
from workbench.domain.names.decisions import Decision
from workbench.domain.speaking import Part
from workbench.errors import UserError
from workbench.services.door import Waits
from workbench.services.lookout.letting_out import everything, just
from workbench.study import Study

SAID = "I hid the router behind the old piano upstairs"
TYPED = "Hid the router behind the old piano"
PHONE = "0664/1234567"
DAY = timedelta(days=1)
Leave = Callable[[Study, Path], Path]


@pytest.fixture(scope="module")
def two_made(tmp_path_factory: pytest.TempPathFactory, empty_study: Path) -> Path:
    """The study of `two`, made once and copied by every test."""
    folder = shutil.copytree(empty_study, tmp_path_factory.mktemp("two") / empty_study.name)
    with Study.open(folder, now=Clock()) as study:
        for name, real, words, quotes in (
            ("Maya", "Anna Berger", "The date moved twice.", True),
            ("Leo", "Karl Stein", f"{SAID}.", False),
        ):
            key = person(study, name, quotes=quotes)
            study.people.set_real_name(key, real)
            text = recognised(study, words, people=[key], title=f"Interview with {name}")
            observe(study, text.id, words[:-1])
    return folder


@pytest.fixture
def two(two_made: Path, tmp_path: Path, clock: Clock) -> Iterator[Study]:
    """A study with Maya, who may be quoted, and Leo, who may not."""
    folder = shutil.copytree(two_made, tmp_path / two_made.name)
    with Study.open(folder, now=clock) as study:
        yield study


def _report(study: Study, out: Path) -> Path:
    return study.reports.write(out)


def _brief(study: Study, out: Path) -> Path:
    return study.reports.write(out, kind=ReportKind.BRIEF)


def _picture(study: Study, out: Path) -> Path:
    stage = study.journeys.stages()[0]
    return study.exports.picture(
        out, lambda path: path.write_text(f"<svg><text>{stage.need}</text></svg>") and None
    )


def _codebook(study: Study, out: Path) -> Path:
    return study.codebook_files.write(out)


def _export(name: str, *, one: bool = False) -> Leave:
    def leave(study: Study, out: Path) -> Path:
        titles = {source.title: source.id for source in study.materials.sources()}
        others = (key for title, key in titles.items() if not title.startswith("Interview"))
        return study.exports.write(name, out, source_id=next(others) if one else None)

    return leave


LEAVES: dict[str, Leave] = {
    "report.docx": _report, "report.html": _report,
    "brief.docx": _brief, "brief.html": _brief, "map.svg": _picture, "codebook.csv": _codebook,
    "codes.csv": _export("codebook-csv"), "observations.csv": _export("csv"),
    "tables.xlsx": _export("xlsx"), "turns.csv": _export("csv", one=True),
    "all.docx": _export("docx"), "all.txt": _export("txt"),
    "one.vtt": _export("vtt", one=True), "one.srt": _export("srt", one=True),
    **{f"memos.{kind}": _export(f"memos-{kind}") for kind in ("docx", "md", "txt", "csv")},
}  # fmt: skip
SPOKEN = {"turns.csv", "one.vtt", "one.srt"}
"""Those that hold nothing but what was said."""


def _plant(study: Study, words: str, said: str = "Fine.") -> None:
    """Type words wherever one can type."""
    study.codebook.add("Hiding", definition=words)
    study.journeys.add_stage("Waiting", need=words)
    insight = study.findings.add_insight(words)
    study.findings.add_evidence(insight.id, study.passages.find()[0].id)
    study.findings.add_opportunity(words)
    study.memos.write("charter", study.charter.id, words)
    study.memos.write("observation", study.passages.find()[0].id, words)
    recognised(study, said, people=[study.people.participants()[0].id], title=words)


def _held(study: Study, leave: Leave, out: Path) -> list[Found]:
    """Return what holds a file back; it must not be there then."""
    with pytest.raises(Waits) as waits:
        leave(study, out)
    assert not out.exists()
    found = [one for one in waits.value.findings if isinstance(one, Found)]
    assert len(found) == len(waits.value.findings)
    return found


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that is empty."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.mark.parametrize("name", LEAVES)
def test_a_clean_study_leaves(name: str, two: Study, out: Path) -> None:
    _plant(two, "Nobody tells the date.")
    assert LEAVES[name](two, out / name).exists()


@pytest.mark.parametrize("name", LEAVES)
def test_words_that_were_typed_again_hold_a_file_back(name: str, two: Study, out: Path) -> None:
    _plant(two, f"As Leo told us: {TYPED}!")
    if name in SPOKEN:
        assert LEAVES[name](two, out / name).exists()
        return
    found = _held(two, LEAVES[name], out / name)
    assert {(one.what, one.text) for one in found} == {(What.WORDS, TYPED)}
    assert all(one.origin is not None for one in found)
    assert TYPED not in "".join(one.sentence for one in found)


@pytest.mark.parametrize("name", LEAVES)
def test_contact_data_holds_a_file_back(name: str, two: Study, out: Path) -> None:
    _plant(two, f"Call {PHONE} or ask.", said=f"Call {PHONE}, please.")
    found = _held(two, LEAVES[name], out / name)
    assert {(one.what, one.text, one.label) for one in found} == {
        (What.CONTACT, PHONE, "phone number")
    }
    assert PHONE not in "".join(one.sentence for one in found)


@pytest.mark.parametrize("name", LEAVES)
@pytest.mark.parametrize("called", ["karl stein – ", "Berger_Anna_", ".karl"])
def test_the_name_of_a_file_holds_it_back(called: str, name: str, two: Study, out: Path) -> None:
    _plant(two, "Nobody tells the date.")
    whole = f"{called}{name}"
    if called.startswith("."):  # a report goes by its ending, all else leaves under any
        kind, ending = Path(name).stem, Path(name).suffix
        whole = f"{kind}{called}{ending if kind in {'report', 'brief'} else ''}"
    found = _held(two, LEAVES[name], out / whole)
    assert {(one.what, one.place) for one in found} == {(What.NAME, "name of the file")}
    assert {one.label for one in found} <= {"real name of Maya", "real name of Leo"}


FIRST = {row.script: row for row in reversed(TABLE) if row.script != "any"}


@pytest.mark.parametrize("row", FIRST.values(), ids=FIRST)
def test_names_are_found_in_every_script(row: Row, two: Study, out: Path) -> None:
    two.people.set_real_name(two.people.participants()[0].id, row.name)
    two.journeys.add_stage("Waiting", need=row.spoken)  # the picture prints it as it is
    found = _held(two, _picture, out / "map.svg")
    assert {(one.what, one.label) for one in found} == {(What.NAME, "real name of Maya")}
    assert {one.origin.kind for one in found if one.origin} == {"stage"}


@pytest.mark.parametrize("what", ["stage", "touchpoint", "segment"])
def test_a_real_name_in_a_declared_name_is_found(what: str, two: Study, out: Path) -> None:
    name = "Desk of Mrs Berger"
    if what == "stage":
        two.journeys.change_stage(two.journeys.add_stage("Waiting").id, name=name)
    elif what == "touchpoint":
        two.journeys.add_touchpoint(name)
    else:
        maya = next(who for who in two.people.participants() if who.pseudonym == "Maya")
        two.people.change(maya.id, segment_id=two.people.add_segment(name).id)
    found = _held(two, _report, out / "report.docx")
    assert {(one.what, one.text) for one in found} == {(What.NAME, "Berger")}
    with two.letting_out.allowing(everything):
        assert _report(two, out / "report.docx").exists()


def test_letterheads_are_looked_through(two: Study, out: Path) -> None:
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Karl Stein"
    template.sections[0].footer.paragraphs[0].text = "office@example.org"
    template.save(str(out.parent / "letter.docx"))

    def leave(study: Study, path: Path) -> Path:
        return study.reports.write(path, template=out.parent / "letter.docx")

    found = _held(two, leave, out / "report.docx")
    assert {(one.what, one.place) for one in found} == {
        (What.NAME, "header, paragraph 2"), (What.CONTACT, "footer, paragraph 2"),
    }  # fmt: skip
    assert {one.origin for one in found} == {None}


@pytest.mark.parametrize("how", ["bin", "nobody", "typed"])
def test_words_of_people_in_the_bin_and_of_nobody_known_are_held_back(
    how: str, two: Study, out: Path
) -> None:
    said = "my landlord never knew that I kept three cats"
    key = person(two, "Nina")
    if how == "bin":
        recognised(two, said, people=[key])
        two.people.remove(key)
    else:
        text = recognised(two, said, people=[key, person(two, "Ole")])
        if how == "typed":
            two.arrivals.accept(text.id, drafts("so", speakers=["S1"], first=1, begin_ms=9000))
            [voice] = two.transcripts.speakers.of(text.id)
            two.speaking.name(voice.id, "Somebody Else")
            assert two.speaking.cast(text.id)[voice.id].part is Part.UNKNOWN
    two.codebook.add("Hiding", definition=f"e.g. {said}")
    [found] = _held(two, _codebook, out / "codes.csv")
    assert (found.what, found.place) == (What.WORDS, "row 2, column “definition”")
    assert found.origin is not None
    assert found.origin.kind == "code"


def test_what_somebody_who_agreed_has_said_as_well_is_no_secret(two: Study, out: Path) -> None:
    two.codebook.add("Hiding", definition=TYPED)
    assert _held(two, _codebook, out / "codes.csv")
    recognised(two, f"Well, {SAID}.", people=[two.people.participants()[0].id])
    assert _codebook(two, out / "codes.csv").exists()


def test_consent_opens_the_door(two: Study, out: Path) -> None:
    two.codebook.add("Hiding", definition=TYPED)
    assert _held(two, _codebook, out / "codes.csv")
    agree(two, two.people.participants()[1].id)
    assert _codebook(two, out / "codes.csv").exists()


@pytest.mark.parametrize("change", ["consent", "day", "name", "words", "elsewhere"])
def test_what_left_once_waits_when_the_study_has_changed(
    change: str, two: Study, clock: Clock, out: Path
) -> None:
    maya, leo = two.people.participants()
    definition, file = TYPED, out / "Yosef.csv"
    if change == "words":
        definition = "She never phones on a Monday"
    elif change == "day":
        two.ledger.set([leo.id], {Use.QUOTE: State.GIVEN}, until=f"{clock() + 2 * DAY:%Y-%m-%d}")
    else:
        agree(two, leo.id)
    two.codebook.add("Hiding", definition=definition)
    _codebook(two, file).unlink()
    match change:
        case "consent":
            agree(two, leo.id, quotes=False)
        case "day":
            clock.time += 9 * DAY
        case "name":
            two.people.set_real_name(maya.id, "Yosef Adler")
        case "words":
            recognised(two, f"{definition}.", people=[leo.id])
        case "elsewhere":
            with Study.open(two.folder, read_only=True) as other:
                assert _codebook(other, out / "other.csv").exists()
                agree(two, leo.id, quotes=False)
                assert _held(other, _codebook, out / "another.csv")
    assert _held(two, _codebook, file)


def test_a_working_copy_is_not_held_back(two: Study, out: Path) -> None:
    _plant(two, f"Karl Stein: {TYPED}, {PHONE}")
    assert two.exports.write("json", out / "Karl Stein.json").exists()
    assert two.exports.write("txt", out / "Karl Stein.txt", working_copy=True).exists()


def test_what_was_decided_is_kept_without_the_words(two: Study, out: Path) -> None:
    _plant(two, f"{TYPED}; {PHONE}")
    file = out / "about Karl Stein.csv"
    two._desk.coder = "Ada"
    found = _held(two, _codebook, file)
    with two.letting_out.allowing(just(found)):
        _codebook(two, file)
    [kept] = two.letting_out.all()
    assert (kept.file, kept.coder) == ("about […].csv", "Ada")
    assert (kept.names, kept.contacts, kept.words, kept.unread) == (1, 1, 1, 0)
    told = two.history()[0]
    assert two.chronicle.about(told) == (
        "about […].csv, with 1 name, 1 piece of contact data and 1 passage that may not be quoted"
    )
    assert two.undo_label != told.op.label  # what has left the program cannot be undone
    assert file.exists()


def test_what_came_since_waits_again(two: Study, out: Path) -> None:
    two.codebook.add("Hiding", definition=TYPED)
    found = _held(two, _codebook, out / "codes.csv")
    two.codebook.add("Calling", definition=PHONE)
    with two.letting_out.allowing(just(found)):
        assert len(_held(two, _codebook, out / "codes.csv")) == 2
    assert two.letting_out.all() == []
    assert _held(two, _codebook, out / "codes.csv")  # and later nothing is allowed any more


def test_what_may_always_leave_is_asked_about_once(two: Study, out: Path) -> None:
    two.codebook.add("Calling", definition=f"Hotline {PHONE}")
    found = _held(two, _codebook, out / "codes.csv")
    two.letting_out.leave_alone(found)
    assert _codebook(two, out / "codes.csv").exists()
    two.memos.write("charter", two.charter.id, f"So: {PHONE}.")
    assert two.exports.write("memos-md", out / "memos.md").exists()
    assert two.letting_out.all() == []
    two.memos.write("charter", two.charter.id, "0664/7654321")
    assert _held(two, _export("memos-md"), out / "more.md")
    while two.undo_label != Op.LEAVE_ALONE.label:
        two.undo()
    two.undo()
    assert _held(two, _codebook, out / "again.csv")


@pytest.mark.parametrize("decision", [Decision.REPLACE, Decision.NEVER])
def test_the_register_of_names_has_decided(decision: Decision, two: Study, out: Path) -> None:
    two.codebook.add("Calling", definition=f"Hotline {PHONE}")
    [found] = _held(two, _codebook, out / "codes.csv")
    two.names.decide("0664 1234567", decision, sort=found.sort)
    text = _codebook(two, out / "codes.csv").read_text("utf-8-sig")
    assert ("[phone number]" if decision is Decision.REPLACE else PHONE) in text


def test_nothing_is_let_out_that_cannot_be_kept(two: Study, out: Path) -> None:
    two.codebook.add("Calling", definition=PHONE)
    two.close()
    with (
        Study.open(two.folder, read_only=True) as study,
        study.letting_out.allowing(everything),
        pytest.raises(UserError, match="reading only"),
    ):
        _codebook(study, out / "codes.csv")
    assert list(out.iterdir()) == []


def test_a_part_that_cannot_be_read_waits_too(two: Study, out: Path) -> None:
    def paint(draft: Path) -> None:
        draft.write_bytes(b"\xff\xfe\0\0")

    [found] = _held(two, lambda study, path: study.exports.picture(path, paint), out / "map.bin")
    assert (found.what, found.sentence) == (
        What.UNREAD,
        "content: in a form that cannot be searched, so nobody could look into it.",
    )


@pytest.mark.parametrize("typed", ["My boss hits me", "my boss  hits me!"])
def test_few_words_are_told_where_they_name_something(typed: str, two: Study, out: Path) -> None:
    leo, maya = (one.id for one in reversed(two.people.participants()))
    recognised(two, "My boss hits me.", people=[leo], title="Talk")
    two.codebook.add("Hiding", definition=f"As when {typed}")
    assert _codebook(two, out / "codes.csv").exists()
    two.journeys.add_stage(typed)
    [one] = _held(two, _codebook, out / "more.csv")
    assert (one.what, one.text) == (What.WORDS, typed.rstrip("!"))
    recognised(two, "my boss hits me", people=[maya], title="Other talk")
    assert _codebook(two, out / "more.csv").exists()


def test_internet_addresses_are_contact_data(two: Study, out: Path) -> None:
    two.codebook.add("Pages", definition="See www.the-kiosk.example/me for it")
    [one] = _held(two, _codebook, out / "codes.csv")
    assert (one.text, one.label) == ("www.the-kiosk.example/me", "internet address")
    two.names.decide(one.text, Decision.REPLACE, sort=one.sort)
    written = _codebook(two, out / "codes.csv").read_text("utf-8-sig")
    assert "See [internet address] for it" in written


def test_names_in_networks_are_told_as_what_they_are(two: Study, out: Path) -> None:
    two.codebook.add("Pages", definition="See @zoltan.k89 for it")
    [one] = _held(two, _codebook, out / "codes.csv")
    assert (one.text, one.label) == ("@zoltan.k89", "name in a network")
    two.names.decide(one.text, Decision.REPLACE, sort=one.sort)
    assert "@zoltan" not in _codebook(two, out / "codes.csv").read_text("utf-8-sig")


def test_who_is_called_so_in_the_study_is_no_contact_data(two: Study, out: Path) -> None:
    two.codebook.add("Notes", definition="@Maya says it best; see @zoltan for more.")
    [found] = _held(two, _codebook, out / "codes.csv")
    assert found.text == "@zoltan"
    two.people.add(pseudonym="Zoltan")
    assert "@zoltan" in _codebook(two, out / "codes.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("form", ["memos-txt", "memos-md", "memos-docx", "memos-csv"])
def test_words_typed_in_short_lines_hold_a_file_back(form: str, two: Study, out: Path) -> None:
    typed = "Hid the\nrouter behind\nthe old pia-\nno upstairs"
    two.memos.write("charter", two.charter.id, f"He said:\n\n{typed}\n\nSo it was.")
    [found] = _held(two, _export(form), out / "memos.txt")
    assert (found.what, found.text.split()) == (What.WORDS, typed.split())


@pytest.mark.parametrize("leave", [_codebook, _report])
def test_words_typed_in_short_lines_are_shown_where_they_stand(
    leave: Leave, two: Study, out: Path
) -> None:
    typed = "Hid the\nrouter behind\nthe old piano"
    two.memos.write("charter", two.charter.id, "Hid the")
    two.codebook.add("Hiding", definition=f"As he said:\n{typed}")
    for found in _held(two, leave, out / "out.docx"):
        assert found.origin is not None
        assert (found.origin.kind, found.origin.name) == ("code", "Hiding")


def test_an_address_that_may_leave_hides_none_beside_it(two: Study, out: Path) -> None:
    two.codebook.add("Moving", definition="From 12 High Street to Hauptstraße 5")
    two.names.decide("Hauptstraße 5", Decision.NEVER)
    found = _held(two, _codebook, out / "codes.csv")
    assert {(one.what, one.text) for one in found} == {(What.CONTACT, "12 High Street")}
