"""What the command palette finds: commands, and the things of the open study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, utils

from ui.actions import WINDOW
from ui.context import AppContext
from ui.i18n import t
from ui.synonyms import other_words
from ui.views.command_palette import PaletteItem

if TYPE_CHECKING:
    from workbench.study import Study

_CUT = 62.0
_BEGINS = 96.0  # of what fits the start of a word
_MEANT = 68.0  # of what is called otherwise here
_HITS = 20
_MARKS = {2: None, 3: None}  # control characters round the found words
_FUZZY_FROM = 4  # fewer letters resemble everything
_TEXT_FROM = 3  # letters from which the full text is searched


@dataclass(frozen=True, slots=True)
class _Thing:
    """Something of the study that has a name and a place where it is shown."""

    kind: str
    id: str
    title: str
    detail: str
    icon: str


def fit(text: str, title: str) -> float:
    """Return how well typed letters fit a title, 0 to 100; a start of a word fits best."""
    typed, known = utils.default_process(text), utils.default_process(title)
    if not typed:
        return 50.0
    if any(known[at:].startswith(typed) for at in _word_starts(known)):
        return 96.0 + 4.0 * len(typed) / max(len(known), 1)
    if typed in known:
        return 85.0
    if len(typed) < _FUZZY_FROM:
        return 0.0
    return 0.95 * max(fuzz.WRatio(typed, known), fuzz.partial_token_set_ratio(typed, known) * 0.7)


def action_items(
    context: AppContext, text: str, run: Callable[[str], None]
) -> Iterator[PaletteItem]:
    """Find commands that can run now.

    Args:
        context: has the registry.
        text: what was typed; empty finds all.
        run: runs an action by its id.
    """
    context.actions.refresh()
    others = tuple(other_words(text))
    for action in context.actions.all():
        if action.context == WINDOW and not context.actions.qaction(action.id).isEnabled():
            continue
        if action.context != WINDOW and context.study is None:
            continue
        title = context.actions.title(action.id)
        score = max(fit(text, title), fit(text, f"{t(action.menu)} {title}") - 2)
        if score < _CUT and any(fit(other, title) >= _BEGINS for other in others):
            score = _MEANT
        if action.context != WINDOW and context.actions.in_front(action.id):
            score += 3
        if score >= _CUT or not text:
            yield PaletteItem(
                title=title,
                detail=t(action.menu).replace("/", " · "),
                keys=context.actions.shortcuts.shown(action.id),
                icon=action.icon or "chevron-right",
                score=score,
                run=lambda action_id=action.id: run(action_id),  # type: ignore[misc]
            )


def study_items(context: AppContext, text: str) -> Iterator[PaletteItem]:
    """Find people, materials, codes, stages and words of the open study.

    Args:
        context: has the study, and takes what Enter opens.
        text: what was typed; an empty text finds nothing.
    """
    if context.study is None or not text:
        return
    for thing in _things(context.study):
        score = fit(text, thing.title)
        if score >= _CUT:
            yield _opening(context, thing, score)
    if len(text) >= _TEXT_FROM:
        for rank, thing in enumerate(_said(context.study, text)):
            yield _opening(context, thing, 70.0 - rank * 0.1)


def _things(study: Study) -> Iterator[_Thing]:
    """Yield everything that has a name."""
    sessions = {session.id: session for session in study.materials.sessions()}
    for source in study.materials.sources():
        session = sessions.get(source.session_id)
        detail = session.title if session and session.title != source.title else t("Material")
        yield _Thing("source", source.id, source.title, detail, "file-text")
    for person in study.people.participants():
        yield _Thing("participant", person.id, person.pseudonym, person.code, "user")
    for code in study.codebook.codes():
        yield _Thing("code", code.id, code.name, t("Code"), "tag")
    for stage in study.journeys.stages():
        yield _Thing("stage", stage.id, stage.name, t("Stage"), "route")
    for touchpoint in study.journeys.touchpoints():
        yield _Thing("touchpoint", touchpoint.id, touchpoint.name, t("Touchpoint"), "map-pin")
    for insight in study.findings.insights():
        yield _Thing("insight", insight.id, insight.claim, t("Insight"), "lightbulb")


def _said(study: Study, text: str) -> Iterator[_Thing]:
    """Yield the places where the words were said or written."""
    for hit in study.search(text, _HITS):
        words = hit.snippet.translate(_MARKS)
        yield _Thing(hit.kind, hit.id, f"“{words}”", hit.title, "quote")


def _opening(context: AppContext, thing: _Thing, score: float) -> PaletteItem:
    return PaletteItem(
        title=thing.title,
        detail=thing.detail,
        keys="",
        icon=thing.icon,
        score=score,
        run=lambda: context.signals.open_requested.emit(thing.kind, thing.id),
    )


def _word_starts(text: str) -> Iterator[int]:
    yield 0
    yield from (at + 1 for at, letter in enumerate(text) if letter == " ")
