"""What a domain says of its wallets, asked of a real server, which may lie, dawdle or send on."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator

import pytest

from tests.client.site import Site, answer, drip, endless, served
from twinrights.errors import BadDomain, BadDomainFile, DomainFileMissing, DomainSilent
from twinrights.trust import PATH, Domain, DomainFile, fetch
from twinrights.wallets import dev_wallet

HM, RIVAL = dev_wallet("hm").address, dev_wallet("rival").address


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


def file_of(site: Site) -> DomainFile:
    wallets = [(1, HM), (31337, HM), (31337, RIVAL)]
    return DomainFile.of(Domain.of(site.domain), name="H&M", wallets=wallets)


def sent(site: Site, **changes: object) -> bytes:
    return json.dumps({**file_of(site).to_json(), **changes}).encode()


def refused(site: Site, body: bytes, **reply: object) -> str:
    site.reply = answer(body, **reply)  # type: ignore[arg-type]
    with pytest.raises(BadDomainFile) as caught:
        fetch(Domain.of(site.domain))
    return str(caught.value.problem)


def test_a_domain_names_its_wallets_of_each_chain(site):
    known = file_of(site)
    site.reply = answer(json.dumps(known.to_json(), indent=2).encode())
    found = fetch(Domain.of(site.domain))
    assert found == known
    assert (found.on(31337), found.on(1), found.on(5)) == ((HM, RIVAL), (HM,), ())
    assert site.asked == [(PATH, site.domain)]


def test_it_can_be_asked_where_a_loop_is_running(site):
    site.reply = answer(sent(site))

    async def ask() -> DomainFile:
        return fetch(Domain.of(site.domain))

    assert asyncio.run(ask()).name == "H&M"


def test_the_commitment_is_of_domain_and_salt_alone(site):
    known = file_of(site)
    other_list = DomainFile.from_json({**known.to_json(), "name": "H and M"})
    other_domain = DomainFile.from_json({**known.to_json(), "domain": "evil.example"})
    assert other_list.commitment == known.commitment != other_domain.commitment
    assert file_of(site).commitment != known.commitment


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"twinrights": 2}, "twinrights: this package reads version 1"),
        ({"twinrights": True}, "twinrights: this package reads version 1"),
        ({"domain": "hm.com"}, "it is the file of hm.com"),
        ({"domain": "HM.com"}, "domain: it must be the name in ASCII and small letters"),
        ({"domain": None}, "domain: it must be the name in ASCII and small letters"),
        ({"name": "H\u202eM"}, "name: it holds a sign that cannot be seen"),
        ({"name": 5}, "name: it must be a text of 1 to 200 characters"),
        ({"salt": "00"}, "salt: it must be 0x and 64 digits, in small letters"),
        ({"wallets": []}, "wallets: name 1 to 500"),
        ({"wallets": {}}, "wallets: it must be a list"),
        ({"wallets": [HM]}, f"wallets: '{HM}' is not like eip155:1:0x12…"),
        ({"wallets": [f"eip155:1:{HM}"] * 2}, "wallets: one is named twice"),
        ({"wallets": [f"eip155:1:{HM[:-1]}0"]}, f"wallets: '{HM[:-1]}0' is not an address, or was "
         "mistyped"),
        ({"wallets": [["eip155:1"]]}, "wallets: ['eip155:1'] is not like eip155:1:0x12…"),
        ({"admin": HM}, "admin: no such field"),
    ],
)  # fmt: skip
def test_a_file_that_lies_or_is_not_exactly_one_is_refused(site, changes, problem):
    assert refused(site, sent(site, **changes)) == problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "content: it is not JSON"),
        (b"<html>", "content: it is not JSON"),
        (b"[" * 60_000, "content: it is not JSON"),
        (b"\xff\xfe", "content: it is not UTF-8"),
        (b"[]", "content: it is not an object with fields"),
        (b'{"name": "a", "name": "b"}', "content: it names a field twice"),
        (b'{"name": NaN}', "content: NaN is no number of JSON"),
        (b"{}", "domain: it is missing"),
        (b" " * 65_537, "it has more than 65,536 bytes"),
    ],
)
def test_bytes_that_are_no_such_file_are_refused(site, body, problem):
    assert refused(site, body) == problem


def test_it_must_be_json_as_it_is(site):
    assert (
        refused(site, sent(site), content_type="text/html") == "it is not sent as application/json"
    )
    assert "compressed" in refused(site, sent(site), content_encoding="gzip")


def test_more_than_a_page_is_not_read(site):
    site.reply = endless
    began = time.monotonic()
    with pytest.raises(BadDomainFile, match="more than 65,536 bytes"):
        fetch(Domain.of(site.domain))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_nobody_is_sent_elsewhere(site, status):
    with served() as other:
        other.reply = answer(sent(site))
        place = f"http://{other.domain}{PATH}"
        assert "sends elsewhere" in refused(site, b"", status=status, location=place)
        assert other.asked == []


def test_who_has_no_file_says_so_and_who_fails_says_how(site):
    site.reply = answer(b"", status=404)
    with pytest.raises(DomainFileMissing, match="names no wallets"):
        fetch(Domain.of(site.domain))
    site.reply = answer(b"", status=503)
    with pytest.raises(DomainSilent, match="it answers with HTTP 503"):
        fetch(Domain.of(site.domain))


@pytest.mark.parametrize("in_headers", [True, False])
def test_who_dawdles_is_not_waited_for(site, in_headers):
    site.reply = drip(site, in_headers=in_headers)
    began = time.monotonic()
    with pytest.raises(DomainSilent, match=r"no whole answer within 0\.4 s"):
        fetch(Domain.of(site.domain), seconds=0.4)
    assert time.monotonic() - began < 3


def test_nobody_there(site):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(DomainSilent, match="nobody answers as a web server does"):
        fetch(Domain.of(f"localhost:{port}"))
    with pytest.raises(DomainSilent, match="no such name is known"):
        fetch(Domain.of("nobody.invalid"))


PRIVATE = (
    *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0"),
    *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1", "ff02::1"),
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::"),
)


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("beside", [(), ("93.184.216.34",)])
def test_a_name_of_a_private_address_is_not_asked(monkeypatch, address, beside):
    names_resolve_to(monkeypatch, *beside, address)
    with pytest.raises(DomainSilent, match="is no public address"):
        fetch(Domain.of("hm.example"))


def test_the_loopback_name_means_this_machine_alone(monkeypatch):
    names_resolve_to(monkeypatch, "10.0.0.1")
    with pytest.raises(DomainSilent, match=r"10\.0\.0\.1 is no public address"):
        fetch(Domain.of("localhost"))


def names_resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def found(_: str, port: int, **__: object) -> list[object]:
        return [(0, 0, 0, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *a, **k: found(host, port))


def test_over_tls_the_certificate_must_be_the_names(tmp_path):
    (good, trusted), (bad, trusts_bad) = (
        certified(tmp_path / name, name) for name in ("localhost", "hm.example")
    )
    with served(good) as site:
        site.reply = answer(sent(site))
        assert fetch(Domain.of(site.domain), trusted=trusted).name == "H&M"
        with pytest.raises(DomainSilent, match="its certificate will not do"):
            fetch(Domain.of(site.domain), trusted=ssl.create_default_context())
    with served(bad) as site, pytest.raises(DomainSilent, match="its certificate will not do"):
        fetch(Domain.of(site.domain), trusted=trusts_bad)


def certified(folder, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return a server's context with a certificate of that name, and a client's that trusts it."""
    folder.mkdir()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    return server, ssl.create_default_context(cafile=str(certificate))


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("hm.com", "hm.com", "hm.com"),
        ("HM.Com", "hm.com", "hm.com"),
        ("märke.se", "xn--mrke-loa.se", "xn--mrke-loa.se (märke.se)"),
        ("xn--mrke-loa.se", "xn--mrke-loa.se", "xn--mrke-loa.se (märke.se)"),
        ("hм.com", "xn--h-xtb.com", "xn--h-xtb.com (hм.com)"),
        ("localhost:8080", "localhost", "localhost:8080"),
    ],
)
def test_a_name_is_shown_as_computers_read_it(written, name, shown):
    domain = Domain.of(written)
    assert (domain.name, str(domain)) == (name, shown)


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "hm", "hm.com.", "hm..com", "-hm.com", "hm.com/x", "https://hm.com", "a@hm.com"),
        *("hm.com:443", "127.0.0.1", "[::1]", "::1", "2130706433", "0x7f.1", "127.1", "hm.123"),
        *("localhost:0", "localhost:99999", "localhost:x", "h m.com", "hm.com\n", "a" * 64 + ".se"),
        "a." * 130 + "se",
    ],
)
def test_what_is_no_name_is_refused(text):
    with pytest.raises(BadDomain):
        Domain.of(text)
