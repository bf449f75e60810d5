"""Twins and licenses that really stand on the chain of the tests, signed by the client."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tests.client.deployed import deployed
from tests.client.samples import FAR, HM, MODEL, STRANGER, consent, policy
from twinrights import memo
from twinrights.terms import Share, Terms
from twinrights.typed_data import Message, is_of_twin, memo_of, to_abi, with_memo
from twinrights.wallets import Wallet

PLENTY = 10**30


@dataclass(frozen=True)
class Granted:
    """A license and the terms that it was granted on."""

    license_id: int
    terms: Terms


def signed(message: Message, wallet: Wallet = MODEL) -> Any:
    """The message with its memo and a signature, bound to the contract that takes it."""
    desk = deployed()
    known = desk.contracts.deployment.currencies
    if not memo_of(message):
        message = with_memo(message, memo.render(message, currencies=known))
    place = desk.of_twins if is_of_twin(message) else desk.of_licenses
    return wallet.sign(message, currencies=known, **place)


def send(name: str, *values: Any, payer: Wallet = STRANGER, twins: bool = False) -> Any:
    """The receipt of a deed that succeeded."""
    desk = deployed()
    contract = desk.twins if twins else desk.licenses
    return desk.contracts.send(desk.contracts.deed(contract, name, *values), payer)


@cache
def twin() -> int:
    """The model's twin; everything is allowed, half of every fee is hers."""
    desk = deployed()
    paper = signed(consent(deadline=FAR))
    send("mint", to_abi(paper.message), paper.signature, twins=True)
    twin_id = int.from_bytes(paper.digest, "big")
    allowed = signed(
        policy(twin_id=twin_id, uses=2**20 - 1, categories=2**28 - 1, least_owner_bps=5_000,
               deadline=FAR)
    )  # fmt: skip
    send("setPolicy", to_abi(allowed.message), allowed.signature, twins=True)
    dollar = desk.contracts.currency(desk.dollar)
    for deed in (
        desk.contracts.deed(dollar, "mint", HM.address, PLENTY),
        desk.contracts.deed(dollar, "approve", desk.licenses.address, 2**256 - 1),
    ):
        desk.contracts.send(deed, HM)
    return twin_id


def authority() -> Any:
    """Owner, epoch, nonce, least serial and policy of the twin now."""
    return deployed().twins.functions.authority(twin()).call()


def on_chain(terms: Terms) -> Terms:
    """The same terms for the twin, the currency and the epoch that there are."""
    scope = replace(terms.scope, epoch=authority()[1], valid_until=FAR)
    return Terms(
        scope, replace(terms.pay, twin_id=twin(), currency=deployed().dollar), terms.shares
    )


@cache
def granted(terms: Terms, *, deposit: int | None = None) -> Granted:
    """A license on those terms, granted once, paid whole unless a deposit is named."""
    paper = signed(on_chain(terms))
    paid = paper.message.pay.fee if deposit is None else deposit
    send("accept", to_abi(paper.message), paper.signature, paid, _opening(paper), payer=HM)
    return Granted(int.from_bytes(paper.digest, "big"), paper.message)


def record(license: Granted, *, images: int) -> None:
    """Declare images, in one use and one market of the license."""
    scope = license.terms.scope
    use, market = scope.uses & -scope.uses, scope.markets & -scope.markets
    batch = (1, 0, b"\x01" * 32, images, use, market, b"\x02" * 32)
    send("record", license.license_id, batch, payer=HM)


def shares_to(*bps: int) -> tuple[Share, ...]:
    """Shares of wallets that nobody has."""
    return tuple(Share(f"0x{number:040x}", part, 8) for number, part in enumerate(bps, 1_000))


def _opening(paper: Any) -> list[tuple[Any, ...]]:
    if not paper.message.scope.exclusive:
        return []
    from dataclasses import astuple

    from twinrights.grants import Grants

    book = Grants(deployed().contracts).opening(twin(), paper.message.scope.category)
    return [astuple(entry) for entry in book]
