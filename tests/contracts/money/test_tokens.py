"""Odd tokens are refused, or harmless to everybody else's money (laws 12, 16, 18)."""

from __future__ import annotations

import brownie
import pytest
from brownie import web3

from tests.contracts.support.desk import DAY
from tests.contracts.support.reverts import reverts_with

BOMBS = {"returning": 1, "reverting": 2}


def number(wallet):
    return int(str(wallet), 16)


@pytest.fixture
def odd(desk, request):
    """A hostile currency by the name of its mock, of which H&M has plenty."""
    token = getattr(brownie, request.param).deploy(desk.by(desk.relay))
    desk.fund(desk.hm, token)
    return token


def made_of(name):
    return pytest.mark.parametrize("odd", [name], indirect=True)


def payable(desk, token, account):
    return desk.licenses.payableTo(token, account if isinstance(account, int) else number(account))


@pytest.mark.law18
@made_of("FeeOnTransfer")
class TestFeeOnTransfer:
    @pytest.mark.refusal
    def test_a_first_deposit_is_refused(self, desk, odd):
        with reverts_with("PaymentInexact", odd, 9_000_000_000, 8_910_000_000):
            desk.accept(currency=odd.address)

    @pytest.mark.refusal
    def test_a_booking_is_refused(self, desk, odd):
        with reverts_with("PaymentInexact", odd, 25_200_000_000, 24_948_000_000):
            desk.book(currency=odd.address)

    @pytest.mark.refusal
    def test_a_top_up_is_refused(self, desk, odd):
        part = desk.accept(currency=odd.address, committed=0, deposit=0)

        with reverts_with("PaymentInexact", odd, 100, 99):
            part.top_up(100)

    @pytest.mark.boundary
    def test_too_small_a_sum_to_lose_a_unit_is_taken(self, desk, odd):
        part = desk.accept(currency=odd.address, committed=0, deposit=0)
        part.top_up(99)

        assert part.state.deposited == 99


@pytest.mark.law18
@made_of("Hollow")
class TestHollow:
    """It says true and moves nothing."""

    @pytest.mark.refusal
    def test_a_first_deposit_is_refused(self, desk, odd):
        with reverts_with("PaymentInexact", odd, 9_000_000_000, 0):
            desk.accept(currency=odd.address)

    @pytest.mark.refusal
    def test_a_top_up_is_refused(self, desk, odd):
        part = desk.accept(currency=odd.address, committed=0, deposit=0)

        with reverts_with("PaymentInexact", odd, 1, 0):
            part.top_up(1)


@pytest.mark.law18
@made_of("NoReturn")
class TestNoReturn:
    """It says nothing, and does what it is asked."""

    def test_a_deposit_is_taken(self, desk, odd):
        assert desk.accept(currency=odd.address).state.deposited == 9_000_000_000

    def test_shares_are_sent(self, desk, odd):
        license = desk.accept(currency=odd.address)
        before = desk.parts(token=odd)
        license.pay_out(at=license.start + DAY)

        assert desk.parts(before, token=odd) == {
            "agency": 20_000_000,
            "photographer": 5_000_000,
            "stylist": 3_330_000,
            "model": 71_670_000,
        }

    def test_a_refund_is_sent(self, desk, odd):
        license = desk.accept(currency=odd.address, committed=0)
        before = desk.parts(token=odd)
        license.surrender()

        assert desk.parts(before, token=odd) == {"hm": 9_000_000_000}

    @pytest.mark.refusal
    def test_a_payment_that_is_not_covered_is_refused(self, desk, odd):
        odd.approve(desk.licenses, 1, desk.by(desk.hm))

        with reverts_with("PaymentFailed", odd, desk.hm, 9_000_000_000):
            desk.accept(currency=odd.address)


@pytest.mark.law18
@made_of("FalseReturn")
class TestFalseReturn:
    """It says false where others revert."""

    @pytest.mark.refusal
    def test_a_payment_that_is_not_covered_is_refused(self, desk, odd):
        odd.approve(desk.licenses, 8_999_999_999, desk.by(desk.hm))

        with reverts_with("PaymentFailed", odd, desk.hm, 9_000_000_000):
            desk.accept(currency=odd.address)

    @pytest.mark.law16
    def test_what_it_does_not_send_becomes_payable(self, desk, odd):
        license = desk.accept(currency=odd.address)
        odd.refuse(desk.agency, True, desk.by(desk.relay))
        license.pay_out(at=license.start + DAY)

        assert payable(desk, odd, desk.agency) == 20_000_000

    @pytest.mark.law16
    @pytest.mark.refusal
    def test_a_withdrawal_that_it_does_not_send_is_refused(self, desk, odd):
        license = desk.accept(currency=odd.address)
        odd.refuse(desk.agency, True, desk.by(desk.relay))
        license.pay_out(at=license.start + DAY)

        with reverts_with("WithdrawalFailed", odd, desk.agency, 20_000_000):
            desk.licenses.withdraw(odd, number(desk.agency), desk.by(desk.relay))


@pytest.mark.law16
@pytest.mark.law18
@made_of("Blocklist")
class TestBlocklist:
    @staticmethod
    def block(desk, odd, wallet, blocked=True):
        odd.setBlocked(wallet, blocked, desk.by(desk.relay))

    @pytest.mark.refusal
    def test_a_blocked_licensee_cannot_pay(self, desk, odd):
        self.block(desk, odd, desk.hm)

        with reverts_with("PaymentFailed", odd, desk.hm, 9_000_000_000):
            desk.accept(currency=odd.address)

    @pytest.mark.parametrize("who", ["agency", "photographer", "stylist", "model"])
    def test_a_blocked_payee_holds_up_nobody(self, desk, odd, who):
        license = desk.accept(currency=odd.address)
        self.block(desk, odd, getattr(desk, who))
        before = desk.parts(token=odd)
        license.pay_out(at=license.start + DAY)
        parts = {
            "agency": 20_000_000,
            "photographer": 5_000_000,
            "stylist": 3_330_000,
            "model": 71_670_000,
        }
        del parts[who]

        assert desk.parts(before, token=odd) == parts

    def test_a_blocked_payee_is_named_in_an_event(self, desk, odd):
        license = desk.accept(currency=odd.address)
        self.block(desk, odd, desk.agency)
        tx = license.pay_out(at=license.start + DAY)

        assert dict(tx.events["Deferred"]) == {
            "currency": odd,
            "account": number(desk.agency),
            "amount": 20_000_000,
        }

    def test_a_blocked_payee_is_sent_its_next_part_once_it_is_free(self, desk, odd):
        license = desk.accept(currency=odd.address)
        self.block(desk, odd, desk.agency)
        license.pay_out(at=license.start + DAY)
        self.block(desk, odd, desk.agency, blocked=False)
        before = desk.parts(token=odd)
        license.pay_out(at=license.start + 2 * DAY)

        assert desk.parts(before, token=odd)["agency"] == 20_000_000
        assert payable(desk, odd, desk.agency) == 20_000_000

    def test_a_blocked_licensee_lets_the_license_settle(self, desk, odd):
        license = desk.accept(currency=odd.address)
        license.give_notice()
        self.block(desk, odd, desk.hm)
        license.pay_out(at=license.start + 30 * DAY)

        assert license.state.isSettled
        assert payable(desk, odd, desk.hm) == 6_000_000_000

    def test_a_blocked_contract_pays_everybody_later(self, desk, odd):
        """The issuer blocks our contract: nothing is lost, all of it waits."""
        license = desk.accept(currency=odd.address)
        self.block(desk, odd, desk.licenses)
        license.pay_out(at=license.end)
        people = (desk.agency, desk.photographer, desk.stylist, desk.twin)
        waiting = [payable(desk, odd, person) for person in people]

        assert sum(waiting) == 9_000_000_000

        self.block(desk, odd, desk.licenses, blocked=False)
        for person in people:
            account = person if isinstance(person, int) else number(person)
            desk.weigh(desk.licenses.withdraw(odd, account, desk.by(desk.relay)))

        assert odd.balanceOf(desk.licenses) == 0

    def test_a_blocked_contract_harms_no_other_currency(self, desk, odd, lone):
        self.block(desk, odd, desk.licenses)
        before = desk.parts()
        lone.pay_out(at=lone.start + DAY)

        assert desk.parts(before)["agency"] == 20 * desk.unit


@pytest.mark.law12
@pytest.mark.law18
@made_of("Rebasing")
class TestRebasing:
    """Its balances shrink by themselves."""

    def test_what_is_missing_becomes_payable(self, desk, odd):
        license = desk.accept(currency=odd.address)
        odd.shrink(desk.licenses, 9_000_000_000 - 10_000_000, desk.by(desk.relay))
        desk.granted.clear()
        license.pay_out(at=license.start + DAY)

        assert payable(desk, odd, desk.agency) == 20_000_000
        assert odd.balanceOf(desk.photographer) == 5_000_000
        assert odd.balanceOf(desk.stylist) == 3_330_000
        assert payable(desk, odd, desk.twin) == 71_670_000

    def test_another_currency_pays_as_ever(self, desk, odd, lone):
        desk.accept(currency=odd.address)
        odd.shrink(desk.licenses, 9_000_000_000, desk.by(desk.relay))
        desk.granted[:] = [lone]
        before = desk.parts()
        lone.surrender(at=lone.start + 20 * DAY)

        assert desk.parts(before) == {
            "hm": 7_000 * desk.unit,
            "agency": 400 * desk.unit,
            "photographer": 100 * desk.unit,
            "stylist": 66_600_000,
            "model": 1_433_400_000,
        }

    def test_what_grows_by_itself_belongs_to_nobody(self, desk, odd):
        license = desk.accept(currency=odd.address)
        odd.mint(desk.licenses, 1_000, desk.by(desk.relay))
        license.pay_out(at=license.end)

        assert odd.balanceOf(desk.licenses) == 1_000


@pytest.mark.law16
@pytest.mark.law18
@made_of("ReturnBomb")
class TestReturnBomb:
    @pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
    def test_holds_up_nobody(self, desk, odd, bomb):
        license = desk.accept(currency=odd.address)
        odd.lay(desk.agency, bomb, desk.by(desk.relay))
        before = desk.parts(token=odd)
        license.pay_out(at=license.start + DAY)
        moved = desk.parts(before, token=odd)

        assert moved["photographer"] == 5_000_000
        assert moved["model"] == 71_670_000
        assert moved.get("agency", 0) + payable(desk, odd, desk.agency) == 20_000_000

    def test_that_sends_is_taken_at_its_word(self, desk, odd):
        """However long the answer, its first word is true."""
        license = desk.accept(currency=odd.address)
        odd.lay(desk.agency, BOMBS["returning"], desk.by(desk.relay))
        license.pay_out(at=license.start + DAY)

        assert payable(desk, odd, desk.agency) == 0

    @pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
    def test_costs_no_more_than_it_is_given(self, desk, odd, bomb):
        """Whoever copied the answer would pay for its memory a second time."""
        license = desk.accept(currency=odd.address)
        license.pay_out(at=license.start + DAY)
        usual = license.pay_out(at=license.start + 2 * DAY).gas_used
        odd.lay(desk.agency, bomb, desk.by(desk.relay))

        assert license.pay_out(at=license.start + 3 * DAY).gas_used < usual + 100_000 + 40_000


@pytest.mark.law16
@pytest.mark.law18
@pytest.mark.boundary
class TestOtherCode:
    """Where the currency was, other code answers every call: nothing, or a part of a word."""

    @staticmethod
    def put(desk, code):
        desk.granted.clear()
        web3.provider.make_request("anvil_setCode", [desk.token.address, code])
        assert web3.eth.get_code(desk.token.address).to_0x_hex() == code

    def test_one_byte_of_code_that_says_nothing_is_taken_at_its_word(self, desk, lone):
        self.put(desk, "0x00")

        assert "Deferred" not in lone.pay_out(at=lone.start + DAY).events

    def test_where_no_code_is_left_all_of_it_waits(self, desk, lone):
        self.put(desk, "0x")
        waiting = lone.pay_out(at=lone.start + DAY).events["Deferred"]

        assert [event["amount"] for event in waiting] == [
            *(20 * desk.unit, 5 * desk.unit, 3_330_000, 71_670_000),
        ]

    @pytest.mark.refusal
    @pytest.mark.parametrize("answered", [16, 31])
    def test_less_than_a_word_is_not_true(self, desk, answered):
        """Not even where memory held the missing 1 before: account 1 is asked for."""
        license = desk.accept(shares=[("0x" + f"{1:040x}", 2000, 1)])
        self.put(desk, "0x")
        license.pay_out(at=license.start + DAY)
        self.put(desk, f"0x60{answered:02x}5ff3")  # return so many zeros

        with reverts_with("WithdrawalFailed", desk.token, "0x" + f"{1:040x}", 20 * desk.unit):
            desk.licenses.withdraw(desk.token, 1, desk.by(desk.relay))
