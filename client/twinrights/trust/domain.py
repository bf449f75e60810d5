"""The name of a domain as computers write it: what looks alike in print differs in punycode."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from twinrights.errors import BadDomain

__all__ = ["LOOPBACK", "Domain"]

LOOPBACK = "localhost"
"""The one name that may mean this machine, with any port, and is asked without TLS."""

MOST = 253
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


@dataclass(frozen=True, slots=True)
class Domain:
    """A domain: `name` in ASCII (`xn--mrke-loa.se`), `port` only of the loopback name."""

    name: str
    port: int | None = None

    @classmethod
    def of(cls, text: str) -> Domain:
        """Return the domain that people write: `hm.com`, `märke.se`, `localhost:8080`.

        Raises:
            BadDomain: it is an address, a path, or no name that IDNA (RFC 5891) knows.
        """
        host, colon, port = text.partition(":")
        if host == LOOPBACK and (not colon or re.fullmatch(r"[0-9]{1,5}", port)):
            if colon and not 0 < int(port) < 1 << 16:
                raise BadDomain(text, f"there is no port {port}")
            return cls(LOOPBACK, int(port) if colon else None)
        if "/" in text or "@" in text or colon:
            raise BadDomain(text, "write the name alone, like hm.com")
        if _is_address(text):
            raise BadDomain(text, "it is an address, and only a name can be vouched for")
        name = _ascii(text)
        labels = name.split(".")
        if len(labels) < 2 or len(name) > MOST or not all(map(LABEL.fullmatch, labels)):
            raise BadDomain(text, "write a name like hm.com")
        if labels[-1].isdigit():
            raise BadDomain(text, "write a name like hm.com")
        return cls(name)

    @property
    def is_loopback(self) -> bool:
        """Whether it means this machine."""
        return self.name == LOOPBACK

    @property
    def address(self) -> str:
        """The name, with its port where it has one: what stands in the file."""
        return self.name if self.port is None else f"{self.name}:{self.port}"

    def __str__(self) -> str:
        """Return the name in ASCII first; what it looks like in print only beside it."""
        printed = _printed(self.name)
        return self.address if printed == self.name else f"{self.address} ({printed})"


def _ascii(text: str) -> str:
    import idna

    try:
        return idna.encode(text, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise BadDomain(text, "it is no name that the internet knows") from error


def _printed(name: str) -> str:
    import idna

    try:
        return idna.decode(name)
    except (idna.IDNAError, UnicodeError):
        return name


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True
