"""Answers of a survey: a row is a person, a column says who it is or what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(
    r"(id|code|nr|no|number|case|key|(person|participant|respondent|customer|teilnehmer|proband)"
    r"([ _-]?(id|code|nr|no|number))?|response[ _-]?id)\.?",
    re.IGNORECASE,
)
_PSEUDONYM = re.compile(r"pseudonym|alias|nick ?name|called", re.IGNORECASE)
_SEGMENT = re.compile(
    r"segment|(customer |target )?group|customer type|persona|gruppe|zielgruppe|kundengruppe",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"(first|last|full|sur|real|family)?[ _-]?name|vorname|nachname|e-?mail( address)?|"
    r"(tele)?phone( number)?|mobile|telefon|ip([ _-]?address)?|(street |home )?address|adresse|"
    r"(date of )?birth(day| date)?|geburtsdatum",
    re.IGNORECASE,
)
_CLERICAL = re.compile(
    r"time ?stamp|zeitstempel|(start|end|submit|submission|completion|recorded|last action)"
    r"(ed)?[ _-]?(date|time)?|date( submitted)?|datum|duration.*|status|progress|finished|token|"
    r"seed|last page|user[ _-]?agent|referr?er|start ?language|language",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SurveyColumns:
    """Which columns of a table say what, by their names; "" = none does.

    Attributes:
        code: short code of the person.
        pseudonym: name to show.
        segment: group the person belongs to.
        answers: what was answered, in this order; the name is the question.
    """

    code: str = ""
    pseudonym: str = ""
    segment: str = ""
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A table as it stands in a file; every row is as long as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def guess(self) -> SurveyColumns:
        """Return what the names of the columns suggest.

        Names, addresses and other things that tell who a person really is are not proposed, nor
        is what the survey tool noted for itself.
        """
        code = self._named(_CODE, distinct=True)
        pseudonym, segment = self._named(_PSEUDONYM), self._named(_SEGMENT)
        answers = tuple(
            name
            for place, name in enumerate(self.header)
            if name not in {code, pseudonym, segment}
            and not _PRIVATE.fullmatch(name.strip())
            and not _CLERICAL.fullmatch(name.strip())
            and any(row[place] for row in self.rows)
        )
        return SurveyColumns(code, pseudonym, segment, answers)

    def _named(self, pattern: re.Pattern[str], *, distinct: bool = False) -> str:
        for place, name in enumerate(self.header):
            values = [row[place] for row in self.rows if row[place]]
            fits = pattern.fullmatch(name.strip()) and values
            if fits and (not distinct or len(set(values)) == len(values)):
                return name
        return ""
