"""What a file that calls itself a recording holds, judged by its first bytes and without FFmpeg.

A playlist is a short text that names other files, or places on a network, to be played in its
place. None is ever opened: not by the libraries that decode, not by the player of the window.
"""

from __future__ import annotations

from pathlib import Path

from workbench.vault import files

_HEAD = 4_096
_LISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]", b"[reference]", b"v=0")
_ANYWHERE = (b"<mpd", b"<asx", b"<smil", b"c=in ip")


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    with files.opened(path) as file:
        return file.read(_HEAD)


def is_text(head: bytes) -> bool:
    """Tell whether a file begins as a text, as playlists do, and no recording does."""
    small = head.lower()
    if small.lstrip().startswith(tuple(sign.lower() for sign in _LISTS)):
        return True
    return any(sign in small for sign in _ANYWHERE) or _is_printable(head)


def is_playable(path: Path) -> bool:
    """Tell whether a file may be given to a player: it is there, and names no other files."""
    try:
        return path.is_file() and not is_text(head_of(path))
    except OSError:
        return False


def _is_printable(head: bytes) -> bool:
    try:
        text = head.decode("utf-8", errors="strict" if len(head) < _HEAD else "ignore")
    except UnicodeDecodeError:
        return False
    odd = sum(not (char.isprintable() or char in "\r\n\t\ufeff") for char in text)
    return odd == 0 and len(text) > len(head) // 4
