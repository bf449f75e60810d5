"""What rebuilds borrows nothing from the client and asks the contracts nothing."""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest

from twinrights.audit.rebuild import rebuild
from twinrights.audit.run import gather

ALLOWED = {
    "twinrights",  # the package itself: it imports nothing of its own
    "twinrights.artifacts",
    "twinrights.errors",
    "twinrights.terms",
}
"""What of this package the rebuilding side may use beside its own modules: names, no conduct."""

ASKING = {"eth_call", "eth_getStorageAt", "eth_getProof", "eth_estimateGas", "eth_getCode"}


def imports(module: str) -> set[str]:
    """Return the modules that a module of this package imports, wherever in it."""
    path = Path(find_spec(module).origin)
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    named = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{package} imports by dots"
            named.add(node.module)
            named |= {
                inner
                for alias in node.names
                if (inner := f"{node.module}.{alias.name}").startswith("twinrights")
                and exists(inner)
            }
    return named


def exists(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def reached(start: str) -> set[str]:
    """Return every module of this package that one reaches from `start`, but for the allowed."""
    seen, left = set(), {start}
    while left:
        module = left.pop()
        seen.add(module)
        ours = {name for name in imports(module) if name.startswith("twinrights")}
        left |= {name for name in ours - seen if not is_allowed(name)}
    return seen


def is_allowed(module: str) -> bool:
    return any(module == name or module.startswith(name + ".") for name in ALLOWED - {"twinrights"})


@pytest.mark.parametrize(
    "module", ["twinrights.audit.rebuild", "twinrights.audit.events", "twinrights.audit.headers"]
)
def test_what_rebuilds_reaches_only_its_own_modules(module):
    strangers = {name for name in reached(module) if not name.startswith("twinrights.audit.")} - {
        "twinrights.audit",
        "twinrights",
    }
    assert strangers == set()


def test_what_rebuilds_knows_no_chain():
    outside = set().union(*(imports(module) for module in reached("twinrights.audit.rebuild")))
    with_web3 = {name for name in outside if name.split(".")[0] in ("web3", "requests")}
    # Only the reader of logs, for the shape of its events, names web3.
    assert with_web3 <= imports("twinrights.audit.events") | imports("twinrights.audit.headers")


def test_the_walk_finds_what_is_forbidden():
    assert "twinrights.chain.deployment" in reached("twinrights.audit.run")
    assert "twinrights.money" in reached("twinrights.audit.run")


def test_everything_is_rebuilt_without_one_view(any_life, monkeypatch):
    web3, deployment = any_life.chain.web3, any_life.chain.deployment
    asked, original = [], web3.manager.request_blocking

    def watched(method, params, *rest, **named):
        asked.append(method)
        assert method not in ASKING, f"{method} was asked"
        return original(method, params, *rest, **named)

    monkeypatch.setattr(web3.manager, "request_blocking", watched)
    evidence = gather(web3, deployment, last=web3.eth.block_number)
    world = rebuild(
        evidence.events,
        evidence.transfers,
        chain_id=deployment.chain_id,
        twins=deployment.twins,
        licenses=deployment.licenses,
    )

    assert set(asked) == {"eth_blockNumber", "eth_getBlockByNumber", "eth_getLogs"}
    assert any_life.plain.id in world.licenses
    assert len(world.usage) == 8
