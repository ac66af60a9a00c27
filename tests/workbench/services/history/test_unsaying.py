"""Undo, redo and going back say before what they change of what people have said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tests.support.studies import Clock
from workbench.domain.consent import State, Use
from workbench.domain.ids import ParticipantId
from workbench.services.history.unsaying import Unsaid
from workbench.study import Study

_USES = (Use.QUOTE, Use.RECORD)


@examples(0.1)
@given(
    answers=st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(_USES), st.sampled_from(State)),
        min_size=1,
        max_size=6,
    ),
    at=st.integers(0, 12),
)
def test_what_is_said_before_is_what_comes(
    answers: list[tuple[int, Use, State]], at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    clock = Clock()
    with Study.create(tmp_path_factory.mktemp("unsaid") / "a.study", now=clock) as study:
        people = [study.people.add(pseudonym=name).id for name in ("Maya", "Tom")]
        first = study.history()[0].id
        for who, use, state in answers:
            clock.tick()
            study.ledger.set([people[who]], {use: state})
            study.codebook.add(f"Code {clock.time}")
        steps = [step.id for step in reversed(study.history()) if step.id >= first]
        wanted, last = steps[min(at, len(steps) - 1)], steps[-1]
        ahead = study.unsaying
        ways: list[tuple[Callable[[], Unsaid], Callable[[], object]]] = [
            (lambda: ahead.by_rewind(wanted), lambda: study.rewind(wanted)),
            (ahead.by_redo, study.redo),
            (lambda: ahead.by_rewind(last), lambda: study.rewind(last)),
            (ahead.by_undo, study.undo),
        ]
        for look, go in ways:
            before, told = _words(study, people), look()
            go()
            after = _words(study, people)
            assert {(one.person.id, one.was.use) for one in told.turned} == {
                key for key in before if before[key] != after[key]
            }
            for one in told.turned:
                key = one.person.id, one.was.use
                assert (one.was.words, one.becomes.words) == (before[key], after[key])


def _words(study: Study, people: list[ParticipantId]) -> dict[tuple[ParticipantId, Use], str]:
    return {(one, use): study.ledger.standing(one, use).words for one in people for use in _USES}
