"""`license plan`: what a campaign costs and what stands against it, then all of it bought once."""

from __future__ import annotations

import csv
import json

import pytest

from tests.cli.world import CAMPAIGN, DAY, NEW_YEAR, World, card_of, hm, model, rival, say, terms_of
from twinrights import words

PLAN = "license plan campaign.csv --as dev:hm --papers card.json"
BUY = f"{PLAN} --buy"


def sheet(world: World, *rows: str, columns: str = CAMPAIGN.partition("\n")[0]) -> None:
    (world.folder / "campaign.csv").write_text("\n".join([columns, *rows]) + "\n")


def licenses(world: World) -> list[str]:
    return [f"0x{grant.license_id:064x}" for grant in world.chain.licenses.all(licensee=hm.address)]


def twin_of(world: World) -> int:
    return int(world.ids["twin"], 16)


def test_each_line_has_the_price_that_the_card_gives(world: World) -> None:
    said = say(f"{PLAN} --json")
    quoted = [
        say(f"ratecard quote card.json {asked} --json").value["fee"]
        for asked in (
            "--days 30 --uses own_shop --markets SE+NO --quota 5",
            "--days 14 --uses own_social --markets DK --quota 10 --exclusive",
        )
    ]
    lines = said.value["lines"]
    assert [line["fee"] for line in lines] == [quoted[0], quoted[0], quoted[1]]
    assert [line["least_deposit"]["amount"] for line in lines] == ["100.00"] * 2 + ["1,503.00"]
    assert {line["state"] for line in lines} == {"open"}
    total = sum(int(line["fee"]["units"]) for line in lines)
    assert said.value["totals"][0]["fee"]["units"] == str(total)
    assert said.value["twins"] == [
        {"twin": world.ids["twin"], "licenses": 3, "fee": said.value["totals"][0]["fee"]}
    ]
    assert said.code == 0


def test_nothing_is_sent_and_nothing_written_unless_it_is_bought(world: World) -> None:
    before = world.state()
    assert say(PLAN).code == 0
    assert world.state() == before


def test_it_says_who_stands_in_the_way_and_until_when(world: World) -> None:
    terms = terms_of(world, twin_of(world), rival, exclusive=True, markets=words.markets("FI"))
    license = world.chain.licenses.accept(world.sign(terms, model), payer=rival)
    sheet(world, "1,own_shop,FI,2030-01-20,30,5,,,", "1,own_shop,FI,2030-02-01,30,5,,,")
    first, second = say(f"{PLAN} --json").value["lines"]
    assert (first["code"], first["conflict"]) == ("InTheWay", f"0x{license.id:064x}")
    assert first["free_from"].startswith("2030-01-31T02:00:")
    assert "of another licensee stands in the way until 2030-01-31" in first["says"]
    assert second["state"] == "open"


def test_an_exclusive_line_meets_what_others_have_already(world: World) -> None:
    terms = terms_of(world, twin_of(world), rival, uses=words.uses("own_social"))
    license = world.chain.licenses.accept(world.sign(terms, model), payer=rival)
    sheet(world, "1,own_social,SE,2030-01-20,14,5,yes,,", "1,own_social,NO,2030-01-20,14,5,yes,,")
    first, second = say(f"{PLAN} --json").value["lines"]
    assert first["conflict"] == f"0x{license.id:064x}"
    assert second["state"] == "open"


def test_an_early_end_frees_a_place_in_the_plan_too(world: World) -> None:
    terms = terms_of(world, twin_of(world), rival, exclusive=True, markets=words.markets("FI"))
    license = world.chain.licenses.accept(world.sign(terms, model), payer=rival)
    sheet(world, "1,own_shop,FI,2030-01-20,30,5,,,")
    assert say(PLAN).code == 3
    world.chain.licenses.surrender(license, payer=rival)
    assert say(PLAN).code == 0


REFUSALS = {
    "1,email,SE,2030-03-01,30,5,,,": "The rate card does not sell e-mail: leave it out, or ask for "
    "an offer.",
    "1,own_shop,JP,2030-03-01,30,5,,,": "The rate card does not sell JP: leave it out, or ask for "
    "an offer.",
    "1,own_shop,SE,2030-03-01,3,5,,,": "The rate card sells 7 to 365 whole days, not 3 days: "
    "change the term.",
    "1,own_shop,SE,2030-03-01,30,500,,,": "The rate card sells at most 80 images, not 500: ask for "
    "fewer.",
    "1,own_shop,SE,2030-01-02,30,5,,,": "The rate card sells starts from",
    "1,own_shop,SE,now,30,5,,,": "The rate card sells starts from",
    "2,own_shop,SE,2030-03-01,30,5,,,": "No rate card and no offer was given for this of twin "
    "{other_short}: ask its owner.",
    "1,own_shop,SE,2030-03-01,30,5,,beauty,": "No rate card and no offer was given for this of "
    "twin {twin_short}: ask its owner.",
}


@pytest.mark.parametrize("row", REFUSALS, ids=range(len(REFUSALS)))
def test_what_is_refused_is_said_as_the_contract_would(row: str, world: World) -> None:
    sheet(world, row)
    names = {"twin_short": short(world.ids["twin"]), "other_short": short(world.ids["other_twin"])}
    said = say(f"{PLAN} --json")
    assert said.code == 3
    assert said.value["lines"][0]["says"].startswith(REFUSALS[row].format(**names))


def short(text: str) -> str:
    return f"{text[:10]}…{text[-4:]}"


def test_the_owners_policy_speaks_as_well(world: World) -> None:
    act = "--sign-as dev:model --as dev:deployer"
    say(f"twin policy 1 --uses email --categories fashion --least-owner-share 50 {act}")
    says = {line["says"] for line in say(f"{PLAN} --json").value["lines"]}
    assert says == {
        "The owner's policy does not allow own shop: leave it out, or ask her.",
        "The owner's policy does not allow own social: leave it out, or ask her.",
    }


def test_all_is_bought_in_one_transaction_and_equal_rows_stay_apart(world: World) -> None:
    sent = world.chain.web3.eth.get_transaction_count(hm.address)
    said = say(f"{BUY} --json")
    assert said.code == 0, said.err
    assert said.value["bought_now"] == 3
    assert world.chain.web3.eth.get_transaction_count(hm.address) == sent + 1
    bought = [line["license"] for line in said.value["lines"]]
    assert licenses(world)[-3:] == bought
    assert len(set(bought)) == 3
    whole = [world.chain.licenses.get(int(one, 16)).deposited for one in bought]
    assert whole == [int(line["fee"]["units"]) for line in said.value["lines"]]
    references = {world.chain.licenses.terms(int(one, 16)).scope.ref for one in bought}
    assert len(references) == 3
    assert bytes(32) not in references


def test_the_same_command_buys_nothing_twice(world: World) -> None:
    first = say(f"{BUY} --json")
    before = world.state()
    again = say(f"{BUY} --json")
    assert (again.code, again.value["bought_now"]) == (0, 0)
    assert again.value["lines"] == first.value["lines"]
    assert world.state() == before
    assert "3 lines: 0 can be bought, 3 bought, 0 refused." in say(BUY).out


def test_the_least_is_paid_in_where_that_is_wanted(world: World) -> None:
    bought = say(f"{BUY} --least-deposit --json").value["lines"]
    deposits = [world.chain.licenses.get(int(line["license"], 16)).deposited for line in bought]
    assert deposits == [int(line["least_deposit"]["units"]) for line in bought]


def test_one_refused_line_stops_all_unless_it_is_skipped(world: World) -> None:
    sheet(world, "1,own_shop,SE,2030-03-01,30,5,,,", "1,email,SE,2030-03-01,30,5,,,")
    before = world.state()
    said = say(BUY)
    assert said.code == 3
    assert "Nothing was bought: put the refused lines right, or add --skip-refused." in said.out
    assert world.state() == before
    skipped = say(f"{BUY} --skip-refused --json")
    assert (skipped.code, skipped.value["bought_now"]) == (3, 1)
    assert [line["state"] for line in skipped.value["lines"]] == ["bought", "refused"]


def test_an_offer_that_is_just_that_goes_before_the_card(world: World) -> None:
    terms = terms_of(world, twin_of(world), hm, start=NEW_YEAR + 59 * DAY, fee=7, committed=0)
    world.keep("cheap.offer.json", world.sign(terms, model))
    sheet(world, *["1,own_shop,SE,2030-03-01,30,10,,,"] * 2)
    lines = say(f"{PLAN} --papers cheap.offer.json --json").value["lines"]
    assert [line["fee"]["units"] == "7" for line in lines] == [True, False]
    said = say(f"{BUY} --papers cheap.offer.json --json")
    assert said.value["bought_now"] == 2
    assert say(f"{BUY} --papers cheap.offer.json --json").value["bought_now"] == 0


def test_papers_are_found_in_folders_whatever_else_lies_there(world: World) -> None:
    said = say(f"license plan campaign.csv --as {hm.address} --papers {world.folder} --json")
    assert [line["state"] for line in said.value["lines"]] == ["open"] * 3


def test_the_cheapest_of_several_cards_is_taken(world: World) -> None:
    dear = card_of(world, twin_of(world), serial=3, day_rate=900_000_000)
    world.keep("dear.json", world.sign(dear, model))
    plain = say(f"{PLAN} --json").value["lines"]
    assert say(f"{PLAN} --papers dear.json --json").value["lines"] == plain


def test_a_card_that_was_withdrawn_is_refused(world: World) -> None:
    say("ratecard revoke card.json --sign-as dev:model --as dev:deployer")
    line = say(f"{PLAN} --json").value["lines"][0]
    assert line["code"] == "SignatureRevoked"


def test_the_sheet_is_written_with_its_prices(world: World) -> None:
    say(f"{BUY} --csv priced.csv")
    with (world.folder / "priced.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["fee"] for row in rows] == ["1476.00", "1476.00", "1503.00"]
    assert [row["license"] for row in rows] == licenses(world)[-3:]
    assert {(row["state"], row["currency"]) for row in rows} == {("bought", "TUSD")}


def test_the_journal_is_private_and_opens_the_references(world: World) -> None:
    from eth_utils import keccak

    said = say(f"{BUY} --json")
    path = world.folder / "campaign.csv.bought.json"
    assert path.stat().st_mode & 0o777 == 0o600
    first = json.loads(path.read_text())["decisions"][0]
    ref = world.chain.licenses.terms(int(said.value["lines"][0]["license"], 16)).scope.ref
    assert keccak(bytes.fromhex(first["salt"]) + b"spring") == ref


def test_people_see_a_table_and_what_is_missing(world: World) -> None:
    poor = "license plan campaign.csv --as dev:poor --papers card.json"
    shown = say(poor)
    assert shown.code == 0
    assert "own social (exclusive)" in shown.out.replace("_", " ")
    assert (
        "The licensee has 0.00 TUSD and allows 0.00 TUSD; 4,455.00 TUSD are missing." in shown.out
    )


def test_a_sheet_that_was_changed_meanwhile_is_named_with_its_row(world: World) -> None:
    say(BUY)
    before = world.state()
    path = world.folder / "campaign.csv"
    path.write_text(CAMPAIGN.replace("DK,2030-03-01,14", "DK,2030-03-01,15"))
    said = say(BUY)
    path.write_text(CAMPAIGN)
    assert (said.code, said.out) == (1, "")
    assert said.err == (
        "twinrights: campaign.csv, row 4: it was changed since its buying began "
        "(campaign.csv.bought.json): put it back, and buy what is new from another sheet.\n"
    )
    assert world.state() == before
