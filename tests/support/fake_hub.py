"""A hub on this machine: it publishes one model, breaks off when told, and notes what is asked."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override

_BLOCK = 1 << 16


@dataclass(slots=True)
class FakeHub:
    """What the hub has and does.

    Attributes:
        files: name to content.
        break_at: after so many bytes of a file the connection ends; 0 = never.
        hold_at: after so many bytes of a file the hub waits until `go` is set; 0 = never.
        spoil: the content does not fit the hashes.
        asked: path and range of every request.
    """

    files: dict[str, bytes]
    break_at: int = 0
    hold_at: int = 0
    spoil: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    go: threading.Event = field(default_factory=threading.Event)
    held: threading.Event = field(default_factory=threading.Event)
    address: str = ""


@contextmanager
def fake_hub(size: int = 1_000_000) -> Iterator[FakeHub]:
    """Run a hub with a model of so many bytes; `address` is what `HF_ENDPOINT` names."""
    model = bytes(number * 31 % 251 for number in range(1_000)) * (size // 1_000)
    small = {"config.json": b"{}", "tokenizer.json": b'{"model": 1}', "README.md": b"# Model"}
    hub = FakeHub({"model.bin": model, **small})
    server = _Server(hub)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), name="hub")
    thread.start()
    hub.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        hub.go.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, hub: FakeHub) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        hub = self.server.hub
        hub.asked.append((self.path, self.headers.get("Range", "")))
        if "/faster-whisper-" not in self.path:
            self.send_error(404)
        elif "/api/models/" in self.path:
            self._send(json.dumps([_row(*item) for item in hub.files.items()]).encode())
        else:
            self._file(hub.files[self.path.rpartition("/")[2]])

    def _file(self, content: bytes) -> None:
        begin = int(self.headers.get("Range", "bytes=0-")[6:-1])
        if begin >= len(content):
            self.send_error(416)
            return
        if self.server.hub.spoil:
            content = b"?" * len(content)
        self._send(content[begin:], begin=begin)

    def _send(self, content: bytes, begin: int = 0) -> None:
        hub = self.server.hub
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        for at in range(0, len(content), _BLOCK):
            if hub.break_at and begin + at >= hub.break_at:
                return
            if hub.hold_at and begin + at >= hub.hold_at:
                hub.held.set()
                hub.go.wait(20)
            try:
                self.wfile.write(content[at : at + _BLOCK])
            except OSError:  # the other side has gone
                return

    @override
    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def _row(name: str, content: bytes) -> dict[str, object]:
    row: dict[str, object] = {
        "type": "file",
        "path": name,
        "size": len(content),
        "oid": hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest(),  # noqa: S324
    }
    if name == "model.bin":
        row["lfs"] = {"oid": hashlib.sha256(content).hexdigest(), "size": len(content)}
    return row
