"""docs/money.md is true: its sums come out, contracts and client give its figures to the unit."""

from __future__ import annotations

import pytest

from tests.money_client import SHARES, ZERO, earned, priced
from tests.money_lives import DAY, Booking, Desk, Figures
from tests.money_page import UNIT, Row, card, results, rows, weigh
from twinrights import money

BY_SECOND = "Booking 1: paid by the second"
BY_IMAGES = "Booking 2: images ahead of time"
ENDED_EARLY = "Booking 3: exclusive, and ended early"
FIRST_DEPOSIT = 6_000 * UNIT
PAYEES = ("agency commission", "photographer", "stylist", "make-up", "owner")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


@pytest.fixture
def booked(desk):
    """A booking on a chain that is put back afterwards."""
    tester = desk.provider.ethereum_tester
    snapshot = tester.take_snapshot()
    yield lambda section: _book(desk, section)
    tester.revert_to_snapshot(snapshot)


def _book(desk: Desk, section: str) -> Booking:
    booking = Booking(desk, section)
    booking.price()
    booking.book(FIRST_DEPOSIT if section == BY_SECOND else None)
    return booking


def _named(when: str, **more: str) -> dict[str, str]:
    return {payee: f"{payee}, {when}" for payee in PAYEES} | more


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.section[:9]}: {row.what}")
def test_each_written_sum_comes_to_its_result(row: Row):
    left, right = weigh(row.worked_out, row.result)

    assert left == right


def test_a_figure_of_a_sum_is_one_that_the_page_has_given():
    """What a sum takes over from another line stands there with the same digits."""
    for section in (BY_SECOND, BY_IMAGES, ENDED_EARLY):
        lines = [row for row in rows() if row.section == section]
        given = {row.result for row in lines}
        whole = " ".join(row.worked_out for row in lines if row.what.startswith("earned"))
        taken = {word for word in whole.split() if len(word) > 8 and "." in word}

        assert taken <= given


class TestTheContracts:
    @pytest.mark.law13
    @pytest.mark.law14
    @pytest.mark.law15
    def test_give_the_first_booking(self, desk, booked):
        book = booked(BY_SECOND)
        seen = book.figures
        seen["deposited at first"] = book.state("deposited")
        seen["seconds covered"] = covered = book.state("paidThrough") - book.start
        seen["images covered"] = book.state("imagesLeft")
        seen["earned when the deposit ends"] = book.earned(covered)
        seen["earned after 10 days"] = book.earned(10 * DAY)
        with desk.moved(seen, _named("day 10")):
            book.pay_out(10 * DAY)
        book.top_up(seen["fee"], 15 * DAY)
        seen["earned at the end"] = book.earned(30 * DAY)
        with desk.moved(seen, _named("second pay-out", refund="refund")):
            book.pay_out(30 * DAY)
        for payee in PAYEES:
            parts = seen[f"{payee}, day 10"], seen[f"{payee}, second pay-out"]
            seen[f"{payee}, in all"] = sum(parts)

        assert seen == results(BY_SECOND)

    @pytest.mark.law13
    @pytest.mark.law15
    def test_give_the_second_booking(self, desk, booked):
        book = booked(BY_IMAGES)
        seen = book.figures
        seen["earned after 9 days, before the images"] = book.earned(9 * DAY)
        book.declare(130, 9 * DAY - 1)
        seen["images left"] = book.state("imagesLeft")
        seen["earned after 9 days"] = book.earned(9 * DAY)
        seen["earned after 50 days"] = book.earned(50 * DAY)
        seen["earned after 60 days"] = book.earned(60 * DAY)
        seen["earned at the end"] = book.earned(90 * DAY)
        with desk.moved(seen, _named("day 9")):
            book.pay_out(9 * DAY)
        later: Figures = {}
        with desk.moved(later, _named("in all", refund="refund")):
            book.pay_out(90 * DAY)
        for payee in PAYEES:
            later[f"{payee}, in all"] += seen[f"{payee}, day 9"]

        assert seen | later == results(BY_IMAGES)

    @pytest.mark.law9
    @pytest.mark.law17
    def test_give_the_third_booking(self, desk, booked):
        book = booked(ENDED_EARLY)
        seen = book.figures
        seen["earned by the day"] = book.earned(DAY)
        book.declare(1, DAY - 1)
        seen["earned by the image"] = book.earned(0)
        seen["earned after one day"] = book.earned(DAY)
        tester = desk.provider.ethereum_tester
        before = tester.take_snapshot()
        with desk.moved(seen, _named("surrendered", refund="refund at the surrender")):
            book.surrender(DAY)
        seen["paid out at the surrender"] = book.state("collected")
        seen["kill fee"] = book.state("collected") - seen["earned after one day"]

        tester.revert_to_snapshot(before)
        book.give_notice(DAY)
        seen["seconds until the notice ends"] = notice = book.state("end") - book.start
        seen["earned when the notice ends"] = book.earned(notice)
        noticed = tester.take_snapshot()
        with desk.moved(seen, {"refund": "refund after the notice"}):
            book.pay_out(notice)

        tester.revert_to_snapshot(noticed)
        with desk.moved(seen, {"refund": "refund at the surrender under notice"}):
            book.surrender(DAY + 1)
        seen["paid out at the surrender under notice"] = book.state("collected")

        assert seen == results(ENDED_EARLY)


class TestTheClient:
    @pytest.mark.law13
    @pytest.mark.law14
    @pytest.mark.law15
    def test_gives_the_first_booking(self):
        seen, pay = priced(BY_SECOND)
        fee, term = pay.fee, pay.term
        covered = money.covered(term, FIRST_DEPOSIT, fee)
        ten = earned(pay, FIRST_DEPOSIT, 10 * DAY)
        whole = earned(pay, fee, term)
        seen |= {
            "deposited at first": FIRST_DEPOSIT,
            "seconds covered": covered,
            "images covered": money.covered(pay.quota, FIRST_DEPOSIT, fee),
            "earned when the deposit ends": earned(pay, FIRST_DEPOSIT, covered),
            "earned after 10 days": ten,
            "earned at the end": whole,
            "refund": fee - whole,
        }
        seen |= _parts("day 10", money.split(ten, SHARES))
        seen |= _parts("in all", money.split(whole, SHARES))
        seen |= _parts("second pay-out", money.split_between(ten, whole, SHARES))

        assert seen == results(BY_SECOND)

    @pytest.mark.law13
    @pytest.mark.law15
    def test_gives_the_second_booking(self):
        seen, pay = priced(BY_IMAGES)
        nine = earned(pay, pay.fee, 9 * DAY, used=130)
        whole = earned(pay, pay.fee, pay.term, used=130)
        seen |= {
            "earned after 9 days, before the images": earned(pay, pay.fee, 9 * DAY),
            "images left": money.covered(pay.quota, pay.fee, pay.fee) - 130,
            "earned after 9 days": nine,
            "earned after 50 days": earned(pay, pay.fee, 50 * DAY, used=130),
            "earned after 60 days": earned(pay, pay.fee, 60 * DAY, used=130),
            "earned at the end": whole,
            "refund": pay.fee - whole,
        }
        seen |= _parts("day 9", money.split(nine, SHARES))
        seen |= _parts("in all", money.split(whole, SHARES))

        assert seen == results(BY_IMAGES)

    @pytest.mark.law9
    @pytest.mark.law17
    def test_gives_the_third_booking(self):
        seen, pay = priced(ENDED_EARLY)
        by_day = earned(pay, pay.fee, DAY)
        by_image = earned(pay, pay.fee, 0, used=1)
        one_day = earned(pay, pay.fee, DAY, used=1)
        due = max(one_day, pay.committed)
        until = DAY + card().notice
        noticed = money.earned(pay, deposited=pay.fee, start=0, end=until, used=1, at=pay.term)
        second_later = earned(pay, pay.fee, DAY + 1, used=1)
        seen |= {
            "earned by the day": by_day,
            "earned by the image": by_image,
            "earned after one day": one_day,
            "kill fee": due - one_day,
            "paid out at the surrender": due,
            "refund at the surrender": pay.fee - due,
            "seconds until the notice ends": until,
            "earned when the notice ends": noticed,
            "refund after the notice": pay.fee - noticed,
            "paid out at the surrender under notice": second_later,
            "refund at the surrender under notice": pay.fee - second_later,
        }
        seen |= _parts("surrendered", money.split(due, SHARES))

        assert seen == results(ENDED_EARLY)

    def test_writes_and_reads_the_amounts_as_the_page_does(self):
        dollar = money.Currency(symbol="TUSD", decimals=6, address=ZERO)

        for row in rows():
            if len(row.result.partition(".")[2]) == 6:
                units = int(row.result.replace(",", "").replace(".", ""))
                assert dollar.parse(row.result) == units
                assert dollar.parse(dollar.format(units).removesuffix("TUSD").strip()) == units


def _parts(when: str, parts: list[int]) -> Figures:
    return {f"{payee}, {when}": part for payee, part in zip(PAYEES, parts, strict=True)}
