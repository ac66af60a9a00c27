"""What changed: the one currency of undo, audit and refresh."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal

from workbench.words import Phrase


class Op(StrEnum):
    """Every kind of step a study knows; the value is stored, the label is shown."""

    CREATE_STUDY = "create-study"
    EDIT_CHARTER = "edit-charter"
    EDIT_PEOPLE = "edit-people"
    EDIT_CONSENT = "edit-consent"
    REMOVE_PERSON = "remove-person"
    DECIDE_NAME = "decide-name"
    IMPORT_MATERIAL = "import-material"
    ADD_SESSION = "add-session"
    EDIT_SESSION = "edit-session"
    REMOVE_MATERIAL = "remove-material"
    EDIT_VISIT = "edit-visit"
    EDIT_FORM = "edit-form"
    ATTACH_TRANSCRIPT = "attach-transcript"
    REPLACE_SOURCE = "replace-source"
    START_TRANSCRIPT = "start-transcript"
    RECEIVE_TURNS = "receive-turns"
    RECEIVE_SPEAKERS = "receive-speakers"
    EDIT_TURN = "edit-turn"
    SPLIT_TURN = "split-turn"
    MERGE_TURNS = "merge-turns"
    RESTORE_TURN = "restore-turn"
    REPLACE_WORDS = "replace-words"
    NAME_SPEAKER = "name-speaker"
    ASSIGN_VOICE = "assign-voice"
    MERGE_VOICES = "merge-voices"
    SPLIT_VOICE = "split-voice"
    RECLUSTER_VOICES = "recluster-voices"
    RELEASE_TURNS = "release-turns"
    DISMISS_GAP = "dismiss-gap"
    EDIT_CODEBOOK = "edit-codebook"
    MERGE_CODES = "merge-codes"
    MOVE_CODES = "move-codes"
    SPLIT_CODE = "split-code"
    RECODE = "recode"
    IMPORT_CODEBOOK = "import-codebook"
    CODE_HITS = "code-hits"
    EDIT_JOURNEY = "edit-journey"
    PLACE_OBSERVATION = "place-observation"
    EDIT_OBSERVATION = "edit-observation"
    RESIZE_OBSERVATION = "resize-observation"
    REMOVE_OBSERVATION = "remove-observation"
    REANCHOR = "reanchor"
    EDIT_MEMO = "edit-memo"
    ADD_INSIGHT = "add-insight"
    EDIT_INSIGHT = "edit-insight"
    REMOVE_INSIGHT = "remove-insight"
    ADD_EVIDENCE = "add-evidence"
    REMOVE_EVIDENCE = "remove-evidence"
    ADD_OPPORTUNITY = "add-opportunity"
    EDIT_OPPORTUNITY = "edit-opportunity"
    REMOVE_OPPORTUNITY = "remove-opportunity"
    EDIT_JOB = "edit-job"
    RESTORE = "restore"
    NUMBER_EVIDENCE = "number-evidence"
    WRITE_REPORT = "write-report"
    LET_OUT = "let-out"
    LEAVE_ALONE = "leave-alone"
    LOAD_SAMPLE = "load-sample"
    MEND = "mend"
    WITHDRAW = "withdraw"

    @property
    def label(self) -> Phrase:
        """Return the words for menus and the history, after "Undo: "."""
        return _LABELS.get(self, str(self))  # of a damaged step, what is not readable

    @property
    def by_machine(self) -> bool:
        """Tell whether no person did the step; such steps are not undone."""
        return self in _BY_MACHINE

    @property
    def undoable(self) -> bool:
        """Tell whether people can undo the step.

        Not the machine's, not the study itself, not what has left the program, and not
        what was erased at a person's wish.
        """
        return not self.by_machine and self not in _FOR_EVER


_BY_MACHINE = frozenset(
    {
        *(Op.RECEIVE_TURNS, Op.RECEIVE_SPEAKERS, Op.START_TRANSCRIPT, Op.EDIT_JOB),
        Op.NUMBER_EVIDENCE,
    }
)
_FOR_EVER = frozenset({Op.CREATE_STUDY, Op.WRITE_REPORT, Op.LET_OUT, Op.WITHDRAW})
_LABELS = {
    Op.CREATE_STUDY: "Create study",
    Op.EDIT_CHARTER: "Edit charter",
    Op.EDIT_PEOPLE: "Edit people",
    Op.EDIT_CONSENT: "Edit consent",
    Op.REMOVE_PERSON: "Remove person",
    Op.DECIDE_NAME: "Decide about a name",
    Op.IMPORT_MATERIAL: "Import material",
    Op.ADD_SESSION: "Add session",
    Op.EDIT_SESSION: "Edit session",
    Op.REMOVE_MATERIAL: "Remove material",
    Op.EDIT_VISIT: "Edit visit",
    Op.EDIT_FORM: "Edit visit form",
    Op.ATTACH_TRANSCRIPT: "Attach transcript",
    Op.REPLACE_SOURCE: "Take in a new version",
    Op.START_TRANSCRIPT: "Start transcript",
    Op.RECEIVE_TURNS: "Recognise words",
    Op.RECEIVE_SPEAKERS: "Recognise speakers",
    Op.EDIT_TURN: "Edit text",
    Op.SPLIT_TURN: "Split turn",
    Op.MERGE_TURNS: "Merge turns",
    Op.RESTORE_TURN: "Restore what was recognised",
    Op.REPLACE_WORDS: "Replace words",
    Op.NAME_SPEAKER: "Name speaker",
    Op.ASSIGN_VOICE: "Assign to voice",
    Op.MERGE_VOICES: "Merge voices",
    Op.SPLIT_VOICE: "Make new voice",
    Op.RECLUSTER_VOICES: "Tell voices apart",
    Op.RELEASE_TURNS: "Release turns",
    Op.DISMISS_GAP: "Dismiss speech without words",
    Op.EDIT_CODEBOOK: "Edit codebook",
    Op.MERGE_CODES: "Merge codes",
    Op.MOVE_CODES: "Move codes",
    Op.SPLIT_CODE: "Split code",
    Op.RECODE: "Give another code",
    Op.IMPORT_CODEBOOK: "Import codebook",
    Op.CODE_HITS: "Code what was found",
    Op.EDIT_JOURNEY: "Edit journey",
    Op.PLACE_OBSERVATION: "Code passage",
    Op.EDIT_OBSERVATION: "Edit observation",
    Op.RESIZE_OBSERVATION: "Resize observation",
    Op.REMOVE_OBSERVATION: "Remove observation",
    Op.REANCHOR: "Place observations again",
    Op.EDIT_MEMO: "Edit memo",
    Op.ADD_INSIGHT: "Write insight",
    Op.EDIT_INSIGHT: "Edit insight",
    Op.REMOVE_INSIGHT: "Remove insight",
    Op.ADD_EVIDENCE: "Add evidence",
    Op.REMOVE_EVIDENCE: "Remove evidence",
    Op.ADD_OPPORTUNITY: "Add opportunity",
    Op.EDIT_OPPORTUNITY: "Edit opportunity",
    Op.REMOVE_OPPORTUNITY: "Remove opportunity",
    Op.EDIT_JOB: "Change queue",
    Op.RESTORE: "Restore from the bin",
    Op.NUMBER_EVIDENCE: "Number evidence",
    Op.WRITE_REPORT: "Write report",
    Op.LET_OUT: "Let out what was found",
    Op.LEAVE_ALONE: "Always let out what was found",
    Op.LOAD_SAMPLE: "Load sample study",
    Op.MEND: "Put right what was damaged",
    Op.WITHDRAW: "Withdraw a person",
}

ChangeKind = Literal["inserted", "updated", "deleted"]
TableName = Literal[
    "charter", "coder", "segment", "participant", "consent_entry", "consent_form", "name_decision",
    "session", "attendance", "source", "visit_form", "form_item", "visit", "visit_answer",
    "transcript", "speaker", "recognition", "unheard", "spoken", "turn", "job", "code", "journey",
    "stage", "touchpoint", "observation", "observation_code", "memo", "insight", "evidence",
    "opportunity", "evidence_number", "written_report", "citation", "withdrawal", "let_out",
    "left_alone", "key",
]  # fmt: skip
"""What can change in a study: its tables, and the key with the real names, which is none."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that changed; `key` are its primary key values in order."""

    table: str
    key: tuple[str, ...]
    kind: ChangeKind


@dataclass(frozen=True)
class ChangeSet:
    """All rows a step changed, told to every view.

    Many ask of what may be very many rows, so they are looked through once.

    Attributes:
        ops: what was done, step by step; one, unless sets were joined.
        origin: who did it, so that an editor can ignore its own echo; `None` for undo, redo and
            the machine.
        rows: the changes, one entry per row.
    """

    ops: tuple[Op, ...]
    origin: object
    rows: tuple[RowChange, ...]

    @property
    def by_machine(self) -> bool:
        """Tell whether no person did any of it."""
        return all(op.by_machine for op in self.ops)

    @property
    def tables(self) -> frozenset[str]:
        """Return the names of all tables that changed."""
        return frozenset(self._by_table)

    def touches(self, *tables: TableName) -> bool:
        """Tell whether any of these tables changed."""
        return any(table in self._by_table for table in tables)

    def ids(self, table: TableName, kind: ChangeKind | None = None) -> frozenset[str]:
        """Return the first key value of each changed row of a table.

        For `observation_code` and other link tables that is the id of the owning object.
        """
        kinds = self._by_table.get(table, {})
        wanted = kinds.values() if kind is None else [kinds.get(kind, set())]
        return frozenset().union(*wanted)

    @cached_property
    def _by_table(self) -> dict[str, dict[ChangeKind, set[str]]]:
        found: dict[str, dict[ChangeKind, set[str]]] = {}
        for row in self.rows:
            found.setdefault(row.table, {}).setdefault(row.kind, set()).add(row.key[0])
        return found


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the history.

    Attributes:
        state: "done", "undone", "sealed" (visible, no longer undoable), or "broken" (damaged in
            the file, passed over).
    """

    id: int
    op: Op
    coder: str
    at: str
    state: str
    rows: int
