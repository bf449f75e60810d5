"""A token that calls back finds final books going out and is read again coming in (law 12, 18)."""

from __future__ import annotations

import pytest
from brownie import ContractWallet, web3
from eth_abi import decode

from tests.contracts.support.desk import DAY
from tests.contracts.support.held import LAPSE_END
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.rooms import open_desk

BURNS_ALL = "0x0000000000000000000000000000000000000009"
"""The precompile BLAKE2F: an empty input fails it, with all the gas that it was given."""
LICENSE = (
    "(address,uint40,uint40,uint40,uint96,uint96,uint32,uint32,uint256,uint24,bytes32,"
    "bool,bool,bool)"
)
DEPOSITED, COLLECTED, SETTLED = 4, 5, 13


@pytest.fixture(scope="module")
def deployed(module_isolation):
    return open_desk("Reentrant")


def number(wallet):
    return int(str(wallet), 16)


def armed(desk, deed, *arguments):
    """The next transfer calls this deed of our contract, as the token."""
    desk.token.arm(desk.licenses, deed.encode_input(*arguments), desk.by(desk.relay))


def called(tx):
    return tx.events["Called"]


def answer(tx):
    return bytes.fromhex(str(called(tx)["answer"]).removeprefix("0x"))


def answered(tx):
    """The selector of the error that the call got."""
    return answer(tx)[:4]


def selector(signature):
    return web3.keccak(text=signature)[:4]


def payable(desk, account):
    account = account if isinstance(account, int) else number(account)
    return desk.licenses.payableTo(desk.token, account)


def deed_of(license, name):
    return getattr(license.desk.licenses, name), license.scope_hash, license.pay, license.shares


@pytest.fixture
def waiting(desk):
    """All that one day has earned waits, for every transfer burnt its gas in the token."""
    license = desk.accept()
    desk.token.arm(BURNS_ALL, b"", desk.by(desk.relay))
    license.pay_out(at=license.start + DAY)
    assert payable(desk, desk.agency) == 20 * desk.unit
    return license


@pytest.fixture
def wallet(desk):
    """A licensee that is a contract, whose key is the token: the token can act as the licensee."""
    wallet = ContractWallet.deploy(desk.token, desk.by(desk.relay))
    desk.token.mint(wallet, 10**15, desk.by(desk.relay))
    act_as(wallet, desk, desk.token.approve.encode_input(desk.licenses, 10**15), desk.token)
    return wallet


@pytest.mark.law12
@pytest.mark.law16
@pytest.mark.law18
class TestGoingOut:
    def test_a_pay_out_in_a_pay_out_finds_nothing_left_to_send(self, desk, lone):
        armed(desk, *deed_of(lone, "payOut"))
        tx = lone.pay_out(at=lone.start + DAY)

        assert called(tx)["isDone"]
        assert len(tx.events["PaidOut"]) == 1

    def test_another_licenses_pay_out_in_a_pay_out_has_too_little_gas(self, desk, lone):
        other = desk.accept()
        armed(desk, *deed_of(other, "payOut"))
        lone.pay_out(at=lone.start + DAY)

        assert other.state.collected == 0
        assert lone.state.collected == 100 * desk.unit

    def test_a_pay_out_in_a_pay_out_sends_nothing_twice(self, desk, lone):
        armed(desk, *deed_of(lone, "payOut"))
        before = desk.parts()
        lone.pay_out(at=lone.start + DAY)

        assert sum(desk.parts(before).values()) == 100 * desk.unit

    def test_a_pay_out_in_the_settlement_finds_it_settled(self, desk, lone):
        armed(desk, *deed_of(lone, "payOut"))
        tx = lone.pay_out(at=lone.end)

        assert answered(tx) == selector("LicenseSettled(uint256)")

    def test_a_pay_out_in_a_surrender_finds_it_settled(self, desk, lone):
        armed(desk, *deed_of(lone, "payOut"))
        tx = lone.surrender(at=lone.start + DAY)

        assert answered(tx) == selector("LicenseSettled(uint256)")

    def test_a_pay_out_in_a_declining_finds_it_settled(self, desk):
        booking = desk.book()
        armed(desk, *deed_of(booking, "payOut"))
        tx = booking.decline()

        assert answered(tx) == selector("LicenseSettled(uint256)")

    def test_a_withdrawal_in_a_withdrawal_finds_nothing(self, desk, waiting):
        armed(desk, desk.licenses.withdraw, desk.token, number(desk.agency))
        tx = self.withdraw(desk, number(desk.agency))

        assert answered(tx) == selector("NothingPayable(address,uint256)")

    def test_a_withdrawal_in_a_withdrawal_sends_nothing_twice(self, desk, waiting):
        armed(desk, desk.licenses.withdraw, desk.token, number(desk.agency))
        before = desk.parts()
        self.withdraw(desk, number(desk.agency))

        assert desk.parts(before) == {"agency": 20 * desk.unit}

    def test_another_withdrawal_in_a_withdrawal_sends_what_is_its_own(self, desk, waiting):
        armed(desk, desk.licenses.withdraw, desk.token, desk.twin)
        before = desk.parts()
        self.withdraw(desk, number(desk.agency))

        assert desk.parts(before) == {"agency": 20 * desk.unit, "model": 71_670_000}

    def test_a_pay_out_in_a_withdrawal_finds_nothing_left_to_send(self, desk, waiting):
        armed(desk, *deed_of(waiting, "payOut"))
        before = desk.parts()
        tx = self.withdraw(desk, number(desk.agency))

        assert called(tx)["isDone"]
        assert desk.parts(before) == {"agency": 20 * desk.unit}

    def test_a_withdrawal_in_a_pay_out_sends_what_was_waiting_before(self, desk, waiting):
        armed(desk, desk.licenses.withdraw, desk.token, number(desk.agency))
        before = desk.parts()
        waiting.pay_out(at=waiting.start + 2 * DAY)

        assert desk.parts(before)["agency"] == 40 * desk.unit

    @pytest.mark.parametrize("seconds", [DAY, 89 * DAY, 90 * DAY], ids=["day", "late", "end"])
    def test_at_the_first_transfer_of_a_pay_out_the_books_are_final(self, desk, lone, seconds):
        """What the balance still holds at that moment is all that the pay-out is about to send."""
        armed(desk, desk.licenses.licenseOf, lone.id)
        tx = lone.pay_out(at=lone.start + seconds)
        state = self.state(tx)

        assert state[COLLECTED] == lone.owes(lone.start + seconds)
        assert called(tx)["balance"] >= state[DEPOSITED] - state[COLLECTED]
        assert state[SETTLED] == (seconds == 90 * DAY)

    def test_at_the_refund_of_a_surrender_the_books_are_final(self, desk):
        license = desk.accept(committed=0)
        armed(desk, desk.licenses.licenseOf, license.id)
        state = self.state(license.surrender())

        assert (state[DEPOSITED], state[COLLECTED], state[SETTLED]) == (0, 0, True)

    def test_at_the_refund_of_a_declining_the_books_are_final(self, desk):
        booking = desk.book()
        armed(desk, desk.licenses.licenseOf, booking.id)
        state = self.state(booking.decline())

        assert (state[DEPOSITED], state[COLLECTED], state[SETTLED]) == (0, 0, True)

    def test_at_a_withdrawal_nothing_is_payable_any_more(self, desk, waiting):
        armed(desk, desk.licenses.payableTo, desk.token, number(desk.agency))
        tx = self.withdraw(desk, number(desk.agency))

        assert int.from_bytes(answer(tx), "big") == 0

    @staticmethod
    def withdraw(desk, account):
        return desk.weigh(desk.licenses.withdraw(desk.token, account, desk.by(desk.relay)))

    @staticmethod
    def state(tx):
        return decode([LICENSE], answer(tx))[0]


@pytest.mark.law12
@pytest.mark.law18
class TestComingIn:
    @pytest.fixture
    def part(self, desk):
        return desk.accept(deposit=1_000 * desk.unit)

    @pytest.fixture
    def funded(self, desk):
        """The token itself holds tokens and lets our contract take them."""
        desk.token.mint(desk.token, 10**15, desk.by(desk.relay))
        allowing = desk.token.approve.encode_input(desk.licenses, 10**15)
        desk.token.act(desk.token, allowing, desk.by(desk.relay))

    @pytest.mark.refusal
    def test_a_top_up_in_a_top_up_is_refused(self, desk, part, funded):
        armed(desk, desk.licenses.topUp, *part.parts, part.fee)
        amount = part.fee - 1_000 * desk.unit

        with reverts_with("PaymentInexact", desk.token, amount, 2 * amount):
            part.top_up(part.fee)

    @pytest.mark.refusal
    def test_a_top_up_of_another_license_in_a_top_up_is_refused(self, desk, part, funded):
        other = desk.accept(deposit=1_000 * desk.unit)
        armed(desk, desk.licenses.topUp, *other.parts, 1_001 * desk.unit)
        amount = part.fee - 1_000 * desk.unit

        with reverts_with("PaymentInexact", desk.token, amount, amount + desk.unit):
            part.top_up(part.fee)

    @pytest.mark.refusal
    def test_a_top_up_that_hides_in_the_balance_is_refused(self, desk, part, funded):
        """Within: 100 come in for the same license and 100 go out of another. The balance says
        nothing of it; what was deposited before is not what it was.
        """
        other = desk.accept()
        topping_up = desk.licenses.topUp.encode_input(*part.parts, 1_100 * desk.unit)
        pay_out, *arguments = deed_of(other, "payOut")
        armed(desk, desk.licenses.multicall, [topping_up, pay_out.encode_input(*arguments)])

        with reverts_with("DepositOutOfRange", part.fee, 1_100 * desk.unit, part.fee):
            part.top_up(part.fee, at=other.start + DAY)

    def test_what_evens_out_within_a_payment_is_booked_on_both_sides(self, desk, part, funded):
        """Within: 100 come in for one license and 100 go out of another."""
        giving, taking = desk.accept(), desk.accept(deposit=1_000 * desk.unit)
        topping_up = desk.licenses.topUp.encode_input(*taking.parts, 1_100 * desk.unit)
        pay_out, *arguments = deed_of(giving, "payOut")
        armed(desk, desk.licenses.multicall, [topping_up, pay_out.encode_input(*arguments)])
        tx = part.top_up(part.fee, at=giving.start + DAY)

        assert called(tx)["isDone"]
        assert part.state.deposited == part.fee
        assert taking.state.deposited == 1_100 * desk.unit
        assert giving.state.collected == 100 * desk.unit
        held = part.fee + 1_100 * desk.unit + giving.fee - 100 * desk.unit
        assert desk.token.balanceOf(desk.licenses) == held

    @pytest.mark.refusal
    def test_a_pay_out_in_a_top_up_is_refused(self, desk, part):
        part.pay_out(at=part.start + 5 * DAY)
        armed(desk, *deed_of(part, "payOut"))
        amount = part.fee - 1_000 * desk.unit

        with reverts_with("PaymentInexact", desk.token, amount, amount - 100 * desk.unit):
            part.top_up(part.fee, at=part.start + 6 * DAY)

    @pytest.mark.refusal
    def test_a_pay_out_in_a_top_up_that_sends_more_than_comes_in_is_refused(self, desk, part):
        other = desk.accept()
        armed(desk, *deed_of(other, "payOut"))

        with reverts_with("PaymentInexact", desk.token, desk.unit, 0):
            part.top_up(1_001 * desk.unit, at=other.start + 5 * DAY)

    def test_a_batch_recorded_in_a_top_up_is_counted(self, desk, part):
        """The token is one of H&M's reporters: ten images are used while the money comes in."""
        desk.licenses.setReporter(desk.token, True, desk.by(desk.hm))
        armed(desk, desk.licenses.record, part.id, part.batch(images=10))
        part.top_up(part.fee)

        assert part.state.imagesLeft == 90
        assert part.state.batches == 1

    @pytest.mark.refusal
    def test_an_end_that_comes_in_a_top_up_is_seen(self, desk, part):
        part.pay_out(at=part.start + 20 * DAY)
        act, signature = part.ending(LAPSE_END)
        end_lapsed = desk.licenses.endLapsed
        armed(desk, end_lapsed, act, part.scope, part.pay, part.shares_hash, signature)

        with reverts_with("LicenseOver", part.id, part.start + 20 * DAY):
            part.top_up(part.fee)

    @pytest.mark.law5
    @pytest.mark.refusal
    def test_the_same_offer_accepted_in_its_acceptance_is_refused(self, desk, wallet):
        """With the deposit of the inner one the outer one has taken twice what it asked for."""
        amount = 9_000 * desk.unit

        def twice(deed):
            executing = wallet.execute.encode_input(desk.licenses, deed)
            desk.token.arm(wallet, executing, desk.by(desk.relay))
            return act_as(wallet, desk, deed)

        with reverts_with("PaymentInexact", desk.token, amount, 2 * amount):
            desk.accept(licensee=wallet.address, through=twice)

    @pytest.mark.refusal
    def test_a_surrender_in_a_top_up_is_refused(self, desk, wallet):
        part = desk.accept(
            licensee=wallet.address,
            committed=0,
            deposit=1_000 * desk.unit,
            through=lambda deed: act_as(wallet, desk, deed),
        )
        surrender = desk.licenses.surrender.encode_input(part.scope_hash, part.pay, part.shares)
        executing = wallet.execute.encode_input(desk.licenses, surrender)
        desk.token.arm(wallet, executing, desk.by(desk.relay))
        amount = part.fee - 1_000 * desk.unit

        with reverts_with("PaymentInexact", desk.token, amount, amount - 1_000 * desk.unit):
            part.top_up(part.fee)


def act_as(wallet, desk, deed, target=None):
    """The wallet does a deed: its key is the token, which does what anybody tells it."""
    executing = wallet.execute.encode_input(target or desk.licenses, deed)
    return desk.token.act(wallet, executing, desk.by(desk.relay))
