"""What the chain says now: the contracts' views, the currencies' balances, the words in storage.

The other side of the comparison. Everything is asked at one block.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from eth_utils.address import to_checksum_address
from hexbytes import HexBytes
from web3 import Web3
from web3.exceptions import BadFunctionCallOutput, Web3RPCError
from web3.types import TxParams

from twinrights.artifacts import load
from twinrights.audit.events import Progress
from twinrights.audit.world import World
from twinrights.chain.refusals import refusal_of
from twinrights.errors import NodeRefused, NodeUnreachable
from twinrights.terms import Authority, License

__all__ = ["Observed", "Proof", "observe", "proof_of", "words_at"]

STRIDE = 50
"""Answers between two words to `progress`."""

UNSUPPORTED = (-32601, -32004)
"""Method not found (JSON-RPC 2.0), method not supported (EIP-1474)."""

UNSUPPORTED_WORDS = re.compile(
    r"(not|un) ?-?(supported|implemented)|method.{0,40}not (found|exist|available)", re.IGNORECASE
)

Key = TypeVar("Key")
Answer = TypeVar("Answer")

BALANCE_OF: Sequence[Mapping[str, Any]] = (
    {
        "type": "function",
        "name": "balanceOf",
        "stateMutability": "view",
        "inputs": [{"name": "account", "type": "address"}],
        "outputs": [{"name": "", "type": "uint256"}],
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What the views answered; a view that failed has no entry.

    By license id, twin id, (twin id, category), (currency, account), (licensee, reporter),
    (twin id, digest) and currency.
    """

    licenses: Mapping[int, License]
    twins: Mapping[int, Authority]
    books: Mapping[tuple[int, int], tuple[int, tuple[int, ...]]]
    payable: Mapping[tuple[str, int], int]
    reporters: Mapping[tuple[str, str], bool]
    revoked: Mapping[tuple[int, bytes], bool]
    balances: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a node proves of a contract (EIP-1186).

    Its storage root, and the nodes that bind its record to the state root of a header.
    """

    address: str
    storage_root: bytes
    nodes: tuple[bytes, ...]


def observe(
    web3: Web3,
    world: World,
    *,
    twins: str,
    licenses: str,
    block: int,
    progress: Progress | None = None,
) -> Observed:
    """Return what the chain answers about all that the events speak of."""
    twin = web3.eth.contract(address=to_checksum_address(twins), abi=list(load("DigitalTwin").abi))
    book = web3.eth.contract(
        address=to_checksum_address(licenses), abi=list(load("TwinLicense").abi)
    )

    # Named, so that py-evm does not look through its accounts each time for somebody who asks.
    is_tester = hasattr(web3.provider, "ethereum_tester")
    asker: TxParams = {"from": web3.eth.accounts[0]} if is_tester else {}

    def ask(contract: Any, name: str, *values: Any) -> Any:
        return contract.get_function_by_name(name)(*values).call(asker, block_identifier=block)

    def balance(currency: str) -> int:
        coin = web3.eth.contract(address=to_checksum_address(currency), abi=list(BALANCE_OF))
        try:
            return int(ask(coin, "balanceOf", to_checksum_address(licenses)))
        except NodeUnreachable:
            raise
        except Exception as error:  # a currency is anybody's code and may answer what it likes
            raise BadFunctionCallOutput from error

    each = partial(_each, progress)
    return Observed(
        licenses=each(
            "licenses", world.licenses, lambda id_: License(id_, *ask(book, "licenseOf", id_))
        ),
        twins=each("twins", world.twins, lambda id_: Authority(*ask(twin, "authority", id_))),
        books=each("conflict books", world.books, lambda key: _book(ask(book, "bookOf", *key))),
        payable=each("claims", world.accounts, lambda key: int(ask(book, "payableTo", *key))),
        reporters=each(
            "reporters", world.reporters, lambda key: bool(ask(book, "isReporter", *key))
        ),
        revoked=each("withdrawals", world.revoked, lambda key: bool(ask(book, "isRevoked", *key))),
        balances=each("balances", world.currencies, balance),
    )


def words_at(
    web3: Web3,
    address: str,
    slots: Iterable[int],
    *,
    block: int,
    progress: Progress | None = None,
) -> dict[int, int] | None:
    """Return the words of a contract's storage at these slots; None if the node does not tell.

    Raises:
        NodeRefused: it could, but objected.
    """

    tester = getattr(web3.provider, "ethereum_tester", None)

    def word(slot: int) -> int:
        # web3 gives eth-tester the block as text here, which it does not take.
        if tester is not None:
            return int(tester.get_storage_at(contract, hex(slot), block), 16)
        return int.from_bytes(web3.eth.get_storage_at(contract, slot, block), "big")

    contract = to_checksum_address(address)
    try:
        return _each(progress, "storage", slots, word)
    except NotImplementedError:
        return None
    except Web3RPCError as error:
        _raise_unless_unsupported(error)
        return None


def proof_of(web3: Web3, address: str, *, block: int) -> Proof | None:
    """Return what the node proves of a contract; None if it proves nothing, as py-evm.

    Raises:
        NodeRefused: it could, but objected.
    """
    try:
        proof = web3.eth.get_proof(to_checksum_address(address), [], block)  # type: ignore[call-arg, arg-type]
    except NotImplementedError:
        return None
    except Web3RPCError as error:
        _raise_unless_unsupported(error)
        return None
    return Proof(
        address=address,
        storage_root=bytes(HexBytes(proof["storageHash"])),
        nodes=tuple(bytes(HexBytes(node)) for node in proof["accountProof"]),
    )


def _raise_unless_unsupported(error: Web3RPCError) -> None:
    """Return if a node has no such method; raise NodeRefused if it objects for any other reason."""
    failure = (error.rpc_response or {}).get("error")
    code = failure.get("code") if isinstance(failure, Mapping) else None
    if code in UNSUPPORTED or UNSUPPORTED_WORDS.search(str(error)):
        return
    raise NodeRefused(str(error.user_message or error)) from error


def _each(
    progress: Progress | None, what: str, keys: Iterable[Key], ask: Callable[[Key], Answer]
) -> dict[Key, Answer]:
    """Return the answer for each key; none where the contract refuses or gives nonsense."""
    answers, all_keys = {}, list(keys)
    for done, key in enumerate(all_keys, start=1):
        try:
            answers[key] = ask(key)
        except BadFunctionCallOutput:
            continue
        except Exception as error:  # py-evm's errors belong to an extra, so they cannot be named
            if refusal_of(error) is None:
                raise
        if progress and (done % STRIDE == 0 or done == len(all_keys)):
            progress(f"asking for {what}", done, len(all_keys))
    return answers


def _book(answer: Any) -> tuple[int, tuple[int, ...]]:
    granted, exclusives = answer
    return int(granted), tuple(exclusives)
