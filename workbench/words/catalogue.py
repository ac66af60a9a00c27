"""Which language is spoken, and the file that says each text in it.

The language is chosen once, when a program starts. Children of the program find it in their
environment, so that what they say comes in the same words. Nothing is imported and no file is read
as long as English is spoken.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

SOURCE = "en"
"""The language in which the texts stand in the source."""
VARIABLE = "WORKBENCH_LANGUAGE"
"""The environment's wish; the program sets it for its children."""
_DOMAIN = "workbench"


class Catalogue:
    """Says texts in one language.

    Attributes:
        language: code of the language, such as "de" or "pt_BR".
    """

    def __init__(self) -> None:
        self.language = SOURCE
        self._known: NullTranslations | None = None

    def speak(self, language: str, own: Path | None = None) -> str:
        """Change the language; one that there is no catalogue of leaves English.

        Args:
            language: its code.
            own: a folder that is looked into first.

        Returns:
            The language that is spoken from now on.
        """
        self.language, self._known = SOURCE, None
        if language != SOURCE and (file := _file(language, own)) is not None:
            from gettext import GNUTranslations

            try:
                with file.open("rb") as opened:
                    self._known = GNUTranslations(opened)
            except (OSError, ValueError, SyntaxError, UnicodeDecodeError):  # no catalogue of ours
                return self.language
            self.language = language
        return self.language

    def one(self, text: str) -> str:
        """Return a text in the language that is spoken."""
        # The empty text is the head of a catalogue.
        return self._known.gettext(text) if self._known is not None and text else text

    def some(self, number: int, one: str, many: str) -> str:
        """Return the form of a text that goes with a number."""
        if self._known is None:
            return one if number == 1 else many
        return self._known.ngettext(one, many, number)


CATALOGUE = Catalogue()
"""What this process speaks: people read one language at a time, wherever a text comes from."""


def speak(wanted: str = "", *, own: Path | None = None) -> str:
    """Choose the language of this process and of its children.

    Args:
        wanted: what the person chose; the environment's `WORKBENCH_LANGUAGE` goes before it.
        own: a folder with catalogues that go before those of the program, so that translators
            see what they write.

    Returns:
        The language that is spoken: English where there is no catalogue of the wanted one.
    """
    spoken = CATALOGUE.speak(os.environ.get(VARIABLE) or wanted or SOURCE, own)
    if spoken != SOURCE:
        os.environ[VARIABLE] = spoken
    return spoken


def language() -> str:
    """Return the code of the language that is spoken."""
    return CATALOGUE.language


def languages(own: Path | None = None) -> list[str]:
    """Return the languages that can be chosen, English first; `own` as for `speak`."""
    found = {file.parents[1].name for folder in _folders(own) for file in folder.glob(_path("*"))}
    return [SOURCE, *sorted(found - {SOURCE})]


def _file(code: str, own: Path | None) -> Path | None:
    if not code.replace("_", "").isalnum():  # it becomes the name of a folder
        return None
    files = (folder / _path(code) for folder in _folders(own))
    return next((file for file in files if file.is_file()), None)


def _path(code: str) -> str:
    return f"{code}/LC_MESSAGES/{_DOMAIN}.mo"


def _folders(own: Path | None) -> Iterator[Path]:
    import resources

    if own is not None:
        yield own
    yield resources.path("locale")
