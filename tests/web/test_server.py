"""Who may ask the page's server for what, told to it as no browser would."""

from __future__ import annotations

import json
import time

import pytest

from tests.cli.world import World, hm, model, rival, terms_of
from tests.web.asking import Asked, asked
from twinrights.errors import SigningDeclined, SigningTimedOut
from twinrights.typed_data import Signed


@pytest.fixture
def paper(world: World) -> Signed:
    """An offer that nobody has signed."""
    return world.chain.draft(terms_of(world, int(world.ids["twin"], 16), hm))


def problem_of(said: tuple[int, dict[str, str], str]) -> tuple[int, str]:
    status, _, body = said
    return status, json.loads(body)["problem"]


def signature(world: World, paper: Signed, by=model) -> bytes:
    return world.sign(paper.message, by).signature


def still_asks(world: World, paper: Signed, at: Asked) -> None:
    """The page goes on, and takes the right signature."""
    assert not at.signature.done()
    right = signature(world, paper)
    assert at.bring(right)[0] == 200
    assert at.signature.result(timeout=10) == right


def test_the_right_signature_ends_it(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        still_asks(world, paper, at)
    with pytest.raises(OSError, match="refused"):
        at.send("GET", at.path)


@pytest.mark.refusal
def test_another_signature_is_refused_in_the_command_lines_words(
    world: World, paper: Signed
) -> None:
    tampered = bytearray(signature(world, paper))
    tampered[40] ^= 1
    with asked(world.chain, paper) as at:
        for wrong in (signature(world, paper, rival), bytes(tampered)):
            status, problem = problem_of(at.bring(wrong))
            assert status == 422
            assert "must sign this" in problem or "no key can have made it" in problem
        still_asks(world, paper, at)


@pytest.mark.refusal
@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "answer: it is not a signature."),
        (b"{}", "answer: it is not a signature."),
        (b"[" * 5_000, "answer: it is not a signature."),
        (b'["0x12"]', "answer: it is not a signature."),
        (b'{"signature": "0x12", "message": {"fee": 1}}', "answer: it is not a signature."),
        (b'{"signature": 5}', "signature: it is empty, or not hexadecimal."),
        (b'{"signature": "0x"}', "signature: it is empty, or not hexadecimal."),
        (b'{"signature": "0x123"}', "signature: it is empty, or not hexadecimal."),
        (b'{"signature": "0x12"}', "signature: it is not the 65 bytes of a key's signature."),
        (b" " * 70_000, "signature: it is longer than any signature."),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_signature_is_refused(
    body: bytes, problem: str, world: World, paper: Signed
) -> None:
    with asked(world.chain, paper) as at:
        assert problem_of(at.send("POST", f"{at.path}signature", body)) == (422, problem)
        assert not at.signature.done()


@pytest.mark.refusal
@pytest.mark.parametrize("host", ["localhost:{port}", "evil.example:{port}", "127.0.0.1", ""])
def test_another_name_is_not_served(host: str, world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        other = host.format(port=at.host.partition(":")[2])
        for method, path in (("GET", ""), ("POST", "signature"), ("POST", "no")):
            status, _, body = at.send(method, at.path + path, b"{}", Host=other)
            assert status in (400, 421)
            assert "memo" not in body
        still_asks(world, paper, at)


@pytest.mark.refusal
@pytest.mark.parametrize("origin", ["http://evil.example", "null", None, "http://localhost:1"])
def test_another_page_may_not_answer(origin: str | None, world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        said = at.bring(signature(world, paper), Origin=origin)
        assert problem_of(said) == (403, "Only the page itself may answer.")
        said = at.send("POST", f"{at.path}no", b"{}", Origin=origin)
        assert problem_of(said) == (403, "Only the page itself may answer.")
        still_asks(world, paper, at)


@pytest.mark.refusal
def test_another_token_finds_nothing(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        for path in (
            "/",
            f"/{'x' * 43}/",
            f"{at.path[:-2]}/",
            "/%c3%a9/",
            "/../",
            f"{at.path}more",
        ):
            assert at.send("GET", path)[0] == 404
        wrong = f"/{'x' * 43}/signature"
        assert at.send("POST", wrong, b'{"signature": "0x12"}')[0] == 404
        still_asks(world, paper, at)


@pytest.mark.refusal
def test_only_what_the_page_sends_is_taken(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        for method in ("PUT", "DELETE", "OPTIONS", "GET"):
            assert at.send(method, f"{at.path}signature", b"{}")[0] == 405
        said = at.bring(signature(world, paper), Content_Type="text/plain")
        assert problem_of(said) == (415, "Only JSON is an answer.")
        still_asks(world, paper, at)


def test_a_browser_is_told_to_let_the_page_reach_nothing(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        (_, first, body), (_, second, _) = at.send("GET", at.path), at.send("GET", at.path)
    headers = {name.lower(): value for name, value in first.items()}
    policy = headers["content-security-policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    assert policy == (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
        "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    assert len(nonce) >= 22
    assert f'<script nonce="{nonce}">' in body
    assert nonce not in str(second)
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert not {"access-control-allow-origin", "server"} & set(headers)


def test_each_page_has_an_address_of_its_own(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as one, asked(world.chain, paper) as other:
        assert one.path != other.path
        assert len(one.path) >= 43
        assert one.host.startswith("127.0.0.1:")


def test_a_no_ends_it(world: World, paper: Signed) -> None:
    with asked(world.chain, paper) as at:
        assert at.send("POST", f"{at.path}no", b"{}")[0] == 200
        with pytest.raises(SigningDeclined):
            at.signature.result(timeout=10)


def test_time_ends_it(world: World, paper: Signed) -> None:
    began = time.monotonic()
    with asked(world.chain, paper, seconds=1) as at, pytest.raises(SigningTimedOut) as ended:
        at.signature.result(timeout=10)
    assert str(ended.value) == "Nothing was signed: nobody answered on the page within 1 second."
    assert time.monotonic() - began < 5
