"""Who spoke is read from the tables that whoever shows it has to hear of."""

from __future__ import annotations

from tests.support.studies import observe, person, written
from workbench.domain import speaking
from workbench.domain.materials import Method
from workbench.services.people.casting import Cast
from workbench.study import Study


def test_it_comes_from_the_tables_that_are_named(study: Study) -> None:
    maya = person(study, "Maya", real_name="Anna Berg")
    text = written(study, "It was fine.", people=[maya], method=Method.MYSTERY_VISIT)
    observe(study, text, "fine")
    asked = set[str]()
    connection = study._desk.db.conn
    connection.set_trace_callback(
        lambda said: asked.add(said.split(" FROM ")[1].split()[0]) if " FROM " in said else None
    )
    assert set(Cast(study._desk).people().values()) == {maya}
    connection.set_trace_callback(None)
    assert asked | {"key"} == set(speaking.TABLES)  # the key is a file of its own
