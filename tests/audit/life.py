"""A whole life on one chain: every event that the contracts can log happens in it at least once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import solcx

from scripts.compile import ROOT, SETTINGS, SOLC
from tests.client.stage import DAY, DOLLAR, FAR, FEE, Stage
from twinrights import words
from twinrights.terms import (
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    Kind,
    LapseEnd,
    License,
    MoveDrop,
    Notice,
    Retirement,
    Revocation,
    SerialRaise,
)
from twinrights.typed_data import digest, to_abi

ODD = ("Blocklist", "FalseReturn", "GasBurning", "NoReturn", "Rebasing", "Reentrant", "ReturnBomb")
GIFT = 7 * DOLLAR
ODD_FEE = 1_000_000_003
"""A fee that neither seven images nor its shares divide evenly."""


@dataclass
class Life:
    """The stage after its life, and the licenses that the tests speak of."""

    stage: Stage
    plain: License
    part: License
    exclusive: License
    quick: License
    declined: License
    noticed: License
    surrendered: License
    lapsed: License
    deferred: License
    ended: License
    blocklist: str
    revoked: bytes

    @property
    def chain(self):
        return self.stage.chain


def live(stage: Stage, folder: Path) -> Life:
    """Let everything happen once on a stage that is set."""
    chain, royalties = stage.chain, stage.chain.royalties
    images = pictures(folder)
    moving = recover(stage)
    plain = stage.license(start=0)
    part = stage.license(deposit=1_000 * DOLLAR)
    lapsed = stage.license(deposit=500 * DOLLAR)
    noticed = stage.license()
    surrendered = stage.license(committed=900 * DOLLAR)
    ended = stage.license(term=5 * DAY)
    deferred, blocklist = in_other_currency(stage)
    free = stage.license(fee=0, committed=0)
    quick = stage.license(fee=ODD_FEE, quota=7, shares=stage.shares(2_000, 500, 333))
    # Of three exclusive ones two end before a fourth, so that the book drops and moves its places.
    alone(stage, "JP", days=5)
    exclusive = alone(stage, "KR", days=60)
    alone(stage, "CN", days=5)
    stage.license(stage.rival, markets=words.markets("JP"))  # its own exclusive one is no obstacle

    chain.usage.set_reporter(stage.reporter.address, True, payer=stage.hm)
    record(stage, plain, images[:2])
    record(stage, [free, quick], images[:3])
    royalties.pay_out(quick, payer=stage.stranger)  # its images run ahead of its days
    record(stage, [plain, noticed], images[2:5], payer=stage.reporter)
    chain.usage.set_reporter(stage.reporter.address, False, payer=stage.hm)
    long = stage.license(term=300 * DAY, notice=365 * DAY)
    for each in (noticed, long):
        chain.licenses.give_notice(act(stage, Notice, each), payer=stage.stranger)
    declined = book_and_decline(stage)

    chain.clock.advance(10 * DAY)
    for each in (plain, ended):
        royalties.pay_out(each, payer=stage.stranger)
    pay_and_withdraw(stage, deferred, blocklist)
    for each in (surrendered, long):  # only the first owes what is committed
        chain.licenses.surrender(each, payer=stage.hm)
    alone(stage, "TW", days=5)

    chain.clock.advance(25 * DAY)
    royalties.pay_out(noticed, payer=stage.stranger)
    record(stage, part, images[:1], kind=Kind.LATE)  # during the lapse
    record(stage, plain, images[:1], kind=Kind.REMOVED)
    chain.fund(stage.stranger.address, FEE, payer=stage.stranger)
    royalties.top_up(part, 3_000 * DOLLAR, payer=stage.stranger)
    record(stage, part, images[5:])
    chain.licenses.end_lapsed(act(stage, LapseEnd, lapsed), payer=stage.stranger)
    royalties.pay_out(plain, payer=stage.stranger)
    chain.recovery.complete_move(moving, payer=stage.stranger)
    revoked = withdraw_signatures(stage)
    chain.fund(chain.deployment.licenses, GIFT, payer=stage.stranger)
    return Life(
        stage,
        plain,
        part,
        exclusive,
        quick,
        declined,
        noticed,
        surrendered,
        lapsed,
        deferred,
        ended,
        blocklist,
        revoked,
    )


def recover(stage: Stage) -> int:
    """Let everything happen to two other twins that keeps or moves them; one move is left waiting.

    A proposal is dropped with its guardian, one by the owner, one ends by a move at once; the owner
    flags an image and retires; somebody vouches and takes it back. Returns the twin that waits.
    """
    chain, recovery, own = stage.chain, stage.chain.recovery, stage.twin_id
    try:
        stage.twin_id = chain.twins.mint(stage.sign(stage.consent()), payer=stage.stranger).id
        stage.rescue()
        change = GuardianChange("", stage.twin_id, stage.agency.address, stage.nonce, FAR)
        recovery.set_guardian(stage.sign(change), payer=stage.stranger)
        move = stage.move()
        recovery.propose_move(
            stage.sign(move),
            acceptance=stage.sign(move, signer=stage.new_phone),
            payer=stage.stranger,
        )
        drop = MoveDrop("", stage.twin_id, stage.nonce, FAR)
        recovery.drop_move(stage.sign(drop), payer=stage.stranger)
        stage.move_at_once(stage.agency)
        flag = Flag("", stage.twin_id, 0, b"\x0f" * 32, stage.nonce, FAR)
        signed = stage.sign(flag, signer=stage.new_phone)
        stage.raw("flag", to_abi(signed.message), signed.signature, twins=True)
        retirement = Retirement("", stage.twin_id, stage.nonce, FAR)
        recovery.retire(stage.sign(retirement, signer=stage.new_phone), payer=stage.stranger)
        word = (stage.model.address, b"\x0c" * 32)
        stage.raw("vouch", *word, FAR, sender=stage.agency, twins=True)
        stage.raw("withdrawVouch", *word, sender=stage.agency, twins=True)

        stage.twin_id = chain.twins.mint(stage.sign(stage.consent()), payer=stage.stranger).id
        stage.rescue()
        return stage.twin_id
    finally:
        stage.twin_id = own


def pictures(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{number}.jpg" for number in range(8)]
    for number, file in enumerate(files):
        file.write_bytes(b"\xff\xd8\xff" + bytes([number]) * 50)
    return files


def record(stage: Stage, license, images, *, payer=None, **changes: Any) -> None:
    asked = {"uses": "own_shop", "markets": "SE", **changes}
    stage.chain.usage.record(license, images, payer=payer or stage.hm, **asked)


def alone(stage: Stage, market: str, *, days: int) -> License:
    """Return an exclusive license of the rival."""
    markets = words.markets(market)
    return stage.license(stage.rival, exclusive=True, markets=markets, term=days * DAY)


def act(stage: Stage, kind: type, license: License):
    far = stage.chain.now() + 365 * DAY
    return stage.sign(kind("", license.id, stage.nonce, far))


def book_and_decline(stage: Stage) -> License:
    """Book twice from one card; decline the second before its start."""
    card = stage.sign(stage.card())
    stage.booking(card)
    declined = stage.booking(card)
    stage.chain.licenses.decline(act(stage, Decline, declined), payer=stage.stranger)
    return declined


def in_other_currency(stage: Stage, name: str = "Blocklist", **changes: Any) -> tuple[License, str]:
    """Return a license paid in one of the odd currencies, and that currency."""
    token = stage.put_up(compiled(name))
    in_token(stage, token, "mint", stage.hm.address, 2 * FEE, sender=stage.hm)
    return stage.license(currency=token, **changes), token


def pay_and_withdraw(stage: Stage, license: License, token: str) -> None:
    """Defer the agency's part and the owner's, then let the agency withdraw its own."""
    for payee in (stage.agency, stage.model):
        in_token(stage, token, "setBlocked", payee.address, True)
    stage.chain.royalties.pay_out(license, payer=stage.stranger)
    in_token(stage, token, "setBlocked", stage.agency.address, False)
    stage.chain.royalties.withdraw(token, stage.agency.address, payer=stage.stranger)


def in_token(stage: Stage, token: str, name: str, *values: Any, sender=None) -> None:
    """Call a currency by the name of its function and its values."""
    abi = next(each for each in odd_functions() if each["name"] == name)
    contract = stage.chain.web3.eth.contract(address=token, abi=[abi])
    deed = stage.contracts.deed(contract, name, *values)
    stage.contracts.send(deed, sender or stage.stranger)


def odd_functions() -> list[dict[str, Any]]:
    return [
        each
        for name in ODD
        for each in compiled(name)["abi"]
        if each["type"] == "function" and each["stateMutability"] == "nonpayable"
    ]


def withdraw_signatures(stage: Stage) -> bytes:
    """Revoke an offer, raise serial and epoch of the twin; return the offer's digest."""
    chain, far = stage.chain, stage.chain.now() + DAY
    offer = stage.offer()
    unwanted = digest(offer.message, chain_id=chain.chain_id, contract=offer.contract)
    revocation = Revocation("", stage.twin_id, unwanted, far)
    chain.licenses.revoke(stage.sign(revocation), payer=stage.stranger)
    serial = SerialRaise("", stage.twin_id, 5, stage.nonce, far)
    chain.twins.raise_least_serial(stage.sign(serial), payer=stage.stranger)
    epoch = EpochRaise("", stage.twin_id, stage.nonce, far)
    chain.twins.raise_epoch(stage.sign(epoch), payer=stage.stranger)
    return unwanted


def compiled(name: str) -> dict[str, Any]:
    """Return one of the odd currencies of the contracts' own tests: its ABI and bytecode."""
    found = odd_currencies()[f"contracts/mocks/{name}.sol"][name]
    return {"abi": found["abi"], "bytecode": found["evm"]["bytecode"]["object"]}


@cache
def odd_currencies() -> dict[str, Any]:
    paths = [f"contracts/mocks/{name}.sol" for name in ODD]
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": SETTINGS,
            "sources": {
                path: {"content": (ROOT / path).read_text(encoding="utf-8")} for path in paths
            },
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    return output["contracts"]
