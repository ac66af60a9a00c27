"""Every kind of step has words for the menu and the history."""

from __future__ import annotations

import pytest

from workbench.domain.change import Op


@pytest.mark.parametrize("op", Op)
def test_step_has_a_label(op: Op) -> None:
    assert op.label
    assert op.label[0].isupper()
    assert not op.label.endswith(".")


def test_labels_tell_steps_apart() -> None:
    labels = [op.label for op in Op]
    assert len(set(labels)) == len(labels)
