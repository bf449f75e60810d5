"""A page that asks, served as the command line does it, but in a thread of the test."""

from __future__ import annotations

import http.client
import json
import queue
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from twinrights.facade import TwinRights
from twinrights.terms import RateCard
from twinrights.typed_data import Signed
from twinrights.web.request import request_of
from twinrights.web.server import ask


@dataclass(frozen=True)
class Asked:
    """The page's address, and the signature that it brings once somebody has answered."""

    address: str
    signature: Future[bytes]

    @property
    def host(self) -> str:
        return urlsplit(self.address).netloc

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def send(
        self, method: str, path: str, body: bytes = b"", **headers: str | None
    ) -> tuple[int, dict[str, str], str]:
        """Send a request as no browser would; a header that is None is left out."""
        connection = http.client.HTTPConnection(self.host, timeout=20)
        usual = {"Host": self.host}
        if method == "POST":
            usual |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in (usual | named).items() if value is not None}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {**sent, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        said = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return said

    def bring(self, signature: bytes, **headers: str | None) -> tuple[int, dict[str, str], str]:
        """Send a signature to the page."""
        body = json.dumps({"signature": f"0x{signature.hex()}"}).encode()
        return self.send("POST", f"{self.path}signature", body, **headers)


@contextmanager
def asked(
    chain: TwinRights, paper: Signed, *, card: RateCard | None = None, seconds: int = 60
) -> Iterator[Asked]:
    """Yield a page that asks for the signature of a paper; at the end it is answered with no."""
    request = request_of(chain, paper, card=card)
    addresses: queue.Queue[str] = queue.Queue()

    def check(signature: bytes) -> None:
        chain.signers.check(paper.with_signature(signature))

    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(ask, request, check=check, tell=addresses.put, seconds=seconds)
        page = Asked(addresses.get(timeout=20), future)
        try:
            yield page
        finally:
            if not future.done():
                page.send("POST", f"{page.path}no", b"{}")
