"""How many examples property-based tests try: few in every run, many in a nightly one."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_VARIABLE = "HYPOTHESIS_PROFILE"


def choose_profile() -> None:
    """Make the profiles `quick` and `nightly` known and choose one, by the environment.

    Each run has seeds of its own, on every machine. There is no example database: nothing is
    written beside the sources. What a run finds becomes an `@example`.
    """
    settings.register_profile(
        "quick",
        max_examples=30,
        deadline=None,
        database=None,
        derandomize=False,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    settings.register_profile("nightly", settings.get_profile("quick"), max_examples=1000)
    settings.load_profile(os.environ.get(_VARIABLE, "quick"))


def is_nightly() -> bool:
    """Tell whether there are as many examples as one has patience for."""
    return settings().max_examples >= settings.get_profile("nightly").max_examples


def examples(share: float, *, steps: int = 0) -> settings:
    """Return settings for a test whose examples cost more than those of others.

    Args:
        share: of the examples that the profile at work gives a test.
        steps: of a state machine; 0 = as many as Hypothesis takes.
    """
    known = settings()
    return settings(
        max_examples=max(1, round(share * known.max_examples)),
        stateful_step_count=steps or known.stateful_step_count,
    )
