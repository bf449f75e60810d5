"""What every test run shares: who runs which room, and that a skipped test fails in CI.

Two runners, one tree. Plain `pytest` runs everything but `tests/contracts` and never loads Brownie,
whose plugin would compile the contracts and start a node. `brownie test` runs `tests/contracts`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator
from pathlib import Path
from types import SimpleNamespace

import pytest

BROWNIE = "pytest-brownie"
GUARD = 12 * 1024
"""What py-evm needs."""

BROWNIE_ROOM = Path(__file__).parent / "contracts"


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let `brownie test` load the project: pyproject.toml withholds Brownie's plugin from pytest.

    pytest is loading its first conftest files when it gets here, so Brownie has missed its own turn
    in that round and is called by hand; its options are known, they came before the withholding.
    """
    if _withheld_from_brownie(pluginmanager):
        from brownie.test import plugin

        plugin.pytest_load_initial_conftests(SimpleNamespace(pluginmanager=pluginmanager))


def pytest_configure(config: pytest.Config) -> None:
    """Let `brownie test` bring its fixtures and its node: Anvil, unless another is named."""
    if not _run_by_brownie(config.pluginmanager):
        return
    from brownie._config import CONFIG
    from brownie.test import plugin

    config.option.network = network = config.getoption("--network") or ["anvil"]
    if port := os.environ.get("TWINRIGHTS_TEST_PORT"):
        CONFIG.networks[network[0]]["cmd_settings"]["port"] = int(port)
    if _withheld_from_brownie(config.pluginmanager):
        plugin.pytest_configure(config)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave each runner its own rooms."""
    by_brownie = _run_by_brownie(config.pluginmanager)
    in_room = collection_path.is_relative_to(BROWNIE_ROOM)
    above_room = BROWNIE_ROOM.is_relative_to(collection_path)
    return True if in_room != by_brownie and not above_room else None


def pytest_collection_finish() -> None:
    """Give Python its guard against endless recursion back: modules of tests bring in py-ecc, which
    lifts it, and what tests hand in on purpose would then end the process.
    """
    sys.setrecursionlimit(min(sys.getrecursionlimit(), GUARD))


def pytest_report_header(config: pytest.Config) -> str:
    if _run_by_brownie(config.pluginmanager):
        return "runner: Brownie, tests/contracts only"
    return "runner: plain pytest, all but tests/contracts (those: `brownie test`)"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _forbid_skip((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _forbid_skip((yield))


def _run_by_brownie(pluginmanager: pytest.PytestPluginManager) -> bool:
    return pluginmanager.has_plugin(BROWNIE) or _withheld_from_brownie(pluginmanager)


def _withheld_from_brownie(pluginmanager: pytest.PytestPluginManager) -> bool:
    """Return whether this run was started by `brownie test`, yet without Brownie's plugin."""
    return Path(sys.argv[0]).stem == "brownie" and not pluginmanager.has_plugin(BROWNIE)


def _forbid_skip(report):
    """Return the report, a skip turned into a failure where `CI=true`."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI=true allows no skipped test. {reason}"
    return report
