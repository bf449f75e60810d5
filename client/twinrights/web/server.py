"""Serves one page to this machine alone, until a wallet has signed, or the answer is no.

Who may ask: a browser here, at exactly the address that was told (its Host header, against names
that are made to point here), with the token in it. Nothing is answered to other pages' programs,
and the page itself may load and reach nothing but this.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from twinrights.errors import (
    BadValue,
    ExtraMissing,
    SigningDeclined,
    SigningTimedOut,
    TwinRightsError,
)
from twinrights.web.request import SignRequest

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from uvicorn import Server

__all__ = ["ask"]

HOST = "127.0.0.1"
MOST = 65_536
"""Bytes that an answer may have: a contract wallet's signature is long."""

HEXADECIMAL = re.compile(r"0x(?:[0-9a-fA-F]{2})+")

HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What a browser lets the page do; `data:` is for the wallets' own pictures."""


def ask(
    request: SignRequest,
    *,
    check: Callable[[bytes], None],
    tell: Callable[[str], None],
    seconds: int,
) -> bytes:
    """Return the signature that a wallet gave on the page and that `check` does not refuse.

    `tell` is given the address of the page once it is there. What `check` refuses is said on the
    page, which asks again.

    Raises:
        SigningDeclined: the answer was no.
        SigningTimedOut: nobody answered in time.
        ExtraMissing: the extra `web` is not installed.
    """
    try:
        import uvicorn
    except ImportError as error:
        raise ExtraMissing("web") from error

    with socket.socket() as listening:
        listening.bind((HOST, 0))
        listening.listen()
        page = _Page(request, check, f"{HOST}:{listening.getsockname()[1]}")
        config = uvicorn.Config(
            page.application(),
            access_log=False,
            date_header=False,
            lifespan="off",
            log_level="critical",
            server_header=False,
            timeout_graceful_shutdown=2,
            ws="none",
        )
        return asyncio.run(_answered(page, uvicorn.Server(config), listening, tell, seconds))


async def _answered(
    page: _Page, server: Server, listening: socket.socket, tell: Callable[[str], None], seconds: int
) -> bytes:
    page.answer = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    tell(page.address)
    try:
        waited: set[asyncio.Future[Any]] = {serving, page.answer}
        await asyncio.wait(waited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.should_exit = True
        await serving
    if not page.answer.done():
        raise SigningTimedOut(seconds)
    signature = page.answer.result()
    if signature is None:
        raise SigningDeclined
    return signature


class _Page:
    """One request's worth of state."""

    def __init__(self, request: SignRequest, check: Callable[[bytes], None], host: str) -> None:
        self.request = request
        self.check = check
        self.host = host
        self.token = secrets.token_urlsafe(32)
        self.answer: asyncio.Future[bytes | None]
        self.checking = asyncio.Lock()

    @property
    def address(self) -> str:
        return f"http://{self.host}/{self.token}/"

    def application(self) -> Starlette:
        from starlette.applications import Starlette
        from starlette.routing import Route

        return Starlette(
            routes=[
                Route("/{token}/", self.show, methods=["GET"]),
                Route("/{token}/signature", self.sign, methods=["POST"]),
                Route("/{token}/no", self.decline, methods=["POST"]),
            ]
        )

    async def show(self, asked: Request) -> Response:
        from starlette.responses import HTMLResponse

        if (refused := self._refused(asked)) is not None:
            return refused
        nonce = secrets.token_urlsafe(16)
        headers = {**HEADERS, "Content-Security-Policy": POLICY.format(nonce=nonce)}
        return HTMLResponse(_rendered(self.request, nonce), headers=headers)

    async def sign(self, asked: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        if (refused := self._refused(asked)) is not None:
            return refused
        try:
            signature = _signature_in(await _body_of(asked))
            async with self.checking:
                await run_in_threadpool(self.check, signature)
        except TwinRightsError as problem:
            return _said({"problem": str(problem)}, 422)
        return self._end(signature)

    async def decline(self, asked: Request) -> Response:
        if (refused := self._refused(asked)) is not None:
            return refused
        return self._end(None)

    def _end(self, answer: bytes | None) -> Response:
        if self.answer.done():
            return _said({"problem": "This has been answered already."}, 409)
        self.answer.set_result(answer)
        return _said({}, 200)

    def _refused(self, asked: Request) -> Response | None:
        """Return the answer to whoever is not the page at our address; None to who is."""
        host, origin = asked.headers.get("host", ""), asked.headers.get("origin")
        if host != self.host:
            return _said({"problem": "This page is not served under that name."}, 421)
        if not secrets.compare_digest(asked.path_params["token"].encode(), self.token.encode()):
            return _said({"problem": "There is nothing here."}, 404)
        if asked.method == "POST":
            if origin != f"http://{self.host}":
                return _said({"problem": "Only the page itself may answer."}, 403)
            if asked.headers.get("content-type") != "application/json":
                return _said({"problem": "Only JSON is an answer."}, 415)
        return None


def _said(value: dict[str, str], status: int) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse(value, status, headers=HEADERS)


async def _body_of(asked: Request) -> bytes:
    body = b""
    async for part in asked.stream():
        body += part
        if len(body) > MOST:
            raise BadValue("signature", "it is longer than any signature")
    return body


def _signature_in(body: bytes) -> bytes:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or set(data) != {"signature"}:
        raise BadValue("answer", "it is not a signature")
    signature = data["signature"]
    if not isinstance(signature, str) or not HEXADECIMAL.fullmatch(signature):
        raise BadValue("signature", "it is empty, or not hexadecimal")
    return bytes.fromhex(signature[2:])


def _rendered(request: SignRequest, nonce: str) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("twinrights.web", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("sign.html").render(request=request, nonce=nonce)
