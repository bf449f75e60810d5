"""One Anvil with a small world on it, and one Chromium, for all tests of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cli.world import World, build
from tests.web.browser import chromium
from twinrights.chain.node import start_node


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The command line's world; a page changes nothing on the chain."""
    home = tmp_path_factory.mktemp("web")
    folder = home / "work"
    folder.mkdir()
    with start_node("anvil", folder=home / "node") as node:
        yield build(node, folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=15_000)  # a machine may have more to do
    with chromium() as found:
        yield found


@pytest.fixture(params=[1280, 390], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """An empty page of a fresh profile, on a desk and on a phone."""
    yield from opened(browser, request.param)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """An empty page of a fresh profile, on a desk."""
    yield from opened(browser, 1280)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """An empty page of a fresh profile, on a phone."""
    yield from opened(browser, 390)


def opened(browser: Browser, width: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if "Policy" in said.text else None)
    yield page
    context.close()
    assert troubles == []
