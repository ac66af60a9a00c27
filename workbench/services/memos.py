"""Memos: notes on any object of the study."""

from __future__ import annotations

from workbench.domain.change import Op
from workbench.domain.ids import MemoId, new_id
from workbench.domain.observation import Memo
from workbench.services.desk import Desk


class Memos:
    """The memos of one study; an object has at most one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rows = desk.tables.memo

    def all(self) -> list[Memo]:
        """Return all memos, newest first."""
        return self._rows.select(order="updated_at DESC, id")

    def of(self, subject: str, subject_id: str) -> Memo | None:
        """Return the memo on an object; `subject` is its table name, such as "observation"."""
        found = self._rows.select(subject=subject, subject_id=subject_id)
        return found[0] if found else None

    def write(
        self, subject: str, subject_id: str, text: str, *, origin: object = None
    ) -> Memo | None:
        """Write the memo on an object; an empty text removes it."""
        old = self.of(subject, subject_id)
        now = self._desk.stamp()
        key = f"{subject}/{subject_id}"
        with self._desk.step(Op.EDIT_MEMO, origin=origin, merge_key=key):
            if not text.strip():
                if old:
                    self._rows.remove(old.id)
                return None
            if old is None:
                return self._rows.add(
                    Memo(
                        MemoId(new_id()),
                        subject,
                        subject_id,
                        text,
                        created_at=now,
                        updated_at=now,
                    )
                )
            if old.text == text:
                return old
            return self._rows.change(old.id, text=text, updated_at=now)
