"""What people type: times of day, spans, dates, numbers and minutes, in every usual form.

The one room that reads them and prints them. The window, the services, importing and the command
line all ask here, so that a value is understood alike wherever it comes from. What cannot be read,
or can be read in two ways, is refused with a sentence; nothing is guessed in silence.

Values are kept as plain text or numbers: a time of day is "09:05" or "21:40:10", a date is ISO
("2026-09-12", where a field allows it also "2026-09" or "2026"), and "" is none.
"""

from workbench.domain.typed.dates import date, show_date, stored_date
from workbench.domain.typed.numbers import (
    counts_minutes,
    minutes,
    number,
    plain_number,
    show_number,
)
from workbench.domain.typed.refusing import (
    Unreadable,
    refusal,
    shorten,
    unreadable_member,
)
from workbench.domain.typed.times import (
    arrival_and_departure,
    seconds_of_day,
    time_of_day,
    time_span,
)

__all__ = [
    "Unreadable", "arrival_and_departure", "counts_minutes", "date", "minutes", "number",
    "plain_number", "refusal", "seconds_of_day", "shorten", "show_date", "show_number",
    "stored_date", "time_of_day", "time_span", "unreadable_member",
]  # fmt: skip
