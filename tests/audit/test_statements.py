"""Statements of a real chain: each wallet holds what its own says; the sheet for accounts."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.client.stage import DAY, DOLLAR, FAR, FEE
from twinrights.audit.findings import Coins
from twinrights.audit.ledger import PAYER
from twinrights.audit.state import LICENSEE
from twinrights.errors import BadDate
from twinrights.money import Currency
from twinrights.statements.sheet import COLUMNS, decimal, sheet
from twinrights.statements.statement import draw_up, read_ledger, statement
from twinrights.terms import GuardianChange

GIVEN = 1_000_000 * DOLLAR
"""What each brand was given at first."""


@pytest.fixture
def ledger(life):
    return read_ledger(life.chain.web3, life.chain.deployment)


def of(life, wallet, **days):
    return statement(life.chain.web3, life.chain.deployment, wallet.address, **days)


def rows(found) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet(found))))


def test_every_wallet_holds_what_its_statement_says(any_life):
    chain, stage = any_life.chain, any_life.stage
    ledger = read_ledger(chain.web3, chain.deployment)
    given = {stage.hm.address: GIVEN, stage.rival.address: GIVEN, stage.stranger.address: FEE}
    moved = defaultdict(int)
    for account in ledger.accounts():
        if ledger.world.licenses[account.license_id].currency == stage.usd:
            position = ledger.position(account, ledger.now)
            if account.role in (LICENSEE, PAYER):
                moved[account.wallet] -= position.deposited - position.by_others
            moved[account.wallet] += position.paid
    assert len(moved) == 7
    for wallet, amount in moved.items():
        assert chain.balance("TUSD", wallet) == given.get(wallet, 0) + amount


def test_all_accounts_tie_and_the_history_breaks_no_law(life):
    found = of(life, life.stage.model)
    assert found.ok
    assert {tie.currency for tie in found.ties} == {life.stage.usd, life.blocklist}
    assert len(found.ties) == 18
    assert found.broken == 0


def test_an_owner_sees_what_waits_for_her_apart_from_what_was_paid(life):
    lines = [each for each in of(life, life.stage.model).lines if each.currency == life.blocklist]
    owed = life.chain.royalties.payable(life.blocklist, life.stage.twin_id)
    last = lines[-1]
    assert owed > 0
    assert last.closing.waiting == owed
    assert last.closing.paid == 0
    earned = sum(line.flow.earned for line in lines)
    assert last.closing.balance == earned == last.closing.waiting + last.closing.held


def test_an_agency_that_withdrew_has_been_paid(life):
    lines = [each for each in of(life, life.stage.agency).lines if each.currency == life.blocklist]
    assert [line.role for line in lines] == ["agency_commission"] * len(lines)
    assert lines[-1].closing.waiting == 0
    assert lines[-1].closing.paid == lines[-1].closing.paid_out > 0


def test_a_brands_deposit_less_earned_less_refund_is_prepaid(life):
    for license in (life.plain, life.part, life.declined, life.surrendered, life.noticed):
        line = [x for x in of(life, life.stage.hm).lines if x.account.license_id == license.id][-1]
        closing, now = line.closing, life.chain.licenses.get(license.id)
        assert closing.held == closing.deposited - closing.earned - closing.refunded
        if now.is_settled:
            assert (closing.held, closing.earned) == (0, now.deposited)


def test_who_tops_up_for_another_gets_no_claim(life):
    (line,) = of(life, life.stage.stranger).lines
    assert (line.role, line.flow.deposited) == ("payer", 2_000 * DOLLAR)
    assert line.amounts["closing"] is None
    brand = [x for x in of(life, life.stage.hm).lines if x.account.license_id == life.part.id]
    assert sum(each.flow.by_others for each in brand) == 2_000 * DOLLAR
    assert brand[-1].closing.deposited == 3_000 * DOLLAR


def test_a_day_is_read_from_its_first_second_through_its_last(life, ledger):
    now = ledger.now.time
    midnight = now // DAY * DAY
    before = draw_up(ledger, life.stage.model.address, until=midnight, coins=Coins())
    after = draw_up(ledger, life.stage.model.address, since=midnight, coins=Coins())
    whole = draw_up(ledger, life.stage.model.address, coins=Coins())
    assert (before.until, after.since, after.until, whole.until) == (
        midnight,
        midnight,
        now + 1,
        now + 1,
    )
    key = ("owner", life.stage.usd)
    assert before.totals[key]["closing"] == after.totals[key]["opening"]
    assert after.totals[key]["closing"] == whole.totals[key]["closing"]
    for name in ("earned", "paid", "paid_out", "gross"):
        parts = before.totals[key][name] + after.totals[key][name]
        assert parts == whole.totals[key][name]


def test_what_is_earned_is_what_the_contract_says_at_the_end(life, ledger):
    found = of(life, life.stage.hm)
    for license in (life.plain, life.part, life.exclusive, life.quick):
        mine = [x for x in ledger.accounts() if x.license_id == license.id and x.role == LICENSEE]
        position = ledger.position(mine[0], ledger.now)
        assert position.earned == life.chain.royalties.earned(license.id)
    assert found.ok


def test_days_that_cannot_be_are_refused(life, ledger):
    wallet, now = life.stage.model.address, ledger.now.time
    with pytest.raises(BadDate, match="nothing is known yet: the newest block is of"):
        draw_up(ledger, wallet, since=now + DAY, coins=Coins())
    with pytest.raises(BadDate, match="it is after the last day"):
        draw_up(ledger, wallet, since=now, until=now - DAY, coins=Coins())


def test_a_twin_that_moves_takes_along_what_is_due_and_leaves_what_was_paid(life):
    chain, stage = life.chain, life.stage
    chain.royalties.pay_out(life.plain, payer=stage.stranger)
    chain.clock.advance(DAY)
    change = GuardianChange("", stage.twin_id, stage.agency.address, stage.nonce, FAR)
    chain.recovery.set_guardian(stage.sign(change), payer=stage.stranger)
    stage.move_at_once(stage.agency)
    before = chain.balance("TUSD", stage.model.address)
    chain.clock.advance(DAY)
    chain.royalties.pay_out(life.plain, payer=stage.stranger)

    old, new = of(life, stage.model), of(life, stage.new_phone)
    assert old.ok
    key = ("owner", stage.usd)
    assert old.totals[key]["closing"] == 0
    assert old.totals[key]["moved"] == -new.totals[key]["moved"] < 0
    assert old.totals[key]["paid"] == chain.balance("TUSD", stage.model.address) == before
    assert new.totals[key]["paid"] == chain.balance("TUSD", stage.new_phone.address) > 0
    waits = chain.royalties.payable(life.blocklist, stage.twin_id)
    assert new.totals["owner", life.blocklist]["waiting"] == waits > 0
    assert old.totals["owner", life.blocklist]["waiting"] == 0


def test_the_sheet_has_plain_columns_days_and_amounts(life):
    found = of(life, life.stage.model)
    table = rows(found)
    assert list(table[0]) == list(COLUMNS)
    assert len(table) == len(found.lines)
    for row, line in zip(table, found.lines, strict=True):
        assert row["role"] == "owner"
        assert row["month"] == row["from"][:7] == row["through"][:7]
        known = line.currency == life.stage.usd
        assert row["currency"] == ("TUSD" if known else "units")
        assert row["currency_address"] == line.currency
        scale = DOLLAR if known else 1
        for name, amount in line.amounts.items():
            assert row[name] == "" if amount is None else Decimal(row[name]) * scale == amount
            assert "," not in row[name]
            assert not row[name] or len(row[name].partition(".")[2]) == (6 if known else 0)


def test_the_sheet_sums_to_the_unit(life):
    for wallet in (life.stage.model, life.stage.agency, life.stage.hm, life.stage.photographer):
        found = of(life, wallet)
        for (role, currency), sums in found.totals.items():
            scale = DOLLAR if currency == life.stage.usd else 1
            mine = [
                x for x in rows(found) if (x["role"], x["currency_address"]) == (role, currency)
            ]
            assert sum(Decimal(x["earned"]) for x in mine) * scale == sums["earned"]
            assert sum(Decimal(x["paid"]) for x in mine) * scale == sums["paid"]


@pytest.mark.parametrize(
    "symbol", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
)
def test_no_cell_is_a_formula(life, ledger, symbol):
    coin = Currency(symbol=symbol, decimals=6, address=life.stage.usd)
    found = draw_up(ledger, life.stage.model.address, coins=Coins([coin]))
    shown = {row["currency"] for row in rows(found)}
    assert shown == {f"'{symbol}", "units"}


def test_a_symbol_with_commas_quotes_and_other_letters_stays_one_cell(life, ledger):
    symbol = 'kr,"öre"\nÅ'
    coin = Currency(symbol=symbol, decimals=2, address=life.stage.usd)
    found = draw_up(ledger, life.stage.model.address, coins=Coins([coin]))
    assert {row["currency"] for row in rows(found)} == {symbol, "units"}


@pytest.mark.parametrize(
    ("units", "decimals", "text"),
    [
        (0, 6, "0.000000"),
        (1, 6, "0.000001"),
        (1_250_500_000, 6, "1250.500000"),
        (-1, 2, "-0.01"),
        (12_345, 0, "12345"),
        (2**96 - 1, 18, "79228162514.264337593543950335"),
    ],
)
def test_amounts_are_exact(units, decimals, text):
    assert decimal(units, decimals) == text


def test_a_wallet_without_any_account_has_an_empty_statement(life):
    found = of(life, life.stage.reporter)
    assert (found.lines, found.totals, found.ok) == ((), {}, True)
    assert sheet(found) == ",".join(COLUMNS) + "\r\n"


def test_a_history_that_lies_does_not_tie(life, ledger):
    event = next(each for each in ledger.events if each.name == "Withdrawn")
    lying = replace(event, values={**event.values, "amount": event["amount"] + 5})
    ledger.events = [lying if each is event else each for each in ledger.events]
    found = draw_up(ledger, life.stage.model.address, coins=Coins())
    assert not found.ok
    assert {tie.name for tie in found.ties if not tie.holds} == {
        "waiting",
        "paid to wallets",
        "due and prepaid",
    }
