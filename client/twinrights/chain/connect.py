"""Reaching a chain: one inside this process, or a node by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import requests
from web3 import HTTPProvider, Web3
from web3.exceptions import ExtraDataLengthError
from web3.middleware import ExtraDataToPOAMiddleware

from twinrights.errors import ExtraMissing, NodeUnreachable
from twinrights.wallets import DEVELOPMENT_MNEMONIC, DEVELOPMENT_PATH

if TYPE_CHECKING:
    from web3.providers import BaseProvider

__all__ = ["connect", "embedded", "is_embedded"]

ACCOUNTS = 20
TIMEOUT = 30
"""Seconds that a node may take for one answer."""


def embedded() -> Web3:
    """Return a fresh chain inside this process (py-evm, Shanghai), its development accounts funded.

    Raises:
        ExtraMissing: the extra `embedded` is not installed.
    """
    return Web3(_py_evm())


def connect(rpc_url: str) -> Web3:
    """Return the chain of the node at that address.

    Raises:
        NodeUnreachable: nobody answers there, or not as an Ethereum node does.
    """
    web3 = Web3(HTTPProvider(rpc_url, request_kwargs={"timeout": TIMEOUT}))
    try:
        web3.eth.get_block("latest")
    except ExtraDataLengthError:
        # Proof-of-authority chains keep signatures in a field that web3 holds to 32 bytes.
        web3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)
    except (requests.RequestException, ValueError) as error:
        raise NodeUnreachable(rpc_url) from error
    return web3


def is_embedded(web3: Web3) -> bool:
    """Return whether the chain is one inside this process."""
    return hasattr(web3.provider, "ethereum_tester")


def _py_evm() -> BaseProvider:
    try:
        from eth.vm.forks.shanghai import ShanghaiVM
        from eth_tester import EthereumTester, PyEVMBackend
        from web3.providers.eth_tester import EthereumTesterProvider
    except ImportError as error:
        raise ExtraMissing("embedded") from error

    backend = PyEVMBackend.from_mnemonic(
        DEVELOPMENT_MNEMONIC,
        num_accounts=ACCOUNTS,
        hd_path=DEVELOPMENT_PATH,
        vm_configuration=((0, ShanghaiVM),),
    )
    return EthereumTesterProvider(EthereumTester(backend))
