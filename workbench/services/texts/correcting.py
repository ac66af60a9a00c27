"""Correct a transcript: edit, split and merge turns, restore what was recognised, find, replace.

Every correction takes the observations along on their words and the word times with theirs, and
is one step to undo.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.domain import turning
from workbench.domain.anchors import Edit, TextAnchor
from workbench.domain.change import Op
from workbench.domain.comparing import compare, edits
from workbench.domain.ids import TranscriptId, TurnId, new_id
from workbench.domain.transcript import ByHand, Turn, TurnDraft, Word
from workbench.domain.wording import edited
from workbench.errors import UserError
from workbench.services.coding.anchoring import Anchoring
from workbench.services.coding.memos import hand_over
from workbench.services.desk import Desk
from workbench.services.texts.transcripts import Transcripts
from workbench.storage import queries
from workbench.storage.rows import as_stored
from workbench.storage.tables import Recognition

_ROOM = 1024  # how many turns fit between two, once one of them has been split


@dataclass(frozen=True, slots=True)
class Found:
    """A place where words were found, in code points of a turn."""

    turn_id: TurnId
    transcript_id: TranscriptId
    start: int
    end: int


class Corrections:
    """What people do to the text of transcripts.

    Args:
        desk: where the study is kept.
        anchoring: moves the observations.
        transcripts: what is corrected.
    """

    def __init__(self, desk: Desk, anchoring: Anchoring, transcripts: Transcripts) -> None:
        self._desk = desk
        self._tables = desk.tables
        self._anchoring = anchoring
        self._transcripts = transcripts

    def edit(self, turn_id: TurnId, edit: Edit, *, typing: str = "", origin: object = None) -> Turn:
        """Change the text of a turn; observations stay on their words, word times on theirs.

        Args:
            turn_id: the turn.
            edit: what changes.
            typing: changes with the same key that follow each other without a pause are one step.
            origin: who asks.

        Raises:
            UserError: the edit lies outside the text.
        """
        turn = self._transcripts.turn(turn_id)
        if edit.position < 0 or edit.removed < 0 or edit.position + edit.removed > len(turn.text):
            raise UserError(
                "edit-outside", "The change lies outside the text.", "Reload the transcript."
            )
        edit = replace(edit, added=as_stored(edit.added))
        with self._desk.step(Op.EDIT_TURN, origin=origin, merge_key=typing):
            now = edited(turn, edit)
            changed = self._tables.turn.change(
                turn_id, text=now.text, words=now.words, layout=now.layout
            )
            self._anchoring.follow(turn_id, edit)
        return changed

    def split(
        self,
        turn_id: TurnId,
        offset: int,
        *,
        by_hand: ByHand = ByHand.BORDERS,
        origin: object = None,
    ) -> tuple[Turn, Turn]:
        """Cut a turn in two; words, times and observations go where their letters go.

        Args:
            turn_id: keeps the words before the cut.
            offset: where, in code points.
            by_hand: what this decides about both parts, unless more is decided already.
            origin: who asks.

        Raises:
            UserError: one side would have no words.
        """
        with self._desk.step(Op.SPLIT_TURN, origin=origin):
            ordinal = self._room_after(turn_id)
            turn = self._transcripts.turn(turn_id)
            whole = replace(turn, by_hand=turn.by_hand or by_hand)
            cut = turning.cut(whole, offset, tail_id=TurnId(new_id()), ordinal=ordinal)
            if cut is None:
                raise UserError(
                    "split-nowhere",
                    "There are no words on one side of the caret, so the turn stays whole.",
                    "Put the caret between two words and press Enter again.",
                )
            covering = self._anchoring.covering(turn_id)
            self._tables.turn.put(cut.head)
            self._tables.turn.add(cut.tail)

            def start_of(one: TurnId, point: int) -> tuple[TurnId, int]:
                return cut.start_of(point) if one == turn_id else (one, point)

            def end_of(one: TurnId, point: int) -> tuple[TurnId, int]:
                return cut.end_of(point) if one == turn_id else (one, point)

            self._anchoring.move(covering, start_of, end_of)
        return cut.head, cut.tail

    def merge(self, turn_id: TurnId, *, origin: object = None) -> Turn:
        """Join a turn to the one before it; the voice of that one says both.

        Returns:
            the joined turn: the one before, which keeps its identity.

        Raises:
            UserError: it is the first turn.
        """
        before = self._transcripts.before(turn_id)
        if before is None:
            raise UserError(
                "merge-first",
                "This is the first turn, so there is none to join it to.",
                "Choose a later turn.",
            )
        second = self._transcripts.turn(turn_id)
        with self._desk.step(Op.MERGE_TURNS, origin=origin):
            return self._merge(before, second, turning.joint_of(before, second))

    def cut_out(self, anchor: TextAnchor, added: str, *, origin: object = None) -> Turn:
        """Put words in the place of others, also of several turns, which then become one.

        Args:
            anchor: what goes.
            added: what comes; may be empty.
            origin: who asks.

        Returns:
            the turn in which the place is.
        """
        first = self._transcripts.turn(anchor.first_turn)
        last = self._transcripts.turn(anchor.last_turn)
        if first.id == last.id:
            edit = Edit(anchor.start, anchor.end - anchor.start, added)
            return self.edit(first.id, edit, origin=origin)
        with self._desk.step(Op.EDIT_TURN, origin=origin):
            here = self.edit(first.id, Edit(anchor.start, len(first.text) - anchor.start, added))
            self.edit(last.id, Edit(0, anchor.end, ""))
            while (following := queries.following(self._desk.db, first.id)) is not None:
                second = self._transcripts.turn(following)
                if second.id != last.id:
                    second = self.edit(second.id, Edit(0, len(second.text), ""))
                here = self._merge(here, second, "")
                if second.id == last.id:
                    break
        return here

    def part(self, anchor: TextAnchor, *, origin: object = None) -> tuple[Turn, ...]:
        """Take words away, also of several turns, and cut the turn there, in one step.

        Returns:
            both turns; the whole one where no words are left on one side.
        """
        with self._desk.step(Op.SPLIT_TURN, origin=origin):
            here = self.cut_out(anchor, "")
            if here.text[: anchor.start].strip() and here.text[anchor.start :].strip():
                return self.split(here.id, anchor.start)
            return (here,)

    # --- what was recognised

    def recognised(self, turn_id: TurnId) -> TurnDraft | None:
        """Return what the engine said in the time of a turn; `None` where there was no engine."""
        turn = self._transcripts.turn(turn_id)
        if turn.start_ms is None or turn.end_ms is None:
            return None
        said = self._tables.recognition.select(transcript_id=turn.transcript_id, order="ordinal")
        text, words = "", []
        for row in said:
            part = _within(row, turn.start_ms, turn.end_ms)
            if part is not None:
                start = len(text) + 1 if text else 0
                text = f"{text} {part[0]}" if text else part[0]
                words += [
                    replace(word, start=word.start + start, end=word.end + start)
                    for word in part[1]
                ]
        if not text:
            return None
        return TurnDraft(turn.ordinal, text, turn.start_ms, turn.end_ms, words=tuple(words))

    def restore(self, turn_id: TurnId, *, origin: object = None) -> Turn:
        """Put back what the engine said in the time of a turn; observations stay on their words.

        Raises:
            UserError: nothing was recognised there.
        """
        said = self.recognised(turn_id)
        if said is None:
            raise UserError(
                "nothing-recognised",
                "Nothing was recognised in the time of this turn, so there is nothing to restore.",
                "Undo brings back earlier words.",
            )
        with self._desk.step(Op.RESTORE_TURN, origin=origin):
            for edit in edits(compare(self._transcripts.turn(turn_id).text, said.text)):
                self.edit(turn_id, edit)
            return self._tables.turn.change(turn_id, words=said.words)

    def dismiss_unheard(
        self, transcript_id: TranscriptId, start_ms: int, *, origin: object = None
    ) -> None:
        """Say that there is nothing to write at a place where no word was recognised."""
        with self._desk.step(Op.DISMISS_GAP, origin=origin):
            self._tables.unheard.change(transcript_id, start_ms, dismissed=True)

    # --- find and replace

    def find(
        self,
        words: str,
        transcript_ids: Sequence[TranscriptId],
        *,
        match_case: bool = False,
        whole_words: bool = False,
    ) -> list[Found]:
        """Return every place where words stand in some transcripts, in order."""
        if not words:
            return []
        border = r"(?<!\w){}(?!\w)" if whole_words else "{}"
        pattern = re.compile(
            border.format(re.escape(words)), re.NOFLAG if match_case else re.IGNORECASE
        )
        return [
            Found(turn_id, transcript_id, hit.start(), hit.end())
            for turn_id, transcript_id, text in queries.texts(self._desk.db, transcript_ids)
            for hit in pattern.finditer(text)
        ]

    def replace(self, found: Iterable[Found], words: str, *, origin: object = None) -> int:
        """Put words in all the places found, in one step.

        Returns:
            how many places changed.
        """
        places = sorted(found, key=lambda place: (place.turn_id, -place.start))
        with self._desk.step(Op.REPLACE_WORDS, origin=origin):
            for place in places:
                self.edit(place.turn_id, Edit(place.start, place.end - place.start, words))
        return len(places)

    # --- inside

    def _merge(self, first: Turn, second: Turn, joint: str) -> Turn:
        """Join two neighbours in the open step."""
        by = len(first.text) + len(joint)
        covering = self._anchoring.covering(first.id, second.id)
        joined = self._tables.turn.put(turning.join(first, second, joint))
        self._tables.turn.remove(second.id)
        hand_over(self._desk, "turn", second.id, first.id)

        def moved(one: TurnId, point: int) -> tuple[TurnId, int]:
            return (first.id, point + by) if one == second.id else (one, point)

        self._anchoring.move(covering, moved, moved)
        return joined

    def _room_after(self, turn_id: TurnId) -> int:
        """Return a free place between a turn and the one after it.

        Only the first split of a transcript counts its turns anew, in larger steps, and one in
        ten where the same place is split on and on; the others are two rows, however long the
        transcript.
        """
        turn = self._transcripts.turn(turn_id)
        following = queries.following(self._desk.db, turn_id)
        if following is None:
            return turn.ordinal + _ROOM
        gap = self._transcripts.turn(following).ordinal - turn.ordinal
        if gap > 1:
            return turn.ordinal + gap // 2
        queries.spread(self._desk.db, turn.transcript_id, _ROOM)
        return self._transcripts.turn(turn_id).ordinal + _ROOM // 2


def _within(row: Recognition, start_ms: int, end_ms: int) -> tuple[str, Sequence[Word]] | None:
    """Return what of a recognised turn was said in a time; `None` when nothing was."""
    if row.start_ms is None or row.end_ms is None:
        return None
    if not row.words:
        inside = start_ms <= (row.start_ms + row.end_ms) // 2 < end_ms
        return (row.text, ()) if inside else None
    words = [word for word in row.words if start_ms <= (word.start_ms + word.end_ms) // 2 < end_ms]
    if not words:
        return None
    if len(words) == len(row.words):
        return row.text, row.words
    begin = words[0].start
    moved = (replace(word, start=word.start - begin, end=word.end - begin) for word in words)
    return row.text[begin : words[-1].end], tuple(moved)
