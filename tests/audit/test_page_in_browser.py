"""The report in a real browser: nothing sticks out on desk or phone, and nothing is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browser import chromium
from twinrights.audit.page.document import document
from twinrights.audit.run import audit

LONG = "Freiherrlich-von-Wallenstein'sche-Modeagentur-und-Bekleidungsgesellschaft-mbH & Söhne"

STICKING_OUT = """() => [...document.querySelectorAll("main *")]
  .filter((each) => !each.closest("svg") && each.getBoundingClientRect().right > innerWidth + 1)
  .map((each) => `${each.tagName} ${each.className} ${each.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def report(lived):
    life = lived("py-evm")
    return audit(life.chain.web3, life.chain.deployment)


@pytest.fixture(params=[1280, 390], ids=["desk", "phone"])
def page(request, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 844})
    yield context.new_page()
    context.close()


def show(page: Page, text: str, tmp_path) -> list[str]:
    """Open a page from a file; return what it asked for besides."""
    asked: list[str] = []
    file = tmp_path / "report.html"
    file.write_text(text, encoding="utf-8")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return [url for url in asked if url != file.as_uri()]


@pytest.mark.parametrize("name", ["H&M", LONG, "W" * 90])
def test_nothing_sticks_out_and_nothing_is_asked(page, report, tmp_path, name):
    people = {each.owner for each in report.twins} | {each.licensee for each in report.licenses}
    asked = show(page, document(report, names=dict.fromkeys(people, name)), tmp_path)
    assert asked == []
    assert page.evaluate(STICKING_OUT) == []
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("innerWidth")


def test_the_verdict_is_seen_at_once(page, report, tmp_path):
    show(page, document(report), tmp_path)
    box = page.get_by_role("heading", level=1).bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844


def test_a_chart_is_an_image_with_words(page, report, tmp_path):
    show(page, document(report), tmp_path)
    assert page.get_by_role("img", name="earned in all").count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_the_paper(page, report, tmp_path, scheme):
    page.emulate_media(color_scheme=scheme)
    show(page, document(report), tmp_path)
    ratios = page.evaluate(CONTRASTS)
    assert len(ratios) > 100
    assert {text: ratio for text, ratio in ratios if ratio < 4.5} == {}


CONTRASTS = """() => {
  const part = (value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const light = ([r, g, b]) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const under = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const [r, g, b, a = 1] = numbers(getComputedStyle(each).backgroundColor);
      layers.push([r, g, b, a]);
      if (a === 1) break;
    }
    return layers.reverse().reduce(
      (below, [r, g, b, a]) => below.map((value, i) => value * (1 - a) + [r, g, b][i] * a),
      [255, 255, 255],
    );
  };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const parent = walker.currentNode.parentElement;
    if (!text || !parent.checkVisibility()) continue;
    const inks = light(numbers(getComputedStyle(parent).color)), papers = light(under(parent));
    const ratio = (Math.max(inks, papers) + 0.05) / (Math.min(inks, papers) + 0.05);
    found.push([`${text} in ${parent.className || parent.tagName}`, ratio]);
  }
  return found;
}"""
"""How each text stands out from what is behind it (WCAG 2.2, 1.4.3)."""
