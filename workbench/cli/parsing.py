"""How commands are declared: with or without a study and verbs, changing something or not."""

from __future__ import annotations

import argparse
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from typing_extensions import override

from workbench.domain.naming import nearest
from workbench.errors import UserError
from workbench.words import N_, Phrase, Sentence, t

Run = Callable[[Namespace], None]
E = TypeVar("E", bound=StrEnum)
_UNKNOWN = re.compile(r"unrecognized arguments: (\S+)")
_NOT_TEXT = re.compile("[\0\ud800-\udfff]")  # a number of bytes that are no letters, too
_CHOICE = re.compile(r"invalid choice: '(.+?)' \(choose from (.+)\)|“(.+?)” is not one of (.+)")


_HEADINGS: dict[str, Phrase] = {
    "positional arguments": "positional arguments",
    "options": "options",
}
"""What stands above the parts of a help, by what `argparse` calls them."""
_OWN_HELP: dict[str, Phrase] = {
    "show this help message and exit": "show this help message and exit",
    "show program's version number and exit": "show program's version number and exit",
}


_TOLD: tuple[Phrase, ...] = (
    "unrecognized arguments: {what}",
    "the following arguments are required: {what}",
    "one of the arguments {what} is required",
    "argument {name}: expected one argument",
    "argument {name}: expected at least one argument",
    "argument {name}: not allowed with argument {other}",
    "argument {name}: ignored explicit argument {what}",
    "argument {name}: invalid choice: {what} (choose from {known})",
    "argument {name}: invalid {kind} value: {what}",
    "argument {name}: {what}",
)
"""What `argparse` says, the more exact first."""


def _told(message: str) -> Sentence:
    """Return what `argparse` says as a sentence that can be translated."""
    for text in _TOLD:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(text))
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return Sentence(text, found.groupdict())
    return Sentence(message)


class _Said(argparse.HelpFormatter):
    """Says the texts of a help in the language that is spoken, `argparse`'s own too."""

    @override
    def start_section(self, heading: str | None) -> None:
        super().start_section(t(_HEADINGS.get(heading or "", heading or "")))

    @override
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, t("usage:") + " " if prefix is None else prefix)

    @override
    def add_text(self, text: str | None) -> None:
        super().add_text(t(text) if text and text is not argparse.SUPPRESS else text)

    @override
    def _get_help_string(self, action: argparse.Action) -> str | None:
        said: Phrase = action.help or ""
        return t(_OWN_HELP.get(said, said))


class Parser(argparse.ArgumentParser):
    """Refuses as every command does: `argparse` would end with 2, which means our mistake."""

    def __init__(self, **options: Any) -> None:
        # What is typed in a script today must not mean something else with the next option.
        super().__init__(**options | {"allow_abbrev": False, "formatter_class": _Said})
        self._given: list[str] = []

    @override
    def add_argument(
        self,
        *names: str,
        help: Phrase | None = None,
        **options: Any,
    ) -> argparse.Action:
        """Add an argument; its help is said in the language that is spoken."""
        if help is not None:
            options["help"] = help
        return super().add_argument(*names, **options)

    @override
    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> Namespace:
        """Parse, and refuse what is no text: a study could not keep it, nor show it again."""
        found: Namespace = super().parse_args(args, namespace)
        for value in vars(found).values():
            for one in value if isinstance(value, list) else [value]:
                # The name of a file may be bytes of any kind, but it has no zero in it.
                bad = "\0" in str(one) if isinstance(one, Path) else _NOT_TEXT.search(str(one))
                if bad:
                    raise UserError(
                        "not-text",
                        "“{one}” has signs in it that are no letters.",
                        "Type it in UTF-8, without a zero byte.",
                        one=one,
                    )
        return found

    @override
    def parse_known_args(  # type: ignore[override]  # typeshed's overloads say the same
        self, args: Sequence[str] | None = None, namespace: Namespace | None = None
    ) -> tuple[Namespace, list[str]]:
        """Parse, and refuse what is left over here, where the options of the verb are known."""
        self._given = [*(sys.argv[1:] if args is None else args)]
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return found, rest

    @override
    def error(self, message: str) -> NoReturn:
        near = ""
        if "required" in message and (strange := self._strange()):
            message = f"unrecognized arguments: {strange}"  # rather than what it was meant to be
        if unknown := _UNKNOWN.search(message):
            near = nearest(unknown[1], self._option_string_actions)
        elif wrong := _CHOICE.search(message):
            said, known = wrong[1] or wrong[3], wrong[2] or wrong[4]
            near = nearest(said, [word.strip(" '") for word in known.split(",")])
        raise UserError(
            "usage",
            "{program}: {message}.",
            "Did you mean “{near}”? “{program} --help” says more."
            if near
            else "“{program} --help” says more.",
            program=self.prog,
            message=_told(message),
            near=near,
        )

    def _strange(self) -> str:
        """Return the first word that looks like an option and is none; "" if there is none."""
        known = {"--", *self._option_string_actions}
        said = (word.partition("=")[0] for word in self._given if word.startswith("--"))
        return next((one for one in said if one not in known), "")


class Verbs:
    """The verbs of a noun, as in `workbench people STUDY add`; without a verb it lists."""

    def __init__(self, noun: argparse.ArgumentParser, listing: Run) -> None:
        self._add = noun.add_subparsers(title=N_("what to do"), metavar="VERB").add_parser
        self.add("list", "what there is (default)", listing, changes=False)

    def add(
        self, name: str, about: Phrase, run: Run, *, changes: bool = True
    ) -> argparse.ArgumentParser:
        """Add a verb and return its parser."""
        verb = self._add(name, help=about, description=about)
        # What was said before the verb holds; a default here would overwrite it.
        _usual(verb, changes=changes, default=argparse.SUPPRESS)
        verb.set_defaults(run=run)
        return verb


def command(parser: argparse.ArgumentParser, run: Run, *, changes: bool) -> argparse.ArgumentParser:
    """Make a parser that of a command.

    Args:
        parser: fresh from `add_parser`.
        run: does it.
        changes: it writes to a study, and so takes `--coder`.
    """
    _usual(parser, changes=changes, default=None)
    parser.set_defaults(run=run)
    return parser


def on_study(
    parser: argparse.ArgumentParser, run: Run, *, changes: bool
) -> argparse.ArgumentParser:
    """Make a parser that of a command on a study, whose folder comes first."""
    parser.add_argument("path", type=Path, metavar="STUDY", help="folder of the study")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", default=None,
        help="of a locked study: the passphrase is the first line of this file",
    )  # fmt: skip
    return command(parser, run, changes=changes)


def choice(parser: argparse.ArgumentParser, option: str, kind: type[E], about: Phrase) -> None:
    """Add an option that takes a value of an enumeration."""
    about = t("{about}: {values}", about=t(about), values=", ".join(kind))
    parser.add_argument(option, type=_one_of(kind), metavar=option.strip("-").upper(), help=about)


def whole(said: str) -> int:
    """Read a whole number as people write one."""
    if not re.fullmatch(r"[-−]?[0-9]{1,9}", said.strip()):
        raise argparse.ArgumentTypeError(t("“{said}” is not a whole number", said=said))
    return int(said.replace("−", "-"))


def assignments(said: Iterable[str], what: str) -> dict[str, str]:
    """Read `NAME=VALUE` arguments.

    Raises:
        UserError: one has no equals sign.
    """
    found = {}
    for one in said:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise UserError(
                "usage",
                "“{one}” is not {what}.",
                "Write {what}, as in “name=value”.",
                one=one,
                what=what,
            )
        found[name.strip()] = value.strip()
    return found


def _one_of(kind: type[E]) -> Callable[[str], E]:
    def read(said: str) -> E:
        for value in kind:
            if said.strip().casefold() in {value.value, value.name.casefold()}:
                return value
        known = ", ".join(kind)
        raise argparse.ArgumentTypeError(
            t("“{said}” is not one of {known}", said=said, known=known)
        )

    return read


def _usual(parser: argparse.ArgumentParser, *, changes: bool, default: object) -> None:
    """Add the options that commands have in common."""
    suppressed = default is argparse.SUPPRESS
    parser.add_argument(
        "--json", action="store_true", help="print data as JSON",
        default=argparse.SUPPRESS if suppressed else False,
    )  # fmt: skip
    if changes:
        parser.add_argument(
            "--coder", metavar="NAME", default=default,
            help="who does it; default is the name in the settings",
        )  # fmt: skip
