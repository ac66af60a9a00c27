"""The research desk without a window: domain, storage, services and the command line."""

import os
import sys

# `python -m workbench` puts the folder it is called in before all others, and a `json.py` that
# lies there before ours. (While Python looks for the module, it says “-m” here.)
_HOME = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120  pathlib would load a `re.py`
if sys.argv[:1] == ["-m"] and not sys.flags.safe_path and sys.path[0] != _HOME:
    del sys.path[0]

__version__ = "0.1.0"
