"""What a person said goes out of what was typed again, in every script."""

from __future__ import annotations

import pytest

from workbench.domain.withdrawal import ERASED
from workbench.services.withdrawal.erased_text import ErasedText


@pytest.mark.parametrize(
    ("said", "typed", "left"),
    [
        ("I hid the router behind the old piano.", "So: HID the router, behind the – yes",
         f"So: {ERASED} – yes"),
        ("我把路由器藏在旧钢琴后面了。", "他说把路由器藏在旧钢琴后面，等", f"他说{ERASED}，等"),
        ("我把路由器藏在旧钢琴后面了。", "路由器藏在桌子下面", "路由器藏在桌子下面"),
        ("So José never asked me why", "jose never asked me why?", f"{ERASED}?"),
    ],
)  # fmt: skip
def test_words_typed_again_are_erased(said: str, typed: str, left: str) -> None:
    assert ErasedText([said]).written(typed) == left
