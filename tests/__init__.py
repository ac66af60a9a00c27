"""The tests; a package so that helpers can be imported as `tests.support`."""

from __future__ import annotations

import os
import sys

# The program is started hundreds of times: it is to be compiled once, also for those who want no
# byte code. The workers of a run take it from here, and so does every child.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
