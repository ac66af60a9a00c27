"""What the operating system knows of the processor, and how to leave others their share of it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

_BELOW_NORMAL = 0x4000
_RELATION_CORE = 0


def lower_priority() -> None:
    """Let every other program go first; nothing happens where that is not possible."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
        return
    with contextlib.suppress(OSError):
        os.nice(5)


def let_threads_sleep() -> None:
    """Have threads of a library that recognises sleep while they wait; before it is loaded.

    Spinning, at the low priority of the worker on a busy computer, they keep those that work from
    the processor, and made one engine three times and the other twice as slow.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def physical_cores() -> int:
    """Return the number of processor cores, hyper-threads not counted, that we may use."""
    logical = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(_cores() or logical or 1, logical or 1))


def _cores() -> int:
    """Ask the system for its cores, 0 when it does not tell."""
    if sys.platform == "darwin":
        return _mac_cores()
    if sys.platform == "win32":
        return _windows_cores()
    siblings = {
        path.read_text("ascii").strip()
        for path in Path("/sys/devices/system/cpu").glob("cpu[0-9]*/topology/thread_siblings_list")
    }
    return len(siblings)


def _mac_cores() -> int:
    count = ctypes.c_int32(0)
    size = ctypes.c_size_t(ctypes.sizeof(count))
    # The fast cores alone where there are two kinds: the others hold them up.
    for name in (b"hw.perflevel0.physicalcpu", b"hw.physicalcpu"):
        library = ctypes.CDLL(None)
        if library.sysctlbyname(name, ctypes.byref(count), ctypes.byref(size), None, 0) == 0:
            return count.value
    return 0


def _windows_cores() -> int:
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    size = ctypes.c_ulong(0)
    kernel.GetLogicalProcessorInformationEx(_RELATION_CORE, None, ctypes.byref(size))
    buffer = ctypes.create_string_buffer(size.value)
    if not kernel.GetLogicalProcessorInformationEx(_RELATION_CORE, buffer, ctypes.byref(size)):
        return 0
    count = at = 0
    while at < size.value:  # each entry: 4 bytes of kind, 4 bytes of its own length
        at += int.from_bytes(buffer.raw[at + 4 : at + 8], "little") or size.value
        count += 1
    return count
