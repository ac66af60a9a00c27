"""Locked studies: keys, and files that nobody reads without them.

What the rest of the program needs to know is in `files.py`: it opens what a study holds, locked or
not. Whether a folder is open, and with which key, is in `ring.py`.
"""
