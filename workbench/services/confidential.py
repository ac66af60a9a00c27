"""The one room for confidentiality: what of a study may be shown to others, and why not.

Whatever leaves a study, and every view of what will leave, asks here. The rules are pure:
`domain/quoting.py` says whose words may be printed, `domain/speaking.py` whose they are,
`domain/protection.py` takes out names.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from workbench.domain.ids import ParticipantId
from workbench.domain.passage import Passage, Said
from workbench.domain.quoting import Silence
from workbench.domain.speaking import Part, Who, is_nameless
from workbench.services.casting import Cast, agreements
from workbench.services.desk import Desk
from workbench.services.protecting import protection

T = TypeVar("T")

SOMEBODY = "a participant"
"""Signs words of somebody whose name, as it was typed, may be a real one."""


class Confidential:
    """The answers for one study as it is now; built once for an export, a preview, a view."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._protect = protection(desk.tables)

    @cached_property
    def agreed(self) -> frozenset[ParticipantId]:
        """Return the people of the study who have agreed to be quoted."""
        return frozenset(key for key, why in agreements(self._desk).items() if why is None)

    @cached_property
    def _cast(self) -> Cast:
        return Cast(self._desk)

    def words(self, text: str) -> str:
        """Return free words without real names."""
        return self._protect.words(text)

    def of(self, value: T) -> T:
        """Return a value, whatever it holds, with all its free words without real names."""
        return self._protect.of(value)

    def silence(self, key: str) -> Silence | None:
        """Return why the words of a voice key may not be quoted; `None` = they may."""
        return self._cast[key].silence

    def spoken(self, key: str, text: str) -> str:
        """Return what others may read of the words of a voice key, or what stands instead."""
        return self._shown(self.silence(key), text)

    def said(self, passage: Said) -> str:
        """Return what others may read of a passage, or what stands instead."""
        return self._shown(passage.silence, passage.words)

    def passage(self, passage: Passage) -> Passage:
        """Return a passage as others may read it."""
        shown = replace(passage, speaker=self.signed(passage))
        why = passage.silence
        if why is not None and why.withholds:
            shown = replace(shown, observation=replace(shown.observation, words=why.instead))
        return self.of(shown)

    def signature(self, key: str) -> str:
        """Return what is written beside the words of a voice key."""
        return self._signed(self._cast[key].who)

    def signed(self, passage: Said) -> str:
        """Return what is written beside the words of a passage."""
        if passage.person is not None:
            return passage.person.pseudonym
        return self._signed(Who(passage.part, passage.speaker))

    def _shown(self, why: Silence | None, text: str) -> str:
        return why.instead if why is not None and why.withholds else self.words(text)

    def _signed(self, who: Who) -> str:
        if who.part in (Part.PERSON, Part.REMOVED):
            return who.name
        if who.part.is_open and not is_nameless(who.name):
            return SOMEBODY
        return self.words(who.name)
