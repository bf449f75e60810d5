"""Attacks on who may: rights that outlive a move, forged senders, admins, races for a name."""

from __future__ import annotations

import pytest

from tests.attacks.ground import DAY, DONE, END, FAR, FEE, START, no
from tests.machine.test_role_deed import ROWS
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import Place, hash_struct, signing_digest, twin_id
from tests.model.signatures import UNSIGNED
from twinrights.artifacts import load

FORBIDDEN = ["approve", "setApprovalForAll", "transferFrom", "safeTransferFrom"]
OUT_OF_PLACE = {"CALLCODE": 0xF2, "SELFDESTRUCT": 0xFF, "CREATE": 0xF0, "CREATE2": 0xF5}
DELEGATECALL = 0xF4
CHANGING = ("nonpayable", "payable")
DEEDS = {(row["contract"], row["deed"].split("(")[0]) for row in ROWS}


def forbidden(ground, name, of_twins):
    kept = ground.twin if of_twins else ground.id(ground.lone)
    holder, to = ground.who("model" if of_twins else "hm"), ground.who("rival")
    arguments = {
        "approve": ("approve(address,uint256)", to, kept),
        "setApprovalForAll": ("setApprovalForAll(address,bool)", to, 1),
        "transferFrom": ("transferFrom(address,address,uint256)", holder, to, kept),
        "safeTransferFrom": ("safeTransferFrom(address,address,uint256)", holder, to, kept),
    }[name]
    return Deed(of_twins, arguments[0], arguments[1:])


@pytest.mark.law2
@pytest.mark.law5
@pytest.mark.refusal
@pytest.mark.parametrize("of_twins", [True, False], ids=["a twin", "a license"])
@pytest.mark.parametrize("name", FORBIDDEN)
def test_unlock_h02_h04_lockup_l04_nothing_is_approved_sold_or_shared(ground, name, of_twins):
    """No approval can outlive a move, no buyer finds it emptied, no time is split off."""
    deed = forbidden(ground, name, of_twins)
    for by in ("model", "hm", "rival"):
        assert ground.attempt(deed, by) == no("NotTransferable")
    assert ground.attempt(ground.moving("model", "heir"), "stranger") == DONE
    assert ground.attempt(deed, "model") == no("NotTransferable")

    assert ground.ask_twins("ownerOf", ground.twin) == [ground.who("heir")]
    assert ground.ask("ownerOf", ground.id(ground.lone)) == [ground.who("hm")]


@pytest.mark.law2
@pytest.mark.law3
@pytest.mark.refusal
@pytest.mark.parametrize("kind", ["offer", "card", "act", "notice"])
def test_story_docs_unlock_h03_no_right_comes_back_when_the_twin_does(ground, kind):
    """The twin goes to another wallet and returns: what its owner signed before stays void."""
    terms, booking = ground.terms(ref=9), ground.book(ground.terms(ref=10, start=9 * DAY))
    made = {
        "offer": lambda: (ground.accept(terms, FEE), "hm", no("EpochWrong", 0, 2)),
        "card": lambda: (ground.book_of(booking), "hm", no("EpochWrong", 0, 2)),
        "act": lambda: (
            ground.act("setPolicy", papers.Policy, 1, 1, 0), "rival", no("NonceWrong", 1, 2 << 16)
        ),
        "notice": lambda: (
            ground.end(papers.Notice, ground.lone, "giveNotice"), "rival",
            no("NonceWrong", 1, 2 << 16),
        ),
    }  # fmt: skip
    deed, by, refused = made[kind]()
    before = ground.money()
    good = ground.mark()
    assert ground.attempt(deed, by) == DONE
    ground.undo(good)

    assert ground.attempt(ground.moving("model", "heir"), "stranger") == DONE
    assert ground.attempt(ground.moving("heir", "model"), "stranger") == DONE
    assert ground.attempt(deed, by) == refused
    assert ground.gains(before) == {}
    again = ground.changed(terms, epoch=2)
    assert ground.attempt(ground.accept(again, FEE), "hm") == DONE


@pytest.mark.law2
@pytest.mark.law9
@pytest.mark.refusal
def test_eas_linea_a_lost_owner_does_not_leave_a_license_that_nobody_can_end(ground):
    """Only who attested can revoke there; here whoever owns the twin can, and no longer who did."""
    old = ground.who("model")
    before = ground.money()
    assert ground.attempt(ground.moving("model", "heir"), "stranger") == DONE

    by_old = ground.end(papers.Notice, ground.lone, "giveNotice", by="model")
    heir = ground.who("heir")
    assert ground.attempt(by_old, "model") == no("SignatureInvalid", heir)
    by_heir = ground.end(papers.Notice, ground.lone, "giveNotice", by="heir")
    assert ground.attempt(by_heir, "stranger") == DONE
    assert ground.attempt(ground.pay_out(ground.lone), "model", START + DAY) == DONE
    gained = ground.gains(before)
    assert gained["heir"] > 0
    assert "model" not in gained
    assert ground.ask_twins("ownerOf", ground.twin) == [heir] != [old]


@pytest.mark.law2
@pytest.mark.law16
def test_erc6551_a_twin_is_not_emptied_before_it_moves(ground):
    """What is due stays with the twin while a move is pending, and goes to its next owner."""
    move = papers.Move(1, ground.twin, ground.who("heir"), 1, FAR)
    signed = ground.sign(move, "model"), ground.sign(move, "heir")
    assert ground.attempt(Deed(True, "proposeMove", (move, *signed)), "stranger") == DONE
    before = ground.money()
    at = START + 7 * DAY

    assert ground.attempt(ground.pay_out(ground.lone), "model", at) == DONE
    due = FEE * 7 // 90 - FEE * 7 // 90 // 5
    assert ground.gains(before)["twin's claim"] == due
    refused = no("WithdrawalFailed", ground.dollar, 0, due)
    assert ground.attempt(ground.withdraw("twin"), "model", at) == refused
    assert ground.attempt(Deed(True, "completeMove", (ground.twin,)), "stranger", at) == DONE
    assert ground.attempt(ground.withdraw("twin"), "model", at) == DONE
    gained = ground.gains(before)
    assert gained["heir"] == due
    assert "model" not in gained


@pytest.mark.law5
@pytest.mark.law8
@pytest.mark.refusal
def test_erc4907_the_owner_cannot_put_another_in_the_licensees_place(ground):
    terms = ground.changed(ground.terms(ref=9), exclusive=True, category=1)
    assert ground.attempt(ground.accept(terms, FEE), "hm") == DONE
    state = ground.state(terms)
    before = ground.money()

    for exclusive, opening in ((True, (ground.entry(terms),)), (False, ())):
        other = ground.changed(terms, licensee=ground.who("rival"), exclusive=exclusive)
        conflict = no("ExclusivityConflict", ground.id(terms))
        assert ground.attempt(ground.accept(other, FEE, opening), "rival") == conflict
    assert ground.state(terms) == state
    assert ground.gains(before) == {}
    elsewhere = ground.changed(terms, licensee=ground.who("rival"), markets=2)
    deed = ground.accept(elsewhere, FEE, (ground.entry(terms),))
    assert ground.attempt(deed, "rival") == DONE


@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("way", ["alone", "in a multicall", "twice inside", "appended", "relayed"])
def test_0xsplits_h02_superfluid_2022_nobody_speaks_in_anothers_name(ground, way):
    """By a call inside a call, a sender that is written behind the data, or a contract between."""
    deed = ground.surrender(ground.lone)
    hm, by = ground.who("hm"), ground.who("stranger")
    to, data = ground.stage.write(deed)
    if way == "in a multicall":
        data = ground.stage.write(ground.multicall(deed))[1]
    if way == "twice inside":
        data = ground.stage.write(ground.multicall(ground.multicall(deed)))[1]
    if way == "appended":
        data += f"{hm:040x}"
    if way == "relayed":
        by, (_, token) = ground.tokens["Reentrant"], ground.stage.tokens[ground.tokens["Reentrant"]]
        to, data = by, token.encode("act", ground.here.address, ground.raw(deed))
    sender = ground.who("stranger")
    before = ground.money()

    assert ground.send(to, data, by=sender, at=START + 9) == no("NotLicensee", by, hm)
    assert ground.gains(before) == {}
    assert ground.attempt(ground.multicall(ground.multicall(deed)), "hm", START + 9) == DONE


@pytest.mark.law1
@pytest.mark.law5
@pytest.mark.refusal
def test_story_h5_what_another_twin_contract_says_counts_nothing(ground):
    """The attacker deploys our own code again, owns a twin there and offers it here."""
    shipped = load("DigitalTwin")
    contract = {"bytecode": "0x" + shipped.bytecode.hex()}
    lying = ground.stage.deploy(contract, ground.who("stranger"))
    place = Place("TwinRights Twin", ground.twins_place.chain_id, lying)
    consent = papers.Consent(1, ground.who("rival"), 2, 0, 3, FAR)
    digest = signing_digest(place, hash_struct(consent))
    data = ground.stage.twins.encode("mint", consent, ground.signature(digest, "rival"))
    assert ground.send(lying, data, by=ground.who("rival")) == DONE
    before = ground.money()

    false = ground.terms(ref=9, twin_id=twin_id(place, consent))
    deed = ground.accept(false, FEE, by="rival")
    assert ground.attempt(deed, "hm") == no("TwinUnknown", false.pay.twin_id)
    assert ground.gains(before) == {}
    assert ground.attempt(ground.accept(ground.terms(ref=9), FEE), "hm") == DONE


@pytest.mark.law1
@pytest.mark.refusal
def test_story_h2_unlock_m08_v_face_who_is_first_to_send_a_consent_gets_nothing(ground):
    consent = papers.Consent(1, ground.who("model"), 5, 0, 6, FAR)
    signature = ground.sign(consent, "model")
    stolen = papers.Consent(**vars(consent) | {"owner": ground.who("rival")})

    invalid = no("SignatureInvalid", ground.who("rival"))
    assert ground.attempt(Deed(True, "mint", (stolen, signature)), "stranger") == invalid
    assert ground.attempt(Deed(True, "mint", (consent, signature)), "rival") == DONE
    minted = twin_id(ground.twins_place, consent)
    assert ground.ask_twins("ownerOf", minted) == [ground.who("model")]
    exists = no("TwinExists", minted)
    assert ground.attempt(Deed(True, "mint", (consent, signature)), "model") == exists
    names = {each["name"] for each in load("DigitalTwin").abi if each["type"] == "function"}
    assert not [name for name in names if "init" in name.lower()]


@pytest.mark.law5
@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("name", ["accept", "book"])
def test_front_run_a_rival_who_copies_the_purchase_gets_nothing(ground, name):
    plain = ground.terms(ref=9, start=2 * DAY)
    terms = ground.book(plain) if name == "book" else plain
    deed = ground.book_of(terms) if name == "book" else ground.accept(terms, FEE)
    before = ground.money()
    hm, rival = ground.who("hm"), ground.who("rival")

    assert ground.attempt(deed, "rival") == no("NotLicensee", rival, hm)
    stolen = ground.changed(terms, licensee=rival)
    if name == "accept":
        refused = no("SignatureInvalid", ground.who("model"))
        copied = Deed(False, "accept", (stolen, *deed.arguments[1:]))
        assert ground.attempt(copied, "rival") == refused
    assert ground.gains(before) == {}
    assert ground.attempt(deed, "hm") == DONE
    assert ground.gains(before) == {"hm": -FEE, "contract": FEE}


@pytest.mark.law5
@pytest.mark.law8
@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("exclusive", [True, False])
def test_front_run_a_rival_books_first_from_the_open_card(ground, exclusive):
    """Where both can have it both have; where one can, the other keeps its money."""
    terms = ground.changed(ground.terms(ref=9, start=2 * DAY), exclusive=exclusive, category=1)
    prices = papers.Prices(**vars(ground.prices(terms)) | {"exclusive_factor": 10_000})
    ours = ground.booked_under(terms, prices)
    theirs = ground.changed(ours, licensee=ground.who("rival"))
    assert ground.attempt(ground.book_of(theirs, prices), "rival") == DONE
    before = ground.money()

    opening = (ground.entry(theirs),) if exclusive else ()
    said = ground.attempt(ground.book_of(ours, prices, opening), "hm")

    if exclusive:
        assert said == no("ExclusivityConflict", ground.id(theirs))
        assert ground.gains(before) == {}
    else:
        assert said == DONE
        assert ground.gains(before) == {"hm": -FEE, "contract": FEE}


@pytest.mark.law3
@pytest.mark.law4
@pytest.mark.law10
@pytest.mark.refusal
@pytest.mark.parametrize("way", ["revoke", "epoch", "policy", "retire", "move"])
def test_front_run_an_owner_who_changes_her_mind_first_costs_the_licensee_nothing(ground, way):
    terms = ground.terms(ref=9)
    deed = ground.accept(terms, FEE)
    before = ground.money()
    control = ground.mark()
    revocation = papers.Revocation(1, ground.twin, ground.id(terms), FAR)
    minds = {
        "revoke": lambda: ground.signed_deed("revoke", revocation, True),
        "epoch": lambda: ground.act("raiseEpoch", papers.EpochRaise),
        "policy": lambda: ground.act("setPolicy", papers.Policy, 0, 0, 0),
        "retire": lambda: ground.act("retire", papers.Retirement),
        "move": lambda: ground.moving("model", "heir"),
    }
    refused = {
        "revoke": no("SignatureRevoked", ground.id(terms)),
        "epoch": no("EpochWrong", 0, 1),
        "policy": no("UsesOffLimits", 1),
        "retire": no("UsesOffLimits", 1),
        "move": no("EpochWrong", 0, 1),
    }
    assert ground.attempt(minds[way](), "model") == DONE

    assert ground.attempt(deed, "hm") == refused[way]
    assert ground.gains(before) == {}
    ground.undo(control)
    assert ground.attempt(deed, "hm") == DONE


@pytest.mark.law2
@pytest.mark.law16
@pytest.mark.parametrize("contract", ["DigitalTwin", "TwinLicense", "TokenMetadata"])
def test_nftflow_nil_slowmist_n1_nobody_pauses_drains_or_replaces_the_code(contract):
    """Each deed of the ABI is tried by every role in `test_role_deed.py`, and the code has no other
    way: the one DELEGATECALL is that of `multicall`, to itself.
    """
    artifact = load(contract)
    changing = [each for each in artifact.abi if each.get("stateMutability", "view") in CHANGING]
    deeds = {each["name"] for each in changing if each["type"] == "function"}
    assert deeds == {name for room, name in DEEDS if room == contract} - {"setApprovalForAll"}

    found = instructions(artifact.bytecode)
    assert not {name for name, code in OUT_OF_PLACE.items() if code in found}
    assert found.count(DELEGATECALL) == (contract == "TwinLicense")


@pytest.mark.law10
@pytest.mark.law16
@pytest.mark.refusal
def test_nftflow_nil_who_deployed_has_no_more_to_say_than_anybody(ground):
    """The stranger of the tests is who deployed the contracts."""
    before = ground.money()
    parts = ground.parts(ground.lone)
    deployer, hm = ground.who("stranger"), ground.who("hm")

    refused = no("NotLicensee", deployer, hm)
    assert ground.attempt(Deed(False, "surrender", parts), "stranger") == refused
    act = papers.Retirement(1, ground.twin, 1, FAR)
    invalid = no("SignatureInvalid", ground.who("model"))
    assert ground.attempt(Deed(True, "retire", (act, UNSIGNED)), "stranger") == invalid
    assert ground.gains(before) == {}
    assert ground.attempt(ground.pay_out(ground.lone), "stranger", END) == DONE
    assert "stranger" not in ground.gains(before)


@pytest.mark.law16
def test_0xsplits_h01_who_pays_out_gains_nothing_by_it(ground):
    """There is no reward for paying out, so no loop that drains one."""
    before = ground.money()
    for second in range(1, 6):
        deeds = [ground.pay_out(ground.lone)] * 3
        assert ground.attempt(ground.multicall(*deeds), "stranger", START + second) == DONE

    earned = FEE * 5 // (90 * DAY)
    agency = earned // 5
    assert ground.gains(before) == {
        "agency": agency, "model": earned - agency, "contract": -earned
    }  # fmt: skip


def instructions(code):
    """Return the instructions of a bytecode, without what they push."""
    found, at = [], 0
    while at < len(code):
        found.append(code[at])
        at += 1 + max(0, code[at] - 0x5F) * (0x60 <= code[at] <= 0x7F)
    return found
