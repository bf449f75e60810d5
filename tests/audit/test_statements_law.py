"""Any life of licenses, cut into any months: every account ties to the unit (laws 13, 15 to 17)."""

from __future__ import annotations

import itertools
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.audit.statement_lives import (
    BRANDS,
    CURRENCIES,
    LICENSES_AT,
    MODELS,
    NEW_YEAR,
    TWIN_IDS,
    TWINS_AT,
    Lives,
    lives,
)
from tests.client.stage import DAY
from twinrights.audit.findings import Coins
from twinrights.audit.ledger import PAYER, Ledger, Position, months
from twinrights.audit.rebuild import rebuild
from twinrights.audit.state import LICENSEE, OWNER
from twinrights.audit.ties import ties
from twinrights.statements.statement import draw_up

pytestmark = [pytest.mark.law13, pytest.mark.law15, pytest.mark.law16, pytest.mark.law17]

TWIN = TWIN_IDS[0]

often = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def ledger_of(life: Lives) -> Ledger:
    world = rebuild(
        life.events, [], chain_id=1, twins=TWINS_AT, licenses=LICENSES_AT, coins=Coins()
    )
    return Ledger(life.events, world, until=life.time)


def cuts_of(life: Lives, places: list[int]) -> list[int]:
    """Return seconds within and around a life: drawn ones, and those of its events."""
    span = life.time - NEW_YEAR
    drawn = [NEW_YEAR + (place * 7_919) % (span + 1) for place in places]
    events = [life.events[place % len(life.events)].time + place % 2 for place in places]
    return sorted({NEW_YEAR, *drawn, *events, life.time + 1})


PLACES = st.lists(st.integers(0, 10**9), min_size=1, max_size=6)


@often
@given(lives(), PLACES)
def test_all_accounts_tie_to_the_contracts_books_at_any_second(life, places):
    ledger = ledger_of(life)
    for time in cuts_of(life, places):
        assert [tie for tie in ties(ledger, ledger.cut(time)) if not tie.holds] == []


@often
@given(lives())
def test_each_wallet_holds_what_its_statement_says(life):
    ledger = ledger_of(life)
    said = defaultdict(int)
    for account in ledger.accounts():
        position = ledger.position(account, ledger.now)
        currency = ledger.world.licenses[account.license_id].currency
        own = position.deposited - position.by_others
        spent = own if account.role in (LICENSEE, PAYER) else 0
        said[currency, account.wallet] += position.paid - spent
    assert {k: v for k, v in said.items() if v} == {k: v for k, v in life.held.items() if v}


@often
@given(lives())
def test_what_waits_is_what_the_contract_owes(life):
    ledger = ledger_of(life)
    waits = defaultdict(int)
    for account in ledger.accounts():
        license = ledger.world.licenses[account.license_id]
        number = license.twin_id if account.role == OWNER else int(account.wallet, 16)
        waits[license.currency, number] += ledger.position(account, ledger.now).waiting
    owed = {key: amount for key, amount in life.payable.items() if amount}
    assert {key: amount for key, amount in waits.items() if amount} == owed


@often
@given(lives(), PLACES)
def test_lines_close_where_the_next_ones_open_however_it_is_cut(life, places):
    ledger = ledger_of(life)
    times = cuts_of(life, places)
    for wallet in {account.wallet for account in ledger.accounts()}:
        balances, sums = {}, defaultdict(Position)
        for since, until in itertools.pairwise(times):
            part = draw_up(ledger, wallet, since=since, until=until, coins=Coins())
            for line in part.lines:
                assert line.opening.balance == balances.get(line.account, 0)
                balances[line.account] = line.closing.balance
                sums[line.account] = sums[line.account].plus(line.flow)
        whole = draw_up(ledger, wallet, coins=Coins())
        in_one = defaultdict(Position)
        for line in whole.lines:
            in_one[line.account] = in_one[line.account].plus(line.flow)
        nothing = Position()
        assert {k: v for k, v in sums.items() if v != nothing} == {
            k: v for k, v in in_one.items() if v != nothing
        }


@often
@given(lives())
def test_each_line_adds_up(life):
    ledger = ledger_of(life)
    for wallet in {account.wallet for account in ledger.accounts()}:
        for line in draw_up(ledger, wallet, coins=Coins()).lines:
            flow, opening, closing = line.flow, line.opening, line.closing
            assert flow.gross == flow.service_fee + flow.commission + flow.crew + flow.net
            role = line.account.role
            if role == LICENSEE:
                due = opening.balance + flow.deposited - flow.earned - flow.paid
                assert closing.held == closing.deposited - closing.earned - closing.refunded
            elif role == PAYER:
                due = 0
            else:
                due = opening.balance + flow.earned + flow.moved - flow.paid
            assert closing.balance == due
            assert min(closing.balance, closing.held, closing.waiting) >= 0
            assert min(flow.earned, flow.paid, flow.deposited, flow.paid_out, flow.refunded) >= 0


@given(st.integers(0, 2**33), st.integers(0, 1_000 * DAY))
def test_months_are_half_open_and_leave_nothing_out(since, span):
    cut = list(months(since, since + span))
    ends = [since, *(until for _, until in cut)]
    assert [begins for begins, _ in cut] == ends[:-1]
    assert ends[-1] == since + span
    assert all(begins < until for begins, until in cut)


def test_beyond_the_calendar_there_are_no_months():
    new_year = 253_402_300_800  # of the year 10000
    assert list(months(new_year - DAY, new_year + DAY))[-1] == (new_year - DAY, new_year + DAY)
    assert list(months(2**40, 2**40 + 400 * DAY)) == [(2**40, 2**40 + 400 * DAY)]


def test_months_begin_at_midnight_of_the_first_in_utc():
    cut = list(months(NEW_YEAR + 5, NEW_YEAR + 60 * DAY))
    assert cut == [
        (NEW_YEAR + 5, NEW_YEAR + 31 * DAY),
        (NEW_YEAR + 31 * DAY, NEW_YEAR + 59 * DAY),
        (NEW_YEAR + 59 * DAY, NEW_YEAR + 60 * DAY),
    ]


def test_what_is_due_when_a_twin_moves_is_paid_to_its_new_owner():
    life = Lives()
    life.mint()
    fee, term, agency = 10_000, 100 * DAY, [(2_000, 1)]
    life.grant((TWIN, BRANDS[0], CURRENCIES[0], fee, (0, 100), term, 10, agency, 0, False))
    (license,) = life.licenses
    life.wait(10 * DAY, is_new_block=True)
    life.pay_out(license, 0)
    life.wait(10 * DAY, is_new_block=True)
    life.move(TWIN, MODELS[1])
    life.wait(30 * DAY, is_new_block=True)
    life.pay_out(license, 0)
    life.wait(DAY, is_new_block=True)

    ledger = ledger_of(life)
    key = ("owner", CURRENCIES[0])
    old, new = (draw_up(ledger, each, coins=Coins()).totals[key] for each in MODELS[:2])

    # Of 100 a day 80 are the owner's: ten days were paid before the move, ten were due.
    assert (old["gross"], old["earned"], old["moved"], old["paid"]) == (2_000, 1_600, -800, 800)
    assert old["closing"] == 0
    assert (new["gross"], new["earned"], new["moved"], new["paid"]) == (3_100, 2_480, 800, 3_200)
    assert new["closing"] == new["uncollected"] == 80


def test_what_waits_when_a_twin_moves_waits_for_its_new_owner():
    life = Lives()
    life.mint()
    life.grant((TWIN, BRANDS[0], CURRENCIES[0], 1_000, (0, 100), 10 * DAY, 10, [], 0, False))
    (license,) = life.licenses
    life.wait(20 * DAY, is_new_block=True)
    life.pay_out(license, 1)
    life.move(TWIN, MODELS[1])
    ledger = ledger_of(life)
    old, new = (draw_up(ledger, each, coins=Coins()) for each in MODELS[:2])
    assert (old.lines[-1].closing.waiting, old.lines[-1].closing.balance) == (0, 0)
    assert (new.lines[-1].closing.waiting, new.lines[-1].closing.balance) == (1_000, 1_000)
    life.withdraw(license, 0)
    (line,) = draw_up(ledger_of(life), MODELS[1], coins=Coins()).lines
    assert (line.closing.paid, line.closing.waiting, line.closing.balance) == (1_000, 0, 0)


def test_what_is_paid_out_while_a_move_is_pending_waits_for_the_owner():
    life = Lives()
    life.mint()
    life.grant((TWIN, BRANDS[0], CURRENCIES[0], 1_000, (0, 100), 10 * DAY, 10, [], 0, False))
    life.wait(DAY, is_new_block=True)
    life.propose(TWIN, MODELS[1])
    life.pay_out(life.licenses[0], 0)
    (line,) = draw_up(ledger_of(life), MODELS[0], coins=Coins()).lines
    assert (line.flow.paid_out, line.flow.paid, line.closing.waiting) == (100, 0, 100)
    assert "0x" + "00" * 20 not in {each.wallet for each in ledger_of(life).accounts()}
