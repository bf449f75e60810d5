"""move, proposeMove, proposeRescue, completeMove, dropMove: the way to a new wallet (law 2)."""

from __future__ import annotations

from contextlib import contextmanager

import brownie
import pytest
from brownie import web3
from eth_utils import keccak, to_hex

from tests.contracts.grant.booking import booking
from tests.contracts.support.acts import act
from tests.contracts.support.clock import now, wait_until
from tests.contracts.support.desk import DAY, MODEL_KEY, ZERO
from tests.contracts.support.keys import (
    GUARDIAN_KEY,
    NEW_KEY,
    OTHER_KEY,
    RIVAL_KEY,
    address_of,
    compact,
)
from tests.contracts.support.moves import (
    GUARDIANS_DELAY,
    OWNERS_DELAY,
    READY_FOR,
    at_once,
    complete,
    propose,
)
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.told import told

pytestmark = pytest.mark.law2

NEW = address_of(NEW_KEY)
GUARDIAN = address_of(GUARDIAN_KEY)
NONE = (ZERO, 0, False)

both = pytest.mark.parametrize("by_guardian", [False, True], ids=["owner", "guardian"])


def delay(by_guardian):
    return GUARDIANS_DELAY if by_guardian else OWNERS_DELAY


def pending(desk):
    return told(desk.twins.moveOf(desk.twin))


class TestProposal:
    @pytest.mark.refusal
    @both
    @pytest.mark.parametrize("twin", [0, 1, 2**256 - 1])
    def test_refuses_a_twin_that_is_not(self, desk, by_guardian, twin):
        with reverts_with("TwinUnknown", twin):
            propose(desk, act(desk, "Move", twinId=twin, nonce=0), by_guardian=by_guardian)

    @pytest.mark.refusal
    @pytest.mark.boundary
    @both
    def test_refuses_in_the_second_of_the_deadline(self, desk, by_guardian):
        with reverts_with("SignatureExpired", now()):
            propose(desk, act(desk, "Move", deadline=now()), by_guardian=by_guardian)

    @pytest.mark.refusal
    @both
    @pytest.mark.parametrize("nonce", [0, 2, 2**32 - 1])
    def test_refuses_another_nonce_than_the_present(self, desk, by_guardian, nonce):
        with reverts_with("NonceWrong", nonce, 1):
            propose(desk, act(desk, "Move", nonce=nonce), by_guardian=by_guardian)

    @pytest.mark.refusal
    @pytest.mark.parametrize("key", [GUARDIAN_KEY, NEW_KEY, RIVAL_KEY])
    def test_refuses_who_is_not_the_owner(self, desk, model, key):
        signed = act(desk, "Move")
        with reverts_with("SignatureInvalid", model):
            propose(desk, signed, signature=signed.sign(key))

    @pytest.mark.refusal
    @pytest.mark.parametrize("key", [MODEL_KEY, NEW_KEY, RIVAL_KEY])
    def test_refuses_who_is_not_the_guardian(self, desk, key):
        signed = act(desk, "Move")
        with reverts_with("SignatureInvalid", GUARDIAN):
            propose(desk, signed, by_guardian=True, signature=signed.sign(key))

    @pytest.mark.refusal
    @both
    @pytest.mark.parametrize("key", [MODEL_KEY, GUARDIAN_KEY, RIVAL_KEY])
    def test_refuses_a_wallet_that_has_not_accepted(self, desk, by_guardian, key):
        signed = act(desk, "Move")
        with reverts_with("SignatureInvalid", NEW):
            propose(desk, signed, by_guardian=by_guardian, acceptance=signed.sign(key))

    @pytest.mark.refusal
    @both
    def test_refuses_an_acceptance_of_another_move(self, desk, by_guardian):
        with reverts_with("SignatureInvalid", NEW):
            propose(
                desk,
                by_guardian=by_guardian,
                acceptance=act(desk, "Move", memo=b"another".ljust(32)).sign(NEW_KEY),
            )

    @pytest.mark.refusal
    @pytest.mark.boundary
    @both
    def test_nobody_accepts_for_the_zero_address(self, desk, by_guardian):
        with reverts_with("SignatureInvalid", ZERO):
            propose(desk, act(desk, "Move", to=ZERO), by_guardian=by_guardian, acceptance=b"")

    @pytest.mark.refusal
    @pytest.mark.parametrize("first", [False, True])
    @pytest.mark.parametrize("second", [False, True])
    def test_one_at_a_time(self, desk, first, second):
        propose(desk, by_guardian=first)
        with reverts_with("MovePending", desk.twin, NEW):
            propose(desk, by_guardian=second)

    @pytest.mark.refusal
    @pytest.mark.boundary
    @both
    def test_one_at_a_time_until_the_last_second(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        wait_until(pending(desk)[1] + READY_FOR - 1)
        with reverts_with("MovePending", desk.twin, NEW):
            propose(desk)

    @pytest.mark.boundary
    @both
    def test_another_may_come_when_one_is_void(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        wait_until(pending(desk)[1] + READY_FOR)
        propose(desk, by_guardian=not by_guardian)
        assert pending(desk) == (NEW, now() + delay(not by_guardian), not by_guardian)

    @both
    def test_waits_as_long_as_its_author_must(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        assert pending(desk) == (NEW, now() + delay(by_guardian), by_guardian)

    @both
    def test_tells_all(self, desk, by_guardian):
        event = propose(desk, by_guardian=by_guardian).events["MoveProposed"]
        assert dict(event) == {
            "twinId": desk.twin,
            "to": NEW,
            "byGuardian": by_guardian,
            "readyAt": now() + delay(by_guardian),
        }

    @both
    def test_raises_the_nonce_and_not_the_epoch(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        assert told(desk.twins.authority(desk.twin))[1:3] == (0, 2)

    def test_the_owner_may_send_hers_without_a_signature(self, desk, relay, model):
        relay.transfer(model, "1 ether")
        propose(desk, signature=b"", sender=model)
        assert pending(desk)[0] == NEW

    def test_the_new_wallet_may_send_it_without_an_acceptance(self, desk):
        propose(
            desk, act(desk, "Move", to=desk.stranger.address), acceptance=b"", sender=desk.stranger
        )
        assert pending(desk)[0] == desk.stranger

    def test_a_contract_wallet_may_accept(self, desk):
        wallet = brownie.ContractWallet.deploy(address_of(OTHER_KEY), {"from": desk.relay})
        signed = act(desk, "Move", to=wallet.address)
        propose(desk, signed, acceptance=signed.sign(OTHER_KEY))
        assert pending(desk)[0] == wallet

    def test_a_guardian_may_save_it_into_its_own_wallet(self, desk):
        signed = act(desk, "Move", to=GUARDIAN)
        propose(desk, signed, by_guardian=True, acceptance=signed.sign(GUARDIAN_KEY))
        assert pending(desk)[0] == GUARDIAN

    @pytest.mark.boundary
    def test_a_guardian_that_accepts_has_proposed(self, desk):
        """It signs the same for both: who holds its acceptance needs no word of the owner."""
        signed = act(desk, "Move", to=GUARDIAN)
        acceptance = signed.sign(GUARDIAN_KEY)
        propose(desk, signed, by_guardian=True, signature=acceptance, acceptance=acceptance)
        assert pending(desk) == (GUARDIAN, now() + GUARDIANS_DELAY, True)

    def test_leaves_the_owner(self, desk, model):
        propose(desk)
        assert desk.twins.ownerOf(desk.twin) == model


class TestCompletion:
    @pytest.mark.refusal
    def test_refuses_where_none_is_pending(self, desk):
        with reverts_with("NoMovePending", desk.twin):
            complete(desk)

    @pytest.mark.refusal
    def test_refuses_a_twin_that_is_not(self, desk):
        with reverts_with("NoMovePending", 1):
            desk.twins.completeMove(1, {"from": desk.stranger})

    @pytest.mark.refusal
    @pytest.mark.boundary
    @both
    def test_refuses_in_the_last_second_of_the_delay(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        ready = pending(desk)[1]
        wait_until(ready - 1)
        with reverts_with("MoveNotReady", desk.twin, ready):
            complete(desk)

    @pytest.mark.refusal
    @pytest.mark.boundary
    @both
    def test_refuses_from_the_second_in_which_it_is_void(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        wait_until(pending(desk)[1] + READY_FOR)
        with reverts_with("NoMovePending", desk.twin):
            complete(desk)

    @pytest.mark.refusal
    def test_completes_once(self, desk):
        propose(desk)
        complete(desk, at=pending(desk)[1])
        with reverts_with("NoMovePending", desk.twin):
            complete(desk)

    @pytest.mark.boundary
    @both
    @pytest.mark.parametrize("late", [0, READY_FOR - 1])
    def test_from_its_first_to_its_last_second(self, desk, by_guardian, late):
        propose(desk, by_guardian=by_guardian)
        complete(desk, at=pending(desk)[1] + late)
        assert desk.twins.ownerOf(desk.twin) == NEW

    @pytest.mark.parametrize("role", ["model", "hm", "agency", "stranger"])
    def test_anyone_may_send_it(self, desk, relay, role):
        relay.transfer(desk.model, "1 ether")
        propose(desk)
        complete(desk, at=pending(desk)[1], by=getattr(desk, role))
        assert desk.twins.ownerOf(desk.twin) == NEW

    def test_tells_all(self, desk, model):
        propose(desk)
        events = complete(desk, at=pending(desk)[1]).events
        assert dict(events["TwinMoved"]) == {
            "twinId": desk.twin,
            "from": model,
            "to": NEW,
            "epoch": 1,
        }
        assert dict(events["Transfer"]) == {"from": model, "to": NEW, "id": desk.twin}

    def test_leaves_nothing_pending(self, desk):
        propose(desk)
        complete(desk, at=pending(desk)[1])
        assert pending(desk) == NONE


class TestDrop:
    @pytest.mark.refusal
    def test_refuses_where_none_is_pending(self, desk):
        with reverts_with("NoMovePending", desk.twin):
            act(desk, "MoveDrop").send()

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_refuses_where_it_is_void(self, desk):
        propose(desk)
        wait_until(pending(desk)[1] + READY_FOR)
        with reverts_with("NoMovePending", desk.twin):
            act(desk, "MoveDrop").send()

    @pytest.mark.refusal
    @both
    @pytest.mark.parametrize("key", [GUARDIAN_KEY, NEW_KEY, RIVAL_KEY])
    def test_only_the_owner_drops(self, desk, model, by_guardian, key):
        propose(desk, by_guardian=by_guardian)
        signed = act(desk, "MoveDrop")
        with reverts_with("SignatureInvalid", model):
            signed.send(signature=signed.sign(key))

    @pytest.mark.refusal
    @both
    def test_what_was_dropped_is_not_completed(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        ready = pending(desk)[1]
        act(desk, "MoveDrop").send()
        wait_until(ready)
        with reverts_with("NoMovePending", desk.twin):
            complete(desk)

    @pytest.mark.refusal
    def test_what_was_dropped_is_not_proposed_again(self, desk):
        signed = act(desk, "Move")
        propose(desk, signed)
        act(desk, "MoveDrop").send()
        with reverts_with("NonceWrong", 1, 3):
            propose(desk, signed)

    @pytest.mark.boundary
    def test_until_its_last_second(self, desk):
        propose(desk, by_guardian=True)
        wait_until(pending(desk)[1] + READY_FOR - 1)
        event = act(desk, "MoveDrop").send().events["MoveDropped"]
        assert dict(event) == {"twinId": desk.twin}
        assert pending(desk) == NONE


class TestAtOnce:
    @pytest.mark.refusal
    @pytest.mark.parametrize("key", [GUARDIAN_KEY, NEW_KEY, RIVAL_KEY])
    def test_refuses_without_the_owner(self, desk, model, key):
        signed = act(desk, "MoveAtOnce")
        with reverts_with("SignatureInvalid", model):
            at_once(desk, signed, owners=signed.sign(key))

    @pytest.mark.refusal
    @pytest.mark.parametrize("key", [MODEL_KEY, NEW_KEY, RIVAL_KEY])
    def test_refuses_without_the_guardian(self, desk, key):
        signed = act(desk, "MoveAtOnce")
        with reverts_with("SignatureInvalid", GUARDIAN):
            at_once(desk, signed, guardians=signed.sign(key))

    @pytest.mark.refusal
    @pytest.mark.parametrize("key", [MODEL_KEY, GUARDIAN_KEY, RIVAL_KEY])
    def test_refuses_a_wallet_that_has_not_accepted(self, desk, key):
        signed = act(desk, "MoveAtOnce")
        with reverts_with("SignatureInvalid", NEW):
            at_once(desk, signed, acceptance=signed.sign(key))

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_refuses_in_the_second_of_the_deadline(self, desk):
        with reverts_with("SignatureExpired", now()):
            at_once(desk, act(desk, "MoveAtOnce", deadline=now()))

    @pytest.mark.refusal
    def test_refuses_a_twin_that_is_not(self, desk):
        with reverts_with("TwinUnknown", 1):
            at_once(desk, act(desk, "MoveAtOnce", twinId=1, nonce=0))

    @pytest.mark.refusal
    def test_moves_once(self, desk):
        signed = act(desk, "MoveAtOnce")
        at_once(desk, signed)
        with reverts_with("NonceWrong", 1, 2**16):
            at_once(desk, signed)

    @pytest.mark.refusal
    @pytest.mark.parametrize("which", ["owners", "guardians", "acceptance"])
    def test_nothing_that_was_signed_to_wait(self, desk, model, which):
        """What is signed for one way is good for no other."""
        keys = {"owners": MODEL_KEY, "guardians": GUARDIAN_KEY, "acceptance": NEW_KEY}
        signer = {"owners": model, "guardians": GUARDIAN, "acceptance": NEW}[which]
        with reverts_with("SignatureInvalid", signer):
            at_once(desk, **{which: act(desk, "Move").sign(keys[which])})

    @pytest.mark.refusal
    @both
    def test_cannot_be_made_to_wait(self, desk, model, by_guardian):
        """Whoever sees it coming cannot send its parts as a proposal."""
        signed = act(desk, "MoveAtOnce")
        key, signer = (GUARDIAN_KEY, GUARDIAN) if by_guardian else (MODEL_KEY, model)
        with reverts_with("SignatureInvalid", signer):
            propose(desk, by_guardian=by_guardian, signature=signed.sign(key))

    def test_moves_without_delay(self, desk):
        at_once(desk)
        assert desk.twins.ownerOf(desk.twin) == NEW

    @both
    def test_ends_one_that_was_pending(self, desk, by_guardian):
        propose(desk, by_guardian=by_guardian)
        at_once(desk)
        assert pending(desk) == NONE

    def test_takes_compact_signatures(self, desk):
        signed = act(desk, "MoveAtOnce")
        short = {"owners": MODEL_KEY, "guardians": GUARDIAN_KEY, "acceptance": NEW_KEY}
        at_once(desk, signed, **{who: compact(signed.sign(key)) for who, key in short.items()})
        assert desk.twins.ownerOf(desk.twin) == NEW


@pytest.fixture
def moved(desk):
    """The twin is in its new wallet."""
    at_once(desk)
    return desk


class TestAfterwards:
    """Law 3: no signature of the last owner is good any more."""

    @pytest.mark.law3
    @pytest.mark.refusal
    def test_her_old_offer_is_void(self, moved):
        with reverts_with("EpochWrong", 0, 1):
            moved.accept(epoch=0)

    @pytest.mark.law3
    @pytest.mark.refusal
    def test_her_old_card_is_void(self, moved):
        with reverts_with("EpochWrong", 0, 1):
            booking(moved, epoch=0).send()

    @pytest.mark.law3
    @pytest.mark.refusal
    def test_her_offer_of_the_new_epoch_is_not_the_owners(self, moved):
        with reverts_with("SignatureInvalid", NEW):
            moved.accept(epoch=1)

    @pytest.mark.law3
    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "kind", ["Policy", "EpochRaise", "SerialRaise", "GuardianChange", "MoveDrop", "Flag"]
    )
    def test_the_old_key_acts_no_longer(self, moved, kind):
        with reverts_with("SignatureInvalid", NEW):
            act(moved, kind).send()

    @pytest.mark.law3
    @pytest.mark.refusal
    def test_the_old_key_ends_no_license(self, desk):
        license = desk.accept()
        at_once(desk)
        with reverts_with("SignatureInvalid", NEW):
            license.give_notice(nonce=2**16)

    @pytest.mark.law3
    @pytest.mark.refusal
    @pytest.mark.parametrize("nonce", [2, 3, 1000])
    def test_what_it_signed_ahead_is_void_though_the_twin_comes_back(self, desk, nonce):
        ahead = act(desk, "Policy", nonce=nonce)
        at_once(desk)
        back = act(desk, "MoveAtOnce", to=desk.model.address)
        at_once(desk, back, owners=back.sign(NEW_KEY), acceptance=back.sign(MODEL_KEY))
        with reverts_with("NonceWrong", nonce, 2**17):
            ahead.send()

    def test_the_new_key_acts(self, moved):
        signed = act(moved, "Policy", uses=1)
        signed.send(signature=signed.sign(NEW_KEY))
        assert moved.twins.authority(moved.twin)["uses"] == 1

    def test_policy_and_guardian_stay(self, moved):
        assert told(moved.twins.authority(moved.twin)) == (NEW, 1, 2**16, 0, 0xFFFF, 0b11, 5000)
        assert moved.twins.guardianOf(moved.twin, moved.consents[moved.twin]) == GUARDIAN

    def test_a_guardian_who_was_named_later_stays(self, desk):
        act(desk, "GuardianChange", guardian=address_of(OTHER_KEY)).send()
        signed = act(desk, "MoveAtOnce")
        at_once(desk, signed, guardians=signed.sign(OTHER_KEY))
        consent = desk.consents[desk.twin]
        assert desk.twins.guardianOf(desk.twin, consent) == address_of(OTHER_KEY)

    @pytest.mark.parametrize("end", ["complete", "drop", "at once"])
    def test_a_retired_twin_stays_so(self, desk, end):
        act(desk, "GuardianChange", guardian=address_of(OTHER_KEY)).send()
        act(desk, "Retirement").send()
        propose(desk)
        if end == "complete":
            complete(desk, at=pending(desk)[1])
        elif end == "drop":
            act(desk, "MoveDrop").send()
        else:
            signed = act(desk, "MoveAtOnce")
            at_once(desk, signed, guardians=signed.sign(OTHER_KEY))
        assert desk.twins.isRetired(desk.twin)
        assert desk.twins.guardianOf(desk.twin, desk.consents[desk.twin]) == address_of(OTHER_KEY)

    def test_a_running_license_does_not_notice(self, desk, lone):
        before = lone.state
        at_once(desk)
        assert lone.state == before
        assert lone.may_publish() == 0

    def test_the_balances_of_twins_follow(self, moved, model):
        assert (moved.twins.balanceOf(model), moved.twins.balanceOf(NEW)) == (0, 1)

    def test_her_other_twin_stays(self, desk, model):
        second = desk.mint("second")
        at_once(desk)
        assert desk.twins.ownerOf(second) == model


class TestNumbers:
    """Balances and counters, where they could go wrong."""

    @pytest.mark.boundary
    @pytest.mark.parametrize("waits", [False, True])
    def test_into_the_wallet_that_it_is_in(self, desk, model, waits):
        kind = "Move" if waits else "MoveAtOnce"
        signed = act(desk, kind, to=model.address)
        if waits:
            propose(desk, signed, acceptance=signed.sign(MODEL_KEY))
            complete(desk, at=pending(desk)[1])
        else:
            at_once(desk, signed, acceptance=signed.sign(MODEL_KEY))
        assert desk.twins.ownerOf(desk.twin) == model
        assert desk.twins.balanceOf(model) == 1
        assert desk.twins.authority(desk.twin)["epoch"] == 1

    @pytest.mark.boundary
    def test_into_a_wallet_that_has_twins(self, desk, model):
        others = [act(desk, "Consent", owner=NEW, salt=bytes([n]) * 32) for n in range(2)]
        for consent in others:
            consent.send(signature=consent.sign(NEW_KEY))
        at_once(desk)
        assert desk.twins.balanceOf(NEW) == 3
        assert desk.twins.balanceOf(model) == 0
        for consent in others:
            assert desk.twins.ownerOf(desk.twins.twinIdOf(consent.values)) == NEW

    @pytest.mark.law3
    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_where_no_epoch_is_left_none_is_raised(self, desk, model):
        """After 65,535 epochs acts go on, to the last nonce; raising and moving do not."""
        propose(desk)
        count_from(desk, 2**32 - 2**16)
        wait_until(pending(desk)[1])
        with reverts_with_overflow():
            complete(desk)
        with reverts_with_overflow():
            act(desk, "EpochRaise").send()
        act(desk, "MoveDrop").send()
        assert desk.twins.payeeOf(desk.twin) == model

    @pytest.mark.law3
    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_the_last_nonce_is_never_used(self, desk):
        count_from(desk, 2**32 - 2)
        act(desk, "Flag").send()
        with reverts_with_overflow():
            act(desk, "Flag").send()
        assert desk.twins.authority(desk.twin)["nonce"] == 2**32 - 1

    @pytest.mark.law3
    @pytest.mark.boundary
    def test_the_last_epoch_begins(self, desk):
        count_from(desk, 2**32 - 2**16 - 2)
        act(desk, "EpochRaise").send()
        assert desk.twins.authority(desk.twin)["nonce"] == 2**32 - 2**16


def count_from(desk, nonce):
    """Put a nonce where the contract keeps it: the second word of 32 bits of the counters."""
    key = keccak(desk.twin.to_bytes(32, "big") + bytes(32))
    arguments = [desk.twins.address, to_hex(key), f"0x{nonce << 32:064x}"]
    web3.provider.make_request("anvil_setStorageAt", arguments)
    assert desk.twins.authority(desk.twin)["nonce"] == nonce


@contextmanager
def reverts_with_overflow():
    with brownie.reverts("Integer overflow"):
        yield


class TestMoney:
    """What is due to the owner is the twin's: it waits for a pending move, then finds the owner."""

    @pytest.mark.boundary
    @both
    def test_nobody_is_payee_from_the_proposal_to_its_void(self, desk, model, by_guardian):
        propose(desk, by_guardian=by_guardian)
        assert desk.twins.payeeOf(desk.twin) == ZERO
        void = pending(desk)[1] + READY_FOR
        wait_until(void - 1)
        assert desk.twins.payeeOf(desk.twin) == ZERO
        wait_until(void)
        assert desk.twins.payeeOf(desk.twin) == model

    def test_the_owner_is_payee_again_after_a_drop(self, desk, model):
        propose(desk)
        act(desk, "MoveDrop").send()
        assert desk.twins.payeeOf(desk.twin) == model

    def test_what_was_earned_before_is_paid_to_the_new_wallet(self, desk):
        license = desk.accept()
        start = now()
        propose(desk, by_guardian=True)
        complete(desk, at=start + GUARDIANS_DELAY)
        license.pay_out(at=start + GUARDIANS_DELAY)
        assert desk.token.balanceOf(NEW) == 14 * 71_670_000

    def test_what_waited_is_paid_to_the_new_wallet(self, desk):
        license = desk.accept()
        start = now()
        propose(desk, by_guardian=True)
        license.pay_out(at=start + DAY)
        assert desk.licenses.payableTo(desk.token, desk.twin) == 71_670_000
        complete(desk, at=start + GUARDIANS_DELAY)
        desk.licenses.withdraw(desk.token, desk.twin, {"from": desk.stranger})
        assert desk.token.balanceOf(NEW) == 71_670_000
        assert desk.licenses.payableTo(desk.token, desk.twin) == 0
