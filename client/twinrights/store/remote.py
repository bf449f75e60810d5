"""A store behind an address: https, or http on this machine; nothing it gives is believed."""

from __future__ import annotations

import ipaddress
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from twinrights.errors import BadValue, NotInStore, StoreRefused, StoreUnreachable
from twinrights.store.base import Store
from twinrights.store.kinds import MOST, Kind

if TYPE_CHECKING:
    import httpx

__all__ = ["RemoteStore", "is_loopback"]

SECONDS = 20.0

PROBLEMS = {
    401: "it asks for a token: name a --store-token file",
    403: "this token may read and not write",
    413: "the file is too large for it",
    422: "it found another hash than the file's name",
}


class RemoteStore(Store):
    """The store of a server, with the token that its owner gave; without one, what is public."""

    def __init__(self, address: str, *, token: str | None = None) -> None:
        """Connect to nothing yet.

        Raises:
            BadValue: it is no https address (or http on this machine).
        """
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https") or not host or parts.query or parts.username:
            raise BadValue("--store", f"{address!r} is no address like https://store.example")
        if parts.scheme == "http" and not is_loopback(host):
            raise BadValue("--store", "over http anybody on the way could read it: use https")
        import httpx

        self.address = address.rstrip("/")
        # Proxies and certificates of the environment; by http only this machine is reached.
        self._client = httpx.Client(
            headers={
                "Accept-Encoding": "identity",  # so that nothing grows while it is unpacked
                **({"Authorization": f"Bearer {token}"} if token else {}),
            },
            timeout=SECONDS,
            follow_redirects=False,
            trust_env=parts.scheme == "https",
        )
        weakref.finalize(self, self._client.close)

    def _read(self, kind: Kind, name: str) -> bytes:
        content = bytearray()
        with self._answered("GET", kind, name) as response:
            if response.status_code == 404:
                raise NotInStore(self.address, kind.value, name)
            self._require(response)
            for part in response.iter_raw():
                content += part
                if len(content) > MOST:
                    raise StoreRefused(self.address, f"it sends more than {MOST:,} bytes")
        return bytes(content)

    def _write(self, kind: Kind, name: str, content: bytes) -> None:
        with self._answered("PUT", kind, name, content=content) as response:
            self._require(response)

    @contextmanager
    def _answered(
        self, method: str, kind: Kind, name: str, **sent: Any
    ) -> Iterator[httpx.Response]:
        """Yield a server's answer while it is read; what goes wrong on the way is its trouble."""
        import httpx

        url = f"{self.address}/{kind.value}/{name}"
        try:
            with self._client.stream(method, url, **sent) as response:
                yield response
        except httpx.TransportError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                raise StoreRefused(self.address, "nobody vouches for its certificate") from error
            raise StoreUnreachable(self.address) from error

    def _require(self, response: httpx.Response) -> None:
        if not response.is_success:
            code = response.status_code
            raise StoreRefused(self.address, PROBLEMS.get(code, f"it answers with code {code}"))


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
