"""What the chain told, as machines and people read it: twins, licenses, payments, usage, proofs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from twinrights import words
from twinrights.cli import show
from twinrights.terms import ZERO_ADDRESS, Entry, License

if TYPE_CHECKING:
    from web3.types import BlockIdentifier

    from twinrights.chain.deployment import Deployment
    from twinrights.facade import TwinRights
    from twinrights.grants import Grant
    from twinrights.licenses import Quote
    from twinrights.payouts import PayOut
    from twinrights.trust import Flagged, Vouch
    from twinrights.twins import Twin
    from twinrights.usage import Proof, Recorded, UsageBatch

__all__ = [
    "batch_value",
    "deployment_value",
    "entry_value",
    "flag_value",
    "grant_value",
    "license_value",
    "money_account",
    "pay_out_value",
    "proof_value",
    "quote_value",
    "recorded_value",
    "recovery_value",
    "twin_value",
    "vouch_value",
]


def twin_value(twin: Twin) -> show.Value:
    """Return what the chain knows of a twin."""
    authority = twin.authority
    return {
        "twin": show.identifier(twin.id),
        "owner": twin.owner,
        "epoch": authority.epoch,
        "nonce": authority.nonce,
        "least_serial": authority.least_serial,
        "uses": words.use_names(authority.uses),
        "categories": words.category_names(authority.categories),
        "least_owner_share": show.percent(authority.least_owner_bps),
    }


def recovery_value(
    chain: TwinRights, twin_id: int, *, block: BlockIdentifier = "latest"
) -> show.Value:
    """Return what the chain knows of a twin, who can recover it, and what is under way."""
    recovery = chain.recovery
    pending = recovery.pending(twin_id, block=block)
    return {
        **twin_value(chain.twins.get(twin_id, block=block)),
        "is_retired": recovery.is_retired(twin_id, block=block),
        "guardian": recovery.guardian(twin_id, block=block),
        "pending_move": None
        if pending is None
        else {
            "to": pending.to,
            "proposed_by": "guardian" if pending.by_guardian else "owner",
            "ready": show.when(pending.ready_at),
        },
    }


def license_value(
    license: License, grant: Grant, *, is_live: bool, currencies: show.Currencies
) -> show.Value:
    """Return all that the chain keeps of a license, and what it was granted for."""

    def price(units: int) -> show.Value:
        return show.money(units, grant.pay.currency, currencies)

    return {
        "license": show.identifier(license.id),
        "twin": show.identifier(grant.twin_id),
        "licensee": license.licensee,
        "is_live": is_live,
        "start": show.when(license.start),
        "end": show.when(license.end),
        "paid_through": show.when(license.paid_through),
        "uses": words.use_names(license.uses),
        "markets": words.market_words(license.markets),
        "category": words.category_name(grant.scope.category),
        "exclusive": grant.scope.exclusive,
        "images_left": license.images_left,
        "fee": price(grant.pay.fee),
        "deposited": price(license.deposited),
        "collected": price(license.collected),
        "batches": license.batches,
        "head": show.digest(license.head),
        "is_booking": license.is_booking,
        "is_noticed": license.is_noticed,
        "is_settled": license.is_settled,
    }


def grant_value(grant: Grant, currencies: show.Currencies) -> show.Value:
    """Return the terms of a license as its grant published them: the memo by its hash."""
    terms = show.message_value(grant.terms, currencies)
    del terms["memo"]
    return {
        "license": show.identifier(grant.license_id),
        **terms,
        "start": show.when(grant.start),
        "end_as_granted": show.when(grant.end),
        "deposited_at_grant": show.money(grant.deposited, grant.pay.currency, currencies),
        "memo_hash": show.digest(grant.memo_hash),
        "block": grant.block,
        "transaction": grant.transaction,
    }


def quote_value(quote: Quote, currencies: show.Currencies) -> show.Value:
    """Return what a booking would cost."""
    return {
        "fee": show.money(quote.fee, quote.currency, currencies),
        "days": quote.days,
        "uses": words.use_names(quote.uses),
        "markets": words.market_words(quote.markets),
        "quota": quote.quota,
        "exclusive": quote.exclusive,
    }


def pay_out_value(paid: PayOut, currencies: show.Currencies) -> show.Value:
    """Return what one deed paid to whom."""

    def price(units: int) -> show.Value:
        return show.money(units, paid.currency, currencies)

    return {
        "license": show.identifier(paid.license_id),
        "paid_out": price(paid.total),
        "refunded": price(paid.refund),
        "is_settled": paid.is_settled,
        "transaction": paid.transaction,
        "parts": [
            {
                "role": words.role_name(part.role),
                # Nobody's, while a move of the twin is pending.
                "payee": part.payee if part.payee != ZERO_ADDRESS else None,
                "amount": price(part.amount),
                "waits": part.is_deferred,
            }
            for part in paid.parts
        ],
    }


def batch_value(recorded: UsageBatch) -> show.Value:
    """Return a usage batch as the chain recorded it."""
    batch = recorded.batch
    return {
        "license": show.identifier(recorded.license_id),
        "number": batch.number,
        "kind": batch.kind.name.lower(),
        "time": show.when(recorded.time),
        "reporter": recorded.reporter,
        "images": batch.images,
        "uses": words.use_names(batch.uses),
        "markets": words.market_words(batch.markets),
        "root": show.digest(batch.root),
        "manifest": show.digest(batch.manifest),
        "block": recorded.block,
        "transaction": recorded.transaction,
    }


def recorded_value(recorded: Recorded) -> show.Value:
    """Return what one transaction recorded, and where the manifest that proves it lies."""
    path = recorded.manifest_path
    return {
        "manifest": str(path) if path else None,
        "transaction": recorded.transaction,
        "batches": [batch_value(batch) for batch in recorded.batches],
    }


def proof_value(proof: Proof) -> show.Value:
    """Return a proof that an image stands in a license's history, and what the contract said."""
    return {
        "is_recorded": proof.is_recorded,
        "license": show.identifier(proof.license_id),
        "number": proof.batch.number,
        "kind": proof.batch.kind.name.lower(),
        "time": show.when(proof.time),
        "reporter": proof.reporter,
        "uses": words.use_names(proof.batch.uses),
        "markets": words.market_words(proof.batch.markets),
        "index": proof.leaf.index,
        "sha256": show.digest(proof.leaf.file),
        "entry": show.digest(proof.leaf.entry),
        "root": show.digest(proof.batch.root),
        "path": [show.digest(node) for node in proof.path],
        "head_before": show.digest(proof.head_before),
        "later": [show.digest(later) for later in proof.later],
    }


def entry_value(entry: Entry) -> show.Value:
    """Return one grant of the conflict book, as it was made."""
    return {
        "license": show.identifier(entry.license_id),
        "start": show.when(entry.start),
        "end": show.when(entry.end),
        "uses": words.use_names(entry.uses),
        "markets": words.market_words(entry.markets),
    }


def vouch_value(vouch: Vouch) -> show.Value:
    """Return who vouches for a wallet, and until when."""
    return {
        "voucher": vouch.voucher,
        "until": show.when(vouch.until),
        "commitment": show.digest(vouch.commitment),
        "time": show.when(vouch.time),
        "transaction": vouch.transaction,
    }


def flag_value(flagged: Flagged) -> show.Value:
    """Return which image an owner doubts, and under which license."""
    return {
        "license": show.identifier(flagged.license_id) if flagged.license_id else None,
        "image": show.digest(flagged.image_hash),
        "time": show.when(flagged.time),
        "transaction": flagged.transaction,
    }


def deployment_value(deployment: Deployment) -> show.Value:
    """Return where the contracts are."""
    return {
        "chain_id": deployment.chain_id,
        "twins": deployment.twins,
        "licenses": deployment.licenses,
        "metadata": deployment.metadata,
        "block": deployment.block,
        "currencies": [
            {"symbol": known.symbol, "decimals": known.decimals, "address": known.address}
            for known in deployment.currencies
        ],
    }


def money_account(number: int) -> str:
    """Return the account under which money waits: an address, or a twin's id."""
    return show.identifier(number) if number >> 160 else f"0x{number:040x}"
