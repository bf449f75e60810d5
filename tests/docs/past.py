"""What happened before TwinRights was gone: the chain on which docs/without-us.md is followed."""

from __future__ import annotations

import shutil
from dataclasses import astuple, replace
from datetime import datetime, timezone
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak

from scripts.compile import artifact_of
from tests.client.stage import DAY, FEE, Stage
from twinrights import words
from twinrights.chain.connect import connect
from twinrights.chain.deploy import deploy
from twinrights.facade import TwinRights
from twinrights.media.images import sha256_of
from twinrights.media.manifest import Manifest
from twinrights.money import Currency
from twinrights.terms import Batch, Kind, License, Notice
from twinrights.wallets import dev_wallet

__all__ = ["BORN", "lived"]

PICTURES = Path("client/twinrights/demo/data/images")


def on(month: int, day: int) -> int:
    return int(datetime(2026, month, day, tzinfo=timezone.utc).timestamp())


BORN = on(3, 1)


def lived(url: str, papers: Path) -> Stage:
    """Let everybody do what the page's reader finds; leave in `papers` what a brand would keep."""
    web3 = connect(url)
    # Every block is one second after the one before: what the page prints is the same every day.
    web3.manager.request_blocking("anvil_setBlockTimestampInterval", [1])
    deployment = deploy(web3, dev_wallet(0))
    stage = Stage(TwinRights(web3, deployment))
    stage._numbers = count(1)  # also where other tests have taken numbers before
    stage.set()
    _take_a_currency_that_can_block(stage)
    campaign = stage.license(start=on(3, 3))
    stage.booking(start=on(6, 1))
    stage.license(start=on(3, 3))
    noticed = stage.license(start=on(3, 3), notice=7 * DAY)
    stage.chain.clock.move_to(on(3, 10))
    _record(stage, campaign, 1, ("alva-01.jpg", "alva-02.jpg", "group-01.jpg"), papers)
    _record(stage, campaign, 2, ("group-02.jpg",), papers)
    stage.chain.clock.move_to(on(4, 10))
    notice = stage.sign(Notice("", noticed.id, stage.nonce, on(5, 1)))
    stage.chain.licenses.give_notice(notice, payer=stage.stranger)
    stage.chain.clock.move_to(on(4, 17) + DAY // 2)
    set_blocked(stage, True)
    return stage


def set_blocked(stage: Stage, blocked: bool) -> None:
    """Let the dollar's issuer block the photographer's wallet, or not any more."""
    contract = stage.chain.web3.eth.contract(stage.usd, abi=blocklist()["abi"])
    photographer = stage.photographer.address
    stage.contracts.send(
        stage.contracts.deed(contract, "setBlocked", photographer, blocked), stage.stranger
    )


@cache
def blocklist() -> dict[str, Any]:
    return artifact_of("Blocklist", "contracts/mocks/Blocklist.sol")


def _take_a_currency_that_can_block(stage: Stage) -> None:
    """Pay in a dollar whose issuer blocks wallets, as those in use do."""
    stage.usd = stage.put_up(blocklist())
    dollar = Currency(symbol="USDX", decimals=6, address=stage.usd)
    known = replace(stage.chain.deployment, currencies=(dollar,))
    stage.chain = TwinRights(stage.chain.web3, known)
    stage.chain.fund(stage.hm.address, 10 * FEE, payer=stage.hm, currency="USDX")


def _record(
    stage: Stage, license: License, number: int, names: tuple[str, ...], papers: Path
) -> None:
    """Record images, as the client does but with salts that are the same every day."""
    for name in names:
        shutil.copy(PICTURES / name, papers)
    salts = count(100 * number)
    files = [sha256_of(papers / name) for name in names]
    manifest = Manifest.of(files, random=lambda size: keccak(next(salts).to_bytes(size, "big")))
    manifest.save(papers / f"manifest-{number}.json")
    batch = Batch(
        number,
        Kind.DECLARED,
        manifest.tree.root,
        len(names),
        words.uses("own_shop"),
        words.markets("SE"),
        manifest.hash,
    )
    stage.raw("record", license.id, astuple(batch))
