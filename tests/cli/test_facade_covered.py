"""Whatever the facade can do, a command does."""

from __future__ import annotations

import inspect
from typing import Any

from tests.cli.tree import leaves
from twinrights.facade import TwinRights
from twinrights.licenses import Licenses
from twinrights.recovery import Recovery
from twinrights.royalties import Royalties
from twinrights.trust import Trust
from twinrights.twins import Twins
from twinrights.usage import Usage

COMMANDS = {
    "TwinRights.connect": "twin list",
    "TwinRights.deploy": "deploy",
    "TwinRights.embedded": "demo",
    "TwinRights.chain_id": "verify code",
    "TwinRights.currencies": "verify code",
    "TwinRights.currency": "offer draft",
    "TwinRights.balance": "royalty payable",
    "TwinRights.fund": "node fund",
    "TwinRights.now": "node forward",
    "TwinRights.draft": "offer draft",
    "TwinRights.sign": "sign file",
    "Twins.mint": "twin mint",
    "Twins.set_policy": "twin policy",
    "Twins.raise_epoch": "twin epoch",
    "Twins.raise_least_serial": "twin serial",
    "Twins.id_of": "twin consent",
    "Twins.get": "twin show",
    "Twins.all": "twin list",
    "Twins.ids": "twin show",
    "Recovery.set_guardian": "twin guardian",
    "Recovery.move": "twin send-move",
    "Recovery.propose_move": "twin send-move",
    "Recovery.propose_rescue": "twin send-move",
    "Recovery.complete_move": "twin complete",
    "Recovery.drop_move": "twin drop-move",
    "Recovery.retire": "twin retire",
    "Recovery.guardian": "twin show",
    "Recovery.pending": "twin show",
    "Recovery.is_retired": "twin show",
    "Licenses.accept": "offer accept",
    "Licenses.book": "ratecard book",
    "Licenses.together": "license plan",
    "Licenses.revoked": "license plan",
    "Licenses.quote": "ratecard quote",
    "Licenses.revoke": "offer revoke",
    "Licenses.give_notice": "license notice",
    "Licenses.end_lapsed": "license lapse",
    "Licenses.decline": "license decline",
    "Licenses.surrender": "license surrender",
    "Licenses.get": "license show",
    "Licenses.terms": "license terms",
    "Licenses.all": "license list",
    "Licenses.opening": "license book-of",
    "Licenses.is_revoked": "verify file",
    "Licenses.is_live": "license show",
    "Licenses.may_publish": "license may-publish",
    "Royalties.top_up": "royalty top-up",
    "Royalties.pay_out": "royalty pay-out",
    "Royalties.earned": "royalty earned",
    "Royalties.allow": "royalty allow",
    "Royalties.allowance": "royalty allowance",
    "Royalties.payable": "royalty payable",
    "Royalties.withdraw": "royalty withdraw",
    "Usage.record": "usage record",
    "Usage.set_reporter": "usage reporter",
    "Usage.is_reporter": "usage is-reporter",
    "Usage.reporters": "usage reporters",
    "Usage.history": "usage history",
    "Usage.recorded": "usage record",
    "Usage.prove": "usage prove",
    "Trust.vouch": "trust vouch",
    "Trust.withdraw": "trust withdraw",
    "Trust.flag": "trust flag",
    "Trust.vouches": "trust list",
    "Trust.vouched_by": "twin show",
    "Trust.flags": "trust flags",
}
"""The command that does what each public name of the facade and its rooms does."""


def public_names(room: type[Any]) -> set[str]:
    return {
        f"{room.__name__}.{name}"
        for name, member in inspect.getmembers(room)
        if not name.startswith("_") and (callable(member) or isinstance(member, property))
    }


def test_each_public_name_of_the_facade_has_a_command() -> None:
    rooms = (TwinRights, Twins, Recovery, Licenses, Royalties, Usage, Trust)
    assert set(COMMANDS) == set().union(*map(public_names, rooms))


def test_the_commands_named_are_there() -> None:
    assert set(COMMANDS.values()) <= {" ".join(path) for path, _ in leaves()}
