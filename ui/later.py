"""What the welcome page does without is loaded when it is painted, a little at a time.

The window waits for its own modules alone; the study, its views and what they stand on, five sixths
of the program, come while a person looks at it. Each portion is short, so that the window answers
between two of them; whoever opens a study before the end waits for what is missing of it.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

# In an order in which each takes along only some that are not there yet.
PORTIONS = (
    "rapidfuzz",
    "workbench.storage",
    "workbench.domain.personal",
    "workbench.domain.names.folding",
    "workbench.domain.names.forms",
    "workbench.domain.names.decisions",
    "workbench.domain.observation",
    "workbench.storage.tables",
    "workbench.storage.journal",
    "workbench.speech.protocol",
    "workbench.services.coding.anchoring",
    "workbench.services.texts.arriving",
    "workbench.services.report.reporting",
    "workbench.services.leaving.exports",
    "workbench.services.keeping.keeping",
    "workbench.services.withdrawal.withdrawal",
    "workbench.study",
    "workbench.sample",
    "workbench.speech.hub",
    "ui.bridge.models",
    "ui.bridge.jobs",
    "ui.locks",
    "ui.switching",
    "ui.keeper",
    "ui.lock_idle",
    "ui.views.sample_banner",
    "ui.views.consent.due",
    "ui.views.collect.importer",
    "ui.views.collect.workspace",
    "ui.views.transcribe.text_pane",
    "ui.views.transcribe.workspace",
    "ui.views.codebook.panel",
    "ui.views.code.workspace",
    "ui.views.journey.workspace",
    "ui.views.findings.workspace",
    "ui.views.report.workspace",
    "ui.views.palette_sources",
)


def load_some() -> bool:
    """Load the next portion; tell whether there was one."""
    missing = [name for name in PORTIONS if name not in sys.modules]
    if not missing:
        return False
    import_module(missing[0])
    if len(missing) == 1:
        gc.freeze()  # no garbage is searched for in it, as in what was there with the window
    return True


def rehearse() -> None:
    """Prepare for the first study, which would else take longer to open than all others."""
    from workbench.study import Study

    Study.rehearse()
