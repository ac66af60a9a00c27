"""How figures are written: the same in the window, in a report and in a picture."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from workbench.words import plural, t
from workbench.words.local import decimal


def nearest(value: float, digits: int = 0) -> Decimal:
    """Return a number with so many digits behind the point; a half goes away from zero.

    Python rounds a half to the even neighbour, so that an index of 12.5 would be 12 and one of
    13.5 would be 14. Nine digits are kept before, since a mean is rarely exactly the half it is.
    """
    step = Decimal(1).scaleb(-digits)
    found = Decimal(f"{value:.9f}").quantize(step, ROUND_HALF_UP)
    return found or abs(found)  # there is no −0


def rounded(value: float, digits: int = 0) -> str:
    """Return what is `nearest` as the language that is spoken writes it."""
    return decimal(str(nearest(value, digits)))


def signed(value: float, digits: int = 1) -> str:
    """Return a rating with its sign and a true minus: “+0.4”, “−1.8”, “0.0”."""
    text = rounded(abs(value), digits)
    if not nearest(value, digits):
        return text
    return ("+" if value > 0 else "−") + text


def minutes(milliseconds: int, digits: int = 0) -> str:
    """Return a length in minutes; what is there is never 0: “12”, “0.9”, “< 1”."""
    if milliseconds and not nearest(milliseconds / 60_000, digits):
        return f"< {decimal(str(Decimal(1).scaleb(-digits)))}"
    return rounded(milliseconds / 60_000, digits)


def length_of(milliseconds: int) -> str:
    """Return a length as "2 min 9 s"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return t("{hours} h {minutes} min", hours=hours, minutes=minutes)
    if minutes:
        return t("{minutes} min {seconds} s", minutes=minutes, seconds=seconds)
    return plural(seconds, "{n} second", "{n} seconds")


def clock(milliseconds: int, *, wide: bool = False) -> str:
    """Return a time of a recording: “0:52”, “1:02:03”; wide, for columns and spans, “00:52”."""
    minutes, seconds = divmod(max(milliseconds, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes:02}:{seconds:02}" if wide else f"{minutes}:{seconds:02}"


def wide_clock(milliseconds: int | None) -> str:
    """Return a time in a recording, as wide as those below it; "" for none."""
    return "" if milliseconds is None else clock(milliseconds, wide=True)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 person", "3 people"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
