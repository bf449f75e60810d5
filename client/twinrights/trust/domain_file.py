"""What a brand puts on its site, at `https://<domain>/.well-known/twinrights.json`: its wallets.

Who controls a domain says which wallets are its own, as with did:web or an app-site association.
A wallet answers by vouching for itself with the file's commitment; then each names the other.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from twinrights.errors import BadDomain, BadValue
from twinrights.trust.domain import Domain
from twinrights.trust.strict import account, line, salt

__all__ = ["PATH", "DomainFile"]

PATH = "/.well-known/twinrights.json"
FORMAT = 1
FIELDS = {"twinrights", "domain", "name", "salt", "wallets"}
MOST_WALLETS = 500

WALLET = re.compile(r"eip155:(0|[1-9][0-9]{0,31}):(0x[0-9a-fA-F]{40})")
"""CAIP-10: the chain's number, then the account. https://chainagnostic.org/CAIPs/caip-10"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFile:
    """A domain, the name it goes by, and its wallets: (chain id, address) each."""

    domain: Domain
    name: str
    salt: bytes
    wallets: tuple[tuple[int, str], ...]

    @classmethod
    def of(
        cls,
        domain: Domain,
        *,
        name: str,
        wallets: Sequence[tuple[int, str]],
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> DomainFile:
        """Return the file of a domain, freshly salted.

        Raises:
            BadValue: no wallet is named, one twice, or the name cannot be shown.
        """
        listed = tuple((chain_id, account(wallet, "wallets")) for chain_id, wallet in wallets)
        if not 0 < len(listed) <= MOST_WALLETS:
            raise BadValue("wallets", f"name 1 to {MOST_WALLETS}")
        if len(set(listed)) < len(listed):
            raise BadValue("wallets", "one is named twice")
        return cls(domain=domain, name=line(name, "name"), salt=random(32), wallets=listed)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> DomainFile:
        """Return the file of an object; raises BadValue where it is not exactly one."""
        if odd := sorted(FIELDS ^ set(data)):
            raise BadValue(odd[0], "it is missing" if odd[0] in FIELDS else "no such field")
        if type(data["twinrights"]) is not int or data["twinrights"] != FORMAT:
            raise BadValue("twinrights", f"this package reads version {FORMAT}")
        if not isinstance(data["wallets"], list):
            raise BadValue("wallets", "it must be a list")
        salted = salt(data["salt"])
        return cls.of(
            _domain(data["domain"]),
            name=data["name"],
            wallets=[_wallet(each) for each in data["wallets"]],
            random=lambda _: salted,
        )

    def to_json(self) -> dict[str, Any]:
        """Return the object that the domain publishes."""
        return {
            "twinrights": FORMAT,
            "domain": self.domain.address,
            "name": self.name,
            "salt": f"0x{self.salt.hex()}",
            "wallets": [f"eip155:{chain_id}:{wallet}" for chain_id, wallet in self.wallets],
        }

    def on(self, chain_id: int) -> tuple[str, ...]:
        """Return the wallets of one chain, in the file's order."""
        return tuple(wallet for chain, wallet in self.wallets if chain == chain_id)

    @property
    def commitment(self) -> bytes:
        """What a wallet vouches for: Keccak-256 of domain and salt as JSON, sorted, without spaces.

        Name and list of wallets are not in it, so they may change without a new word.
        """
        said = {"domain": self.domain.address, "salt": f"0x{self.salt.hex()}"}
        return keccak(json.dumps(said, separators=(",", ":"), sort_keys=True).encode())


def _domain(text: Any) -> Domain:
    try:
        domain = Domain.of(text) if isinstance(text, str) else None
    except BadDomain as error:
        raise BadValue("domain", error.problem) from error
    if domain is None or domain.address != text:
        raise BadValue("domain", "it must be the name in ASCII and small letters")
    return domain


def _wallet(text: Any) -> tuple[int, str]:
    found = WALLET.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise BadValue("wallets", f"{ascii(text)[:60]} is not like eip155:1:0x12…")
    return int(found[1]), found[2]
