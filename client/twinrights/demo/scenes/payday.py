"""Royalties are paid out, at several times, to everybody who has a share."""

from __future__ import annotations

from collections.abc import Iterable

from twinrights.demo.deals import Deal
from twinrights.demo.stage import Stage

__all__ = ["everybody", "first_brand", "other_brands"]


def first_brand(stage: Stage) -> None:
    """Pay out what the first brand's licenses have earned."""
    first = stage.given.brands[0]
    deals = [deal for deal in stage.deals() if deal.brand == first]
    pay_out(stage, f"pay-outs from licenses of {first.name}", deals)


def other_brands(stage: Stage) -> None:
    """Pay out what the licenses of the others have earned."""
    first = stage.given.brands[0]
    pay_out(stage, "pay-outs from the others", [one for one in stage.deals() if one.brand != first])


def everybody(stage: Stage) -> None:
    """Pay out of every license that is not settled; what has ended is settled now."""
    pay_out(stage, "last pay-outs", stage.deals())


def pay_out(stage: Stage, what: str, deals: Iterable[Deal]) -> None:
    """Pay out of each license that earns; anyone may send this, it only goes to the payees."""
    now = stage.chain.now()
    open_ids = [
        license_id
        for license_id in map(stage.license_of, deals)
        if license_id not in stage.settled and stage.chain.licenses.terms(license_id).start <= now
    ]
    for license_id in stage.teller.each(what, open_ids):
        stage.settle(stage.chain.royalties.pay_out(license_id, payer=stage.cast.relayer))
