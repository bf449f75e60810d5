"""Replays RoyaltyStream: what comes in, what is earned, who gets it, what waits (laws 12 to 17)."""

from __future__ import annotations

from dataclasses import replace

from eth_utils.address import to_checksum_address

from twinrights.audit.arithmetic import division
from twinrights.audit.events import Event
from twinrights.audit.findings import Subject, utc
from twinrights.audit.replay.judge import Judge, license_of
from twinrights.audit.state import LICENSEE, OWNER, Flow, License, Move, Posting
from twinrights.audit.stored_words import account_subject
from twinrights.audit.world import World

__all__ = ["deferred", "paid_in", "paid_out", "settled", "topped_up", "withdrawn"]


def paid_in(world: World, license: License, event: Event, *, payer: str, amount: int) -> None:
    """Enter what somebody paid into a license."""
    _move(world, license, event, Flow.DEPOSIT, wallet=payer, role=LICENSEE, amount=amount)


def topped_up(world: World, event: Event, _: Event | None) -> None:
    """ToppedUp: a higher deposit, at most the fee, before the end; it opens more (law 14)."""
    license = license_of(world, event)
    if license is None:
        return
    judge = Judge(world, event, Subject("license", license.id))
    deposited = event["deposited"]
    judge.must(
        event.time < license.end,
        "ToppedUpAfterEnd",
        "was topped up after its end",
        expected=f"before {utc(license.end)}",
        found=utc(event.time),
        law=14,
    )
    judge.must(
        license.deposited < deposited <= license.fee,
        "DepositOutOfRange",
        "was topped up to a sum outside its bounds",
        expected=f"above {license.deposited}, at most {license.fee}",
        found=deposited,
        law=14,
        amount=max(0, deposited - license.fee),
        currency=license.currency,
    )
    opened = license.covered_quota(deposited) - license.covered_quota(license.deposited)
    more = deposited - license.deposited
    paid_in(world, license, event, payer=event["payer"], amount=more)
    world.change(
        license,
        event,
        deposited=deposited,
        paid_in=license.paid_in + more,
        paid_through=license.covered_until(deposited),
        images_left=license.images_left + opened,
    )


def settled(world: World, event: Event, following: Event | None) -> None:
    """Settled: once; what is earned stays, the rest goes back to the licensee (laws 9, 17)."""
    license = license_of(world, event)
    if license is None:
        return
    judge = Judge(world, event, Subject("license", license.id))
    judge.must(
        not license.is_settled,
        "SettledTwice",
        "was settled a second time",
        expected="one settlement",
        found="two",
        law=17,
    )
    how = following.name if following and following.values.get("licenseId") == license.id else ""
    if how not in ("Surrendered", "Declined"):
        judge.must(
            event.time >= license.end,
            "SettledBeforeEnd",
            "was settled before its end",
            expected=f"{utc(license.end)} or later",
            found=utc(event.time),
            law=17,
        )
    judge.same_money(
        "EarnedDiffers",
        "was settled at another sum than it had earned",
        license=license,
        expected=_final(license, event.time, how),
        found=event["earned"],
        law=13,
    )
    judge.same_money(
        "RefundDiffers",
        "was refunded another sum than its deposit left",
        license=license,
        expected=license.deposited - event["earned"],
        found=event["refunded"],
        law=17,
    )
    refund, who = event["refunded"], license.licensee
    _move(world, license, event, Flow.REFUND, wallet=who, role=LICENSEE, amount=refund)
    world.change(license, event, deposited=event["earned"], refunded=refund, is_settled=True)


def _final(license: License, time: int, how: str) -> int:
    """Return what a license must be settled at: by its end, by a surrender, or declined."""
    if how == "Declined":
        return 0
    if how != "Surrendered":
        return license.earned(time)
    by_now = license.earned(time, end=time)
    return by_now if license.is_noticed else max(by_now, license.committed)


def paid_out(world: World, event: Event, _: Event | None) -> None:
    """PaidOut: what was earned since the last time, by nested shares, the rest to her (law 15)."""
    license = license_of(world, event)
    if license is None:
        return
    judge = Judge(world, event, Subject("license", license.id))
    total = event["collected"]
    judge.same_money(
        "CollectedNotEarned",
        "was paid out to another sum than it had earned",
        license=license,
        expected=license.earned(event.time),
        found=total,
        law=13,
    )
    judge.must(
        total > license.collected,
        "PaidOutBackwards",
        "was paid out to a sum that was reached before",
        expected=f"above {license.collected}",
        found=total,
        law=13,
    )
    judge.must(
        license.is_settled or event.time < license.end,
        "PaidOutUnsettled",
        "was paid out after its end without being settled",
        expected="Settled",
        found="nothing",
        law=17,
    )
    _divide(world, license, event)
    world.change(license, event, collected=total)


def _divide(world: World, license: License, event: Event) -> None:
    twin = world.twins.get(license.twin_id)
    owner = twin.payee(event.time) if twin else "the owner of an unknown twin"
    parts = [share.bps for share in license.shares]
    payees = [(share.payee, int(share.payee, 16), share.role) for share in license.shares]
    payees.append((owner, license.twin_id, OWNER))

    before, after = division(license.collected, parts), division(event["collected"], parts)
    for (payee, account, role), earlier, later in zip(payees, before, after, strict=True):
        _move(
            world,
            license,
            event,
            Flow.SHARE,
            wallet=payee,
            account=account,
            role=role,
            amount=later - earlier,
        )


def deferred(world: World, event: Event, _: Event | None) -> None:
    """Deferred: a part that its wallet did not take waits for it (law 16)."""
    wanted = (event["currency"], event["account"], event["amount"])
    for at, move in enumerate(world.moves):
        if not move.incoming and (move.currency, move.account, move.amount) == wanted:
            del world.moves[at]
            if move.posting:
                _wait(world, move.posting, event)
            break
    else:
        what = world.coins.say(event["amount"], event["currency"])
        _about_account(world, event).must(
            False,
            "DeferredUnexplained",
            f"was promised {what} that no payout gives",
            expected=0,
            found=event["amount"],
            law=16,
            amount=event["amount"],
            currency=event["currency"],
        )
    world.payable[event["currency"], event["account"]] += event["amount"]


def withdrawn(world: World, event: Event, _: Event | None) -> None:
    """Withdrawn: all that waits for an account leaves, to that account itself (law 16)."""
    currency, account, amount = event["currency"], event["account"], event["amount"]
    judge = _about_account(world, event)
    waiting = world.payable[currency, account]
    judge.must(
        amount == waiting,
        "WithdrawnDiffers",
        f"withdrew {world.coins.say(amount, currency)} of {world.coins.say(waiting, currency)}",
        expected=waiting,
        found=amount,
        law=16,
        amount=abs(amount - waiting),
        currency=currency,
    )
    payee = _payee(world, account, event.time)
    judge.must(
        event["payee"] == payee,
        "WithdrawnToOther",
        "was withdrawn to another wallet",
        expected=payee,
        found=event["payee"],
        law=16,
        amount=amount,
        currency=currency,
    )
    world.payable[currency, account] = 0
    _leave(world, event)
    world.moves.append(
        Move(
            currency=currency,
            incoming=False,
            other=event["payee"],
            account=account,
            amount=amount,
            subject=judge.subject,
        )
    )


def _payee(world: World, account: int, at: int) -> str:
    if account >> 160 == 0:
        return to_checksum_address(f"0x{account:040x}")
    twin = world.twins.get(account)
    return twin.payee(at) if twin else "nobody"


def _about_account(world: World, event: Event) -> Judge:
    return Judge(world, event, account_subject(event["account"]))


def _move(
    world: World,
    license: License,
    event: Event,
    flow: Flow,
    *,
    wallet: str,
    role: int,
    amount: int,
    account: int | None = None,
) -> None:
    """Enter a movement, and keep in mind that the currency must log it in this transaction."""
    if not amount:
        return
    posting = Posting(
        flow=flow,
        license_id=license.id,
        currency=license.currency,
        account=int(wallet, 16) if account is None else account,
        wallet=wallet,
        role=role,
        amount=amount,
        event=event,
    )
    world.postings.append(posting)
    if amount < 0:  # no honest event says so, and a finding names it
        return
    world.moves.append(
        Move(
            currency=license.currency,
            incoming=posting.flow is Flow.DEPOSIT,
            other=posting.wallet,
            account=posting.account,
            amount=posting.amount,
            subject=Subject("license", license.id),
            posting=posting,
        )
    )


def _wait(world: World, given: Posting, event: Event) -> None:
    """Enter that what an account was given waits for it."""
    posting = replace(given, flow=Flow.DEFERRAL, event=event)
    world.postings.append(posting)
    world.waiting[posting.currency, posting.account].append(posting)


def _leave(world: World, event: Event) -> None:
    """Enter that all that waited for an account went to its wallet, oldest first."""
    left = event["amount"]
    for waited in world.waiting.pop((event["currency"], event["account"]), []):
        amount = min(left, waited.amount)
        left -= amount
        world.postings.append(
            replace(waited, flow=Flow.WITHDRAWAL, wallet=event["payee"], amount=amount, event=event)
        )
