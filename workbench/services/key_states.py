"""What to say of a key that cannot be read, and what waits until it can."""

from __future__ import annotations

from workbench.errors import EnvironmentProblem
from workbench.storage.key import Found, Key, State
from workbench.words import Phrase, Sentence, said

_SAID: dict[State, Phrase] = {
    State.MISSING: "The key with the real names of this study is not at “{path}” any more.",
    State.DAMAGED: "The key with the real names, “{path}”, is damaged and cannot be read.",
    State.FOREIGN: "“{path}” is the key of another study, so it was not read.",
    State.NEWER: "The key with the real names, “{path}”, was written by a newer Workbench.",
    State.UNREADABLE: "The key with the real names, “{path}”, cannot be read ({reason}).",
}
_MEANS: Phrase = (
    "Until it is found, real names are not known here: they are not taken out of words, and"
    " exports for others wait."
)
_DO: Phrase = (
    "Connect the disk on which it lies, or say where it is now: “Where is the key…” in the menu"
    " File, “workbench key STUDY find FILE”. If it is gone for good, begin a new one there."
)
_UPDATE: Phrase = "Update Workbench on this machine; the key was not touched."


def wrong(found: Found) -> Sentence:
    """Return what is wrong with a key; an empty sentence where nothing is."""
    return said(_SAID.get(found.state, ""), path=found.path, reason=found.reason)


def refusal(found: Found) -> EnvironmentProblem | None:
    """Return what to say of a key that is not as it should be; `None` where it is."""
    if found.state.protects:
        return None
    todo = _UPDATE if found.state is State.NEWER else _DO
    happened = said("{wrong} {means}", wrong=wrong(found), means=said(_MEANS))
    return EnvironmentProblem(f"key-{found.state}", happened, todo)


def require(key: Key) -> Found:
    """Return what the key holds: everybody whose real name there is.

    Raises:
        EnvironmentProblem: it cannot be read, so that nobody knows which names there are.
    """
    found = key.read()
    if (problem := refusal(found)) is not None:
        raise problem
    return found


__all__ = ["refusal", "require", "wrong"]
