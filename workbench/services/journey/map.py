"""The journey map as plain values, built once for everybody who shows it.

The window, the Word report, PNG, SVG and `workbench journey --json` paint what stands here and
decide nothing: which figure, from whom, whether a mean may be shown, who may be quoted. What a lane
of the map says of a stage is in `journey/lanes.py`; `Journeys.data` gives the values as plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from workbench.analysis.divergence import Divergence, divergence
from workbench.analysis.experience import Experience, Score
from workbench.analysis.gaps import Gap, gap
from workbench.analysis.pairs import Pair, pairs
from workbench.analysis.ratings import has_rating, is_shopper, moments, stands_for, told
from workbench.analysis.telling import by_strength
from workbench.domain.ids import StageId
from workbench.domain.journey import Stage, Touchpoint
from workbench.domain.materials import Method, Session
from workbench.domain.passage import Query, Said, Tally, tally
from workbench.words import Phrase, t

NO_STAGE: Phrase = "No stage yet"


@dataclass(frozen=True, slots=True)
class Column:
    """What the passages of one stage say.

    Attributes:
        stage: the stage; `None` gathers what has none yet.
        passages: all that was said of it, in the order of the material.
        visits: the figures and quotes are of shoppers, each visit one voice, not of people.
        had: the experience they had, with n and range for each dimension.
        expected: the experience they expected.
        gap: had minus expected, from people who rated both; `None` without such a person.
        pairs: what each voice expected and had; those who told both first.
        quotes: passages of those who may be quoted, the telling ones first.
        steps: the company's steps that serve the stage, with their place in its track;
            `None` without a track.
        cleaned: takes real names out of words.
    """

    stage: Stage | None
    passages: tuple[Said, ...]
    visits: bool
    had: Experience
    expected: Experience
    gap: Gap | None
    pairs: tuple[Pair, ...]
    quotes: tuple[Said, ...]
    steps: tuple[tuple[int, Stage], ...] | None
    cleaned: Callable[[str], str] = field(compare=False)

    @property
    def name(self) -> str:
        """Return the name at its head."""
        return self.stage.name if self.stage else t(NO_STAGE)

    @property
    def tally(self) -> Tally:
        """Return how much stands behind it."""
        return tally(self.passages)

    @property
    def methods(self) -> tuple[Method, ...]:
        """Return the methods that carry it."""
        here = {p.session.method for p in self.passages}
        return tuple(method for method in Method if method in here)

    @property
    def touchpoints(self) -> list[tuple[Touchpoint, int]]:
        """Return its touchpoints with their mentions, most first."""
        counts: dict[Touchpoint, int] = {}
        for p in self.passages:
            if p.touchpoint:
                counts[p.touchpoint] = counts.get(p.touchpoint, 0) + 1
        return sorted(counts.items(), key=lambda item: (-item[1], item[0].position))

    @property
    def moments(self) -> tuple[Said, ...]:
        """Return the moments of truth."""
        return tuple(p for p in self.passages if p.moment_of_truth)

    @property
    def point(self) -> Score | None:
        """Return where the curve is; `None` where no mean may be shown."""
        return _shown(self.had.overall)

    @property
    def expected_point(self) -> Score | None:
        """Return where the line of what was expected is; `None` where no mean may be shown."""
        return _shown(self.expected.overall)

    def of(self, mine: Callable[[Said], bool], *, visits: bool = False) -> Column:
        """Return the column as it is with some of its passages alone, such as those of a group."""
        kept = [p for p in self.passages if mine(p)]
        return _column(self.stage, kept, self.steps, self.cleaned, visits=visits)

    def shoppers(self) -> Column:
        """Return the column as shoppers saw it."""
        return self.of(is_shopper, visits=True)

    def behind(
        self, *, expected: bool = False, rated: Callable[[Said], bool] = has_rating
    ) -> tuple[Said, ...]:
        """Return the passages behind the experience had, or expected.

        Args:
            expected: what was expected instead of what was had.
            rated: tells which passages are rated, for example in one dimension.
        """
        return tuple(
            p
            for p in self.passages
            if rated(p) and stands_for(p, expected=expected, visits=self.visits)
        )


@dataclass(frozen=True, slots=True)
class JourneyMap:
    """The whole map.

    Attributes:
        columns: a column for each stage, in order, then one for what has no stage, if any.
        steps: the company's track, in its own order.
        divergence: how far the two depart; `None` without a company track.
        silent: sessions of which nothing is on the map.
        query: what the map was restricted to.
    """

    columns: tuple[Column, ...]
    steps: tuple[Stage, ...] = ()
    divergence: Divergence | None = None
    silent: tuple[Session, ...] = ()
    query: Query = field(default_factory=Query)

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Return the stages of the customer."""
        return tuple(column.stage for column in self.columns if column.stage)

    @property
    def unplaced(self) -> Column | None:
        """Return what has no stage yet."""
        last = self.columns[-1] if self.columns else None
        return last if last and last.stage is None else None

    @property
    def passages(self) -> list[Said]:
        """Return everything the map shows."""
        return [p for column in self.columns for p in column.passages]

    @property
    def tally(self) -> Tally:
        """Return how much stands behind it."""
        return tally(self.passages)

    def at(self, stage: Stage) -> Column:
        """Return the column of a stage."""
        return next(c for c in self.columns if c.stage and c.stage.id == stage.id)


def build(
    stages: Sequence[Stage],
    passages: Iterable[Said],
    *,
    steps: Sequence[Stage] = (),
    sessions: Iterable[Session] = (),
    cleaned: Callable[[str], str] = str,
    query: Query | None = None,
) -> JourneyMap:
    """Return the map of a journey.

    Args:
        stages: the customer's stages in their order.
        passages: what was said, in the order of the material.
        steps: the company's steps in their order.
        sessions: the sessions that should be heard on the map.
        cleaned: takes real names out of words.
        query: what the passages were restricted to; a map of mystery visits alone shows the
            figures of shoppers.
    """
    query = query or Query()
    known = {stage.id for stage in stages}
    by_stage: dict[StageId | None, list[Said]] = {}
    for passage in passages:
        at = passage.stage.id if passage.stage and passage.stage.id in known else None
        by_stage.setdefault(at, []).append(passage)
    visits = query.method is Method.MYSTERY_VISIT
    columns = [
        _column(stage, by_stage.get(stage.id, []), _serving(stage, steps), cleaned, visits=visits)
        for stage in stages
    ]
    heard = {p.session.id for column in columns for p in column.passages}
    if None in by_stage:
        columns.append(_column(None, by_stage[None], None, cleaned, visits=visits))
    return JourneyMap(
        tuple(columns),
        tuple(steps),
        _divergence(stages, steps),
        tuple(session for session in sessions if session.id not in heard),
        query,
    )


def _column(
    stage: Stage | None,
    passages: list[Said],
    steps: tuple[tuple[int, Stage], ...] | None,
    cleaned: Callable[[str], str],
    *,
    visits: bool,
) -> Column:
    return Column(
        stage=stage,
        passages=tuple(passages),
        visits=visits,
        had=told(passages, visits=visits),
        expected=told(passages, expected=True, visits=visits),
        gap=gap(moments(passages)),
        pairs=pairs(passages, visits=visits),
        quotes=tuple(
            p
            for p in by_strength(passages)
            if (visits or p.person) and is_shopper(p) is visits and p.quotable
        ),
        steps=steps,
        cleaned=cleaned,
    )


def _shown(score: Score | None) -> Score | None:
    return score if score and score.printable else None


def _serving(stage: Stage, steps: Sequence[Stage]) -> tuple[tuple[int, Stage], ...] | None:
    """Return the company's steps that serve a stage, with their places; `None` without a track."""
    if not steps:
        return None
    numbered = enumerate(steps, start=1)
    return tuple((place, step) for place, step in numbered if step.counterpart_id == stage.id)


def _divergence(stages: Sequence[Stage], steps: Sequence[Stage]) -> Divergence | None:
    """Measure by ids, since two stages may have one name, and tell it in names."""
    if not steps:
        return None
    names = {str(row.id): row.name for row in (*stages, *steps)}
    matches = [(str(s.counterpart_id), str(s.id)) for s in steps if s.counterpart_id]
    found = divergence([str(s.id) for s in stages], [str(s.id) for s in steps], matches)
    return found and replace(
        found,
        unknown_stages=tuple(names[key] for key in found.unknown_stages),
        unused_steps=tuple(names[key] for key in found.unused_steps),
        inversions=tuple(
            ((names[a], names[b]), (names[c], names[d])) for (a, b), (c, d) in found.inversions
        ),
    )
