"""A little of a long text, cut between words: what is left out shows as an ellipsis."""

from __future__ import annotations


def ending(text: str, letters: int) -> str:
    """Return the end of a text, about so many letters at most."""
    if len(text) <= letters:
        return text
    end = text[-letters:]
    return f"… {end.partition(' ')[2] or end}"  # where no spaces are written, anywhere


def beginning(text: str, letters: int) -> str:
    """Return the beginning of a text, about so many letters at most."""
    if len(text) <= letters:
        return text
    begin = text[:letters]
    return f"{begin.rpartition(' ')[0] or begin} …"


def around(text: str, start: int, end: int, letters: int) -> tuple[str, str]:
    """Return a little of what stands before and after a stretch of a text."""
    # Only as much is cut out as can be shown, and the letter that tells that more was there.
    before, after = text[max(0, start - letters - 1) : start], text[end : end + letters + 1]
    return ending(before, letters), beginning(after, letters)
