"""The models page, with real child processes and a hub on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.fake_hub import FakeHub, fake_hub
from tests.ui.conftest import Answers
from ui.app import installed_models
from ui.context import AppContext, ModelChoice
from ui.settings_dialog import PAGES, SettingsDialog
from ui.views.settings.models_page import ModelsPage, size_words, speed_words
from workbench.speech import checkpoints, device, speed
from workbench.speech.device import Why, processor
from workbench.speech.models import ModelStore
from workbench.speech.speed import Measured


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    with fake_hub() as made:
        monkeypatch.setenv("HF_ENDPOINT", made.address)
        monkeypatch.delenv("HF_HUB_OFFLINE")
        yield made


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[ModelsPage]:
    made = ModelsPage(context)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.mover.end()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A model on a USB stick."""
    folder = tmp_path / "stick" / "northern-english"
    folder.mkdir(parents=True)
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"northern" * 100_000)
    return folder


def test_the_embedded_model_says_what_to_expect(page: ModelsPage) -> None:
    [row] = page.rows.values()
    assert (row.name.text(), row.size_line.text()) == ("base", "145 MB · comes with the program")
    assert "one word in five" in row.quality.text()
    assert "not measured yet" in row.speed.text()
    assert row.remove_button.isHidden()
    assert not row.use_button.isEnabled()
    assert "base" not in [page.offer.value_at(at) for at in range(page.offer.count())]
    assert "only time that Workbench uses the network" in page._promise.text()


def test_the_page_says_what_recognition_works_on_and_lets_a_card_alone(
    page: ModelsPage, context: AppContext
) -> None:
    assert "is seen when a recording is transcribed" in page.device.text()
    for why, words in ((Why.CARD, "on the graphics card"), (Why.FAILED, "cuDNN may be missing")):
        device.note(processor(why))
        page.refresh()
        assert words in page.device.text()
    assert page.card.isChecked()
    page.card.setChecked(False)
    assert not context.settings.current.card


def test_a_model_is_fetched_used_and_removed(
    qtbot: QtBot, page: ModelsPage, there: FakeHub, context: AppContext, answers: Answers
) -> None:
    page.offer.setCurrentIndex(page.offer.place_of("tiny"))
    told: list[int] = []
    page.mover.progressed.connect(lambda done, _total: told.append(done))
    with qtbot.waitSignal(page.mover.finished):
        page.get_button.click()
        assert not page.progress.isHidden()
        assert not page.get_button.isEnabled()
    assert told[-1] == 1_000_014
    assert page.progress.isHidden()
    assert list(page.rows) == ["base", "tiny"]
    with qtbot.waitSignal(context.signals.models_changed):
        page.rows["tiny"].use_button.click()
    assert context.settings.current.model == "tiny"
    assert page.rows["base"].use_button.isEnabled()
    answers.yes = False
    page.rows["tiny"].remove_button.click()
    assert list(page.rows) == ["base", "tiny"]
    answers.yes = True
    page.rows["tiny"].remove_button.click()
    assert list(page.rows) == ["base"]
    assert not page.rows["base"].use_button.isEnabled()


def test_a_fetch_is_stopped_and_gone_on_with(
    qtbot: QtBot, page: ModelsPage, there: FakeHub
) -> None:
    there.hold_at = 500_000
    page.offer.setCurrentIndex(page.offer.place_of("tiny"))
    page.get_button.click()
    qtbot.waitUntil(lambda: page.progress.bar.value() > 200)
    with qtbot.waitSignal(page.mover.cancelled):
        page.progress.cancel_button.click()
    assert list(page.rows) == ["base"]
    assert page.get_button.isEnabled()
    assert page.progress.isHidden()
    there.hold_at = 0
    there.go.set()
    with qtbot.waitSignal(page.mover.finished):
        page.get_button.click()
    assert "tiny" in page.rows
    assert any(span for path, span in there.asked if path.endswith("model.bin"))


def test_without_a_connection_it_says_what_else_to_do(qtbot: QtBot, page: ModelsPage) -> None:
    with qtbot.waitSignal(page.mover.failed):
        page.get_button.click()
    assert "could not be fetched" in page.trouble.text()
    assert "from another computer" in page.trouble.text()
    assert not page.trouble.isHidden()


def test_a_model_comes_from_a_usb_stick(
    qtbot: QtBot, page: ModelsPage, answers: Answers, stick: Path
) -> None:
    page.add_button.click()
    assert not page.mover.busy
    answers.folder = stick
    with qtbot.waitSignal(page.mover.finished) as caught:
        page.add_button.click()
    assert caught.args == ["northern-english"]
    assert page.rows["northern-english"].size_line.text() == "1 MB · added"
    assert "Nothing is known" in page.rows["northern-english"].quality.text()
    with qtbot.waitSignal(page.mover.failed):
        page.add_button.click()
    assert "already" in page.trouble.text()
    assert [path.name for path in ModelStore().folder.iterdir()] == ["northern-english"]


def test_closing_the_settings_asks_while_a_model_is_on_its_way(
    qtbot: QtBot, context: AppContext, answers: Answers, there: FakeHub
) -> None:
    there.hold_at = 500_000
    dialog = SettingsDialog(context, page="models")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.stack.currentWidget() is dialog.models
    dialog.models.offer.setCurrentIndex(dialog.models.offer.place_of("tiny"))
    dialog.models.get_button.click()
    qtbot.waitUntil(there.held.is_set)
    answers.yes = False
    dialog.reject()
    assert dialog.isVisible()
    answers.yes = True
    dialog.accept()
    assert not dialog.isVisible()
    assert not dialog.models.mover.busy
    assert (ModelStore().folder / ".tiny.part").is_dir()
    assert len(PAGES) == dialog.stack.count()


def test_models_of_openai_whisper_are_used_but_not_removed(
    context: AppContext, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "whisper").mkdir()
    (tmp_path / "whisper" / "turbo.pt").write_bytes(bytes(2_000_000))
    monkeypatch.setattr(checkpoints, "_NEEDED", ("json",))  # the library may be missing here
    speed.keep("openai:turbo", Measured(3_600_000, 7_200_000))
    page = ModelsPage(context)
    qtbot.addWidget(page)
    page.show()
    row = page.rows["openai:turbo"]
    assert row.name.text() == "turbo (openai-whisper)"
    assert row.size_line.text() == "2 MB · of openai-whisper, slower"
    assert "one word in thirteen" in row.quality.text()
    assert row.speed.text() == "1 hour takes about 2 hours."
    assert row.remove_button.isHidden()
    row.use_button.click()
    assert context.settings.current.model == "openai:turbo"
    assert installed_models()[-1] == ModelChoice("openai:turbo", "turbo (openai-whisper) · 2 MB")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(None, "not measured yet"), (0.4, "about 1 minute."), (3.2, "about 3 minutes."),
     (89, "about 89 minutes."), (90, "about 1.5 hours."), (180, "about 3 hours.")],
)  # fmt: skip
def test_speed_in_words(minutes: float | None, words: str) -> None:
    assert words in speed_words(minutes)


def test_a_finished_job_is_shown_as_speed(context: AppContext, qtbot: QtBot) -> None:
    speed.keep("base", Measured(3_600_000, 180_000))
    page = ModelsPage(context)
    qtbot.addWidget(page)
    assert page.rows["base"].speed.text() == "1 hour takes about 3 minutes."


def test_sizes_in_words() -> None:
    assert [size_words(size) for size in (0, 800_000, 145_217_532, 3_091_000_000)] == [
        "0 MB", "1 MB", "145 MB", "3.1 GB",
    ]  # fmt: skip
