"""Parts of the program with real sound, for `sound.SoundCard.program`.

    sound_child.py record FOLDER            until a line comes in
    sound_child.py play FILE RATE COMMANDS  what the player is to do, as in “play 0 2000”,
                                            “until 1500”, “seek 5000”, “rewind 1000”, “end”,
                                            “busy 300” (no other thread gets at Python meanwhile)

Prints what happens, a line each: the milliseconds recorded, where the player is, or how many
threads of Qt's waited for Python while it was busy.
"""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from ui.views.player.engine import Engine
from ui.views.record.microphone import SystemMicrophones
from ui.views.record.recorder import Recorder

_LONG_S = 1_000


def main() -> None:
    """Do what is asked."""
    app = QApplication([])
    if sys.argv[1] == "record":
        _record(app, Path(sys.argv[2]))
    else:
        _play(app, Path(sys.argv[2]), float(sys.argv[3]), sys.argv[4:])


def _say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def _record(app: QCoreApplication, folder: Path) -> None:
    found = SystemMicrophones().all()
    _say("microphones", *[one.name.replace(" ", "_") for one in found])
    recorder = Recorder()
    recorder.troubled.connect(lambda words: _say("trouble", words))
    recorder.advanced.connect(lambda ms: _say("recorded", ms))
    recorder.heard.connect(lambda level: _say("level", f"{level:.2f}"))
    recorder.listen(SystemMicrophones().listener(found[0].id, recorder))
    recorder.start(folder)
    stop = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    stop.activated.connect(app.quit)
    app.exec()
    recorder.listen(None)
    done = recorder.stop()
    _say("done", done.path if done else "")


def _play(app: QCoreApplication, path: Path, rate: float, commands: list[str]) -> None:
    engine = Engine()
    engine.load(path)
    engine.set_rate(rate)
    engine.failed.connect(lambda words: _say("failed", words))
    engine.noted.connect(lambda words: _say("noted", words))
    engine.moved.connect(lambda ms: _say("at", ms))
    todo = [command.split() for command in commands]
    if any(name == "busy" for name, *_numbers in todo):
        sys.setswitchinterval(_LONG_S)  # else who waits for Python gets it at the next step

    def go_on(at: int = 0, *, ended: bool = False) -> None:
        while todo:
            name, *numbers = todo[0]
            waits = (name == "until" and at < int(numbers[0])) or (name == "end" and not ended)
            if waits:
                return
            todo.pop(0)
            if name == "busy":
                _say("waiting", _waiting(int(numbers[0])))
            elif name not in {"until", "end"}:
                getattr(engine, name)(*map(int, numbers))
                at = engine.position
                _say(name, at)
        engine.end()
        app.quit()

    engine.moved.connect(go_on)
    engine.ended.connect(lambda: go_on(ended=True))
    QTimer.singleShot(0, go_on)
    app.exec()


def _waiting(ms: int) -> int:
    """Hold on to Python for a while, and count the threads that want it in the meantime."""
    python = ctypes.pythonapi
    python.PyInterpreterState_Get.restype = ctypes.c_void_p
    python.PyInterpreterState_ThreadHead.restype = ctypes.c_void_p
    python.PyThreadState_Next.restype = ctypes.c_void_p
    ctypes.PyDLL(None).usleep(1_000 * ms)
    count = 0
    state = python.PyInterpreterState_ThreadHead(ctypes.c_void_p(python.PyInterpreterState_Get()))
    while state:
        count += 1
        state = python.PyThreadState_Next(ctypes.c_void_p(state))
    return count - 1


if __name__ == "__main__":
    main()
