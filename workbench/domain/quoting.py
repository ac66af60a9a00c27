"""May these words be quoted? The one rule, and the sentences that say why not.

Words may be printed when everybody heard in them is known and has agreed. The researcher's own
words keep nobody else's from being printed, and are no evidence either: they are never quoted, yet
what is meant for others shows them where they stand (a question in a transcript).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from workbench.domain.consent import Standing, State, Use, answered
from workbench.domain.materials import Method
from workbench.domain.speaking import Part
from workbench.words import N_, Phrase, t

WORKING_COPY: Phrase = (
    "Working copy, not for others. It holds names and words of people who did not agree to be"
    " quoted."
)
"""The first line of what the researcher takes along for nobody else."""


class Silence(Enum):
    """Why the words of a voice, or of a passage, may not be printed."""

    NO_CONSENT = N_("no consent to quotes")
    WITHDRAWN = N_("the consent was withdrawn")
    NOT_ASKED = N_("consent to quotes was not asked for")
    ASKED = N_("consent to quotes was asked for, and not given yet")
    ENDED = N_("the consent to quotes has ended")
    GONE = N_("who spoke is no longer among the people of the study")
    TOGETHER = N_("not everybody who speaks here has agreed")
    NOTE = N_("a field note, which may repeat what somebody said")
    OWN = N_("the researcher speaks")
    UNKNOWN = N_("it is not known who spoke, so nobody can have agreed")

    @property
    def sentence(self) -> str:
        """Say it, as beside a number of evidence."""
        return t("Not quoted: {why}.", why=t(self.value))

    @property
    def instead(self) -> str:
        """Return what stands in the place of the words."""
        return t(_INSTEAD, why=t(self.value))

    @property
    def withholds(self) -> bool:
        """Tell whether somebody is heard who has not agreed; else only the researcher speaks."""
        return self not in (Silence.OWN, Silence.NOTE)

    @property
    def is_of_consent(self) -> bool:
        """Tell whether the person is known, and has not agreed."""
        return self in _STANDING

    @property
    def mark(self) -> str:
        """Return what stands beside the name of who is heard: “quotes: refused”."""
        return answered(Use.QUOTE, t(_STANDING[self])) if self in _STANDING else ""


_INSTEAD: Phrase = "[Not quoted: {why}]"
_SAID = {
    State.NOT_ASKED: Silence.NOT_ASKED,
    State.ASKED: Silence.ASKED,
    State.WITHDRAWN: Silence.WITHDRAWN,
}
_STANDING: dict[Silence, Phrase] = {
    Silence.NO_CONSENT: State.REFUSED.label,
    Silence.ENDED: "ended",
    **{silence: state.label for state, silence in _SAID.items()},
}


def is_instead(text: str) -> bool:
    """Tell whether a text stands in the place of words that are withheld."""
    before, _, _ = t(_INSTEAD, why="\0").partition("\0")
    return text.startswith(before)


def of_consent(quotes: Standing) -> Silence | None:
    """Return why a person may not be quoted, by what they said to it; `None` = they may."""
    if quotes.allows:
        return None
    return Silence.ENDED if quotes.ended else _SAID.get(quotes.state, Silence.NO_CONSENT)


def of_nobody(part: Part, method: Method) -> Silence | None:
    """Return why the words of somebody who is nobody of the study may not be quoted.

    Args:
        part: what the voice is to the study.
        method: of the session in which it is heard.
    """
    match part:
        case Part.SHOPPER:  # a shopper's own memo is field work, nobody's interview
            return None
        case Part.REMOVED:
            return Silence.GONE
        case Part.RESEARCHER:
            return Silence.NOTE if method is Method.FIELD_NOTE else Silence.OWN
    return Silence.UNKNOWN


def unheard(silence: Silence | None, clips: Standing | None) -> str:
    """Return why a voice may not be played to others; "" = it may.

    What is heard is quoted, too, so it takes both.

    Args:
        silence: why its words may not be printed.
        clips: what its person said to voice clips; `None` = it is nobody of the people.
    """
    if silence is not None and silence.withholds:
        return t(silence.value)
    return "" if clips is None or clips.allows else clips.sentence


def together(first: Silence | None, others: Iterable[Silence | None]) -> Silence | None:
    """Return why words of several voices may not be quoted.

    Args:
        first: why those of the voice that they begin with may not.
        others: why those of all who are heard in them may not.
    """
    if first is not None and first.withholds:
        return first
    if any(other is not None and other.withholds for other in others):
        return Silence.TOGETHER
    return first
