"""What every end by the owner must pass, whichever it is, in the order of the checks.

Each of the three files of notice, lapse and decline takes these in and names its deed by the
fixtures `ending` (a license that the deed could end) and `deed` (the name of its method).
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.contracts.support.clock import now
from tests.contracts.support.digests import hash_scope
from tests.contracts.support.held import DECLINE, LAPSE_END, NOTICE
from tests.contracts.support.keys import RIVAL_KEY
from tests.contracts.support.reverts import reverts_with

__all__ = ["OwnersWill"]

KINDS = {"give_notice": NOTICE, "end_lapsed": LAPSE_END, "decline": DECLINE}
CALLS = {"give_notice": "giveNotice", "end_lapsed": "endLapsed", "decline": "decline"}

# Each is an error and what gives it, in the order of the checks.
FAULTS = (
    ("EndingDiffers", {"licenseId": 7}),
    ("LicenseOver", {"at": "end"}),
    ("SignatureExpired", {"deadline": 1}),
    ("NonceWrong", {"nonce": 9}),
    ("SignatureInvalid", {"key": RIVAL_KEY}),
)


@pytest.mark.law9
@pytest.mark.refusal
class OwnersWill:
    """The refusals that notice, lapse end and decline share."""

    deed: str

    def end(self, license, **how):
        return getattr(license, self.deed)(**how)

    def call(self, license, act, signature, sender, **parts):
        """The deed with parts of the terms that are perhaps others."""
        desk = license.desk
        scope, pay = parts.get("scope", license.scope), parts.get("pay", license.pay)
        shares_hash = parts.get("shares_hash", license.shares_hash)
        deed = getattr(desk.licenses, CALLS[self.deed])
        return deed(act, scope, pay, shares_hash, signature, desk.by(sender))

    @pytest.mark.parametrize("other_part", ["scope", "pay", "shares_hash"])
    def test_parts_of_no_license_are_refused(self, desk, ending, other_part):
        changed = {
            "scope": (*ending.scope[:9], ending.scope[9] + 1, *ending.scope[10:]),
            "pay": (*ending.pay[:5], ending.quota + 1),
            "shares_hash": b"other".ljust(32),
        }
        parts = {"scope": ending.scope, "pay": ending.pay, "shares_hash": ending.shares_hash}
        parts[other_part] = changed[other_part]
        other = desk.id_of(hash_scope(parts["scope"]), parts["pay"], parts["shares_hash"])
        act, signature = ending.ending(KINDS[self.deed])

        with reverts_with("LicenseUnknown", other):
            self.call(ending, act, signature, desk.relay, **parts)

    def test_an_act_for_another_license_is_refused(self, desk, ending):
        other = desk.accept()

        with reverts_with("EndingDiffers", other.id, ending.id):
            self.end(ending, licenseId=other.id)

    @pytest.mark.boundary
    def test_a_license_at_its_end_is_refused(self, ending):
        with reverts_with("LicenseOver", ending.id, ending.end):
            self.end(ending, at=ending.end)

    def test_a_surrendered_license_is_refused(self, ending):
        ending.surrender()

        with reverts_with("LicenseOver", ending.id, now()):
            self.end(ending)

    @pytest.mark.boundary
    def test_a_signature_is_refused_at_its_deadline(self, ending):
        with reverts_with("SignatureExpired", now()):
            self.end(ending, deadline=now())

    @pytest.mark.law3
    @pytest.mark.boundary
    def test_a_nonce_still_to_come_is_refused(self, desk, ending):
        with reverts_with("NonceWrong", 2, 1):
            self.end(ending, nonce=2)

    @pytest.mark.law3
    @pytest.mark.boundary
    def test_a_nonce_that_is_past_is_refused(self, desk, ending):
        """A later act on the twin makes an unsent one void."""
        desk.raise_nonce()

        with reverts_with("NonceWrong", 1, 2):
            self.end(ending, nonce=1)

    def test_a_signature_of_another_key_is_refused(self, desk, ending):
        with reverts_with("SignatureInvalid", desk.model):
            self.end(ending, key=RIVAL_KEY)

    @pytest.mark.parametrize("field", ["memo", "deadline"])
    def test_an_act_that_was_changed_after_the_signature_is_refused(self, desk, ending, field):
        act, signature = ending.ending(KINDS[self.deed])
        changed = {"memo": (b"else".ljust(32), *act[1:]), "deadline": (*act[:3], act[3] - 1)}

        with reverts_with("SignatureInvalid", desk.model):
            self.call(ending, changed[field], signature, desk.relay)

    @pytest.mark.parametrize(("first", "second"), list(pairwise(FAULTS)), ids=lambda f: f[0])
    def test_of_two_faults_the_first_in_order_is_told(self, desk, ending, first, second):
        how = second[1] | first[1]
        if "at" in how:
            how["at"] = ending.end
        told = {
            "EndingDiffers": (7, ending.id),
            "LicenseOver": (ending.id, ending.end),
            "SignatureExpired": (1,),
            "NonceWrong": (9, 1),
        }
        with reverts_with(first[0], *told[first[0]]):
            self.end(ending, **how)

    def test_whose_will_it_is_comes_before_what_only_this_end_asks(self, desk, lone):
        """An offer that is paid whole and was noticed can be ended by none of the three."""
        lone.give_notice()
        with reverts_with("SignatureInvalid", desk.model):
            self.end(lone, key=RIVAL_KEY)
        own = {
            "give_notice": ("NoticeGivenBefore", lone.id),
            "end_lapsed": ("NotLapsed", lone.id, lone.end),
            "decline": ("NotBooking", lone.id),
        }
        with reverts_with(*own[self.deed]):
            self.end(lone)

    def test_a_signature_of_another_kind_of_end_is_refused(self, desk, ending):
        """Notice, lapse end and decline have the same fields and different names."""
        for kind in KINDS.values():
            if kind == KINDS[self.deed]:
                continue
            with reverts_with("SignatureInvalid", desk.model):
                self.end(ending, kind=kind)

    def test_a_signature_for_the_other_contract_is_refused(self, desk, ending):
        act, _ = ending.ending(KINDS[self.deed])
        signature = desk.sign(desk.twins, KINDS[self.deed], act)

        with reverts_with("SignatureInvalid", desk.model):
            self.call(ending, act, signature, desk.relay)

    def test_no_signature_at_all_is_refused(self, desk, ending):
        act, _ = ending.ending(KINDS[self.deed])

        with reverts_with("SignatureInvalid", desk.model):
            self.call(ending, act, b"", desk.stranger)

    @pytest.mark.law10
    @pytest.mark.parametrize("who", ["hm", "rival", "agency", "photographer", "stranger"])
    def test_nobody_but_the_owner_ends_it_by_a_word_of_their_own(self, desk, ending, who):
        act, _ = ending.ending(KINDS[self.deed])

        with reverts_with("SignatureInvalid", desk.model):
            self.call(ending, act, b"", getattr(desk, who))

    @pytest.mark.parametrize("who", ["hm", "rival", "agency", "stranger", "relay"])
    def test_anybody_sends_what_the_owner_signed(self, desk, ending, who):
        before = ending.state
        self.end(ending, by=getattr(desk, who))

        assert ending.state != before

    def test_the_owner_sends_it_herself_without_a_signature(self, desk, ending):
        desk.relay.transfer(desk.model, "1 ether")
        act, _ = ending.ending(KINDS[self.deed])
        before = ending.state
        self.call(ending, act, b"", desk.model)

        assert ending.state != before

    @pytest.mark.boundary
    def test_a_signature_is_good_in_the_second_before_its_deadline(self, ending):
        before = ending.state
        self.end(ending, deadline=now() + 1)

        assert ending.state != before

    @pytest.mark.law3
    def test_leaves_the_nonce_as_it_was(self, desk, ending):
        """The act is spent by its own effect; the twin's contract knows no licenses."""
        self.end(ending)

        assert desk.twins.authority(desk.twin)["nonce"] == 1
