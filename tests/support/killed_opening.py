"""A process that opens a study and is killed on the way, as by a failing battery.

`python -m tests.support.killed_opening STUDY MODULE ATTRIBUTE NUMBER`: see `killed_withdrawal`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support.killed_withdrawal import watch
from workbench.study import Study

if __name__ == "__main__":
    folder, module, attribute, number = sys.argv[1:]
    watch(module, attribute, float(number))
    Study.open(Path(folder)).close()
