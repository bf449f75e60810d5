"""The server of a store: GET and PUT of /KIND/0x…, for whoever has a token, and nothing else.

It knows no keys and no chain. What is public needs no token to be read; everything else is not
even there for strangers.
"""

from __future__ import annotations

import re
import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twinrights.errors import BadFile, BadInput, BadValue, NotInStore, PortTaken
from twinrights.store.folder import FolderStore
from twinrights.store.kinds import MOST, Kind, hash_of
from twinrights.store.remote import is_loopback
from twinrights.store.tokens import Holder, Tokens

__all__ = ["app", "listening", "serve"]

NAME = re.compile(r"0x[0-9a-f]{64}")

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": "attachment",
    "X-Content-Type-Options": "nosniff",
}
"""No browser shows or keeps what a store holds."""


def app(store: FolderStore) -> Starlette:
    """Return the web application of a folder."""
    tokens = Tokens(store.folder)

    def read(request: Request) -> Response:
        place = _place(request)
        if place is None:
            return _refused(404)
        kind, wanted = place
        if not store.is_public(kind, wanted) and _holder(request, tokens) is None:
            return _refused(401)
        try:
            content = store.get(kind, wanted)
        except NotInStore:
            return _refused(404)
        except BadInput:
            return _refused(500)  # damaged here: nobody gets it
        return Response(content, media_type="application/octet-stream", headers=HEADERS)

    async def write(request: Request) -> Response:
        place, holder = _place(request), await run_in_threadpool(_holder, request, tokens)
        if holder is None:
            return _refused(401)
        if not holder.may_write:
            return _refused(403)
        if place is None:
            return _refused(404)
        content = await _body(request)
        if content is None:
            return _refused(413)
        return await run_in_threadpool(_kept, store, place[0], place[1], content)

    route = "/{kind}/{name}"
    return Starlette(
        routes=[Route(route, read, methods=["GET"]), Route(route, write, methods=["PUT"])]
    )


def listening(host: str, port: int, *, has_certificate: bool) -> socket.socket:
    """Return a socket that listens there; port 0 takes a free one.

    Raises:
        BadValue: others could listen to what is said: give a certificate.
        PortTaken: another program listens there.
    """
    if not is_loopback(host) and not has_certificate:
        raise BadValue("--host", "beyond this machine a store needs --certificate and --key")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1" if host == "localhost" else host, port))
        # Who is told the address may ask at once: it waits in the queue until the server runs.
        found.listen()
    except socket.gaierror as error:
        found.close()
        raise BadValue("--host", f"{host!r} is no address of this machine") from error
    except OSError as error:
        found.close()
        raise PortTaken(port) from error
    return found


def serve(
    store: FolderStore, at: socket.socket, *, certificate: Path | None, key: Path | None
) -> None:
    """Serve a folder until interrupted."""
    import uvicorn

    config = uvicorn.Config(
        app(store),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=100,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    uvicorn.Server(config).run(sockets=[at])


def _place(request: Request) -> tuple[Kind, bytes] | None:
    """Return which file a path names; None where it can name none."""
    kind, name = request.path_params["kind"], request.path_params["name"]
    if kind not in [known.value for known in Kind] or not NAME.fullmatch(name):
        return None
    return Kind(kind), bytes.fromhex(name[2:])


def _holder(request: Request, tokens: Tokens) -> Holder | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return tokens.holder(token) if scheme.lower() == "bearer" and token else None


async def _body(request: Request) -> bytes | None:
    """Return what is sent; None where it is too much, of which no more is read."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST:
            return None
    return bytes(content)


def _kept(store: FolderStore, kind: Kind, wanted: bytes, content: bytes) -> Response:
    try:
        if hash_of(kind, content) != wanted:
            return _refused(422)
        store.put(kind, content)
    except BadFile:
        return _refused(500)
    except BadValue:
        return _refused(422)
    return Response(status_code=201)


def _refused(code: int) -> Response:
    return Response(status_code=code, headers={"WWW-Authenticate": "Bearer"} if code == 401 else {})
