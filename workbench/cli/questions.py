"""`workbench questions`: what the form of a mystery visit asks."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from workbench.cli import naming, output
from workbench.cli.doors import reading, writing
from workbench.cli.parsing import Verbs, choice, whole
from workbench.cli.settable import given, read
from workbench.domain.change import Op
from workbench.domain.naming import pick
from workbench.domain.visits import FormItem, ItemKind, read_range
from workbench.study import Study
from workbench.words import Phrase, plural, t


def add_to(parser: ArgumentParser) -> None:
    """Add the verbs of `questions`."""
    parser.add_argument("--form", default="", metavar="NAME", help="the form; default is the first")
    verbs = Verbs(parser, show)
    new = verbs.add("add", "add a question at the end", add)
    new.add_argument("ask", help="its words")
    _fields(new)
    changed = verbs.add("set", "change a question; its answers stay", change)
    changed.add_argument("question", help="key, words or id")
    changed.add_argument("--ask", metavar="T", help="other words")
    _fields(changed)
    gone = verbs.add("remove", "put a question with its answers into the bin", remove)
    gone.add_argument("question", help="key, words or id")


def show(asked: Namespace) -> None:
    """List the questions of a form."""
    with reading(asked) as study:
        form = naming.form(study, asked.form)
        items = study.visits.items(form.id) if form else []
        nothing: Phrase = "No question yet. “workbench visit” begins a form."
        output.listed(asked, items, map(_line, items), nothing)


def add(asked: Namespace) -> None:
    """Add a question."""
    with writing(asked) as study:
        with study.step(Op.EDIT_FORM):
            form = naming.form(study, asked.form) or study.visits.starter_form()
            made = study.visits.questions.add(form.id, asked.ask)
            made = _changed(study, made, asked)
        output.answer(asked, made, "Added “{ask}”, {key}.", ask=made.ask, key=made.key)


def change(asked: Namespace) -> None:
    """Change a question."""
    with writing(asked) as study:
        item = _question(study, asked)
        with study.step(Op.EDIT_FORM):
            if asked.ask is not None:
                study.visits.questions.change(item.id, ask=asked.ask)
            item = _changed(study, item, asked)
        output.answer(asked, item, "Changed “{ask}”.", ask=item.ask)


def remove(asked: Namespace) -> None:
    """Put a question with its answers into the bin."""
    with writing(asked) as study:
        item = _question(study, asked)
        answers = study.visits.questions.remove(item.id)
        output.answer(
            asked,
            {"removed": item.id, "answers": answers},
            plural(
                answers,
                "“{ask}” is in the bin, with {n} answer.",
                "“{ask}” is in the bin, with {n} answers.",
                ask=item.ask,
            )
            if answers
            else t("“{ask}” is in the bin.", ask=item.ask),
        )


def _fields(parser: ArgumentParser) -> None:
    choice(parser, "--kind", ItemKind, "how it is answered")
    parser.add_argument("--range", metavar="A–B", help="of a scale, as in 1–5")
    parser.add_argument("--unit", metavar="T", help="of a number")
    parser.add_argument("--section", metavar="T", help="heading it stands below")
    parser.add_argument("--weight", type=whole, metavar="N", help="in the score; 0 = not scored")
    parser.add_argument("--critical", metavar="yes|no", help="failing it takes its section to 0")
    parser.add_argument("--position", type=whole, metavar="N", help="place in the form, from 1")


def _changed(study: Study, item: FormItem, asked: Namespace) -> FormItem:
    values = given(kind=asked.kind, unit=asked.unit, section=asked.section, weight=asked.weight)
    if asked.range is not None:
        values["lowest"], values["highest"] = read_range(asked.range)
    if asked.critical is not None:
        values |= read(FormItem, {"critical": asked.critical}, ("critical",))
    if values:
        study.visits.questions.change(item.id, **values)
    if asked.position is not None:
        study.visits.questions.move(item.id, asked.position - 1)
    return next(one for one in study.visits.items(item.form_id) if one.id == item.id)


def _question(study: Study, asked: Namespace) -> FormItem:
    form = naming.form(study, asked.form)
    rows = {row.id: row for row in (study.visits.items(form.id) if form else [])}
    names = {key: (row.key, row.ask) for key, row in rows.items()}
    return rows[pick(asked.question, names, "question")]


def _line(item: FormItem) -> str:
    weight = t("weight {n}", n=item.weight) if item.weight else ""
    scale = f"{item.lowest}–{item.highest}" if item.kind is ItemKind.SCALE else item.unit
    critical = t("critical") if item.critical else ""
    parts = (item.key, item.section, item.ask, item.kind.value, scale, weight, critical)
    return "  ".join(filter(None, parts))
