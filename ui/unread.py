"""Keeps PySide6 from reading the source of every module that is loaded after it.

It puts a function of its own in the place of `__import__`, for programs that write Python's way of
naming instead of Qt's (`from __feature__ import snake_case`). That one reads the source of each
module, to see whether it mentions PySide6. This program names as Qt does, so Python's own function
gets its place back; PySide6 keeps it for that (`shibokensupport/feature.py`). To be loaded first.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401  puts its function there

builtins.__import__ = vars(builtins).get("__orig_import__", builtins.__import__)
