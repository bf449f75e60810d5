"""Where the contracts stand on a chain, and whether what stands there is this package's code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak
from web3 import Web3

from twinrights.artifacts import Artifact, load
from twinrights.errors import BadFile, FileMissing, NoContract, OtherCode, WrongChain
from twinrights.money import Currency

__all__ = ["Deployment", "check_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """The contracts on one chain.

    `block` is the first that can hold an event of theirs; `currencies` are those of the deployment
    itself, beside the list of the chain.
    """

    chain_id: int
    twins: str
    licenses: str
    metadata: str
    block: int
    currencies: tuple[Currency, ...] = ()

    @classmethod
    def load(cls, path: Path | str) -> Deployment:
        """Return the deployment that a file describes.

        Raises:
            FileMissing: there is no such file.
            BadFile: it does not describe a deployment.
        """
        file = Path(path)
        try:
            data = json.loads(file.read_text(encoding="utf-8"))
            return cls(
                chain_id=int(data["chain_id"]),
                twins=to_checksum_address(data["twins"]),
                licenses=to_checksum_address(data["licenses"]),
                metadata=to_checksum_address(data["metadata"]),
                block=int(data["block"]),
                currencies=tuple(
                    Currency(
                        symbol=str(currency["symbol"]),
                        decimals=int(currency["decimals"]),
                        address=to_checksum_address(currency["address"]),
                    )
                    for currency in data["currencies"]
                ),
            )
        except FileNotFoundError as error:
            raise FileMissing(str(file)) from error
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadFile(str(file), f"it is no deployment file ({_why(error)})") from error

    def save(self, path: Path | str) -> Path:
        """Write the deployment to a file; return its path."""
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")
        return file


def check_code(web3: Web3, deployment: Deployment) -> None:
    """Do nothing if the node is of the deployment's chain and has this package's code there.

    What the constructors put into the code is checked, too: a contract of ours that was told to
    trust another DigitalTwin is not this deployment.

    Raises:
        WrongChain: the node is of another chain.
        NoContract: no code is there.
        OtherCode: other code is there, or code that was put up for other contracts.
    """
    chain_id = web3.eth.chain_id
    if chain_id != deployment.chain_id:
        raise WrongChain(chain_id, deployment.chain_id)
    own = _own_words(deployment)
    for name, address in (
        ("TokenMetadata", deployment.metadata),
        ("DigitalTwin", deployment.twins),
        ("TwinLicense", deployment.licenses),
    ):
        code = bytes(web3.eth.get_code(to_checksum_address(address)))
        if not code:
            raise NoContract(name, address)
        if not _is_ours(code, load(name), own[name]):
            raise OtherCode(name, address)


def _is_ours(code: bytes, artifact: Artifact, words: set[bytes]) -> bool:
    """Return whether code is an artifact's, with nothing but `words` where it holds immutables."""
    masked = bytearray(code)
    for start, length in artifact.immutable_references:
        if bytes(masked[start : start + length]) not in words:
            return False
        masked[start : start + length] = bytes(length)
    return bytes(masked) == artifact.deployed_bytecode


def _own_words(deployment: Deployment) -> dict[str, set[bytes]]:
    """Return what each contract's immutables may hold: its links and its EIP-712 domain."""
    metadata, twins = _word(deployment.metadata), _word(deployment.twins)
    return {
        "TokenMetadata": set(),
        "DigitalTwin": {metadata} | _domain("TwinRights Twin", deployment.twins, deployment),
        "TwinLicense": {metadata, twins}
        | _domain("TwinRights License", deployment.licenses, deployment),
    }


def _domain(name: str, address: str, deployment: Deployment) -> set[bytes]:
    """Return the words of an EIP-712 domain that Solady keeps in the code, and their separator."""
    typehash = keccak(
        text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    )
    parts = [
        keccak(text=name),
        keccak(text="1"),
        deployment.chain_id.to_bytes(32, "big"),
        _word(address),
    ]
    return {*parts, keccak(typehash + b"".join(parts))}


def _word(address: str) -> bytes:
    return bytes.fromhex(address.removeprefix("0x")).rjust(32, b"\0")


def _why(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
