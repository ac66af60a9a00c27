"""How languages are called and written, and what a model is worth in them."""

from __future__ import annotations

import pytest

from workbench.domain import languages, worth
from workbench.domain.ids import TranscriptId
from workbench.domain.spoken import Spoken, joined, others
from workbench.errors import UserError

TEXT = TranscriptId("t")


def test_the_script_is_that_of_the_study() -> None:
    assert languages.script_of(["客户为什么离开", "Northline"]) == "Hans"
    assert languages.script_of(["客戶為什麼離開", "我們問過"]) == "Hant"
    assert languages.script_of(["Moving home"]) == "Hans"
    assert languages.written("zh", "Hant") == "zh-Hant"
    assert languages.written("ja", "Hant") == "ja"
    assert languages.base_of("zh-Hans") == "zh"
    assert languages.name_of("zh-Hant") == "Chinese, traditional"


def test_a_language_that_no_model_knows_is_refused() -> None:
    for code in ("auto", "de", "cy", "zh-Hans"):
        languages.require(code)
    with pytest.raises(UserError, match="“klingon”"):
        languages.require("klingon")


@pytest.mark.parametrize(
    ("model", "language", "told"),
    [
        ("base", "fr", "19 wrong, the largest about 8"),
        ("base", "de", "18 wrong"),
        ("openai:tiny", "de", "28 wrong"),
        ("base", "zh-Hant", "“base” is advised for Chinese"),
        ("base", "it", "“base” is advised for Italian"),
        ("small", "nl", "16 wrong"),
        ("small", "it", ""),
        ("base", "en", ""),
        ("base", "es", ""),
        ("large-v3-turbo", "fr", ""),
        ("my-own", "fr", ""),
    ],
)
def test_a_larger_model_is_advised_where_it_matters(model: str, language: str, told: str) -> None:
    advice = worth.advice(model, language)
    assert told in advice
    assert bool(advice) == bool(told)


def test_languages_are_told_by_how_much_was_heard() -> None:
    heard = [
        Spoken(TEXT, 9_000, 12_000, "fr", 940),
        Spoken(TEXT, 0, 4_000, "de", 990),
        Spoken(TEXT, 4_000, 8_000, "en", 950),
        Spoken(TEXT, 8_000, 9_000, "en", 910),
    ]
    assert others(heard, "de") == ["en", "fr"]
    assert [(one.start_ms, one.end_ms, one.language, one.probability) for one in joined(heard)] == [
        (0, 4_000, "de", 990), (4_000, 9_000, "en", 910), (9_000, 12_000, "fr", 940),
    ]  # fmt: skip
