"""Reaching a chain: one inside this process, or a node by its address."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, cast

import requests
from web3 import HTTPProvider, Web3
from web3.exceptions import ExtraDataLengthError, Web3Exception
from web3.middleware import ExtraDataToPOAMiddleware
from web3.types import RPCEndpoint, RPCResponse

from twinrights.errors import ExtraMissing, NodeUnreachable, NodeUnreadable
from twinrights.wallets import DEVELOPMENT_MNEMONIC, DEVELOPMENT_PATH

if TYPE_CHECKING:
    from web3.providers import BaseProvider

__all__ = ["connect", "embedded", "is_embedded"]

ACCOUNTS = 20

EVM_RECURSION = 12 * 1024
"""How deep py-evm recurses for 1,024 nested calls."""

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
        NodeUnreadable: whoever answers there is no node at all.
    """
    options = {"timeout": TIMEOUT}
    # The first question is asked once: a node that is not there need not be waited for.
    web3 = Web3(_Node(rpc_url, request_kwargs=options, exception_retry_configuration=None))
    try:
        web3.eth.get_block("latest")
    except ExtraDataLengthError:
        # Proof-of-authority chains keep signatures in a field that web3 holds to 32 bytes.
        web3.middleware_onion.inject(ExtraDataToPOAMiddleware, layer=0)
    except (Web3Exception, ValueError) as error:
        raise NodeUnreachable(rpc_url) from error
    web3.provider = _Node(rpc_url, request_kwargs=options)
    return web3


class _Node(HTTPProvider):
    """A node by its address, whose silence or babble is an error of ours."""

    # A contract could else send us to an address of its choice (EIP-3668).
    global_ccip_read_enabled = False

    def make_request(self, method: RPCEndpoint, params: Any) -> RPCResponse:
        try:
            answer: Any = super().make_request(method, params)
        except requests.RequestException as error:
            raise NodeUnreachable(str(self.endpoint_uri)) from error
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise NodeUnreadable(str(self.endpoint_uri)) from error
        if not isinstance(answer, dict):
            raise NodeUnreadable(str(self.endpoint_uri))
        return cast(RPCResponse, answer)


def is_embedded(web3: Web3) -> bool:
    """Return whether the chain is one inside this process."""
    return hasattr(web3.provider, "ethereum_tester")


def _py_evm() -> BaseProvider:
    try:
        from eth.vm.forks.shanghai import ShanghaiVM
        from eth_tester import EthereumTester
        from web3.providers.eth_tester import EthereumTesterProvider

        from twinrights.chain.embedded import IndexedBackend
    except ImportError as error:
        raise ExtraMissing("embedded") from error
    finally:
        # py-ecc lets Python recurse until the C stack overflows, which ends the process: whoever
        # brought it in, from here on the guard is back.
        sys.setrecursionlimit(EVM_RECURSION)

    backend = IndexedBackend.from_mnemonic(
        DEVELOPMENT_MNEMONIC,
        num_accounts=ACCOUNTS,
        hd_path=DEVELOPMENT_PATH,
        vm_configuration=((0, ShanghaiVM),),
    )
    provider = EthereumTesterProvider(EthereumTester(backend))
    provider.global_ccip_read_enabled = False
    return provider
