"""A process that withdraws a person and is killed on the way, as by a failing battery.

`python -m tests.support.killed_withdrawal STUDY PERSON DEED MODULE ATTRIBUTE NUMBER`: the process
ends itself in the moment at which the function is called for that time; 0.5 = after the first call.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

from workbench.domain.ids import ParticipantId
from workbench.domain.withdrawal import Deed
from workbench.study import Study


def die() -> None:
    """End at once, with nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(module: str, attribute: str, number: float) -> None:
    """End before the call of a function with this number, or after the one with half of it more."""
    *owners, name = attribute.split(".")
    owner: Any = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    real, calls = getattr(owner, name), 0

    def called(*args: Any, **options: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == number:
            die()
        found = real(*args, **options)
        if calls == number + 0.5:
            die()
        return found

    setattr(owner, name, called)


def main() -> None:
    """Withdraw, and die."""
    folder, person, deed, module, attribute, number = sys.argv[1:]
    with Study.open(Path(folder)) as study:
        watch(module, attribute, float(number))
        study.withdrawal.erase(ParticipantId(person), Deed(deed))


if __name__ == "__main__":
    main()
