"""Texts that people read: written in English in the source, shown in the language that is spoken.

One catalogue serves the window, reports, errors and the command line. English needs none: what is
not translated is shown as it stands. `packaging/words.py` collects the texts; so
that it finds them, they stand there as literals.

A text that is shown at once passes `t` or `plural`. One that is declared and shown later is a
`Phrase`: whatever is declared to be one (a field, an argument, the values of a table, what a
function returns) is collected, and passes `t` where it is shown. One that is told now and shown
later, such as what an error says, is a `Sentence`: a template and values.
"""

from __future__ import annotations

from workbench.words.catalogue import SOURCE, VARIABLE, language, languages, speak
from workbench.words.sentence import N_, Phrase, Sentence, counted, plural, said, t

__all__ = [
    "N_",
    "SOURCE",
    "VARIABLE",
    "Phrase",
    "Sentence",
    "counted",
    "language",
    "languages",
    "plural",
    "said",
    "speak",
    "t",
]
