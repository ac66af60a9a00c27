"""What a speech model is worth in a language: how many words of a hundred it gets wrong."""

from __future__ import annotations

from workbench.domain.languages import base_of, name_of
from workbench.words import t

SIZES = ("tiny", "base", "small", "medium", "large")
"""From the smallest to the largest; where a size has no figure here, it is worse than the next."""

SOURCE = (
    "Radford et al. 2022, “Robust Speech Recognition via Large-Scale Weak Supervision”, table 13"
)
"""Where the figures are from: word error rates on FLEURS, which is read aloud; people who talk
are understood less well. Those of base for French are from the card of distil-large-v3-fr (long
recordings). “large” is large-v2; large-v3 and turbo are as good or better in most languages."""

_WRONG: dict[str, dict[str, float]] = {
    "ar": {"large": 16.0},
    "bg": {"large": 14.6},
    "bn": {"small": 104.4},
    "ca": {"large": 7.3},
    "cs": {"large": 13.3},
    "da": {"large": 13.8},
    "de": {"tiny": 27.8, "base": 17.9, "small": 10.2, "medium": 6.5, "large": 4.5},
    "el": {"large": 12.5},
    "en": {"tiny": 12.4, "base": 8.9, "small": 6.1, "medium": 4.4, "large": 4.2},
    "es": {"tiny": 15.9, "base": 9.9, "small": 5.6, "medium": 3.6, "large": 3.0},
    "et": {"large": 21.9},
    "fa": {"large": 32.9},
    "fi": {"large": 9.7},
    "fr": {"tiny": 28.2, "base": 18.7, "small": 15.0, "large": 8.3},
    "he": {"large": 27.1},
    "hi": {"large": 21.5},
    "hr": {"large": 13.4},
    "hu": {"large": 17.0},
    "id": {"tiny": 51.7, "base": 33.1, "small": 16.3, "medium": 10.2, "large": 7.1},
    "it": {"large": 4.0},
    "ja": {"large": 5.3},
    "ko": {"small": 19.6, "large": 14.3},
    "lt": {"large": 28.1},
    "lv": {"large": 23.1},
    "nl": {"tiny": 49.0, "base": 33.0, "small": 16.4, "medium": 9.9, "large": 6.7},
    "no": {"large": 9.5},
    "pl": {"large": 5.4},
    "pt": {"large": 4.3},
    "ro": {"large": 14.4},
    "ru": {"tiny": 31.1, "base": 20.5, "small": 11.4, "large": 5.6},
    "sk": {"large": 11.7},
    "sl": {"large": 23.1},
    "sr": {"large": 33.9},
    "sv": {"large": 8.5},
    "ta": {"large": 17.5},
    "th": {"large": 11.5},
    "tr": {"large": 8.4},
    "uk": {"large": 8.6},
    "ur": {"large": 22.6},
    "vi": {"large": 10.3},
    "zh": {"small": 20.8, "large": 14.7},
}
_GOOD = 15.0  # of a hundred words; more mistakes are more work than writing anew saves
_SMALL = ("tiny", "base")


def size_of(model: str) -> str:
    """Return the size that a model's name tells, "" for a name that tells none."""
    name = model.rpartition(":")[2].lower()
    if "turbo" in name or "distil-large" in name:
        return "large"
    return next((size for size in SIZES if size in name), "")


def advice(model: str, language: str) -> str:
    """Return what to expect of a model in a language, "" where there is nothing to warn of.

    Args:
        model: its name.
        language: code of what is spoken.
    """
    code, size = base_of(language), size_of(model)
    figures = _WRONG.get(code, {})
    if not size or size == "large":
        return ""
    wrong, best, called = figures.get(size), figures.get("large"), name_of(code) or code
    if (wrong is not None and wrong < _GOOD) or (wrong is None and size not in _SMALL):
        return ""
    if wrong is None or best is None:
        return t(
            "A larger model than “{model}” is advised for {language}.", model=model, language=called
        )
    return t(
        "A larger model is advised for {language}: of 100 words that are read aloud, “{model}” gets"
        " about {n} wrong, the largest about {best}.",
        language=called,
        model=model,
        n=round(wrong),
        best=round(best),
    )
