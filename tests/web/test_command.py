"""`twinrights sign FILE`, as a person runs it: from the draft to the signed file."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.cli.world import HOUR, NEW_YEAR, World, card_of, hm, model, terms_of
from tests.web.browser import InjectedWallet
from twinrights.agreement import with_agreement
from twinrights.typed_data import Signed, recover

COMMAND = [sys.executable, "-m", "twinrights", "sign"]


@contextmanager
def signing(world: World, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield the command while it waits, and the address that it told."""
    environment = {**os.environ, **world.env}
    with subprocess.Popen(
        [*COMMAND, *arguments, "--no-browser"],
        cwd=world.folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stderr is not None
        told = re.fullmatch(r"Sign at (http://127\.0\.0\.1:\d+/\S{43}/)\n", run.stderr.readline())
        assert told is not None
        yield run, told[1]


@pytest.fixture
def draft(world: World) -> Signed:
    """An offer that nobody has signed, in the world's folder."""
    paper = world.chain.draft(terms_of(world, int(world.ids["twin"], 16), hm, quota=13))
    return world.keep("mine.json", paper)


def test_the_signed_file_is_written(world: World, draft: Signed, desk: Page) -> None:
    card = card_of(world, int(world.ids["twin"], 16))
    world.keep("usual.json", world.sign(card, model))
    wallet = InjectedWallet(model, draft.chain_id, draft.contract, must_show=("1,000.00 TUSD",))
    with signing(world, "mine.json", "--card", "usual.json", "--out", "signed.json") as (run, at):
        wallet.into(desk)
        desk.goto(at)
        expect(desk.get_by_text("You receive 95 %; on your rate card it is 90 %.")).to_be_visible()
        desk.get_by_role("button", name="Sign with TestWallet").click()
        expect(desk.get_by_role("heading", name="Signed.")).to_be_visible()
        out, err = run.communicate(timeout=20)
    assert (run.returncode, err) == (0, "")
    assert out == f"signed.json: offer 0x{draft.digest.hex()}, signed\n"
    signed = Signed.load(world.folder / "signed.json")
    assert (signed.message, recover(signed)) == (draft.message, model.address)


def test_the_agreement_of_the_store_is_on_the_page(world: World, desk: Page) -> None:
    named = terms_of(world, int(world.ids["twin"], 16), hm, quota=20, start=NEW_YEAR + HOUR)
    agreement = bytes.fromhex(world.ids["agreement"][2:])
    world.keep("named.json", world.chain.draft(with_agreement(named, agreement)))
    with signing(world, "named.json", "--store", "store", "--wait", "20s") as (run, at):
        desk.goto(at)
        shown = desk.locator("#agreement")
        expect(shown).to_contain_text("Where the two differ, the terms signed on chain prevail.")
        expect(shown).to_contain_text("own shop: the licensee's own web shop and app")
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=20)


def test_time_ends_it_in_one_line(world: World, draft: Signed) -> None:
    with signing(world, "mine.json", "--wait", "1s") as (run, _):
        out, err = run.communicate(timeout=20)
    sentence = "Nothing was signed: nobody answered on the page within 1 second."
    assert (run.returncode, out, err) == (1, "", f"twinrights: {sentence}\n")


def test_ctrl_c_ends_it_without_a_word(world: World, draft: Signed) -> None:
    with signing(world, "mine.json", "--out", "no.json") as (run, _):
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=20)
    assert (run.returncode, out, err) == (130, "", "")
    assert not (world.folder / "no.json").exists()
