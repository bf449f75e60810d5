"""A plugin of pytest: writes down which test failed first, and by what."""

from __future__ import annotations

import http.client
import json
import os
from pathlib import Path

import pytest

MACHINE = (OSError, http.client.HTTPException, MemoryError)
"""Faults of node and machine, which kill no mutant; `requests` raises kinds of OSError."""
FAULTS = ("anvil does not answer", "Flaky", "RPCConnectionError", "Tx dropped")
"""Brownie says of a transaction that it was dropped when its threads are late."""
LENGTH = 300


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    witness = Path(os.environ["TWINRIGHTS_WITNESS"])
    if report.failed and not witness.exists():
        said = f"{call.excinfo.type.__name__}: {call.excinfo.value}"
        is_fault = call.excinfo.errisinstance(MACHINE) or any(each in said for each in FAULTS)
        witness.write_text(json.dumps([item.nodeid, said[:LENGTH], is_fault]))
    return report
