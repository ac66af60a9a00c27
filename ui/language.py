"""The language of the window: our texts, and those of Qt, such as “Cancel” and “Copy”."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from workbench import paths, words


def speak(app: QCoreApplication, chosen: str) -> str:
    """Choose the language before anything is shown.

    Args:
        app: the program; it keeps what says Qt's own texts.
        chosen: what the person chose, "" for nothing.

    Returns:
        The language that is spoken.
    """
    spoken = words.speak(chosen, own=paths.locale_dir())
    if spoken != words.SOURCE:
        of_qt = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if of_qt.load(QLocale(spoken), "qtbase", "_", folder):
            app.installTranslator(of_qt)
    return spoken


def choices() -> list[tuple[str, str]]:
    """Return the name of each language that can be chosen, in itself, and its code."""
    codes = words.languages(paths.locale_dir())
    return [(QLocale(code).nativeLanguageName().capitalize() or code, code) for code in codes]


__all__ = ["choices", "speak"]
