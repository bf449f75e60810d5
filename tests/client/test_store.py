"""A store gives the file of a hash or none: in a folder, behind a server, and from a liar."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
import uvicorn
from eth_utils.crypto import keccak

from tests.client.agreements import PLACE, agreement, annex
from tests.client.samples import MODEL, TUSD, offer, one_of_each, worded
from twinrights.errors import (
    BadFile,
    BadValue,
    FileMissing,
    NotInStore,
    PortTaken,
    StoreRefused,
    StoreUnreachable,
    TokenExposed,
    WrongHash,
)
from twinrights.media.images import ImageFile
from twinrights.media.manifest import Manifest
from twinrights.store import (
    FolderStore,
    Kind,
    RemoteStore,
    hash_of,
    kind_of,
    open_store,
    proposal_bytes,
)
from twinrights.store.kinds import MOST
from twinrights.store.server import app, listening
from twinrights.store.tokens import Tokens, read_token
from twinrights.typed_data import Signed

NOTHING = b"\x07" * 32


def manifest() -> Manifest:
    return Manifest.of([ImageFile("a.jpg", 3, hashlib.sha256(b"abc").digest())])


def proposal(message=None) -> Signed:
    return Signed(worded(offer()) if message is None else message, b"", **PLACE)


FILES = {
    Kind.PROPOSAL: proposal_bytes(proposal()),
    Kind.AGREEMENT: agreement().to_bytes(),
    Kind.ANNEX: annex().to_bytes(),
    Kind.MANIFEST: manifest().to_bytes(),
    Kind.THUMBNAIL: b"\xff\xd8\xff small",
}


@pytest.fixture
def folder(tmp_path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@contextmanager
def serving(store: FolderStore, **tls: str) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give the address."""
    at = listening("127.0.0.1", 0, has_certificate=bool(tls))
    server = uvicorn.Server(uvicorn.Config(app(store), log_level="error", access_log=False, **tls))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{at.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        at.close()


@pytest.fixture
def url(folder) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def token(folder: FolderStore, *, may_write: bool = False, name: str = "hm") -> str:
    return Tokens(folder.folder).give(name, may_write=may_write)


class TestKinds:
    def test_are_each_named_by_the_hash_that_stands_on_chain(self):
        assert hash_of(Kind.AGREEMENT, FILES[Kind.AGREEMENT]) == agreement().hash
        assert hash_of(Kind.ANNEX, FILES[Kind.ANNEX]) == agreement().annex
        assert hash_of(Kind.PROPOSAL, FILES[Kind.PROPOSAL]) == proposal().digest
        small = FILES[Kind.THUMBNAIL]
        assert hash_of(Kind.THUMBNAIL, small) == hashlib.sha256(small).digest()
        listed = manifest()
        assert hash_of(Kind.MANIFEST, listed.to_bytes()) == listed.hash

    def test_of_a_contract_of_another_make_is_the_hash_of_its_bytes(self):
        assert hash_of(Kind.AGREEMENT, b"%PDF-1.7") == keccak(b"%PDF-1.7")

    def test_leave_a_proposals_signature_out(self):
        signed = MODEL.sign(worded(offer()), currencies=[TUSD], **PLACE)
        assert proposal_bytes(signed) == FILES[Kind.PROPOSAL]

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{}",
            b"[" * 100_000,
            FILES[Kind.PROPOSAL] + b" ",
            FILES[Kind.PROPOSAL].replace(b'"signature":null', b'"signature":"0x00"'),
            FILES[Kind.PROPOSAL].replace(b'"quota":100', b'"quota":101,"more":1'),
            proposal_bytes(proposal(worded(one_of_each()["consent"]))),
        ],
    )
    def test_take_no_proposal_that_holds_more_than_its_digest_covers(self, content):
        with pytest.raises(BadValue, match="proposal: it "):
            hash_of(Kind.PROPOSAL, content)

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_take_no_more_than_the_most(self):
        assert hash_of(Kind.MANIFEST, bytes(MOST))
        with pytest.raises(BadValue, match="manifest: it has more than 33,554,432 bytes"):
            hash_of(Kind.MANIFEST, bytes(MOST + 1))

    @pytest.mark.refusal
    def test_have_no_other_names(self):
        with pytest.raises(BadValue) as refused:
            kind_of("image")
        assert str(refused.value) == (
            "kind: 'image' is none of proposal, agreement, annex, manifest, thumbnail."
        )


class TestFolder:
    @pytest.mark.parametrize("kind", Kind)
    def test_gives_what_was_put(self, kind, folder):
        named = folder.put(kind, FILES[kind])
        assert folder.get(kind, named) == FILES[kind]
        assert folder.put(kind, FILES[kind]) == named

    def test_is_its_users_alone(self, folder):
        named = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        path = folder.folder / "annex" / f"0x{named.hex()}"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert [file.name for file in path.parent.iterdir()] == [path.name]

    @pytest.mark.refusal
    def test_does_not_have_what_was_put_as_another_kind(self, folder):
        named = folder.put(Kind.AGREEMENT, FILES[Kind.AGREEMENT])
        with pytest.raises(NotInStore) as refused:
            folder.get(Kind.ANNEX, named)
        assert str(refused.value) == f"{folder.folder} has no annex 0x{named.hex()}."

    @pytest.mark.refusal
    def test_gives_no_file_that_was_changed(self, folder):
        named = folder.put(Kind.MANIFEST, FILES[Kind.MANIFEST])
        path = folder.folder / "manifest" / f"0x{named.hex()}"
        path.write_bytes(b"other")
        with pytest.raises(WrongHash) as refused:
            folder.get(Kind.MANIFEST, named)
        assert str(refused.value) == (
            f"What {folder.folder} has as manifest 0x{named.hex()[:8]}…{named.hex()[-4:]} is "
            f"another file: its hash is 0x{keccak(b'other').hex()}."
        )
        folder.put(Kind.MANIFEST, FILES[Kind.MANIFEST])
        assert folder.get(Kind.MANIFEST, named) == FILES[Kind.MANIFEST]

    @pytest.mark.refusal
    def test_gives_no_file_that_has_grown(self, folder):
        named = folder.put(Kind.MANIFEST, FILES[Kind.MANIFEST])
        with (folder.folder / "manifest" / f"0x{named.hex()}").open("wb") as file:
            file.truncate(MOST + 1)
        with pytest.raises(WrongHash, match="more than 33,554,432 bytes"):
            folder.get(Kind.MANIFEST, named)

    @pytest.mark.refusal
    def test_follows_no_link(self, folder, tmp_path):
        secret = tmp_path / "secret"
        secret.write_bytes(FILES[Kind.ANNEX])
        room = folder.folder / "annex"
        room.mkdir(parents=True)
        named = hash_of(Kind.ANNEX, FILES[Kind.ANNEX])
        (room / f"0x{named.hex()}").symlink_to(secret)
        with pytest.raises(BadFile, match="it is a link, or cannot be opened"):
            folder.get(Kind.ANNEX, named)
        folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        assert not (room / f"0x{named.hex()}").is_symlink()
        (folder.folder / "manifest").symlink_to(tmp_path)
        for act in (folder.get, folder.put):
            with pytest.raises(BadFile, match="it is a link"):
                act(Kind.MANIFEST, NOTHING)

    @pytest.mark.refusal
    def test_waits_at_no_pipe(self, folder):
        room = folder.folder / "annex"
        room.mkdir(parents=True)
        os.mkfifo(room / f"0x{NOTHING.hex()}")
        with pytest.raises(BadFile, match="it is no plain file"):
            folder.get(Kind.ANNEX, NOTHING)

    def test_leaves_nothing_behind_that_was_not_written_whole(self, folder, monkeypatch):
        monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        assert list((folder.folder / "annex").iterdir()) == []


class TestServer:
    @pytest.mark.parametrize("kind", Kind)
    def test_keeps_and_gives_each_kind_to_who_has_a_token(self, kind, folder, url):
        remote = RemoteStore(url, token=token(folder, may_write=True))
        named = remote.put(kind, FILES[kind])
        assert remote.get(kind, named) == folder.get(kind, named) == FILES[kind]

    @pytest.mark.refusal
    def test_tells_strangers_not_even_what_is_there(self, folder, url):
        named = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        for given in (None, "wrong", "x" * 43):
            for wanted in (named, NOTHING):
                with pytest.raises(StoreRefused, match="it asks for a token"):
                    RemoteStore(url, token=given).get(Kind.ANNEX, wanted)
        with pytest.raises(NotInStore):
            RemoteStore(url, token=token(folder)).get(Kind.ANNEX, NOTHING)

    def test_gives_to_everybody_what_is_public_and_nothing_else(self, folder, url):
        public = folder.put(Kind.AGREEMENT, FILES[Kind.AGREEMENT])
        private = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        folder.publish(Kind.AGREEMENT, public)
        stranger = RemoteStore(url)
        assert stranger.get(Kind.AGREEMENT, public) == FILES[Kind.AGREEMENT]
        with pytest.raises(StoreRefused):
            stranger.get(Kind.ANNEX, private)
        with pytest.raises(NotInStore):
            folder.publish(Kind.AGREEMENT, NOTHING)

    @pytest.mark.refusal
    def test_lets_only_who_may_write_put(self, folder, url):
        for given, says in ((token(folder), "may read and not write"), (None, "asks for a token")):
            with pytest.raises(StoreRefused, match=says):
                RemoteStore(url, token=given).put(Kind.ANNEX, FILES[Kind.ANNEX])
        assert not (folder.folder / "annex").exists()

    @pytest.mark.refusal
    def test_forgets_a_token_at_once(self, folder, url):
        named = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        first, other = token(folder), token(folder, name="auditor")
        assert RemoteStore(url, token=first).get(Kind.ANNEX, named)
        Tokens(folder.folder).take_back("hm")
        with pytest.raises(StoreRefused):
            RemoteStore(url, token=first).get(Kind.ANNEX, named)
        assert RemoteStore(url, token=other).get(Kind.ANNEX, named)

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "path",
        [
            "/annex/../tokens.json",
            "/annex/%2e%2e%2ftokens.json",
            "/../tokens.json",
            "/tokens.json",
            "/annex/0x" + "AB" * 32,
            "/annex/0x" + "ab" * 31,
            "/annex/0x" + "ab" * 32 + ".public",
            "/secrets/0x" + "ab" * 32,
            "/annex/0x" + "ab" * 32 + "%00",
            "/annex/",
            "/",
        ],
    )
    def test_knows_no_other_paths(self, path, folder, url):
        headers = {"Authorization": f"Bearer {token(folder, may_write=True)}"}
        host, port = url.removeprefix("http://").split(":")
        for method in ("GET", "PUT"):
            with socket.create_connection((host, int(port))) as raw:
                lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
                lines += [f"{name}: {value}" for name, value in headers.items()]
                raw.sendall(("\r\n".join([*lines, "Content-Length: 0"]) + "\r\n\r\n").encode())
                assert raw.makefile("rb").readline().split()[1] in (b"404", b"400")

    @pytest.mark.refusal
    def test_takes_no_file_under_another_name(self, folder, url):
        headers = {"Authorization": f"Bearer {token(folder, may_write=True)}"}
        for kind in Kind:
            place = f"{url}/{kind.value}/0x{NOTHING.hex()}"
            assert httpx.put(place, content=FILES[kind], headers=headers).status_code == 422
        assert not any((folder.folder / kind.value).exists() for kind in Kind)

    @pytest.mark.refusal
    @pytest.mark.boundary
    def test_reads_no_more_than_the_most(self, folder, url):
        headers = {"Authorization": f"Bearer {token(folder, may_write=True)}"}
        place = f"{url}/manifest/0x{NOTHING.hex()}"
        assert httpx.put(place, content=bytes(MOST + 1), headers=headers).status_code == 413
        assert httpx.put(place, content=bytes(MOST), headers=headers).status_code == 422

    @pytest.mark.refusal
    def test_gives_no_file_that_was_damaged(self, folder, url):
        named = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        (folder.folder / "annex" / f"0x{named.hex()}").write_bytes(b"other")
        with pytest.raises(StoreRefused, match="it answers with code 500"):
            RemoteStore(url, token=token(folder)).get(Kind.ANNEX, named)

    def test_is_shown_and_kept_by_no_browser(self, folder, url):
        named = folder.put(Kind.AGREEMENT, FILES[Kind.AGREEMENT])
        folder.publish(Kind.AGREEMENT, named)
        headers = httpx.get(f"{url}/agreement/0x{named.hex()}").headers
        assert headers["content-disposition"] == "attachment"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "private, no-store"

    def test_is_reached_over_tls_only_if_its_certificate_will_do(
        self, folder, tmp_path, monkeypatch
    ):
        key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=store", "-addext", "subjectAltName=IP:127.0.0.1"),
                *("-keyout", key, "-out", certificate),
            ],
            check=True,
            capture_output=True,
        )
        named = folder.put(Kind.ANNEX, FILES[Kind.ANNEX])
        given = token(folder)
        with serving(folder, ssl_keyfile=key, ssl_certfile=certificate) as address:
            with pytest.raises(StoreRefused, match="nobody vouches for its certificate"):
                RemoteStore(address, token=given).get(Kind.ANNEX, named)
            monkeypatch.setenv("SSL_CERT_FILE", certificate)
            assert RemoteStore(address, token=given).get(Kind.ANNEX, named)

    @pytest.mark.refusal
    def test_listens_beyond_this_machine_only_with_a_certificate(self):
        with pytest.raises(BadValue, match="beyond this machine a store needs --certificate"):
            listening("0.0.0.0", 0, has_certificate=False)

    @pytest.mark.refusal
    def test_takes_no_port_of_others(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            with pytest.raises(PortTaken):
                listening("127.0.0.1", taken.getsockname()[1], has_certificate=False)


@contextmanager
def lying(content: bytes, *, code: int = 200, headers: dict[str, str] | None = None) -> Iterator:
    """A server that answers everything with the same bytes; gives its address and its requests."""
    asked: list[BaseHTTPRequestHandler] = []

    class Liar(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self)
            self.send_response(code)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # who reads may have had enough
                self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Liar)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


class TestLiar:
    @pytest.mark.refusal
    @pytest.mark.parametrize("kind", Kind)
    def test_that_gives_another_file_is_found_out(self, kind):
        other = {
            Kind.PROPOSAL: proposal_bytes(proposal(worded(offer(fee=1, committed=0)))),
            Kind.AGREEMENT: agreement(offer(fee=1, committed=0)).to_bytes(),
            Kind.ANNEX: replace(annex(), salt=b"\x02" * 32).to_bytes(),
            Kind.MANIFEST: manifest().to_bytes(),
            Kind.THUMBNAIL: b"another picture",
        }[kind]
        with lying(other) as (address, _), pytest.raises(WrongHash) as refused:
            RemoteStore(address).get(kind, hash_of(kind, FILES[kind]))
        assert refused.value.kind == kind.value

    @pytest.mark.refusal
    def test_that_gives_scribble_is_found_out(self):
        for content in (b"", b"\xff", b"{}"):
            with lying(content) as (address, _), pytest.raises(WrongHash):
                RemoteStore(address).get(Kind.PROPOSAL, proposal().digest)

    @pytest.mark.refusal
    def test_that_never_stops_is_left(self):
        with (
            lying(bytes(MOST + 1)) as (address, _),
            pytest.raises(StoreRefused, match="it sends more than 33,554,432 bytes"),
        ):
            RemoteStore(address).get(Kind.MANIFEST, NOTHING)

    @pytest.mark.refusal
    def test_that_packs_a_bomb_fills_nothing(self):
        import gzip

        bomb = gzip.compress(bytes(MOST * 4))
        with (
            lying(bomb, headers={"Content-Encoding": "gzip"}) as (address, _),
            pytest.raises(WrongHash, match=keccak(bomb).hex()),
        ):
            RemoteStore(address).get(Kind.MANIFEST, NOTHING)

    @pytest.mark.refusal
    def test_that_sends_elsewhere_is_not_followed_with_the_token(self):
        with lying(FILES[Kind.ANNEX]) as (other, asked_there):
            moved = {"Location": f"{other}/annex/0x{NOTHING.hex()}"}
            with (
                lying(b"", code=302, headers=moved) as (address, asked),
                pytest.raises(StoreRefused, match="it answers with code 302"),
            ):
                RemoteStore(address, token="secret").get(Kind.ANNEX, NOTHING)
            assert [each.headers["Authorization"] for each in asked] == ["Bearer secret"]
            assert asked_there == []


class TestAddresses:
    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("address", "says"),
        [
            ("http://store.example", "over http anybody on the way could read it: use https"),
            ("http://10.0.0.1:8718", "over http anybody on the way could read it: use https"),
            ("http://127.0.0.1.evil.example", "over http anybody on the way could read it"),
            ("ftp://store.example", "'ftp://store.example' is no address like https://store"),
            ("https://", "'https://' is no address like https://store.example"),
            ("https://me:token@store.example", "is no address like https://store.example"),
        ],
    )
    def test_that_are_not_safe_are_refused(self, address, says):
        with pytest.raises(BadValue) as refused:
            open_store(address)
        assert str(refused.value).startswith("--store: ")
        assert says in str(refused.value)

    @pytest.mark.parametrize(
        "address", ["https://store.example", "http://[::1]:1", "http://localhost"]
    )
    def test_that_are_safe_are_taken(self, address):
        assert isinstance(open_store(address), RemoteStore)

    @pytest.mark.refusal
    def test_where_nobody_answers_are_said(self):
        with pytest.raises(StoreUnreachable) as refused:
            RemoteStore("http://127.0.0.1:9").get(Kind.ANNEX, NOTHING)
        assert str(refused.value) == (
            "No store answers at http://127.0.0.1:9: start it with `twinrights store`, or name "
            "another."
        )


class TestTokens:
    def test_are_kept_by_their_hash_alone(self, folder):
        given = token(folder)
        file = folder.folder / "tokens.json"
        assert given not in file.read_text()
        assert hashlib.sha256(given.encode()).hexdigest() in file.read_text()
        assert file.stat().st_mode & 0o777 == 0o600

    def test_of_a_name_are_one(self, folder):
        first, second = token(folder), token(folder)
        tokens = Tokens(folder.folder)
        assert tokens.holder(first) is None
        assert tokens.holder(second).name == "hm"

    @pytest.mark.refusal
    def test_that_others_can_read_are_not_used(self, tmp_path):
        file = tmp_path / "token"
        file.write_text("secret\n")
        file.chmod(0o640)
        with pytest.raises(TokenExposed) as refused:
            open_store("https://store.example", token_file=file)
        assert str(refused.value) == (
            f"Others can read the token in {file}: `chmod 600` it, or ask for a new one."
        )
        file.chmod(0o600)
        assert read_token(file) == "secret"
        with pytest.raises(FileMissing):
            read_token(tmp_path / "none")

    @pytest.mark.refusal
    def test_of_nobody_are_refused(self, folder):
        tokens = Tokens(folder.folder)
        for name in ("", " ", "a\nb"):
            with pytest.raises(BadValue, match="names nobody"):
                tokens.give(name, may_write=False)
        with pytest.raises(BadValue, match="nobody called 'hm' has a token"):
            tokens.take_back("hm")

    @pytest.mark.refusal
    def test_in_a_file_that_is_none_are_said(self, folder):
        token(folder)
        (folder.folder / "tokens.json").write_text("{")
        with pytest.raises(BadFile, match="it is no list of tokens"):
            Tokens(folder.folder).holder("x")
