"""Currencies that refuse, burn, return nonsense or call back: no false finding, no missed one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from eth_utils.crypto import keccak

from tests.audit.life import compiled, in_other_currency, in_token
from tests.client.stage import DAY, DOLLAR
from twinrights.audit.findings import Severity
from twinrights.audit.run import audit
from twinrights.audit.solvency import muted

AGENCY = "the agency's wallet"


def put(code: str) -> str:
    """Return the bytecode that deploys a code of up to 255 bytes."""
    return f"60{len(code) // 2:02x}600a5f3960{len(code) // 2:02x}5ff3" + code


def raising(data: str) -> str:
    """Return the code of a contract that reverts with these bytes, whatever it is asked."""
    size = f"60{len(data) // 2:02x}"
    return f"{size}600b5f39{size}5ffd" + "00" + data


def reason_200() -> str:
    selector = keccak(text="MayNotPublish(uint256,uint8)")[:4].hex()
    return raising(f"{selector}{1:064x}{200:064x}")


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


@pytest.mark.parametrize(
    "code",
    [
        pytest.param(raising("4e487b71" + f"{0x99:064x}"), id="an unknown panic"),
        pytest.param(raising("08c379a0" + f"{32:064x}{2:064x}" + "fffe" + "00" * 30), id="no text"),
        pytest.param(reason_200(), id="a reason that is none"),
        pytest.param("60055f5260205ff3", id="always 5"),
        pytest.param("fe", id="invalid"),
        pytest.param("00", id="nothing"),
    ],
)
def test_a_currency_without_money_spoils_nobodys_audit(life, code):
    stage = life.stage
    token = stage.put_up({"abi": [], "bytecode": put(code)})
    stage.license(currency=token, fee=0, committed=0, epoch=1)

    report = audit(life.chain.web3, life.chain.deployment)

    assert report.findings == ()
    assert report.reconciled


def test_a_currency_without_money_may_log_transfers_that_never_were(life):
    stage = life.stage
    token = stage.put_up(compiled("NoReturn"))
    stage.license(currency=token, fee=0, committed=0, epoch=1)
    in_token(stage, token, "mint", life.chain.deployment.licenses, DOLLAR)
    report = audit(life.chain.web3, life.chain.deployment)
    idle = frozenset({token})
    lie = replace(
        report.remarks[-1], code="TransferUnexplained", severity=Severity.ERROR, currency=token
    )
    assert next(muted([lie], idle)).severity is Severity.NOTE
    assert next(muted([lie], frozenset())).severity is Severity.ERROR
    assert report.findings == ()


def another(life, currency: str):
    """Return a license of the life's end, when the twin's epoch is 1."""
    return in_other_currency(life.stage, currency, epoch=1)
