"""Changes a stored number behind the contracts' back, to see that the audit finds it.

For the demo and the tests, and only on local chains: each kind of node has a test method for it.
Ganache and py-evm mine an empty block whose state root differs; Anvil changes the state under its
head. The audit sees either, and the number itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from eth_utils.address import to_canonical_address, to_checksum_address
from web3 import Web3

from twinrights.errors import NotReady
from twinrights.wallets import LOCAL_CHAINS

if TYPE_CHECKING:
    from web3.types import RPCEndpoint

__all__ = ["CannotTamper", "tamper"]

METHODS = ("anvil_setStorageAt", "evm_setAccountStorageAt")
"""Of Anvil, then of Ganache."""


class CannotTamper(NotReady):
    """A chain whose storage cannot be written, or must not."""

    chain_id: int
    sentence = "The storage of chain {chain_id} cannot be written: only a local test chain's can."


def tamper(web3: Web3, address: str, slot: int, value: int) -> None:
    """Write a word into a contract's storage, past its code.

    See `twinrights.audit.storage` for where the contracts keep what.

    Raises:
        CannotTamper: the chain is not local, or its node has no method for it.
    """
    chain_id = web3.eth.chain_id
    if chain_id not in LOCAL_CHAINS:
        raise CannotTamper(chain_id)
    contract = to_checksum_address(address)
    tester = getattr(web3.provider, "ethereum_tester", None)
    if tester is not None:
        _tamper_py_evm(tester, contract, slot, value)
    elif not any(_asked(web3, method, contract, slot, value) for method in METHODS):
        raise CannotTamper(chain_id)


def _asked(web3: Web3, method: str, contract: str, slot: int, value: int) -> bool:
    """Return whether the node knows the method and has done it."""
    words = [f"0x{number:064x}" for number in (slot, value)]
    response = web3.provider.make_request(_endpoint(method), [contract, *words])
    return bool(response.get("result"))


def _endpoint(method: str) -> RPCEndpoint:
    return method  # type: ignore[return-value]


def _tamper_py_evm(tester: Any, contract: str, slot: int, value: int) -> None:
    """Write into the state under the pending block, and mine that block empty."""
    chain = tester.backend.chain
    state = chain.get_vm().state
    state.set_storage(to_canonical_address(contract), slot, value)
    state.persist()
    chain.header = chain.header.copy(state_root=state.state_root)
    tester.mine_block()
