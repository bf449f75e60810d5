"""`python -m tests.web.screenshot` takes the pictures of the pages that the documents show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.client.stage import DAY, DOLLAR, Stage
from tests.web.asking import asked
from tests.web.browser import InjectedWallet, chromium
from twinrights import words
from twinrights.demo.story import run
from twinrights.facade import TwinRights

DOCS = Path(__file__).parents[2] / "docs"
PICTURE = DOCS / "sign-page.png"
REPORT = DOCS / "report.png"
COLOURS = 64
"""Enough for a page of few colours, in a third of the bytes."""

START = 1_830_297_600
"""2028-01-01T00:00:00Z."""


def take(path: Path, *, width: int, height: int, scale: float = 1) -> None:
    """Write a picture of an offer, beside a rate card that asks for more."""
    stage = Stage(TwinRights.embedded())
    stage.set()
    card = stage.card(day_rate=60 * DOLLAR)
    terms = stage.terms(start=START + 60 * DAY, uses=words.uses("own_shop+email+online_ads"))
    paper = stage.chain.draft(replace(terms, scope=replace(terms.scope, valid_until=START)))
    wallet = InjectedWallet(stage.model, paper.chain_id, paper.contract, must_show=())
    with chromium() as browser, asked(stage.chain, paper, card=card) as at:
        page = browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        wallet.into(page)
        page.goto(at.address)
        page.get_by_role("button", name="Sign with").wait_for()
        page.screenshot(path=path)


def take_report(path: Path, *, width: int, height: int, scale: float) -> None:
    """Write a picture of the head of the demo's report."""
    with chromium() as browser, TemporaryDirectory() as folder:
        file = Path(folder) / "demo.html"
        run(report=file, json_output=True)
        page = browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        page.goto(file.as_uri())
        page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    take_report(REPORT, width=1160, height=1500, scale=0.75)
    take(PICTURE, width=820, height=1100)
