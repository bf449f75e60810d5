"""Currencies that refuse, burn, return nonsense or call back: no false finding, no missed one."""

from __future__ import annotations

import pytest

from tests.audit.life import in_other_currency, in_token
from tests.client.stage import DAY, DOLLAR
from twinrights.audit.run import audit

AGENCY = "the agency's wallet"


@pytest.mark.parametrize(
    ("currency", "trick"),
    [
        ("NoReturn", None),
        ("FalseReturn", ("refuse", AGENCY, True)),
        ("GasBurning", ("burnFor", AGENCY, 90_000)),
        ("ReturnBomb", ("lay", AGENCY, 1)),
        ("ReturnBomb", ("lay", AGENCY, 2)),
    ],
)
def test_an_odd_currency_that_harms_nobody_gives_no_finding(life, currency, trick):
    stage, chain = life.stage, life.chain
    license, token = another(life, currency)
    if trick:
        name, *values = trick
        named = [stage.agency.address if value is AGENCY else value for value in values]
        in_token(stage, token, name, *named)
    chain.clock.advance(20 * DAY)
    chain.royalties.pay_out(license, payer=stage.stranger)
    chain.licenses.surrender(license, payer=stage.hm)

    report = audit(chain.web3, chain.deployment)

    assert report.findings == ()
    money = next(each for each in report.totals if each.currency == token)
    assert money.balance == money.payable


def test_a_currency_that_calls_back_gives_no_finding(life):
    stage, chain = life.stage, life.chain
    first, token = another(life, "Reentrant")
    second = stage.license(currency=token, epoch=1)
    chain.clock.advance(20 * DAY)
    grant = chain.licenses.terms(second)
    pay_out = stage.contracts.deed(
        stage.contracts.licenses, "payOut", grant.scope_hash, grant.pay_abi, grant.shares_abi
    )
    in_token(stage, token, "arm", chain.deployment.licenses, pay_out.data)
    # Within the bounded gas of one transfer the second payout may fail; nothing may come of it.
    chain.royalties.pay_out(first, payer=stage.stranger)

    report = audit(chain.web3, chain.deployment)

    assert report.findings == ()


def test_a_currency_that_takes_back_is_named_with_the_sum(life):
    stage, chain = life.stage, life.chain
    _, token = another(life, "Rebasing")
    in_token(stage, token, "shrink", chain.deployment.licenses, 30 * DOLLAR)

    report = audit(chain.web3, chain.deployment)

    assert {(each.code, each.amount, each.currency) for each in report.findings} == {
        ("TransferUnexplained", 30 * DOLLAR, token),
        ("Insolvent", 30 * DOLLAR, token),
    }
    assert not report.reconciled


def another(life, currency: str):
    """Return a license of the life's end, when the twin's epoch is 1."""
    return in_other_currency(life.stage, currency, epoch=1)
