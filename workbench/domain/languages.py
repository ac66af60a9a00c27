"""The languages in which recordings can be recognised, and how they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from workbench.errors import UserError
from workbench.words import Phrase, t

NAMES: dict[str, Phrase] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bangla",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nl": "Dutch",
    "no": "Norwegian Bokmål",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""By their codes: those that are recognised."""

_WRITTEN: dict[str, Phrase] = {
    "zh-Hans": "Chinese, simplified",
    "zh-Hant": "Chinese, traditional",
}
CHOICES = sorted({*NAMES, *_WRITTEN})
"""Codes of all that can be chosen; that of Chinese alone leaves the script to the study."""

_FURTHER = (
    *("af", "am", "as", "az", "ba", "be", "bo", "br", "bs", "cy", "eu", "fo", "gl", "gu", "ha"),
    *("haw", "ht", "hy", "is", "jw", "ka", "kk", "km", "kn", "la", "lb", "ln", "lo", "mg", "mi"),
    *("mk", "ml", "mn", "mr", "ms", "mt", "my", "ne", "nn", "oc", "pa", "ps", "sa", "sd", "si"),
    *("sn", "so", "sq", "su", "sw", "te", "tg", "tk", "tl", "tt", "uz", "yi", "yo", "yue"),
)
"""Codes that the models know besides; whoever wants one names it on the command line."""

_ONLY = {
    "Hans": "们国这说时会来对为过后着没学发现点问见关开还让觉样经应该买卖东车钱进实电话网边听写读",
    "Hant": "們國這說時會來對為過後著沒學發現點問見關開還讓覺樣經應該買賣東車錢進實電話網邊聽寫讀",
}
"""Frequent letters that only one of the two scripts has, in the same order."""


def name_of(code: str) -> str:
    """Return the name of a language, "" for one that nobody can choose."""
    found = NAMES.get(code) or _WRITTEN.get(code)
    return t(found) if found else ""


def require(code: str) -> None:
    """Make sure that a recording can be heard in a language; "auto" finds it out.

    Raises:
        UserError: no model knows it.
    """
    if code not in ("auto", *CHOICES) and code not in _FURTHER:
        raise UserError(
            "language-unknown",
            "No recording can be recognised in the language “{language}”.",
            "Choose “auto”, or one of: {choices}.",
            language=code,
            choices=", ".join(CHOICES),
        )


def base_of(code: str) -> str:
    """Return the code of what is spoken, without the script it is written in."""
    return code.partition("-")[0]


def script_of(texts: Iterable[str]) -> str:
    """Return the script in which Chinese is written here: "Hans" unless "Hant" prevails."""
    counts = Counter(char for text in texts for char in text)
    found = {script: sum(counts[char] for char in only) for script, only in _ONLY.items()}
    return "Hant" if found["Hant"] > found["Hans"] else "Hans"


def written(code: str, script: str) -> str:
    """Return the code of a language with its script, where there is a choice.

    Args:
        code: as asked for or recognised.
        script: of the study.
    """
    return f"{code}-{script}" if code == "zh" else code
