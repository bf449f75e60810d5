"""The law and the contracts agree: every deed, every error, many lives (all laws)."""

from __future__ import annotations

import os
import sys
import time

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.money_rules import MoneyRules
from tests.machine.stage import Stage
from tests.machine.tally import Tally
from tests.model.deeds import LICENSE_DEEDS, TWIN_DEEDS, forbid
from tests.model.usage import Reason

EXAMPLES = int(os.environ.get("TWINRIGHTS_LIVES", "0"))
"""How many random lives; 0 for the same ones in every run."""
LIVES = 200
DEEDS_OF_A_LIFE = 50
DONE, REFUSED = 200, 20


@pytest.fixture(scope="module")
def stage():
    stage = Stage()
    yield stage
    stage.node.stop()


def test_law_and_contracts_agree(stage):
    class Lives(MoneyRules):
        pass

    Lives.stage, Lives.tally = stage, Tally()
    begun = time.monotonic()
    run_state_machine_as_test(
        Lives,
        settings=settings(
            database=None,
            deadline=None,
            derandomize=EXAMPLES == 0,
            max_examples=EXAMPLES or LIVES,
            print_blob=False,
            report_multiple_bugs=False,
            stateful_step_count=DEEDS_OF_A_LIFE,
            suppress_health_check=HealthCheck.all(),
        ),
    )
    print(f"{time.monotonic() - begun:.1f} s\n{Lives.tally}", file=sys.stderr)

    deeds = {
        name for each in (TWIN_DEEDS, LICENSE_DEEDS) for name in each if each[name] is not forbid
    }
    errors = {name for name, _ in stage.licenses.errors.values()}
    errors |= {f"MayNotPublish {reason.name}" for reason in Reason if reason}
    if EXAMPLES == 0 or EXAMPLES >= LIVES:
        too_few = Lives.tally.too_few(deeds, errors, done=DONE, refused=REFUSED)
        assert not too_few, "\n".join(too_few)
