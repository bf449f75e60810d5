"""Every deed, by the name that it has on the chain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tests.model import endings, licenses, money, moves, twins, usage
from tests.model.refused import Refused
from tests.model.world import World

__all__ = ["LICENSE_DEEDS", "TWIN_DEEDS", "Deed", "forbid"]


def forbid(world: World, *_: Any) -> None:
    """No transfer and no approval, of twins and of licenses (laws 2 and 5)."""
    raise Refused("NotTransferable")


def multicall(world: World, deeds: Sequence[Deed]) -> None:
    """Several deeds of the sender: all of them, or none with the first error."""
    for deed in deeds:
        deed(world)


_FORBIDDEN = {
    "approve(address,uint256)": forbid,
    "setApprovalForAll(address,bool)": forbid,
    "transferFrom(address,address,uint256)": forbid,
    "safeTransferFrom(address,address,uint256)": forbid,
    "safeTransferFrom(address,address,uint256,bytes)": forbid,
}

TWIN_DEEDS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "mint": twins.mint,
        "setPolicy": twins.set_policy,
        "raiseEpoch": twins.raise_epoch,
        "raiseLeastSerial": twins.raise_least_serial,
        "retire": twins.retire,
        "setGuardian": moves.set_guardian,
        "move": moves.move,
        "proposeMove": moves.propose_move,
        "proposeRescue": moves.propose_rescue,
        "completeMove": moves.complete_move,
        "dropMove": moves.drop_move,
        "vouch": twins.vouch,
        "withdrawVouch": twins.withdraw_vouch,
        "flag": twins.flag,
        **_FORBIDDEN,
    }
)

LICENSE_DEEDS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "accept": licenses.accept,
        "book": licenses.book,
        "revoke": licenses.revoke,
        "giveNotice": endings.give_notice,
        "endLapsed": endings.end_lapsed,
        "decline": endings.decline,
        "surrender": endings.surrender,
        "topUp": money.top_up,
        "payOut": money.pay_out,
        "withdraw": money.withdraw,
        "permit": money.permit,
        "record": usage.record,
        "setReporter": usage.set_reporter,
        "multicall": multicall,
        **_FORBIDDEN,
    }
)


@dataclass(frozen=True)
class Deed:
    """One call: which contract, which deed, with what."""

    of_twins: bool
    name: str
    arguments: tuple[Any, ...]

    def __call__(self, world: World) -> None:
        deeds = TWIN_DEEDS if self.of_twins else LICENSE_DEEDS
        deeds[self.name](world, *self.arguments)
