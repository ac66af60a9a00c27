"""Text out of bytes: which encoding it is, and whether it is text at all.

Positions in a study are code points of the text as stored, so it is brought into one form here
and never again: line ends become LF, a byte-order mark goes, letters stay as they were composed.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from pathlib import Path

from workbench.errors import EnvironmentProblem, UserError
from workbench.exchange.document import LARGEST, Losses, too_long
from workbench.words import Phrase, Sentence, said, t
from workbench.words.local import grouped

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN: tuple[tuple[bytes, Phrase], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word document, an e-book or another packed file"),
    (b"\xd0\xcf\x11\xe0", "a file of an old Office program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a recording or a picture"),
    (b"ID3", "a recording"),
    (b"OggS", "a recording"),
    (b"fLaC", "a recording"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# The small letters beyond ASCII of the languages that were written in one byte a letter. A text
# is in one language: read with the wrong encoding, its letters belong to no single alphabet.
# (General detectors mistake French for Central European on the lengths that field notes have.)
_ALPHABETS = (
    "àáâãäåæçèéêëìíîïñòóôõöøœùúûüßÿ",  # from Lisbon to Helsinki
    "áæðéíóöþúý",
    *("áčďéěíňóřšťúůýž", "ąćęłńóśźż", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "ăâîșțşţ"),
    *("çğıöşüâî", "ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    *("абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς",
)
_SIGNS = frozenset("“”„‚‘’‹›«»–—…•€£§°©®™¿¡·´\u00a0\u00ad")
# The first of equals wins.
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman", "cp850")
_CYRILLIC_OR_GREEK = ("cp1251", "koi8_r", "cp1253")
_NAMES: dict[str, Phrase] = {
    "cp850": "DOS",
    "cp1250": "Windows Central European",
    "cp1251": "Windows Cyrillic",
    "cp1252": "Windows Western European",
    "cp1253": "Windows Greek",
    "cp1254": "Windows Turkish",
    "cp1257": "Windows Baltic",
    "iso8859_2": "ISO Latin 2",
    "koi8_r": "KOI8 Cyrillic",
    "mac_roman": "Mac Roman",
}
_SAMPLE = 200_000


def read_text(path: Path, losses: Losses | None = None) -> str:
    """Return the text of a file whatever it was written with.

    Args:
        path: the file.
        losses: told when the encoding had to be guessed.

    Raises:
        UserError: the file is no text, or too long for a document.
        EnvironmentProblem: it cannot be read.
    """
    data = read_bytes(path)
    for start, kind in _KNOWN:
        if data.startswith(start):
            raise _not_text(path, said("by its content it is {kind}", kind=said(kind)))
    text, guessed = decode(data)
    if len(_CONTROL.findall(text, 0, _SAMPLE)) * 200 > min(len(text), _SAMPLE):
        raise _not_text(path, said("it holds data that no editor shows"))
    if "\0" in text:
        raise _not_text(path, said("it holds data that no editor shows"))
    if guessed and losses is not None:
        losses.say(
            t(
                "The file does not say how its letters are written; they were read as {encoding}."
                " Look whether letters such as “é” are right.",
                encoding=t(_NAMES.get(guessed, guessed)),
            )
        )
    return normal(text)


def read_bytes(path: Path, largest: int = LARGEST) -> bytes:
    """Return the bytes of a file that is not too large for a document.

    Raises:
        UserError: it is too large.
        EnvironmentProblem: it cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > largest:
            raise too_long(path, said("{mb} MB", mb=grouped(size / 1e6)), largest)
        return path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "cannot-read",
            "“{file}” cannot be read ({reason}).",
            "Check that you may read it and that its drive is connected.",
            file=path.name,
            reason=problem.strerror,
        ) from problem


def normal(text: str) -> str:
    """Return a text with LF alone as line end and without a byte-order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of bytes, and the encoding if it had to be guessed, else ""."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ""
    if wide := _wide(data):
        return data.decode(wide, errors="replace"), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        encoding = _guess(data)
        return data.decode(encoding, errors="replace"), encoding


def _wide(data: bytes) -> str:
    """Return UTF-16 where every second byte is nearly always zero, else ""."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd * 10 > half * 7 and even * 10 < half:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > half * 7 and odd * 10 < half else ""


def _guess(data: bytes) -> str:
    """Return the likeliest encoding of bytes that are not UTF-8."""
    sample = data[:_SAMPLE]
    beyond = bytes(byte for byte in sample if byte > 127)
    ascii_letters = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    # Latin words mix both kinds of letters, others have none of ASCII's.
    candidates = _LATIN if ascii_letters > len(beyond) else _CYRILLIC_OR_GREEK
    return max(candidates, key=lambda encoding: _likeness(beyond.decode(encoding, "replace")))


def _likeness(letters: str) -> float:
    """Return which share of letters beyond ASCII one language explains, 0.0…1.0."""
    counts = Counter(letters)
    counted = sum(number for letter, number in counts.items() if letter not in _SIGNS)
    # Capitals count half: with the wrong encoding small Cyrillic letters become large ones.
    explained = max(
        sum(counts[letter] + counts[letter.upper()] / 2 for letter in alphabet)
        for alphabet in _ALPHABETS
    )
    return explained / max(1, counted)


def _not_text(path: Path, why: Sentence) -> UserError:
    return UserError(
        "not-text",
        "“{file}” is not a text file: {why}.",
        "Check what it is and give it its own ending, such as .pdf, .docx or .wav.",
        file=path.name,
        why=why,
    )
