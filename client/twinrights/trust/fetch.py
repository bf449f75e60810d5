"""Asking a domain for its file: over HTTPS, at a public address, in time, and not more than a page.

A name is resolved once, its addresses are looked at, and just these are asked: what a name means
a second later (DNS rebinding) changes nothing. No proxy, no cookie, no redirection, as Apple asks
for its association files: the file stands where it is looked for, or it is not there.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from twinrights.errors import BadDomainFile, BadValue, DomainFileMissing, DomainSilent
from twinrights.trust.domain import Domain
from twinrights.trust.domain_file import PATH, DomainFile
from twinrights.trust.strict import parsed

if TYPE_CHECKING:
    import httpx

__all__ = ["MOST_BYTES", "fetch"]

SECONDS = 10
"""For everything, from the name to the last byte."""

MOST_BYTES = 64 * 1024
HTTPS = 443

TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
"""IPv6 addresses that hold any IPv4 address, a private one too (RFC 6052, RFC 3056)."""


def fetch(
    domain: Domain, *, seconds: float = SECONDS, trusted: ssl.SSLContext | None = None
) -> DomainFile:
    """Return the file that a domain publishes; `trusted` are other authorities than the usual.

    Raises:
        DomainSilent: nobody answers, not in time, not safely, or at no public address.
        DomainFileMissing: the domain answers that it has none.
        BadDomainFile: what it sends will not do, or is of another domain.
    """
    # A loop of its own, in a thread of its own: callers may have one that is running.
    with ThreadPoolExecutor(max_workers=1) as worker:
        content = worker.submit(asyncio.run, _in_time(domain, seconds, trusted)).result()
    try:
        found = DomainFile.from_json(parsed(content))
    except BadValue as error:
        raise BadDomainFile(str(domain), f"{error.field}: {error.problem}") from error
    if found.domain != domain:
        raise BadDomainFile(str(domain), f"it is the file of {found.domain}")
    return found


async def _in_time(domain: Domain, seconds: float, trusted: ssl.SSLContext | None) -> bytes:
    import httpx

    try:
        return await asyncio.wait_for(_asked(domain, trusted), seconds)
    except (asyncio.TimeoutError, httpx.TimeoutException) as error:
        raise DomainSilent(str(domain), f"no whole answer within {seconds:g} s") from error
    except httpx.HTTPError as error:
        raise DomainSilent(str(domain), _why(error)) from error


async def _asked(domain: Domain, trusted: ssl.SSLContext | None) -> bytes:
    import httpx

    scheme = "http" if domain.is_loopback and trusted is None else "https"
    port = domain.port or (HTTPS if scheme == "https" else 80)
    address = await _address(domain, port)
    host = f"[{address}]" if ":" in address else address
    request = httpx.Request(
        "GET",
        f"{scheme}://{host}:{port}{PATH}",
        headers={
            "Host": domain.address,
            "Accept": "application/json",
            "Accept-Encoding": "identity",
            "User-Agent": "twinrights",
        },
        # The certificate must be the name's, though the address is what is asked.
        extensions={"sni_hostname": domain.name, "timeout": httpx.Timeout(SECONDS).as_dict()},
    )
    transport = httpx.AsyncHTTPTransport(verify=trusted or True, trust_env=False)
    async with transport:
        response = await transport.handle_async_request(request)
        try:
            return await _content(domain, response)
        finally:
            await response.aclose()


async def _content(domain: Domain, response: httpx.Response) -> bytes:
    status = response.status_code
    if status in (404, 410):
        raise DomainFileMissing(str(domain))
    if 300 <= status < 400:
        raise BadDomainFile(str(domain), "the domain sends elsewhere; it must stand there itself")
    if status != 200:
        raise DomainSilent(str(domain), f"it answers with HTTP {status}")
    if response.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadDomainFile(str(domain), "it is not sent as application/json")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise BadDomainFile(str(domain), "it is sent compressed, and was asked for as it is")
    content = bytearray()
    async for part in response.stream:  # type: ignore[union-attr]
        content += part
        if len(content) > MOST_BYTES:
            raise BadDomainFile(str(domain), f"it has more than {MOST_BYTES:,} bytes")
    return bytes(content)


async def _address(domain: Domain, port: int) -> str:
    """Return where a domain is: a public address, and this machine only by the loopback name."""
    try:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(domain.name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DomainSilent(str(domain), "no such name is known") from error
    addresses = [str(place[4][0]) for place in found]
    for address in addresses:
        if not _is_allowed(domain, address):
            raise DomainSilent(str(domain), f"{address} is no public address")
    # Who listens only there is not reached by the other protocol's address, which comes first.
    return next((each for each in addresses if ":" not in each), addresses[0])


def _is_allowed(domain: Domain, text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    if domain.is_loopback:
        return address.is_loopback
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or any(address in network for network in TRANSLATED)
    ):
        return False
    return address.is_global and not address.is_multicast


def _why(error: httpx.HTTPError) -> str:
    """Return in words why nothing came; the library's own say more than people can use."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate will not do ({cause.verify_message})"
        cause = cause.__cause__ or cause.__context__
    return "nobody answers as a web server does"
