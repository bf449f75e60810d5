"""Files that look right and are not, and deeds that make right ones wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from eth_utils import to_hex

from tests.cli.world import (
    DAY,
    NAMES,
    NEW_YEAR,
    World,
    agency,
    card_of,
    consent_of,
    deployer,
    guardian,
    hm,
    model,
    new_phone,
    other_model,
    rival,
    stylist,
    terms_of,
)
from twinrights import words
from twinrights.agreement import Agreement, Annex, with_agreement
from twinrights.chain.deployment import Deployment
from twinrights.store import FolderStore, Kind
from twinrights.terms import EpochRaise, Policy, Retirement, Revocation, SerialRaise, Share
from twinrights.trust import Domain, DomainFile, Statement, opened
from twinrights.typed_data import Signed, typed_data
from twinrights.wallets import dev_wallet

Before = Callable[[World], None]

third = dev_wallet("third_model")


def write(world: World) -> None:
    """Put every wrong file into the world's folder, and what they are called into its names."""
    _consents(world)
    _offers(world)
    _cards(world)
    _acts(world)
    _deployments(world)
    _tables(world)
    _keys(world)
    _campaigns(world)
    _agreements(world)
    _trust(world)
    people = (model, other_model, third, hm, rival, stylist, guardian, new_phone, agency)
    for wallet in (*people, dev_wallet("poor"), dev_wallet("stranger")):
        world.ids[wallet.name] = wallet.address
    deployment = world.chain.deployment
    world.ids |= {"twins": deployment.twins, "metadata": deployment.metadata}
    world.ids |= {"dollar": deployment.currencies[0].address, "folder": str(world.folder)}


def _consents(world: World) -> None:
    right = world.sign(consent_of(third, salt=4), third)
    forged = world.sign(consent_of(third, salt=4), rival)
    world.keep("forged.consent.json", replace(right, signature=forged.signature))
    late = consent_of(third, salt=5, deadline=NEW_YEAR - DAY)
    world.keep("late.consent.json", world.sign(late, third))
    world.keep("other_chain.consent.json", replace(right, chain_id=1))
    world.keep("other_contract.consent.json", replace(right, contract=rival.address))
    world.keep("unsigned.consent.json", replace(right, signature=b""))
    told = replace(right.message, memo="I sell everything.")
    world.keep("lying.consent.json", Signed(told, b"", right.chain_id, right.contract))


def _offers(world: World) -> None:
    twin_id = int(world.ids["twin"], 16)
    role = words.role("stylist")
    greedy = (Share(stylist.address, 6_000, role),)
    twice = (Share(stylist.address, 500, role), Share(stylist.address, 500, words.role("hair")))
    for name, changed in {
        "expired": {"valid_until": NEW_YEAR - DAY},
        "past": {"start": NEW_YEAR - DAY},
        "greedy": {"shares": greedy},
        "twice": {"shares": twice},
        "off_limits": {"uses": words.uses("tv")},
        "other_industry": {"category": words.category("beauty")},
        "dear": {"fee": 2_000_000_000_000},
    }.items():
        signed = world.sign(terms_of(world, twin_id, hm, **{"quota": 12, **changed}), model)
        world.keep(f"{name}.offer.json", signed)
    world.keep("nobodys.offer.json", world.chain.draft(terms_of(world, 7, hm)))
    alone = terms_of(world, twin_id, rival, exclusive=True)
    world.keep("exclusive.offer.json", world.sign(alone, model))
    poor = dev_wallet("poor")
    world.keep("poor.offer.json", world.sign(terms_of(world, twin_id, poor), model))
    changed = world.sign(terms_of(world, twin_id, hm), model)
    larger = replace(changed.message, pay=replace(changed.message.pay, quota=1_000))
    world.keep("changed.offer.json", replace(changed, message=larger))
    reworded = world.chain.draft(larger).message
    world.keep("reworded.offer.json", replace(changed, message=reworded))
    (world.folder / "other_signature").write_text(to_hex(changed.signature))
    world.keep("ahead.offer.json", world.chain.draft(terms_of(world, twin_id, hm, epoch=1)))
    world.ids["offer"] = to_hex(Signed.load(world.folder / "offer.json").digest)


def _cards(world: World) -> None:
    twin_id = int(world.ids["twin"], 16)
    world.keep(
        "rivals.card.json", world.sign(card_of(world, twin_id, licensee=rival.address), model)
    )
    lying = replace(card_of(world, twin_id), memo="Everything is free.")
    right = world.sign(card_of(world, twin_id), model)
    data = typed_data(lying, chain_id=right.chain_id, contract=right.contract)
    signature = model.sign_typed_data(data)
    world.keep("lying.card.json", replace(right, message=lying, signature=signature))
    plain = card_of(world, twin_id, exclusive_factor=0)
    world.keep("plain.card.json", world.sign(plain, model))
    world.keep("unsigned.card.json", world.chain.draft(card_of(world, twin_id, serial=8)))
    world.keep("ahead.card.json", world.chain.draft(card_of(world, twin_id, epoch=2)))
    world.ids["card"] = to_hex(Signed.load(world.folder / "card.json").digest)


def _acts(world: World) -> None:
    policy = Policy("", int(world.ids["twin"], 16), 1, 1, 0, 0, NEW_YEAR + DAY)
    world.keep("used.policy.json", world.sign(policy, model))
    world.keep("last_nonce.policy.json", world.chain.draft(replace(policy, nonce=65_535)))
    world.keep("ahead.policy.json", world.chain.draft(replace(policy, nonce=65_536)))


def _deployments(world: World) -> None:
    right = world.chain.deployment
    for name, wrong in {
        "wrong_chain": replace(right, chain_id=1337),
        "no_code": replace(right, twins=rival.address),
        "other_code": replace(right, twins=right.metadata),
    }.items():
        Deployment.save(wrong, world.folder / f"{name}.json")
    (world.folder / "scribble.json").write_text("{")
    (world.folder / "shopping.json").write_text('{"milk": 2}')
    (world.folder / "permit.json").write_text('{"primaryType": "Permit"}')


def _agreements(world: World) -> None:
    right = Agreement.load(world.folder / "agreement.json")
    dearer = replace(right.message, pay=replace(right.message.pay, fee=2_000_000_000))
    named = Annex.load(world.folder / "annex.json")
    place = {"chain_id": right.chain_id, "contract": right.contract}
    other = Agreement.of(dearer, named, currency=right.currency, **place)
    (world.folder / "dearer.agreement.json").write_bytes(other.to_bytes())
    changed = right.to_bytes().replace(b'"fee":"1000000000"', b'"fee":"1000000001"')
    (world.folder / "changed.agreement.json").write_bytes(changed)
    other_annex = replace(named, brand_shown="Rival")
    (world.folder / "other.annex.json").write_bytes(other_annex.to_bytes())
    store = FolderStore(world.folder / "liar")
    store.put(Kind.AGREEMENT, right.to_bytes())
    (store.folder / "agreement" / world.ids["agreement"]).write_bytes(other.to_bytes())
    world.ids["dearer"] = to_hex(other.hash)
    store.put(Kind.AGREEMENT, other.to_bytes())
    twin_id = int(world.ids["twin"], 16)
    named_other = with_agreement(terms_of(world, twin_id, hm), other.hash)
    world.keep("other_agreement.json", replace(world.sign(named_other, model), signature=b""))
    (world.folder / "exposed.token").write_text("secret\n")
    (world.folder / "exposed.token").chmod(0o644)
    vague = {**NAMES, "purpose": "Ads."}
    (world.folder / "vague.json").write_text(json.dumps(vague))


def _keys(world: World) -> None:
    for name, password in {"empty": "", "short": "horse", "few": "ababababab"}.items():
        (world.folder / f"{name}_password").write_text(f"{password}\n")
    (world.folder / "common_password").write_text("Password123\n")
    (world.folder / "odd_password").write_bytes(b"\xff\xfe\n")
    whole = (world.folder / "keys" / "treasury.json").read_text()
    for folder in (world.folder, world.folder / "keys"):
        (folder / "half.json").write_text(whole[: len(whole) // 2])


def _trust(world: World) -> None:
    def salted(size: int) -> bytes:
        return b"\x02" * size

    said = Statement.of(model.address, says="is our model", name="Alva", random=salted)
    hms = [(world.chain.chain_id, hm.address)]
    site = DomainFile.of(Domain.of("hm.com"), name="H&M", wallets=hms, random=salted)
    for name, data in {
        "statement": said.to_json(),
        "twinrights": site.to_json(),
        "hidden.statement": said.to_json() | {"name": "Al\u202eva"},
        "old.twinrights": site.to_json() | {"twinrights": 0},
    }.items():
        (world.folder / f"{name}.json").write_text(json.dumps(data))
    world.ids["said"] = to_hex(said.commitment)


def _tables(world: World) -> None:
    from twinrights.demo.roster import DATA

    lines = (DATA / "roster.csv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split(",")
    row = lines[2].split(",")
    row[columns.index("day_rate")] = "2.0000001"
    (world.folder / "roster.csv").write_text("\n".join([*lines[:2], ",".join(row), *lines[3:]]))


def _campaigns(world: World) -> None:
    head = "twin,uses,markets,start,days,through,quota,exclusive\n"
    for name, content in {
        "no_start": "twin,uses,markets,quota\n",
        "typo": head.replace("exclusive", "exclusiv") + "1,own_shop,SE,+9d,9,,5,yes\n",
        "nothing_asked": head,
        "use": head + "1,own_shop,SE,+9d,9,,5,\n1,own_shpo,SE,+9d,9,,5,\n",
        "twin": head + "1+9,own_shop,SE,+9d,9,,5,\n",
        "past": head + "1,own_shop,SE,2029-03-01,9,,5,\n",
        "both": head + "1,own_shop,SE,+9d,9,2030-03-01,5,\n",
        "ends": head + "1,own_shop,SE,2030-03-01,,2030-02-01,5,\n",
        "quota": head + "1,own_shop,SE,+9d,9,,0,\n",
        "maybe": head + "1,own_shop,SE,+9d,9,,5,maybe\n",
        "begun": head + "1,own_shop,SE,+9d,9,,5,\n",
        "scribbled": head + "1,own_shop,SE,+9d,9,,5,\n",
    }.items():
        (world.folder / f"{name}.csv").write_text(content)
    journal = {"campaign": 1, "chain_id": 1, "contract": "", "licensee": "", "decisions": []}
    (world.folder / "begun.csv.bought.json").write_text(json.dumps(journal))
    (world.folder / "scribbled.csv.bought.json").write_text("{}")


def _send_revocation(world: World, name: str) -> None:
    digest = Signed.load(world.folder / name).digest
    act = Revocation("", int(world.ids["twin"], 16), digest, NEW_YEAR + DAY)
    world.chain.licenses.revoke(world.sign(act, model), payer=deployer)


def revoke_offer(world: World) -> None:
    """The owner withdraws the offer."""
    _send_revocation(world, "offer.json")


def revoke_card(world: World) -> None:
    """The owner withdraws the rate card."""
    _send_revocation(world, "card.json")


def raise_epoch(world: World) -> None:
    """The owner makes all her older signatures void."""
    act = EpochRaise("", int(world.ids["twin"], 16), 1, NEW_YEAR + DAY)
    world.chain.twins.raise_epoch(world.sign(act, model), payer=deployer)


def raise_serial(world: World) -> None:
    """The owner makes rate cards below serial 2 void."""
    act = SerialRaise("", int(world.ids["twin"], 16), 2, 1, NEW_YEAR + DAY)
    world.chain.twins.raise_least_serial(world.sign(act, model), payer=deployer)


def move_pending(world: World) -> None:
    """A move of the twin is pending, proposed by its guardian."""
    moves = [Signed.load(world.folder / f"move.{who}.json") for who in ("guardian", "new")]
    world.chain.recovery.propose_rescue(moves[0], acceptance=moves[1], payer=deployer)


def move_ready(world: World) -> None:
    """A move of the twin has waited long enough."""
    move_pending(world)
    world.chain.clock.advance(14 * DAY)


def retire(world: World) -> None:
    """The owner retires the twin."""
    act = Retirement("", int(world.ids["twin"], 16), 1, NEW_YEAR + DAY)
    world.chain.recovery.retire(world.sign(act, model), payer=deployer)


def vouch(world: World) -> None:
    """The agency vouches for the model, as the statement says."""
    said = opened(world.folder / "statement.json").commitment
    until = NEW_YEAR + 30 * DAY
    world.chain.trust.vouch(model.address, said, until=until, payer=agency)


def vouch_twice(world: World) -> None:
    """The agency says two things of the model."""
    vouch(world)
    until = NEW_YEAR + 30 * DAY
    world.chain.trust.vouch(model.address, b"\x02" * 32, until=until, payer=agency)


def accept_offer(world: World) -> None:
    """The licensee accepts the offer."""
    world.chain.licenses.accept(Signed.load(world.folder / "offer.json"), payer=hm)


def end_of_live(world: World) -> None:
    """The license ends."""
    world.chain.clock.move_to(NEW_YEAR + 31 * DAY)


def lapse(world: World) -> None:
    """The license is no longer paid for."""
    world.chain.clock.move_to(NEW_YEAR + 16 * DAY)


def lapse_for_long(world: World) -> None:
    """The license has not been paid for since more than seven days."""
    world.chain.clock.move_to(NEW_YEAR + 24 * DAY)


def settle(world: World) -> None:
    """The license has ended and all its money is paid out."""
    end_of_live(world)
    world.chain.royalties.pay_out(int(world.ids["live"], 16), payer=deployer)


def short_name(digest: str) -> str:
    """Return an id as sentences write it."""
    return f"{digest[:10]}…{digest[-4:]}"


def names(world: World) -> dict[str, str]:
    """Return what the names in braces stand for; ids also by their ends, as `twin_short`."""
    ids = {name: value for name, value in world.ids.items() if len(value) == 66}
    return world.ids | {f"{name}_short": short_name(value) for name, value in ids.items()}
