"""`trust`: a word from its file to the chain and back, and a domain and its wallets, both ways."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.cli.world import DAY, NEW_YEAR, World, agency, hm, model, rival, say
from tests.client.site import Site, answer, served


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    """A brand's site that serves what `trust template` wrote for H&M."""
    with served() as site:
        line = f"trust template {site.domain} --name H&M --wallet dev:hm --out site.json"
        assert say(line).code == 0
        site.reply = answer((world.folder / "site.json").read_bytes())
        yield site


def test_a_word_goes_from_its_file_to_the_chain_and_is_held_against_it(world: World) -> None:
    write = "trust statement dev:model --out word.json --name Alva"
    written = say(write, "--says", "is our model", "--json").value
    assert say("trust verify word.json").code == 1

    vouched = say("trust vouch word.json --until 2031-01-01 --as dev:agency --json").value
    assert vouched == {
        "wallet": model.address,
        "voucher": agency.address,
        "commitment": written["commitment"],
        "until": "2031-01-01T00:00:00Z",
    }
    verified = say("trust verify word.json --json")
    assert verified.code == 0
    assert [each["voucher"] for each in verified.value["vouched_by"]] == [agency.address]
    words = f"vouched for by {agency.address}: until 2031-01-01"
    assert words in say("trust verify word.json").out

    assert say("trust withdraw dev:model --as dev:agency").code == 0
    assert say("trust list --json").value == []
    assert say("trust list").out == "nobody vouches\n"
    assert say("trust verify word.json").code == 1


def test_what_a_wallet_says_of_itself_proves_no_statement(world: World) -> None:
    assert say("trust vouch statement.json --until +30d --as dev:model").code == 0
    assert say("trust verify statement.json").code == 1
    assert [v["voucher"] for v in say("trust list dev:model --json").value] == [model.address]


def test_domain_and_wallet_name_each_other(world: World, site: Site) -> None:
    asked = f"trust domain {site.domain} --wallet dev:hm"
    one_way = say(f"{asked} --json")
    assert (one_way.code, one_way.value["is_named"], one_way.value["proof"]) == (
        0,
        True,
        "one way",
    )
    assert say(asked).out == (
        f"Yes, one way: {site.domain} names {hm.address}, which does not vouch for {site.domain}.\n"
    )

    assert say("trust vouch site.json --until 2031-01-01 --as dev:hm").code == 0
    assert say(asked).out == (
        f"Yes, both ways: {site.domain} names {hm.address}, which vouches for {site.domain} "
        "until 2031-01-01T00:00:00Z.\n"
    )
    assert say("trust verify site.json").code == 0
    listed = say(f"trust domain {site.domain} --json").value
    assert (listed["name"], listed["chain_id"]) == ("H&M", world.chain.chain_id)
    assert listed["wallets"] == [
        {"wallet": hm.address, "proof": "both ways", "until": "2031-01-01T00:00:00Z"}
    ]

    world.chain.clock.move_to(NEW_YEAR + 365 * DAY)
    assert say(f"{asked} --json").value["proof"] == "one way"


def test_a_wallet_that_the_domain_does_not_name_is_a_no(world: World, site: Site) -> None:
    said = say(f"trust domain {site.domain} --wallet dev:rival")
    assert (said.code, said.out) == (1, f"No. {site.domain} does not name {rival.address}.\n")


def test_another_domain_cannot_take_a_wallets_answer(world: World, site: Site) -> None:
    assert say("trust vouch site.json --until 2031-01-01 --as dev:hm").code == 0
    copied = json.loads((world.folder / "site.json").read_bytes())
    with served() as thief:
        thief.reply = answer(json.dumps(copied).encode())
        said = say(f"trust domain {thief.domain} --wallet dev:hm")
        assert (said.code, said.out) == (1, "")
        assert f"it is the file of {site.domain}" in said.err

        thief.reply = answer(json.dumps(copied | {"domain": thief.domain}).encode())
        said = say(f"trust domain {thief.domain} --wallet dev:hm --json")
        assert said.value["proof"] == "one way"


def test_a_domain_without_a_file_says_so(world: World, site: Site) -> None:
    site.reply = answer(b"", status=404)
    said = say(f"trust domain {site.domain}")
    assert (said.code, said.err) == (
        5,
        f"twinrights: {site.domain} names no wallets: it has no /.well-known/twinrights.json.\n",
    )


def test_a_flag_goes_through_a_file_as_every_act_does(world: World) -> None:
    draft = "trust flag 1 images/a.jpg --license 1 --out flag.json --sign-as dev:model"
    assert say(draft).code == 0
    assert say("verify file flag.json --json").value["is_good"]
    assert say("sign send flag.json --as dev:deployer").code == 0
    (flagged,) = say("trust flags --license 1 --json").value
    assert (flagged["twin"], flagged["license"]) == (world.ids["twin"], world.ids["live"])
    assert say("trust flags --image images/b.jpg").out == "none\n"


OF_LICENSEE = (
    "license show 1",
    "license terms 1",
    "license proof 1 --html proof.html",
    "license may-publish 1 --uses own_shop --markets SE",
    "agreement verify agreement.json --license 1",
)


def test_every_view_of_a_wallet_says_that_nobody_vouches(world: World) -> None:
    for line in ("twin show 1", *OF_LICENSEE):
        assert "nobody vouches" in say(line).out, line
        assert say(f"{line} --json").value["vouched_by"] == []
    assert "nobody vouches" in (world.folder / "proof.html").read_text()


def test_every_view_of_a_wallet_says_who_vouches(world: World) -> None:
    until = NEW_YEAR + 30 * DAY
    for wallet in (hm, model):
        world.chain.trust.vouch(wallet.address, b"\x03" * 32, until=until, payer=agency)
        world.chain.trust.vouch(wallet.address, b"\x04" * 32, until=until, payer=wallet)
    words = f"vouched for by {agency.address}: until 2030-01-31"
    for line in ("twin show 1", *OF_LICENSEE):
        assert words in say(line).out, line
        (vouch,) = say(f"{line} --json").value["vouched_by"]
        assert (vouch["voucher"], vouch["until"]) == (agency.address, "2030-01-31T00:00:00Z")
    assert (world.folder / "proof.html").read_text().count(words) == 2
    for line in ("twin list", "license list"):
        rows = say(f"{line} --json").value
        assert [each["voucher"] for each in rows[0]["vouched_by"]] == [agency.address]


def test_a_view_of_the_past_says_who_vouched_then(world: World) -> None:
    before = world.chain.web3.eth.block_number
    assert say("trust vouch statement.json --until +30d --as dev:agency").code == 0
    assert len(say("twin show 1 --json").value["vouched_by"]) == 1
    assert say(f"twin show 1 --block {before} --json").value["vouched_by"] == []


def test_a_flagged_image_is_said_where_it_is_looked_at(world: World) -> None:
    look = "verify image images/a.jpg --license 1 --manifest manifest.json --json"
    assert say(look).value["flagged"] == say("license show 1 --json").value["flagged"] == []
    flag = "trust flag 1 images/a.jpg --license 1 --sign-as dev:model --as dev:deployer"
    assert say(flag).code == 0

    (flagged,) = say(look).value["flagged"]
    assert flagged["license"] == world.ids["live"]
    assert say("license show 1 --json").value["flagged"] == [flagged]
    assert say("license show 2 --json").value["flagged"] == []
    assert say(look.replace("a.jpg", "b.jpg")).value["flagged"] == []
    audited = say("audit run --json").value["flags"]
    assert [each["image"] for each in audited] == [flagged["image"]]
