"""Which columns of a study can hold somebody's words or names, and which cannot.

Erasing goes by this list and by nothing else, so every column that holds text stands on it; a test
compares it with the schema. A table or column that is new has to say what it can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from workbench.domain import fields
from workbench.domain.fields import Sort


class Holds(Enum):
    """What can stand in a column."""

    SAID = auto()  # what people said, to the letter
    ANSWERED = auto()  # the same, somewhere in JSON
    WRITTEN = auto()  # what the researcher wrote or typed; may repeat words and names
    LISTED = auto()  # likewise
    PLAIN = auto()  # ids, times, members of an enumeration, what the program itself noted


_PICKED = (Sort.CHOICE, Sort.PLACE)
"""Fields of an observation that hold text which nobody types."""
_SAID = {
    "recognition": ("text",),
    "turn": ("text",),
    "observation": ("words",),
    "visit": ("narrative",),
}
_ANSWERED = {"visit_answer": ("value",)}
_WRITTEN = {
    "charter": ("title", "client", "purpose", "promise"),
    "segment": ("name", "persona"),
    "participant": ("code", "pseudonym", "note"),
    "name_decision": ("folded", "written", "instead"),
    "consent_entry": ("how",),
    "consent_form": ("original_name",),
    "session": ("title", "place", "note"),
    "source": ("title", "original_name"),
    "visit_form": ("name",),
    "form_item": ("section", "key", "ask", "unit"),
    "visit": ("shopper", "scenario", "arrived", "left_at"),
    "speaker": ("label", "name"),
    "job": ("reason",),
    "code": ("name", "definition", "include", "exclude", "example"),
    "journey": ("name",),
    "stage": ("name", "need", "outcome", "context"),
    "touchpoint": ("name", "channel", "owner"),
    "observation": tuple(field.name for field in fields.WRITTEN),
    "memo": ("text",),
    "insight": ("claim", "so_what"),
    "opportunity": ("title", "owner", "kpi"),
    "written_report": ("file",),
    "let_out": ("file",),
}
_LISTED = {
    "charter": ("values", "questions", "vocabulary"),
    "session": ("vocabulary",),
    "withdrawal": ("told",),  # titles and names of files, which may name who withdraws next
}
_PLAIN = {
    "charter": ("id",),
    "coder": ("id", "name"),  # who works on the study is none of its participants
    "segment": ("id",),
    "participant": ("id", "segment_id", "deleted_at"),
    "consent_entry": (
        *("id", "participant_id", "use", "state", "date", "until", "form_id", "source_id"),
        *("coder", "entered_at"),
    ),
    "consent_form": ("id", "file", "sha256", "added_at"),
    "name_decision": ("sort", "decision"),
    "session": ("id", "method", "date", "deleted_at"),
    "attendance": ("session_id", "participant_id", "role"),
    "source": (
        *("id", "session_id", "kind", "file", "sha256", "language", "imported_at"),
        "deleted_at",
    ),
    "visit_form": ("id",),
    "form_item": ("id", "form_id", "kind"),
    "visit": ("session_id", "form_id"),
    "visit_answer": ("session_id", "item_id"),
    "transcript": ("id", "source_id", "model", "language", "created_at", "replaced_at"),
    "speaker": ("id", "transcript_id", "participant_id"),
    "recognition": ("transcript_id", "words", "doubt"),
    "turn": ("id", "transcript_id", "speaker_id", "words", "doubt", "layout", "by_hand"),
    "job": ("id", "source_id", "transcript_id", "model", "language", "state", "created_at"),
    "code": ("id", "parent_id", "deleted_at", "example_id"),
    "journey": ("id", "track"),
    "stage": ("id", "journey_id", "counterpart_id"),
    "touchpoint": ("id",),
    "observation": (
        *("id", "source_id", "transcript_id", "first_turn_id", "last_turn_id", "placement"),
        *(field.name for field in (*fields.PLACES, *fields.FIELDS) if field.sort in _PICKED),
        *("coder_id", "created_at", "deleted_at"),
    ),
    "observation_code": ("observation_id", "code_id"),
    "memo": ("id", "subject", "subject_id", "coder_id", "created_at", "updated_at"),
    "insight": ("id", "confidence", "deleted_at"),
    "evidence": ("insight_id", "observation_id", "stance"),
    "opportunity": ("id", "kind", "horizon", "stage_id", "insight_id", "deleted_at"),
    "unheard": ("transcript_id",),
    "spoken": ("transcript_id", "language"),
    "evidence_number": ("observation_id", "given_at"),
    "written_report": ("id", "written_at", "sha256", "coder"),
    "citation": ("report_id", "content"),  # the checksum is too short to tell words from
    "let_out": ("id", "let_out_at", "coder"),
    "left_alone": ("key", "what", "decided_at", "coder"),  # nor do these keys tell any
    "withdrawal": ("id", "at", "code", "deed", "coder"),
    "step": ("op", "merge_key", "coder", "at", "state"),
}
_OF_KIND: Mapping[Holds, Mapping[str, tuple[str, ...]]] = {
    Holds.SAID: _SAID,
    Holds.ANSWERED: _ANSWERED,
    Holds.WRITTEN: _WRITTEN,
    Holds.LISTED: _LISTED,
    Holds.PLAIN: _PLAIN,
}
IMAGES = ("change", ("before", "after"))
"""Images of rows: they hold whatever their rows do, and are gone through column by column."""


def known() -> dict[tuple[str, str], Holds]:
    """Return what every column that holds text can hold, by table and column."""
    return {
        (table, column): kind
        for kind, tables in _OF_KIND.items()
        for table, columns in tables.items()
        for column in columns
    }


def free_words() -> dict[str, dict[str, Holds]]:
    """Return the columns that can hold words or names, by table."""
    found: dict[str, dict[str, Holds]] = {}
    for (table, column), kind in known().items():
        if kind is not Holds.PLAIN:
            found.setdefault(table, {})[column] = kind
    return found


__all__ = ["IMAGES", "Holds", "free_words", "known"]
