"""Attacks on whoever believes a node, a token or a number: the pitfalls of Python clients."""

from __future__ import annotations

from dataclasses import replace
from importlib import metadata

import pytest

from tests.client.stage import DAY, DOLLAR, FEE
from tests.machine.mocks import mock
from twinrights.chain import send as sending
from twinrights.chain.connect import connect
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.chain.send import Deed
from twinrights.cli.read import basis_points
from twinrights.errors import (
    BadValue,
    FeeNotQuoted,
    LicenseExists,
    LicenseSettled,
    LicenseUnknown,
    NotMined,
    SerialTooLow,
    WrongChain,
)
from twinrights.facade import TwinRights
from twinrights.terms import Reason, SerialRaise
from twinrights.typed_data import Signed, to_abi
from twinrights.wallets import Wallet

CHAIN_ID = 987_654_321


def money(stage):
    people = (stage.hm, stage.rival, stage.agency, stage.photographer, stage.model, stage.stranger)
    held = {each.name: stage.chain.balance("TUSD", each.address) for each in people}
    return held | {"contract": stage.chain.balance("TUSD", stage.chain.deployment.licenses)}


def gains(stage, before):
    now = money(stage)
    return {name: now[name] - had for name, had in before.items() if now[name] != had}


def pay_out_deed(stage, license):
    grant = stage.chain.licenses.terms(license)
    values = grant.scope_hash, grant.pay_abi, grant.shares_abi
    return stage.contracts.deed(stage.contracts.licenses, "payOut", *values)


@pytest.mark.law17
@pytest.mark.refusal
def test_story_sdk_a_transaction_that_failed_in_its_block_is_no_success(stage, pool):
    """A settlement gets ahead of H&M's: its transaction is mined, and failed."""
    license = stage.license()
    stage.chain.clock.advance(91 * DAY)
    before = money(stage)
    pool.close()
    ours = pool.begin(lambda: stage.chain.royalties.pay_out(license, payer=stage.hm))
    theirs = pool.get_ahead(pay_out_deed(stage, license), stage.stranger)
    (sent,) = (each["hash"] for each in pool.waiting() if each["from"] == stage.hm.address.lower())
    pool.mine()

    with pytest.raises(LicenseSettled):
        ours.result()
    assert pool.succeeded(theirs)
    assert not pool.succeeded(sent)
    quarter = FEE // 4
    assert gains(stage, before) == {
        "agency": FEE // 5, "photographer": quarter - FEE // 5, "model": FEE - quarter,
        "contract": -FEE,
    }  # fmt: skip


@pytest.mark.law5
def test_story_sdk_ape_2547_an_event_of_another_contract_is_not_ours(stage):
    """The currency says in its own name that another license was granted, in the same deed."""
    token = stage.put_up(mock("Forging"))
    contract = stage.chain.web3.eth.contract(address=token, abi=mock("Forging")["abi"])
    contracts = stage.contracts
    contracts.send(contracts.deed(contract, "mint", stage.hm.address, 2 * FEE), stage.hm)
    honest = stage.license()
    log = stage.contracts.events(stage.contracts.licenses, "LicenseGranted")[-1]
    receipt = stage.chain.web3.eth.get_transaction_receipt(log["transactionHash"])
    granted = next(each for each in receipt["logs"] if each["logIndex"] == log["logIndex"])
    topics = [bytes(each) for each in granted["topics"]]
    topics[1] = b"\x99" * 32
    forged = int.from_bytes(topics[1], "big")
    contracts.send(contracts.deed(contract, "forge", topics, bytes(granted["data"])), stage.rival)

    license = stage.license(currency=token, committed=0)

    logs = stage.chain.web3.eth.get_block("latest", full_transactions=True)["transactions"]
    mined = stage.chain.web3.eth.get_transaction_receipt(logs[-1]["hash"])["logs"]
    assert [each["address"] for each in mined if each["topics"][:1] == granted["topics"][:1]] == [
        token, contracts.licenses.address
    ]  # fmt: skip
    assert license.id != forged
    assert [each.license_id for each in stage.chain.licenses.all()] == [honest.id, license.id]


@pytest.mark.law14
def test_story_sdk_what_is_sent_twice_takes_the_next_number_and_pays_once(stage, pool, monkeypatch):
    """The first is not mined in time, so it is sent again; then both are mined."""
    license = stage.license(deposit=500 * DOLLAR)
    before = money(stage)
    monkeypatch.setattr(sending, "WAIT", 0.3)
    pool.close()

    for _ in range(2):
        with pytest.raises(NotMined) as caught:
            stage.chain.royalties.top_up(license, FEE, payer=stage.hm)
        assert caught.value.transaction in {each["hash"] for each in pool.waiting()}
    numbers = [int(each["nonce"], 16) for each in pool.waiting()]
    assert sorted(numbers) == [min(numbers), min(numbers) + 1]
    hashes = [each["hash"] for each in pool.waiting()]
    pool.mine()

    assert all(pool.succeeded(each) for each in hashes)
    paid = FEE - 500 * DOLLAR
    assert gains(stage, before) == {"hm": -paid, "contract": paid}


@pytest.mark.law5
@pytest.mark.refusal
def test_story_sdk_an_acceptance_sent_twice_is_one_license(stage, pool, monkeypatch):
    offer = stage.offer()
    before = money(stage)
    monkeypatch.setattr(sending, "WAIT", 0.3)
    pool.close()
    for _ in range(2):
        with pytest.raises(NotMined):
            stage.chain.licenses.accept(offer, payer=stage.hm)
    first, second = sorted(pool.waiting(), key=lambda each: int(each["nonce"], 16))
    pool.mine()

    assert pool.succeeded(first["hash"])
    assert not pool.succeeded(second["hash"])
    assert gains(stage, before) == {"hm": -FEE, "contract": FEE}
    pool.open()
    with pytest.raises(LicenseExists):
        stage.chain.licenses.accept(offer, payer=stage.hm)


@pytest.mark.boundary
def test_story_sdk_percentages_and_prices_are_not_floats(stage):
    """By way of a float 151 of 10,000 prices of two decimals come out a unit low."""
    wrong = [n for n in range(10_000) if int(n / 100 * 10**6) != n * 10**4]
    assert len(wrong) == 151
    dollars = stage.chain.currency("TUSD")

    for n in range(10_001):
        text = f"{n // 100}.{n % 100:02}"
        assert basis_points(text, field="share") == n
        assert dollars.parse(text) == n * 10**4
        assert dollars.parse(dollars.format(n)) == n
    for text in ("0.001", "100.01", "nan", "1e400", "-1"):
        with pytest.raises(BadValue):
            basis_points(text, field="share")


@pytest.mark.law1
@pytest.mark.refusal
def test_story_sdk_no_chain_id_is_wired_in(stage, tmp_path):
    """A chain whose number nobody has heard of; what was signed there is not sent here."""
    with start_program("anvil", folder=tmp_path, chain_id=CHAIN_ID) as node:
        web3 = connect(node.url)
        treasury = Wallet.new("treasury")
        web3.manager.request_blocking("anvil_setBalance", [treasury.address, hex(10**19)])
        chain = TwinRights(web3, deploy(web3, treasury))
        there = chain.draft(stage.consent(owner=treasury.address))
        signed = treasury.sign(there.message, chain_id=CHAIN_ID, contract=there.contract)
        twin = chain.twins.mint(signed, payer=treasury)
        assert twin.id == int.from_bytes(signed.digest, "big")
        assert twin.authority.owner == treasury.address
        assert (chain.chain_id, there.chain_id) == (CHAIN_ID, CHAIN_ID)

        with pytest.raises(WrongChain):
            stage.chain.twins.mint(signed, payer=stage.stranger)
        with pytest.raises(WrongChain):
            chain.twins.mint(stage.sign(stage.consent()), payer=treasury)


def test_story_sdk_who_installs_the_client_installs_no_tools_of_tests():
    tools = ("pytest", "brownie", "solc", "hypothesis", "ruff", "mypy", "playwright")
    needed = metadata.requires("twinrights")
    of_tools = [each for each in needed if any(tool in each.lower() for tool in tools)]

    assert of_tools
    assert not [each for each in of_tools if 'extra == "dev"' not in each]


@pytest.mark.law5
@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.boundary
def test_story_sdk_a_booking_has_no_open_limit(stage):
    """There the greatest fee is 0 if not named, and 0 is no limit."""
    card = stage.sign(stage.card(floor=0))
    quoted = stage.chain.licenses.quote(card, days=30, uses="own_shop", markets="SE", quota=20).fee
    before = money(stage)

    for fee in (0, quoted - 1, quoted + 1):
        with pytest.raises(FeeNotQuoted):
            stage.booking(card, fee=fee)
    assert gains(stage, before) == {}
    license = stage.booking(card, fee=quoted)
    assert license.deposited == quoted
    assert gains(stage, before) == {"hm": -quoted, "contract": quoted}


@pytest.mark.law10
@pytest.mark.parametrize("spelled", [str.lower, lambda text: "0x" + text[2:].upper()])
def test_story_sdk_an_address_may_be_spelled_in_any_way(stage, spelled):
    licensee = spelled(stage.hm.address)
    plain = stage.terms()
    terms = replace(plain, scope=replace(plain.scope, licensee=licensee))

    license = stage.chain.licenses.accept(stage.sign(terms), payer=stage.hm)
    found = stage.chain.licenses.all(licensee=licensee)
    assert [each.license_id for each in found] == [license.id]
    asked = {"uses": "email", "markets": "SE", "images": 1}
    assert stage.chain.licenses.may_publish(license, who=licensee, **asked) == Reason.NONE
    stranger = spelled(stage.stranger.address)
    assert stage.chain.licenses.may_publish(license, who=stranger, **asked) == Reason.NOT_YOURS
    assert stage.chain.royalties.payable(stage.usd, licensee) == 0


@pytest.mark.law10
def test_a_permit_used_in_front_stops_no_purchase(stage, pool):
    """The attacker reads it in the pool and gives it to the token itself, so that ours is spent."""
    offer = stage.offer()
    before = money(stage)
    pool.close()
    ours = pool.begin(lambda: stage.chain.licenses.accept(offer, payer=stage.hm))
    (waiting,) = pool.waiting()
    licenses = stage.contracts.licenses
    _, together = licenses.decode_function_input(waiting["input"])
    name, permit = licenses.decode_function_input(together["deeds"][0])
    assert name.fn_name == "permit"
    token = stage.chain.web3.eth.contract(address=stage.usd, abi=mock("TestDollar")["abi"])
    values = permit["amount"], permit["deadline"], permit["v"], permit["r"], permit["s"]
    spending = token.encode_abi("permit", [stage.hm.address, licenses.address, *values])
    theirs = pool.get_ahead(Deed(stage.usd, bytes.fromhex(spending[2:])), stage.stranger)
    pool.mine()

    license = ours.result()
    assert pool.succeeded(theirs)
    assert license.deposited == FEE
    assert gains(stage, before) == {"hm": -FEE, "contract": FEE}
    assert stage.chain.royalties.allowance(stage.usd, stage.hm.address) == 0


@pytest.mark.law8
def test_exclusivity_squatting_in_front_of_the_client_costs_it_one_more_try(stage, pool):
    """A grant gets between reading the book and the block: it is read again, and bought."""
    stage.chain.royalties.allow(stage.usd, 10**12, payer=stage.rival)
    offer = stage.offer(exclusive=True, markets=1 << 200)
    theirs = stage.offer(stage.rival, committed=0)
    values = (to_abi(theirs.message), theirs.signature, 0, [])
    deed = stage.contracts.deed(stage.contracts.licenses, "accept", *values)
    before = money(stage)
    pool.close()
    ours = pool.begin(lambda: stage.chain.licenses.accept(offer, payer=stage.hm))
    first = pool.get_ahead(deed, stage.rival)
    (stale,) = (each["hash"] for each in pool.waiting() if each["hash"] != first)
    pool.open()

    license = ours.result()
    assert pool.succeeded(first)
    assert not pool.succeeded(stale)
    assert stage.chain.licenses.is_live(license)
    assert gains(stage, before) == {"hm": -FEE, "contract": FEE}


@pytest.mark.law5
@pytest.mark.law14
@pytest.mark.refusal
def test_sablier_reorg_the_client_pays_into_no_license_that_is_gone(stage, pool):
    """It knows the license from before, and asks the chain again before it sends."""
    offer = stage.offer()
    before = money(stage)
    license = stage.chain.licenses.accept(offer, payer=stage.hm, deposit=500 * DOLLAR)
    pool.ask("anvil_reorg", 1, [])
    assert gains(stage, before) == {}

    for deed in (
        lambda: stage.chain.royalties.top_up(license.id, FEE, payer=stage.hm),
        lambda: stage.chain.royalties.pay_out(license.id, payer=stage.hm),
        lambda: stage.chain.licenses.surrender(license.id, payer=stage.hm),
    ):
        with pytest.raises(LicenseUnknown):
            deed()
    assert gains(stage, before) == {}
    assert stage.chain.royalties.allowance(stage.usd, stage.hm.address) == 0
    again = stage.chain.licenses.accept(offer, payer=stage.hm, deposit=500 * DOLLAR)
    assert again.id == license.id
    stage.chain.royalties.top_up(license.id, FEE, payer=stage.hm)
    assert gains(stage, before) == {"hm": -FEE, "contract": FEE}


@pytest.mark.law3
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("meanwhile", ["nothing", "another's booking", "a dearer card"])
def test_sablier_reorg_between_quote_and_booking_gives_that_license_or_none(stage, pool, meanwhile):
    """The very transaction of the booking is sent again, on the blocks that came instead."""
    stage.chain.royalties.allow(stage.usd, 10**12, payer=stage.hm)
    card = stage.sign(stage.card())
    asked = {"days": 30, "uses": "own_shop", "markets": "SE", "quota": 20}
    quoted = stage.chain.licenses.quote(card, **asked).fee
    before = money(stage)
    license = stage.booking(card, fee=quoted)
    web3 = stage.chain.web3
    (sent,) = web3.eth.get_block("latest")["transactions"]
    raw = web3.eth.get_raw_transaction(sent)
    pool.ask("anvil_reorg", 1, [])
    assert gains(stage, before) == {}

    if meanwhile == "another's booking":
        stage.booking(card, payer=stage.rival)
    if meanwhile == "a dearer card":
        act = SerialRaise("", stage.twin_id, 2, stage.nonce, 2**40 - 1)
        stage.chain.twins.raise_least_serial(stage.sign(act), payer=stage.stranger)
    between = gains(stage, before)
    receipt = web3.eth.wait_for_transaction_receipt(web3.eth.send_raw_transaction(raw))

    if meanwhile == "a dearer card":
        assert receipt["status"] == 0
        assert gains(stage, before) == between == {}
        with pytest.raises(SerialTooLow):
            stage.booking(card, fee=quoted)
    else:
        assert receipt["status"] == 1
        now = gains(stage, before)
        assert now["hm"] == -quoted
        assert stage.chain.licenses.get(license.id).deposited == quoted
        assert stage.chain.licenses.terms(license.id).scope.licensee == stage.hm.address


@pytest.mark.law6
def test_sablier_reorg_the_client_tells_the_start_of_the_grant_that_stands(
    stage, pool, client_node
):
    """A license that starts when granted is granted again, later, by another program."""
    offer = stage.offer()
    elsewhere = TwinRights(connect(client_node[0]), stage.chain.deployment)
    first = stage.chain.licenses.accept(offer, payer=stage.hm)
    pool.ask("anvil_reorg", 1, [])
    pool.ask("evm_increaseTime", DAY)
    second = elsewhere.licenses.accept(offer, payer=stage.hm)

    assert first.id == second.id
    assert second.start > first.start + DAY // 2
    told = stage.chain.licenses.terms(first.id)
    assert (told.start, told.end) == (second.start, second.end)
    assert told == elsewhere.licenses.terms(first.id)


@pytest.mark.law5
@pytest.mark.parametrize(
    "memo", ['"quoted" and \\ back', "<b>&amp;</b>\n\u2028", "ÅÄÖ 🦊 é e\u0301", "{}[],:%20", ""]
)
def test_story_get_license_terms_id_one_text_has_one_hash(stage, tmp_path, memo):
    """There an id is hashed from the raw text in one place and from the escaped in another."""
    terms = stage.terms()
    worded = replace(terms, scope=replace(terms.scope, memo=memo))
    licenses = stage.chain.deployment.licenses
    unsigned = Signed(worded, b"", stage.chain.chain_id, licenses)
    signed = unsigned.with_signature(stage.model.sign_typed_data(unsigned.typed_data))
    path = signed.save(tmp_path / "offer.json")
    read = Signed.load(path)
    values = to_abi(read.message)

    assert read.message.scope.memo == memo
    assert read.digest == signed.digest
    assert stage.ask("licenseIdOf", values) == int.from_bytes(signed.digest, "big")
    stage.chain.royalties.allow(stage.usd, FEE, payer=stage.hm)
    stage.raw("accept", values, read.signature, FEE, [])
    assert stage.chain.licenses.get(int.from_bytes(signed.digest, "big")).deposited == FEE


@pytest.mark.law5
def test_lockup_m01_a_currency_whose_symbol_is_a_script_is_shown_by_its_address(stage):
    token = stage.put_up(mock("Scripted"))
    contract = stage.chain.web3.eth.contract(address=token, abi=mock("Scripted")["abi"])
    assert "<script>" in stage.contracts.ask(contract, "symbol")

    memo = stage.chain.draft(stage.terms(currency=token)).message.scope.memo
    assert "script" not in memo
    assert token.lower() in memo.lower()
    known = stage.chain.draft(stage.terms()).message.scope.memo
    assert "TUSD" in known
