"""Listens to the program as a screen reader does, and writes down what it was told, as JSON.

Runs with the Python of the system, which has the bindings of AT-SPI; it imports nothing of ours.
It moves the caret, selects words and presses a choice by that interface alone.

Arguments: the name of the text, and the places the caret goes to.
"""

import json
import shutil
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

_PATIENCE = 100.0  # seconds until something must have happened


def main(title, places):
    heard = []
    listener = Atspi.EventListener.new(lambda event: heard.append(str(event.any_data)))
    listener.register("object:announcement")
    text = until(lambda: find(named("text", title)))
    # No window manager runs that would give it the keyboard.
    search = [str(shutil.which("xdotool")), "search", "--sync", "--onlyvisible"]
    subprocess.run([*search, "--name", "Workbench", "windowfocus"], check=True)
    Atspi.Component.grab_focus(text)
    until(lambda: has(text, Atspi.StateType.FOCUSED))
    told = {"words": Atspi.Text.get_text(text, 0, 24), "places": [], "heard": heard}
    for place in places:
        Atspi.Text.set_caret_offset(text, place)
        until(lambda place=place: Atspi.Text.get_caret_offset(text) == place)
        told["places"].append(text.get_description())
    until(lambda: len(heard) >= len(places))
    Atspi.Text.add_selection(text, places[-1], places[-1] + 9)
    until(lambda: Atspi.Text.get_n_selections(text) == 1)
    chosen = Atspi.Text.get_selection(text, 0)
    told["selected"] = Atspi.Text.get_text(text, chosen.start_offset, chosen.end_offset)
    radio = until(lambda: find(named("radio button", "At the left: Codebook")))
    told["before"] = has(radio, Atspi.StateType.CHECKED)
    Atspi.Action.do_action(radio, 0)
    told["after"] = bool(until(lambda: has(radio, Atspi.StateType.CHECKED)))
    until(lambda: find(named("tree", "Codes")))
    told["nameless"] = sorted(nameless(find(named("frame", None))))
    sys.stdout.write(json.dumps(told))


def named(role, name):
    return lambda node: node.get_role_name() == role and name in {None, node.get_name()}


def has(node, state):
    return node.get_state_set().contains(state)


def children(node):
    for place in range(node.get_child_count()):
        child = node.get_child_at_index(place)
        if child is not None:
            yield child


def find(wanted, node=None):
    for child in children(node or Atspi.get_desktop(0)):
        found = child if wanted(child) else find(wanted, child)
        if found is not None:
            return found
    return None


def nameless(node):
    for child in children(node):
        if has(child, Atspi.StateType.SHOWING):
            if has(child, Atspi.StateType.FOCUSABLE) and not child.get_name().strip():
                yield child.get_role_name()
            yield from nameless(child)


def until(happened):
    context = GLib.MainContext.default()
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        while context.iteration(False):
            pass
        try:
            found = happened()
        except GLib.Error:  # it is just being built or taken away
            found = None
        if found:
            return found
        time.sleep(0.02)
    raise SystemExit(f"Line {sys._getframe(1).f_lineno} did not happen in time.")


main(sys.argv[1], [int(place) for place in sys.argv[2:]])
