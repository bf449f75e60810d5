"""Attacks by code of others that runs inside a deed: tokens, wallets, signers, and their gas."""

from __future__ import annotations

import pytest

from tests.attacks.ground import DAY, DONE, END, FAR, FEE, START, no
from tests.model import papers
from tests.model.deeds import Deed
from tests.model.digests import twin_id
from tests.model.signatures import UNSIGNED

HALF = START + 45 * DAY
MOST = 2**256 - 1
LATER = START + 200 * DAY
NAMES = ("accept", "book", "topUp", "payOut", "surrender", "decline", "withdraw")
HOSTILE = {
    "Blocklist": ("setBlocked", 1, 0),
    "FalseReturn": ("refuse", 1, 0),
    "GasBurning": ("burnFor", MOST, 0),
    "ReturnBomb": ("lay", 2, 0),
}
"""How a token is told to refuse a wallet, and to take it again."""
TRIED = {
    ("accept", "itself"): "NotLicensee",
    ("book", "itself"): "NotLicensee",
    ("payOut", "itself"): DONE,
    ("payOut", "payOut"): DONE,
    ("payOut", "payOut of another"): "GasTooLow",
    ("payOut", "withdraw"): DONE,
    ("surrender", "itself"): "NotLicensee",
    ("surrender", "payOut"): "LicenseSettled",
    ("surrender", "payOut of another"): "GasTooLow",
    ("surrender", "withdraw"): DONE,
    ("decline", "itself"): "LicenseOver",
    ("decline", "payOut"): "GasTooLow",
    ("decline", "payOut of another"): "GasTooLow",
    ("decline", "withdraw"): DONE,
    ("withdraw", "itself"): "NothingPayable",
    ("withdraw", "payOut"): DONE,
    ("withdraw", "payOut of another"): DONE,
    ("withdraw", "withdraw"): "NothingPayable",
}
"""What the token meets inside a deed that goes through: its call, or the error that refuses it. All
others are refused, because another sum arrives than was asked for.
"""
WALLET_TRIED = {
    ("payOut", "topUp"): DONE,
    ("payOut", "surrender"): "GasTooLow",
    ("payOut", "payOut"): DONE,
    ("surrender", "topUp"): "LicenseOver",
    ("surrender", "surrender"): "LicenseOver",
    ("surrender", "payOut"): "LicenseSettled",
}


def settled(ground, before):
    """Settle all that is left and withdraw every claim; return who gained what in all."""
    offer = ground.terms(ref=7, currency=ground.token)
    booking = ground.book(ground.terms(ref=8, start=9 * DAY, currency=ground.token))
    known = (ground.whole, ground.part, ground.booked, ground.owing, ground.other, offer, booking)
    for terms in known:
        state = ground.state(terms)
        if state[0] and not state[13]:
            assert ground.attempt(ground.pay_out(terms), "stranger", LATER) == DONE
    for name in (*ground.wallets, "twin"):
        account = ground.twin if name == "twin" else ground.wallets[name]
        if ground.payable(ground.token, account):
            deed = Deed(False, "withdraw", (ground.token, account))
            assert ground.attempt(deed, "stranger", LATER) == DONE
    return ground.gains(before, ground.token)


@pytest.mark.law12
@pytest.mark.law16
@pytest.mark.law18
@pytest.mark.parametrize("inner", ["itself", "payOut", "payOut of another", "withdraw"])
@pytest.mark.parametrize("name", NAMES)
def test_reentrancy_through_the_token_moves_no_unit(ground, name, inner):
    """In the middle of a transfer the token does the deed again, or another that anyone may do.

    What everybody has in the end is what they have where the token is honest.
    """
    ground.enter("Reentrant")
    deed, by = ground.deed(name)
    token = ground.token
    before = ground.money(token)
    control = ground.mark()
    assert ground.attempt(deed, by, ground.now) == DONE
    honest = settled(ground, before)
    assert honest["contract"] == -before["contract"]
    ground.undo(control)

    again = {
        "itself": deed,
        "payOut": ground.pay_out(ground.whole),
        "payOut of another": ground.pay_out(ground.other),
        "withdraw": ground.withdraw("twin", token),
    }[inner]
    ground.stage.tell(token, "arm", ground.here.address, ground.raw(again))
    said = ground.attempt(deed, by, ground.now)
    called = [(done, error.split("(")[0]) for done, error in ground.called()]
    if said == DONE:
        tried = TRIED[name, inner]
        assert called == [(tried == DONE, tried)]
    else:
        assert ground.gains(before, token) == {}
        ground.stage.tell(token, "arm", 0, b"")
        assert ground.attempt(deed, by, ground.now) == DONE
    if name in ("accept", "book", "topUp") and (name, inner) not in TRIED:
        left = {"itself": -FEE, "withdraw": FEE // 90 // 5 * 4}.get(inner, FEE // 90)
        assert said == no("PaymentInexact", token, FEE, FEE - left)
    else:
        assert said == DONE
    assert settled(ground, before) == honest


@pytest.mark.law12
@pytest.mark.law18
@pytest.mark.parametrize("inner", ["accept", "topUp", "surrender", "payOut"])
@pytest.mark.parametrize("outer", ["accept", "topUp", "payOut", "surrender"])
def test_reentrancy_through_the_wallet_gains_nothing(ground, outer, inner):
    """The licensee is a contract that is called in each transfer (as ERC-777 does), and acts."""
    ground.enter("Reentrant")
    token, here = ground.token, ground.here.address
    wallet, written = ground.put_up("ContractWallet", token)
    speak = ground.stage.tokens[token][1]

    def through(deed):
        return bytes.fromhex(written.encode("execute", here, ground.raw(deed))[2:])

    def act(deed, at=None):
        data = speak.encode("act", wallet, through(deed))
        return ground.send(token, data, by=ground.who("stranger"), at=at or ground.now)

    ground.stage.tell(token, "mint", wallet, 10 * FEE)
    approve = bytes.fromhex(speak.encode("approve", here, MOST)[2:])
    data = written.encode("execute", token, approve)
    ground.stage.tell(token, "act", wallet, bytes.fromhex(data[2:]))
    plain = ground.changed(ground.terms(ref=9, currency=token), licensee=wallet)
    more = ground.changed(plain, ref=10)
    assert act(ground.accept(plain, FEE // 2)) == DONE
    total = ground.balance(token, wallet) + FEE // 2
    held = ground.balance(token, here) - FEE // 2
    waiting = ground.payable(token, ground.twin)
    deeds = {
        "accept": ground.accept(more, FEE),
        "topUp": ground.top_up(plain, FEE),
        "payOut": ground.pay_out(plain),
        "surrender": ground.surrender(plain),
    }
    before = ground.money(token)

    ground.stage.tell(token, "arm", wallet, through(deeds[inner]))
    said = act(deeds[outer], ground.now + DAY)
    called = [(done, error.split("(")[0]) for done, error in ground.called()]
    if outer in ("accept", "topUp"):
        due = deeds[outer].arguments[-2] if outer == "accept" else FEE // 2
        entered = {"accept": FEE, "topUp": FEE // 2, "surrender": -FEE // 2, "payOut": -FEE // 90}
        assert said == no("PaymentInexact", token, due, due + entered[inner])
        assert ground.gains(before, token) == {}
    elif inner == "accept":
        # A grant needs more gas than a transfer has: the transfer fails, and its part waits.
        assert (said, called) == (DONE, [])
        assert ground.payable(token, ground.who("agency")) == FEE // 90 // 5
    else:
        tried = WALLET_TRIED[outer, inner]
        assert (said, called) == (DONE, [(tried == DONE, tried)])
    ground.stage.tell(token, "arm", 0, b"")
    owed = 0
    for terms in (plain, more):
        state = ground.state(terms)
        if state[0] and not state[13]:
            assert ground.attempt(ground.pay_out(terms), "stranger", LATER) == DONE
        owed += ground.state(terms)[4]
    for account in (wallet, ground.who("agency"), ground.twin):
        if ground.payable(token, account):
            deed = Deed(False, "withdraw", (token, account))
            assert ground.attempt(deed, "stranger", LATER) == DONE

    assert ground.balance(token, here) == held - waiting
    assert ground.balance(token, wallet) == total - owed
    assert owed >= FEE // 90 // 2


@pytest.mark.law3
@pytest.mark.law12
@pytest.mark.law18
@pytest.mark.parametrize("inner", ["setPolicy", "revoke", "payOut"])
@pytest.mark.parametrize("outer", ["accept", "giveNotice", "setPolicy"])
def test_reentrancy_through_the_signer_is_refused(ground, outer, inner):
    """An owner's wallet that acts while it is asked for its signature: it is asked by STATICCALL.

    It says that it has signed only where its own call was refused.
    """
    wallet, written = ground.put_up("CallingWallet")
    consent = papers.Consent(1, wallet, 2, 0, 3, FAR)
    assert ground.attempt(Deed(True, "mint", (consent, b"\x01")), "stranger") == DONE
    twin = twin_id(ground.twins_place, consent)
    allows = papers.Policy(3, twin, 1, 1, 0, 0, FAR)
    assert ground.attempt(Deed(True, "setPolicy", (allows, b"\x01")), "stranger") == DONE
    running = ground.terms(ref=9, twin_id=twin)
    assert ground.attempt(Deed(False, "accept", (running, b"\x01", FEE, ())), "hm") == DONE
    offer = ground.terms(ref=10, twin_id=twin)
    policy = papers.Policy(3, twin, 1, 1, 9, 1, FAR)
    notice = papers.Notice(1, ground.id(running), 1, FAR)
    parts = running.scope, running.pay, ground.hashed(running)[2]
    deeds = {
        "accept": Deed(False, "accept", (offer, b"\x01", FEE, ())),
        "giveNotice": Deed(False, "giveNotice", (notice, *parts, b"\x01")),
        "setPolicy": Deed(True, "setPolicy", (policy, b"\x01")),
    }
    again = papers.Policy(3, twin, 0, 0, 0, 2 if outer == "setPolicy" else 1, FAR)
    inside = {
        "setPolicy": Deed(True, "setPolicy", (again, UNSIGNED)),
        "revoke": Deed(
            False, "revoke", (papers.Revocation(1, twin, ground.id(offer), FAR), UNSIGNED)
        ),
        "payOut": ground.pay_out(running),
    }[inner]
    to = ground.stage.write(inside)[0]
    at = START + DAY
    armed = written.encode("arm", to, ground.raw(inside))
    assert ground.send(wallet, armed, by=ground.who("stranger")) == DONE
    before = ground.money()

    assert ground.attempt(deeds[outer], "hm", at) == DONE
    paid = {"hm": -FEE, "contract": FEE} if outer == "accept" else {}
    assert ground.gains(before) == paid
    assert ground.ask_twins("authority", twin)[4] == 1
    assert ground.ask("isRevoked", twin, ground.id(offer)) == [0]
    control = written.encode("act", to, ground.raw(inside))
    assert ground.send(wallet, control, by=ground.who("stranger"), at=at) == DONE


@pytest.mark.law16
@pytest.mark.law17
@pytest.mark.parametrize("ends", ["payOut", "surrender"])
@pytest.mark.parametrize("animal", HOSTILE)
def test_0xsplits_pr80_lockup_l06_one_payee_who_refuses_holds_up_nobody(ground, animal, ends):
    token = ground.tokens[animal]
    name, bad, good = HOSTILE[animal]
    terms = ground.grant(ground.terms(ref=9, currency=token), FEE)
    before = ground.money(token)
    ground.stage.tell(token, name, ground.who("agency"), bad)
    at = HALF if ends == "surrender" else END
    deed = ground.surrender(terms) if ends == "surrender" else ground.pay_out(terms)

    assert ground.attempt(deed, "hm", at) == DONE
    earned = FEE // 2 if ends == "surrender" else FEE
    gained = {
        "model": earned // 5 * 4, "hm": FEE - earned, "agency's claim": earned // 5,
        "contract": earned // 5 - FEE,
    }  # fmt: skip
    assert ground.gains(before, token) == {who: sum for who, sum in gained.items() if sum}
    claim = ground.withdraw("agency", token)
    if animal != "GasBurning":
        failed = no("WithdrawalFailed", token, ground.who("agency"), earned // 5)
        assert ground.attempt(claim, "stranger", at) == failed
    ground.stage.tell(token, name, ground.who("agency"), good)
    assert ground.attempt(claim, "stranger", at) == DONE
    assert ground.gains(before, token)["agency"] == earned // 5
    assert ground.balance(token, ground.here.address) == 0


@pytest.mark.law16
@pytest.mark.law17
@pytest.mark.boundary
@pytest.mark.parametrize("animal", HOSTILE)
def test_sixteen_hostile_payees_hold_up_neither_settlement_nor_refund(ground, animal):
    """15 payees and the owner refuse, each as dearly as its token lets it."""
    token = ground.tokens[animal]
    name, bad, good = HOSTILE[animal]
    crowd = ground.crowd(15, 600)
    terms = ground.grant(ground.changed(ground.terms(ref=9, currency=token), crowd), FEE)
    accounts = {each.payee: each.payee for each in crowd} | {ground.twin: ground.who("model")}
    before = ground.money(token)
    for wallet in accounts.values():
        ground.stage.tell(token, name, wallet, bad)

    assert ground.attempt(ground.surrender(terms), "hm", HALF) == DONE
    assert int(ground.receipt["gasUsed"], 16) < 3_000_000
    assert ground.gains(before, token)["hm"] == FEE // 2
    claims = {account: ground.payable(token, account) for account in accounts}
    assert sum(claims.values()) == FEE // 2 == ground.balance(token, ground.here.address)
    for account, wallet in accounts.items():
        ground.stage.tell(token, name, wallet, good)
        had = ground.balance(token, wallet)
        deed = Deed(False, "withdraw", (token, account))
        assert ground.attempt(deed, "stranger", HALF) == DONE
        assert ground.balance(token, wallet) - had == claims[account]
    assert ground.balance(token, ground.here.address) == 0


@pytest.mark.law16
@pytest.mark.law17
@pytest.mark.parametrize("deed", ["decline", "surrender", "payOut"])
def test_lockup_l06_a_paused_token_stops_no_ending(ground, deed):
    """The issuer blocks the contract itself: the books close, and all of it waits."""
    token = ground.tokens["Blocklist"]
    terms = ground.terms(ref=9, start=9 * DAY, currency=token)
    terms = ground.book(terms)
    assert ground.attempt(ground.book_of(terms), "hm") == DONE
    before = ground.money(token)
    ground.stage.tell(token, "setBlocked", ground.here.address, 1)
    declining = ground.end(papers.Decline, terms, "decline")
    tried, at, earned = {
        "decline": (declining, START + DAY, 0),
        "surrender": (ground.surrender(terms), START + 54 * DAY, FEE // 2),
        "payOut": (ground.pay_out(terms), START + 99 * DAY, FEE),
    }[deed]

    assert ground.attempt(tried, "hm", at) == DONE
    waits = {"hm": FEE - earned, "agency": earned // 5, "twin": earned // 5 * 4}
    waits = {who: sum for who, sum in waits.items() if sum}
    assert ground.gains(before, token) == {f"{who}'s claim": sum for who, sum in waits.items()}
    for who, sum in waits.items():
        claim = ground.withdraw(who, token)
        payee = ground.who("model" if who == "twin" else who)
        assert ground.attempt(claim, "hm", at) == no("WithdrawalFailed", token, payee, sum)
    ground.stage.tell(token, "setBlocked", ground.here.address, 0)
    for who in waits:
        assert ground.attempt(ground.withdraw(who, token), "stranger", at) == DONE
    assert ground.balance(token, ground.here.address) == 0


@pytest.mark.law16
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("name", ["payOut", "surrender"])
@pytest.mark.parametrize("animal", ["GasBurning", "GasAsking"])
def test_lockup_m03_eip150_no_gas_limit_starves_a_transfer_into_a_claim(ground, animal, name):
    """Every limit in steps: a deed is refused whole or pays whole, never in part.

    One token needs most of what a transfer has, the other refuses early and leaves the rest.
    """
    token = ground.tokens[animal]
    terms = ground.grant(ground.terms(ref=9, currency=token), FEE)
    for wallet in ("agency", "model", "hm") if animal == "GasBurning" else ():
        ground.stage.tell(token, "burnFor", ground.who(wallet), 60_000)
    deed = ground.pay_out(terms) if name == "payOut" else ground.surrender(terms)
    to, data = ground.stage.write(deed)
    before, node = ground.money(token), ground.stage.node
    refused = paid = 0

    for gas in range(60_000, 620_000, 8_000):
        snapshot = ground.mark()
        receipt = node.send(to, data, sender=ground.who("hm"), now=HALF, gas=gas)
        gained = ground.gains(before, token)
        if receipt["status"] == "0x0":
            refused += 1
            assert gained == {}
        else:
            paid += 1
            whole = {"agency": FEE // 10, "model": FEE // 10 * 4}
            whole |= {"contract": -FEE, "hm": FEE // 2} if name == "surrender" else {}
            assert gained == {"contract": -FEE // 2} | whole
        ground.undo(snapshot)
    assert refused > 10
    assert paid > 10


@pytest.mark.law16
@pytest.mark.law18
@pytest.mark.parametrize("bomb", [1, 2], ids=["returning", "reverting"])
def test_return_bomb_of_a_token_is_not_copied(ground, bomb):
    token = ground.tokens["ReturnBomb"]
    crowd = ground.crowd(15, 600)
    terms = ground.grant(ground.changed(ground.terms(ref=9, currency=token), crowd), FEE)
    snapshot = ground.mark()
    assert ground.attempt(ground.pay_out(terms), "stranger", HALF) == DONE
    honest = int(ground.receipt["gasUsed"], 16)
    ground.undo(snapshot)
    for each in crowd:
        ground.stage.tell(token, "lay", each.payee, bomb)
    before = ground.money(token)

    assert ground.attempt(ground.pay_out(terms), "stranger", HALF) == DONE
    assert int(ground.receipt["gasUsed"], 16) - honest < 15 * 80_000
    part = FEE * 3 // 100
    for each in crowd:
        held = ground.balance(token, each.payee), ground.payable(token, each.payee)
        assert held == ((part, 0) if bomb == 1 else (0, part))
    assert ground.gains(before, token)["model"] == FEE // 20


@pytest.mark.law1
@pytest.mark.law18
def test_return_bomb_of_a_signer_is_not_copied(ground):
    """100,000 bytes, of which a word is read."""
    used = {}
    for answer, salt in ((0, 1), (2, 2)):
        wallet, written = ground.put_up("OddWallet", answer)
        consent = papers.Consent(1, wallet, 2, 0, salt, FAR)
        if answer == 0:
            approve = written.encode("approveHash", twin_id(ground.twins_place, consent))
            assert ground.send(wallet, approve, by=ground.who("stranger")) == DONE
        signature = UNSIGNED if answer == 0 else b"\x01"
        assert ground.attempt(Deed(True, "mint", (consent, signature)), "stranger") == DONE
        used[answer] = int(ground.receipt["gasUsed"], 16)

    assert used[2] - used[0] < 45_000


@pytest.mark.law12
@pytest.mark.law18
@pytest.mark.refusal
@pytest.mark.parametrize("name", ["accept", "book", "topUp"])
@pytest.mark.parametrize(
    "animal", ["FeeOnTransfer", "Hollow", "FalseReturn", "no contract", "giving"]
)
def test_sablier_unlock_m03_a_token_that_does_not_deliver_is_refused(ground, animal, name):
    """`giving` adds a unit of its own during the transfer, to make the sum inexact."""
    hm = ground.who("hm")
    animals = {"no contract": ground.stage.absent, "giving": ground.tokens["Reentrant"]}
    token = animals.get(animal) or ground.tokens[animal]
    plain = ground.terms(ref=9, currency=token, start=2 * DAY)
    booked = ground.book(plain)
    deeds = {
        "accept": (ground.accept(plain, FEE), ground.accept(ground.terms(ref=10), FEE)),
        "book": (
            ground.book_of(booked),
            ground.book_of(ground.book(ground.terms(ref=10, start=2 * DAY))),
        ),
        "topUp": (ground.top_up(plain, FEE), ground.top_up(ground.lone, FEE)),
    }
    if name == "topUp":
        assert ground.attempt(ground.accept(plain, 0), "hm") == DONE
    if animal == "giving":
        mint = ground.stage.tokens[token][1].encode("mint", ground.here.address, 1)
        ground.stage.tell(token, "arm", token, bytes.fromhex(mint[2:]))
    if animal == "FalseReturn":
        ground.stage.tell(token, "approve", ground.here.address, FEE - 1, sender=hm)
    refused = {
        "FeeOnTransfer": no("PaymentInexact", token, FEE, FEE - FEE // 100),
        "Hollow": no("PaymentInexact", token, FEE, 0),
        "giving": no("PaymentInexact", token, FEE, FEE + 1),
    }.get(animal, no("PaymentFailed", token, hm, FEE))
    deed, control = deeds[name]
    state = ground.state(plain), ground.state(booked)

    assert ground.attempt(deed, "hm") == refused
    assert (ground.state(plain), ground.state(booked)) == state
    assert ground.attempt(control, "hm") == DONE


@pytest.mark.law12
@pytest.mark.law18
def test_sablier_double_entry_a_token_of_two_addresses_pays_nobody_twice(ground):
    ground.enter("TwoEntries")
    wallets = {who: ground.who(who) for who in ("hm", "rival", "agency", "model")}
    before = {who: ground.balance(ground.ledger, at) for who, at in wallets.items()}
    in_all = ground.balance(ground.ledger, ground.here.address)

    for terms in (ground.whole, ground.other, ground.booked, ground.owing):
        assert ground.attempt(ground.pay_out(terms), "stranger", LATER) == DONE
    assert ground.attempt(ground.withdraw("twin", ground.token), "stranger", LATER) == DONE

    gained = {who: ground.balance(ground.ledger, at) - before[who] for who, at in wallets.items()}
    assert ground.balance(ground.ledger, ground.here.address) == 0
    assert gained["hm"] == gained["rival"] == 0
    assert gained["agency"] + gained["model"] == in_all


@pytest.mark.law14
@pytest.mark.law18
@pytest.mark.parametrize("decimals", [0, 6, 18, 77, 255])
def test_sablier_flow_l04_the_contract_asks_no_token_for_its_decimals(ground, decimals):
    token, _ = ground.put_up("TestDollar", decimals)
    ground.stage.tokens[token] = ground.stage.tokens[ground.dollar]
    hm, here = ground.who("hm"), ground.here.address
    ground.stage.tell(token, "mint", hm, FEE)
    ground.stage.tell(token, "approve", here, MOST, sender=hm)
    before = ground.money(token)

    terms = ground.grant(ground.terms(ref=9, currency=token), FEE)
    assert ground.attempt(ground.pay_out(terms), "stranger", END) == DONE
    assert ground.gains(before, token) == {"hm": -FEE, "agency": FEE // 5, "model": FEE // 5 * 4}


@pytest.mark.law12
@pytest.mark.law18
def test_sablier_a_token_that_shrinks_takes_from_its_own_licenses_alone(ground):
    """What is no longer there cannot be paid: said in SECURITY.md at the issuer of a currency."""
    token = ground.tokens["Rebasing"]
    terms = ground.grant(ground.terms(ref=9, currency=token), FEE)
    ground.stage.tell(token, "shrink", ground.here.address, FEE // 2)
    before = ground.money()

    assert ground.attempt(ground.pay_out(terms), "stranger", END) == DONE
    assert ground.gains(before) == {}
    assert ground.attempt(ground.pay_out(ground.lone), "stranger", END) == DONE
    assert ground.gains(before) == {"agency": FEE // 5, "model": FEE // 5 * 4, "contract": -FEE}
