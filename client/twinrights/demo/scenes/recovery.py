"""A model loses her phone; her guardian moves her twin, and she is paid at the new wallet."""

from __future__ import annotations

from twinrights.demo.deals import Fate
from twinrights.demo.given import Model
from twinrights.demo.scenes.season import require
from twinrights.demo.stage import DAY, Rescue, Stage
from twinrights.errors import MoveNotReady
from twinrights.terms import Move

__all__ = ["phone_lost", "twin_rescued"]


def phone_lost(stage: Stage) -> None:
    """Let the guardian propose a move to the new phone; what is due to the owner waits from now."""
    model = who_loses(stage)
    if model is None:
        return
    chain, twin_id = stage.chain, stage.twins[model.slug]
    phone = stage.seed.wallet("new phone", model.slug)
    move = Move(
        memo="",
        twin_id=twin_id,
        to=phone.address,
        nonce=chain.twins.get(twin_id).authority.nonce,
        deadline=chain.now() + DAY,
    )
    pending = chain.recovery.propose_rescue(
        chain.sign(move, signer=stage.cast.guardians[model.slug]),
        acceptance=chain.sign(move, signer=phone),
        payer=stage.cast.relayer,
    )
    stage.rescue = Rescue(model, phone, pending.ready_at)
    stage.teller.say(
        f"{model.name} has lost her phone: her guardian moves her twin to a new one, from "
        f"{stage.date(pending.ready_at)} on"
    )
    stage.refused(
        MoveNotReady,
        f"the twin of {model.name} moved before the 14 days in which she could object",
        lambda: chain.recovery.complete_move(twin_id, payer=stage.cast.relayer),
    )


def twin_rescued(stage: Stage) -> None:
    """Complete the move, and pay to the new phone what has waited for it."""
    rescue = stage.rescue
    if rescue is None:
        return
    chain, twin_id = stage.chain, stage.twins[rescue.model.slug]
    currency = stage.currency.address
    chain.recovery.complete_move(twin_id, payer=stage.cast.relayer)
    require(chain.twins.get(twin_id).owner == rescue.phone.address, "a moved twin has a new owner")

    rescue.waited = chain.royalties.payable(currency, twin_id)
    require(rescue.waited > 0, "what is due to the owner waits while a move is pending")
    chain.royalties.withdraw(currency, twin_id, payer=stage.cast.relayer)
    held = chain.balance(stage.currency, rescue.phone.address)
    require(held == rescue.waited, "what waited is paid to the new wallet")
    stage.teller.say(
        f"{rescue.model.name} has her twin again: {stage.money(rescue.waited)} had waited and are "
        "in her new wallet"
    )


def who_loses(stage: Stage) -> Model | None:
    """Return a model who earns from the first brand for long, and of whom nothing else is told."""
    first = stage.given.brands[0]
    told = {deal.model.slug for deal in stage.deals() if deal.fate is not Fate.NONE}
    card = stage.first(lambda deal: not deal.is_offer and not deal.is_exclusive)
    told |= {card.model.slug} if card else set()
    deal = stage.first(
        lambda deal: deal.brand == first and deal.days >= 60 and deal.model.slug not in told
    )
    return deal.model if deal else None
