"""Words for the same thing: whoever knows another program finds the command all the same."""

from __future__ import annotations

from collections.abc import Iterator

SYNONYMS = (
    ("transcript", "text", "words"),
    ("transcribe", "recognise", "recognize", "dictate", "speech to text", "whisper"),
    ("export", "save as", "word", "docx", "download"),
    ("table", "csv", "excel", "spreadsheet"),
    ("import", "add files", "upload", "load"),
    ("remove", "delete", "erase", "bin", "trash", "recycle"),
    ("restore", "bin", "undelete", "recover"),
    ("check", "repair", "verify", "integrity", "fix", "clean up", "damage", "validate"),
    ("undo", "revert", "take back", "step back"),
    ("redo", "repeat", "do again"),
    ("people", "person", "participant", "interviewee", "respondent", "informant"),
    ("code", "tag", "label", "node", "theme", "category"),
    ("codebook", "tags", "code system", "coding scheme"),
    ("observation", "quotation", "quote", "segment", "excerpt"),
    ("consent", "agreement", "permission", "release form", "gdpr", "ethics", "allowed"),
    ("withdraw", "erase", "forget", "delete", "gdpr", "revoke", "right to be forgotten"),
    ("key", "real names", "pseudonyms", "code list", "contact", "e-mail", "phone"),
    ("lock", "passphrase", "password", "encrypt", "encryption", "cipher", "protect", "secure"),
    ("memo", "note", "comment", "annotation"),
    ("voice", "speaker", "diarisation", "diarization"),
    ("theme", "dark mode", "light mode", "night", "appearance", "colours"),
    ("settings", "preferences", "options", "configuration"),
    ("shortcuts", "keys", "hotkeys", "keyboard"),
    ("guide", "help", "manual", "handbook", "how to"),
    ("search", "find", "look up"),
    ("history", "versions", "log", "changes"),
    ("journey", "map", "stages"),
    ("findings", "insights", "results"),
    ("models", "whisper", "speech model"),
    ("larger", "zoom in", "bigger"),
    ("smaller", "zoom out"),
    ("names", "anonymise", "anonymize", "pseudonyms", "redact", "real names"),
    ("quit", "exit", "close program"),
)
"""Groups of words; what the program calls it is among them."""
_FROM = 3  # fewer letters begin everything


def other_words(typed: str) -> Iterator[str]:
    """Return what else somebody could have typed, with one word of theirs said otherwise."""
    text = " ".join(typed.casefold().split())
    for group in SYNONYMS:
        for word in group:
            known = next((part for part in _parts(text) if word.startswith(part)), "")
            if known:
                yield from (text.replace(known, other, 1) for other in group if other != word)


def _parts(text: str) -> Iterator[str]:
    """Return the runs of whole words in a text, the longest first."""
    words = text.split()
    for length in range(len(words), 0, -1):
        for at in range(len(words) - length + 1):
            part = " ".join(words[at : at + length])
            if len(part) >= _FROM:
                yield part
