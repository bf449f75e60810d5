"""Every command: it has help, and run for real with `--json` it prints one JSON value on stdout."""

from __future__ import annotations

import pytest

from tests.cli import hostile
from tests.cli.tree import groups, leaves
from tests.cli.world import DAY, NEW_YEAR, World, owe, say

PATHS = [path for path, _ in leaves()]

BOOKING = "--days 30 --uses own_shop --markets SE --quota 5"
ACT = "--sign-as dev:model --as dev:deployer"

RUNS = {
    "deploy": "--as dev:deployer --out again.json",
    "node forward": "10d",
    "node fund": "dev:hm 1,000.50",
    "keys new": "fresh",
    "keys import": "mine --key-file key",
    "keys export": "treasury --out backup.json --new-password-file new_password",
    "keys password": "treasury --new-password-file new_password",
    "keys list": "",
    "keys show-address": "treasury",
    "twin consent": "--owner dev:third_model --replica replica.json",
    "twin mint": "consent.json --as dev:deployer --card card.png",
    "twin card": "1 --out card.png",
    "twin policy": f"1 --uses email --categories fashion --least-owner-share 52.5 {ACT}",
    "twin epoch": f"1 {ACT}",
    "twin serial": f"1 --least 2 {ACT}",
    "twin guardian": f"1 --to none {ACT}",
    "twin move": "1 --to dev:new_phone --sign-as dev:guardian",
    "twin send-move": "move.owner.json move.new.json --as dev:deployer",
    "twin complete": "1 --as dev:stranger",
    "twin drop-move": f"1 {ACT}",
    "twin retire": f"1 {ACT}",
    "twin show": "{twin}",
    "twin list": "--owner dev:model",
    "sign file": "draft.json --as dev:model",
    "sign export": "draft.json",
    "sign import": "draft.json --signature signature",
    "sign send": "consent.json --as dev:deployer",
    "offer draft": "1 --licensee dev:hm --uses own_shop --markets SE --category fashion "
    "--days 30 --fee 1,000 --quota 10 --share stylist:5:dev:stylist",
    "offer accept": "offer.json --as dev:hm --deposit 500",
    "offer revoke": f"offer.json {ACT}",
    "ratecard draft": "1 --uses own_shop:1100+email:350 --markets NORDICS:10000|WORLD:30000 "
    "--category fashion --day-rate 420 --image-rate 18 --floor 100 --exclusivity 2.5",
    "ratecard quote": f"card.json {BOOKING}",
    "ratecard book": f"card.json {BOOKING} --start 2030-03-01 --as dev:hm --ref summer-0417",
    "ratecard revoke": f"card.json {ACT}",
    "agreement draft": "draft.json --annex names.json --language sv",
    "agreement show": "agreement.json --annex annex.json --language sv",
    "agreement verify": "agreement.json --license 1 --annex annex.json",
    "license show": "1 --block {block}",
    "license list": "--twin 1 --licensee dev:hm",
    "license terms": "2",
    "license plan": "campaign.csv --as dev:hm --papers card.json",
    "license proof": "1 --html proof.html",
    "license may-publish": "1 --uses own_shop --markets SE --images 2",
    "license notice": f"1 {ACT}",
    "license lapse": f"1 {ACT}",
    "license decline": f"2 {ACT}",
    "license surrender": "1 --as dev:hm",
    "license book-of": "1 --category fashion",
    "royalty earned": "1 --at +3d",
    "royalty top-up": "1 750 --as dev:hm",
    "royalty pay-out": "1 --as dev:stranger",
    "royalty allow": "2,000 --as dev:hm",
    "royalty allowance": "dev:hm",
    "royalty payable": "dev:stylist",
    "royalty withdraw": "1 --as dev:stranger",
    "royalty statement": "dev:hm --from 2030-01-01 --to 2030-01-31 --csv statement.csv",
    "usage record": "1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm "
    "--manifest list.json",
    "usage reporter": "dev:reporter --as dev:hm",
    "usage is-reporter": "dev:reporter --licensee dev:hm",
    "usage reporters": "dev:hm",
    "usage history": "--twin 1",
    "usage prove": "1 images/a.jpg --manifest manifest.json",
    "trust list": "dev:model",
    "trust statement": "dev:model --says our-model --name Alva --out said.json",
    "trust vouch": "statement.json --until 2031-01-01 --as dev:agency",
    "trust withdraw": "dev:model --as dev:agency",
    "trust verify": "statement.json",
    "trust template": "hm.com --name H&M --wallet dev:hm --out site.json",
    "trust flag": f"1 images/a.jpg --license 1 {ACT}",
    "trust flags": "--license 1 --image images/a.jpg",
    "audit run": "--license 1 --report audit.html",
    "store put": "manifest manifest.json --store kept",
    "store get": "agreement {agreement} --store store --out got.json",
    "store publish": "agreement {agreement} --store store",
    "store token": "hm --store store --out token",
    "verify code": "",
    "verify file": "offer.json",
    "verify image": "images/a.jpg --license 1 --manifest manifest.json",
}
"""What follows each command; `demo`, `node start` and `trust domain` have tests of their own."""

BEFORE = {
    "royalty withdraw": owe,
    "license lapse": hostile.lapse_for_long,
    "twin complete": hostile.move_ready,
    "twin drop-move": hostile.move_pending,
    "trust withdraw": hostile.vouch,
    "trust verify": hostile.vouch,
}
"""What must have happened first."""

ELSEWHERE = {"demo", "node start", "store serve", "trust domain"}


def test_every_command_is_run() -> None:
    assert set(RUNS) | ELSEWHERE == {" ".join(path) for path in PATHS}


@pytest.mark.parametrize("line", RUNS)
def test_json_is_one_value_on_stdout(line: str, world: World) -> None:
    BEFORE.get(line, lambda _: None)(world)
    names = {**world.ids, "block": str(world.chain.web3.eth.block_number)}
    said = say(f"{line} {RUNS[line].format(**names)} --json")
    assert (said.code, said.err) == (0, "")
    assert said.value is not None


@pytest.mark.parametrize("line", RUNS)
def test_people_get_words(line: str, world: World) -> None:
    BEFORE.get(line, lambda _: None)(world)
    names = {**world.ids, "block": str(world.chain.web3.eth.block_number)}
    said = say(f"{line} {RUNS[line].format(**names)}")
    assert said.code == 0
    assert said.out.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...]) -> None:
    said = say(" ".join(path), "--help")
    assert (said.code, said.err) == (0, "")
    assert "--json" in said.out


def test_every_command_and_option_says_what_it_is() -> None:
    silent = [
        (*path, parameter.name)
        for path, command in leaves()
        for parameter in command.params
        if parameter.name != "help" and not parameter.help
    ]
    unnamed = [path for path, command in leaves() if not command.help]
    assert silent == unnamed == []


@pytest.mark.parametrize("path", [path for path, _ in groups()], ids=" ".join)
def test_a_group_alone_shows_its_help(path: tuple[str, ...], world: World) -> None:
    said = say(" ".join(path), *(["--help"] if path in {("node",), ("sign",), ("store",)} else []))
    assert (said.code, said.err) == (0, "")
    assert "Usage: twinrights" in said.out


def test_common_options_are_taken_before_the_command_too(world: World) -> None:
    assert say("--json twin list").value == say("twin list --json").value


def test_sign_and_node_need_no_word_for_what_they_mostly_do(world: World) -> None:
    said = say("sign draft.json --as dev:model --json")
    assert said.value["is_signed"]
    assert say("sign --as dev:model draft.json --json").value == said.value


def test_who_reads_finds_what_was_shown_to_people(world: World) -> None:
    shown = say("license list").out
    short = next(word for word in shown.split() if "…" in word)
    assert say(f"license show {short} --json").value["license"] == world.ids["live"]
    whole = world.ids["live"]
    assert say(f"license show {whole[:8]} --json").value["license"] == whole


def test_an_unpaid_image_is_a_no_with_its_own_exit_code(world: World) -> None:
    world.chain.clock.move_to(NEW_YEAR + 20 * DAY)
    said = say("license may-publish 1 --uses own_shop --markets SE --json")
    assert (said.code, said.value["may_publish"], said.value["reason"]) == (3, False, "unpaid")
