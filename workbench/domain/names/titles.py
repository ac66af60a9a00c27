"""Titles, which say that the next word is a name, in the languages people speak; folded."""

from __future__ import annotations

import re

TITLES = frozenset(
    """
    mr mrs ms mx mister missus dr doctor prof professor
    herr herrn frau fraulein doktor familie
    monsieur madame mademoiselle mme mlle
    senor senora senorita sr sra srta
    signor signora signorina sig dott dottoressa
    senhor senhora dona
    meneer mevrouw mijnheer dhr mevr mw
    pan pani pana panu panem panie
    fru froken herra rouva
    bay bayan hanim
    господин господина господину госпожа госпожи госпоже пан пани тетя дядя
    κυριος κυριε κυριου κυρια κυριας
    السيد السيده الاستاذ الاستاذه الدكتور الدكتوره الانسه
    מר גברת גב דר
    श्री श्रीमती डॉ
    """.split()  # noqa: SIM905  words to be read
)
_SHORT = frozenset("hr hrn fr fam".split())  # noqa: SIM905  words to be read
"""Titles with a point behind them only: “Hr. Berg”, but not “HR manager”."""
_BEFORE = re.compile(r"([^\W\d_]+(?:[-'][^\W\d_]+)*)(\.?)\s{1,3}$")
TOGETHER = (
    "先生|女士|小姐|太太|老师|老師|经理|經理|医生|醫生|主任|教授|师傅|師傅|大夫|阿姨|总|總|さん|ちゃん|くん|様|さま|氏|"
    "씨|님|선생|과장|부장|대리|사장|팀장|교수|차장"
)
"""What is written behind a name without a space."""
_BEHIND = re.compile(rf"\s?(?:{TOGETHER}|hanim\b|bey\b|ji\b|जी)")
_LOOK_BACK = 30  # letters


def has_title(plain: str, start: int, end: int) -> bool:
    """Tell whether a title stands before a stretch of a folded text, or behind it."""
    before = _BEFORE.search(plain[max(0, start - _LOOK_BACK) : start])
    if before and (before[1] in TITLES or (before[2] and before[1] in _SHORT)):
        return True
    return bool(_BEHIND.match(plain, end))
