"""Python runs this at its start when the folder is on PYTHONPATH: no way out of the machine.

Two guards, because one can be blind. The audit hook sees every socket call made through Python,
also those that a library swallows, writes it down and refuses it. The kernel filter sees native
code too: it ends the process at the moment it asks for an internet socket (Linux only). Child
processes inherit the kernel filter and, through the environment, this file; those that are
started isolated, and heed no environment, are made to begin with it.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import subprocess
import sys

_LOG = os.environ["WORKBENCH_TEST_NETWORK_LOG"]
_ASKING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}
_SOCKET_CALL = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
_INTERNET = (2, 10)  # AF_INET, AF_INET6 on Linux
_ALLOW, _KILL_PROCESS = 0x7FFF0000, 0x80000000
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: ld abs word, jeq constant, ret constant


def _note(kind: str, what: str) -> None:
    line = f"{kind} {os.getpid()} {what}\n".encode()
    file = os.open(_LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line)
    finally:
        os.close(file)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _ASKING:
        return
    # Unix sockets, whose address is a path, stay on this machine.
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], str | bytes):
        return
    _note("ATTEMPT", f"{event} {arguments!r}")
    raise OSError(f"no network in this test: {event}")


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _forbid_in_the_kernel() -> bool:
    if not sys.platform.startswith("linux") or platform.machine() not in _SOCKET_CALL:
        return False
    architecture, socket_call = _SOCKET_CALL[platform.machine()]
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # the number of the system call
        (_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument: the address family
        (_EQUAL, 2, 0, _INTERNET[0]),
        (_EQUAL, 1, 0, _INTERNET[1]),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL_PROCESS),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(code))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    no_new_privileges = prctl(38, 1, 0, 0, 0)
    return bool(no_new_privileges == 0 and prctl(22, 2, ctypes.byref(program), 0, 0) == 0)


class _GuardedChild(subprocess.Popen):  # type: ignore[type-arg]
    """A child process that begins with this file also if it would not look for it."""

    def __init__(self, args: object, *more: object, **how: object) -> None:
        if isinstance(args, list) and {"-I", "-c"}.issubset(args):
            code = args.index("-c") + 1
            begin = f"import runpy; runpy.run_path({__file__!r})\n"
            args = [*args[:code], begin + args[code], *args[code + 1 :]]
        super().__init__(args, *more, **how)  # type: ignore[call-overload]


subprocess.Popen = _GuardedChild  # type: ignore[misc]
sys.addaudithook(_refuse)
_note("GUARDED", f"kernel={_forbid_in_the_kernel()} {' '.join(sys.orig_argv)!r}")
