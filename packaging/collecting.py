"""Finds the texts of the program in its source: literals that are declared to be a `Phrase`.

What is declared so is looked up in the source itself: arguments and fields that are annotated with
`Phrase`, the values of annotated tables, and what functions return. So a new function that takes a
text needs no line here. What cannot be collected, because it is put together where it stands, is
told as a fault, and so is a text whose braces nothing fills.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from string import Formatter

MARK = "Phrase"
_ITSELF = {"self", "cls"}
_WORD = re.compile(r"[a-z]{3,}")
_COUNTED = {"plural", "counted"}  # they fill {n} themselves


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the program.

    Attributes:
        one: the English text, which is also its key.
        many: the text for any number but one; "" where there is no number.
    """

    one: str
    many: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a translator would never see, or what would fail where it is shown."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Taker:
    """A function, or a class that is called, some arguments of which are texts.

    Attributes:
        places: annotation of each argument that can be given by its place.
        named: annotation of each argument by its name.
        fills: whether further arguments by name fill the texts.
    """

    places: tuple[ast.expr | None, ...]
    named: Mapping[str, ast.expr]
    fills: bool


@dataclass(slots=True)
class Takers:
    """All that takes texts, by name: in one file, and for those who import it.

    Attributes:
        constants: texts, and tables of them, that have a name in their file.
    """

    here: dict[tuple[Path, str], Taker] = field(default_factory=dict)
    known: dict[str, Taker] = field(default_factory=dict)
    constants: dict[tuple[Path, str], ast.expr] = field(default_factory=dict)

    def of(self, file: Path, called: ast.expr, around: list[ast.ClassDef]) -> Taker | None:
        """Return what is called, if it takes texts."""
        if isinstance(called, ast.Attribute) and _is_super(called):
            names = [_name(base) for base in around[-1].bases] if around else []
            return next((self.known[name] for name in names if name in self.known), None)
        name = _name(called)
        if name == "cls" and around:
            name = around[-1].name
        return self.here.get((file, name)) or (
            None if name.startswith("_") else self.known.get(name)
        )


def takers(trees: Mapping[Path, ast.Module]) -> Takers:
    """Read which functions and classes take texts."""
    found = Takers()
    declared = {file: list(_declared(tree)) for file, tree in trees.items()}
    classes = {
        node.name: (file, node)
        for file, nodes in declared.items()
        for node in nodes
        if isinstance(node, ast.ClassDef)
    }
    for file, tree in trees.items():
        for line in tree.body:
            if isinstance(line, ast.Assign):
                found.constants |= {(file, name): value for name, value in _named(line)}
            elif isinstance(line, ast.AnnAssign) and isinstance(line.value, ast.Dict):
                found.constants[file, _name(line.target)] = line.value
        for node in declared[file]:
            taker = (
                _of_class(node, classes) if isinstance(node, ast.ClassDef) else _of_function(node)
            )
            if taker is not None:
                found.here[file, node.name] = taker
                found.known.setdefault(node.name, taker)
    return found


def _declared(
    tree: ast.AST,
) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield all functions and classes; they are statements, so expressions are passed over."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case):
            yield from _declared(node)


def _named(line: ast.Assign) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a line gives to texts or to tables of them, and those."""
    for name in line.targets:
        pairs = [(name, line.value)]
        if isinstance(name, ast.Tuple) and isinstance(line.value, ast.Tuple):
            pairs = [*zip(name.elts, line.value.elts, strict=False)]
        for one, value in pairs:
            if isinstance(value, ast.Constant | ast.Dict):
                yield _name(one), value


def _of_function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Taker | None:
    by_place, by_name = node.args.posonlyargs, [*node.args.args, *node.args.kwonlyargs]
    places = [one.annotation for one in (*by_place, *node.args.args) if one.arg not in _ITSELF]
    named = {one.arg: one.annotation for one in by_name if one.annotation is not None}
    if not any(kind is not None and _marked(kind) for kind in (*places, *named.values())):
        return None
    values = node.args.kwarg  # options of any kind are handed on and fill nothing
    fills = values is not None and (values.annotation is None or _name(values.annotation) != "Any")
    return Taker(tuple(places), named, fills)


def _of_class(node: ast.ClassDef, classes: Mapping[str, tuple[Path, ast.ClassDef]]) -> Taker | None:
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "__init__":
            return _of_function(one)
    named: dict[str, ast.expr] = {}
    for base in node.bases:
        parent = _name(base.value if isinstance(base, ast.Subscript) else base)
        if parent in classes and parent != node.name:
            inherited = _of_class(classes[parent][1], classes)
            if inherited is not None and inherited.fills:
                return inherited
            named |= inherited.named if inherited else {}
    for one in node.body:
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            named[one.target.id] = one.annotation
    return (
        Taker(tuple(named.values()), named, fills=False)
        if any(map(_marked, named.values()))
        else None
    )


class Collector(ast.NodeVisitor):
    """Goes through a file.

    Args:
        file: where it lies.
        known: what takes texts.

    Attributes:
        texts: what was found, in order.
        faults: what cannot be collected or filled.
    """

    def __init__(self, file: Path, known: Takers) -> None:
        self._file, self._known = file, known
        self._around: list[ast.ClassDef] = []
        self.texts: list[Text] = []
        self.faults: list[Fault] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Go into a class, and remember whose `super` is called there."""
        self._around.append(node)
        self.generic_visit(node)
        self._around.pop()

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Collect a table, or what a field is as long as nobody says."""
        if node.value is not None and _marked(node.annotation):
            self._match(node.annotation, node.value)
        self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Collect what a function returns, and what its arguments are as long as nobody says."""
        if node.returns is not None and _marked(node.returns):
            for one in _within(node):
                if isinstance(one, ast.Return | ast.Yield) and one.value is not None:
                    self._match(node.returns, one.value)
        last = zip(reversed(node.args.args), reversed(node.args.defaults), strict=False)
        named = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
        for argument, default in chain(last, named):
            if argument.annotation and _marked(argument.annotation) and default is not None:
                self._match(argument.annotation, default)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Collect the texts that are handed to a function."""
        taker = self._known.of(self._file, node.func, self._around)
        if taker is not None:
            given = [*zip(node.args, taker.places, strict=False)]
            given += [(w.value, taker.named.get(w.arg or "")) for w in node.keywords]
            texts = [(value, kind) for value, kind in given if kind is not None and _marked(kind)]
            found = [one for value, kind in texts for one in self._texts(kind, _bare(value))]
            if _name(node.func) in _COUNTED:
                self.texts += [Text(*pair) for pair in zip(found[::2], found[1::2], strict=False)]
            else:
                self.texts += [Text(one) for one in found]
            if taker.fills:
                self._fill(node, taker, found, sure=all(_is_said(value) for value, _ in texts))
        self.generic_visit(node)

    def _match(self, kind: ast.expr, value: ast.expr) -> None:
        self.texts += [Text(one) for one in self._texts(kind, value)]

    def _texts(self, kind: ast.expr, value: ast.expr) -> Iterator[str]:
        """Yield the literals of a value at the places where its annotation has texts."""
        if _is_mark(kind):
            yield from self._literals(value)
        elif isinstance(kind, ast.BinOp):
            sides = [side for side in (kind.left, kind.right) if _marked(side)]
            for side in sides:
                yield from self._texts(side, value)
        elif isinstance(kind, ast.Subscript):
            inner = kind.slice.elts if isinstance(kind.slice, ast.Tuple) else [kind.slice]
            for one, part in _parts(inner, value):
                if _marked(one):
                    yield from self._texts(one, part)

    def _literals(self, value: ast.expr) -> Iterator[str]:
        named = (self._file, _name(value)) if isinstance(value, ast.Name) else None
        if isinstance(value, ast.Constant):
            if isinstance(value.value, str) and value.value.strip():
                yield value.value
        elif named in self._known.constants:
            yield from self._literals(self._known.constants[named])
        elif isinstance(value, ast.JoinedStr) or _is_filled(value):
            self._blame(value, "say it whole, with names in braces, and fill them in")
        elif isinstance(value, ast.BinOp):
            self._blame(value, "a text is one literal")
        else:
            for one in value.elts if isinstance(value, ast.Tuple) else _inside(value):
                yield from self._literals(one)

    def _fill(self, node: ast.Call, taker: Taker, texts: list[str], *, sure: bool) -> None:
        given = {word.arg for word in node.keywords}
        if None in given:
            return
        filled = {name for name in given if name} - set(taker.named)
        own = {"n"} if _name(node.func) in _COUNTED else set()
        wanted = set(chain.from_iterable(map(braces, texts)))
        if (missing := wanted - filled - own) and (filled or sure):
            self._blame(node, f"nothing fills {', '.join(sorted(missing))}")
        if sure and (idle := filled - wanted):
            self._blame(node, f"no text has {', '.join(sorted(idle))}")
        for word in node.keywords if sure else ():
            if word.arg in filled and any(map(_is_word, (word.value, *_inside(word.value)))):
                self._blame(node, f"{word.arg} is filled with a word that nobody translates")

    def _blame(self, node: ast.expr, what: str) -> None:
        self.faults.append(Fault(node.lineno, what))


def collected(
    trees: Mapping[Path, ast.Module],
) -> tuple[dict[Text, list[Path]], list[tuple[Path, Fault]]]:
    """Return the texts of the program and where they stand, and what could not be collected."""
    known = takers(trees)
    texts: dict[Text, list[Path]] = {}
    faults: list[tuple[Path, Fault]] = []
    for file, tree in trees.items():
        collector = Collector(file, known)
        collector.visit(tree)
        for text in collector.texts:
            places = texts.setdefault(text, [])
            if file not in places:
                places.append(file)
        faults += [(file, fault) for fault in collector.faults]
    return texts, faults


def parsed(root: Path, folders: Iterable[str]) -> dict[Path, ast.Module]:
    """Return the syntax trees of the program by the paths of its files below `root`."""
    return {
        file.relative_to(root): ast.parse(file.read_text("utf-8"), str(file))
        for folder in folders
        for file in sorted((root / folder).rglob("*.py"))
    }


def braces(text: str) -> set[str]:
    """Return the names in braces of a text; of `{one.two}`, one."""
    try:
        found = [name for _, name, _, _ in Formatter().parse(text) if name]
    except ValueError:  # a brace alone: a text without values
        return set()
    return {name.partition(".")[0].partition("[")[0] for name in found}


def _parts(inner: list[ast.expr], value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the annotation and the value of each part of a table."""
    if isinstance(value, ast.Dict) and len(inner) == 2:
        for key, one in zip(value.keys, value.values, strict=True):
            if key is not None:
                yield inner[0], key
            yield inner[1], one
    elif isinstance(value, ast.Tuple | ast.List | ast.Set):
        alike = len(inner) == 1 or (isinstance(inner[1], ast.Constant) and inner[1].value is ...)
        for number, one in enumerate(value.elts):
            if alike or number < len(inner):
                yield inner[0 if alike else number], one
    elif isinstance(value, ast.Call) and value.args:  # frozendict({...}), MappingProxyType({...})
        yield from _parts(inner, value.args[0])


def _within(node: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield what is in a function, without the functions in it."""
    waiting: list[ast.AST] = list(node.body)
    while waiting:
        one = waiting.pop()
        yield one
        if not isinstance(one, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(one)


def _inside(value: ast.expr) -> list[ast.expr]:
    """Return what a value may turn out to be."""
    match value:
        case ast.IfExp():
            return [value.body, value.orelse]
        case ast.BoolOp() | ast.Dict():
            return value.values
        case ast.Subscript(value=table):
            return [table]
        case ast.Call(func=ast.Attribute(attr="get", value=table), args=[_, *default]):
            return [table, *default]
        case _:
            return []


def _is_word(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and bool(_WORD.search(str(value.value)))


def _is_filled(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in {"format", "join"}


def _bare(value: ast.expr) -> ast.expr:
    """Return what stands behind a star: both texts of a number, as a table has them."""
    return value.value if isinstance(value, ast.Starred) else value


def _is_said(value: ast.expr) -> bool:
    """Tell whether a text stands here, so that all its braces are known."""
    if isinstance(value, ast.IfExp):
        return _is_said(value.body) and _is_said(value.orelse)
    return isinstance(value, ast.Constant)


def _is_super(called: ast.Attribute) -> bool:
    inner = called.value
    return (
        called.attr == "__init__" and isinstance(inner, ast.Call) and _name(inner.func) == "super"
    )


def _marked(kind: ast.expr) -> bool:
    return any(_is_mark(one) for one in ast.walk(kind))


def _is_mark(kind: ast.AST) -> bool:
    return isinstance(kind, ast.Name | ast.Attribute) and _name(kind) == MARK


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""
