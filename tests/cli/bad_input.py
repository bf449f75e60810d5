"""The table of bad input: what is typed, the exit code, and the exact line that answers.

`{twin}` and other names in braces are those of the world, `{twin_short}` is an id by its ends, as
sentences write it, and `{any}` is what differs from run to run: a price of gas, a salted hash, the
present second. `hostile` makes the files, and the deeds that come `before`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.cli import hostile

BAD_INPUT, REFUSED, NOT_READY, NOT_FOUND, KEY_TROUBLE = 1, 3, 4, 5, 6


@dataclass(frozen=True)
class Case:
    """One mistake."""

    name: str
    line: str
    code: int
    says: str
    before: hostile.Before | None = None
    without: str = ""
    """What of the environment is not set."""


DRAFT = (
    "offer draft 1 --licensee dev:hm --uses own_shop --markets SE --category fashion --fee 1,000 "
    "--quota 10"
)
CARD = "ratecard draft 1 --category fashion --day-rate 420"
BOOK = "ratecard book card.json --as dev:hm --start 2030-03-01"
PLAN = "license plan {}.csv --as dev:hm --papers card.json"
DAYS = "--days 30 --uses own_shop --markets SE --quota 5"

LYING = (
    "The memo is not what the terms say. It reads 'I sell everything.'; the terms say 'I consent "
    "to a digital twin of me: the replica whose description has the hash 0x07070707…0707'."
)

CASES = (
    # signatures
    Case(
        "a consent signed by another",
        "twin mint forged.consent.json --as dev:deployer",
        REFUSED,
        "This is not a signature of {third_model} for this message on this chain and "
        "contract: have {third_model} sign exactly this.",
    ),
    Case(
        "a consent after its deadline",
        "twin mint late.consent.json --as dev:deployer",
        REFUSED,
        "The signature could be used only before 2029-12-31 00:00:00 UTC: have it signed again.",
    ),
    Case(
        "a consent that was used",
        "twin mint twin.consent.json --as dev:deployer",
        REFUSED,
        "This consent has made the twin {twin_short} already: a consent makes one twin.",
    ),
    Case(
        "a consent for another chain",
        "twin mint other_chain.consent.json --as dev:deployer",
        NOT_READY,
        "The node is of chain 31337, this belongs to chain 1.",
    ),
    Case(
        "a consent for another contract",
        "twin mint other_contract.consent.json --as dev:deployer",
        BAD_INPUT,
        "This was signed for the contract {rival}, not for {twins}: have it signed anew.",
    ),
    Case(
        "a consent nobody signed",
        "twin mint unsigned.consent.json --as dev:deployer",
        BAD_INPUT,
        "The consent carries no signature yet: have its owner sign it first.",
    ),
    Case(
        "a move without the new wallet",
        "twin send-move move.owner.json move.guardian.json --as dev:deployer",
        BAD_INPUT,
        "FILE: no copy is signed by the new wallet {new_phone}.",
    ),
    Case(
        "a move at once without the guardian",
        "twin send-move at_once.owner.json at_once.new.json --as dev:deployer",
        BAD_INPUT,
        "FILE: a move at once needs the copies of owner and guardian.",
    ),
    Case(
        "a move at once made of another move",
        "twin send-move at_once.owner.json at_once.guardian.json move.new.json --as dev:deployer",
        BAD_INPUT,
        "what was brought is not a signed file that will do: it is a Move and should be a "
        "MoveAtOnce.",
    ),
    Case(
        "a move that only the new wallet signed",
        "twin send-move move.new.json --as dev:deployer",
        BAD_INPUT,
        "FILE: neither owner nor guardian has signed a copy of this move.",
    ),
    Case(
        "a move signed by somebody without a part in it",
        "twin send-move move.owner.json move.hm.json --as dev:deployer",
        BAD_INPUT,
        "Signed by {hm}, but {model} or {guardian} or {new_phone} must sign this.",
    ),
    Case(
        "a move sent as if one signature were enough",
        "sign send move.owner.json --as dev:deployer",
        BAD_INPUT,
        "FILE: a move needs the copies of all who signed it: use `twin send-move`.",
    ),
    Case(
        "an offer brought as a move",
        "twin send-move offer.json --as dev:deployer",
        BAD_INPUT,
        "offer.json is not a signed file that will do: it is of kind offer and should be move.",
    ),
    Case(
        "a second move while one is pending",
        "twin send-move move.owner.json move.new.json --as dev:deployer",
        REFUSED,
        "The act carries nonce 1 and the twin's is 2: it was sent before, or another came first; "
        "have it signed again.",
        hostile.move_pending,
    ),
    Case(
        "a move completed before its time",
        "twin complete 1 --as dev:deployer",
        REFUSED,
        "The twin {twin_short} can move only from {any} on: send it then.",
        hostile.move_pending,
    ),
    Case(
        "a move completed that nobody proposed",
        "twin complete 1 --as dev:deployer",
        REFUSED,
        "No move of the twin {twin_short} is pending: propose one first.",
    ),
    Case(
        "a policy of a retired twin",
        "twin policy 1 --uses email --categories fashion --least-owner-share 50 "
        "--sign-as dev:model --as dev:deployer --json",
        REFUSED,
        "The twin {twin_short} is retired: it allows no new license, and that stays so.",
        hostile.retire,
    ),
    Case(
        "a move signed by a stranger",
        "sign move.draft.json --as dev:stranger --json",
        BAD_INPUT,
        "Signed by {stranger}, but {model} or {guardian} or {new_phone} must sign this.",
    ),
    Case(
        "an expired offer",
        "offer accept expired.offer.json --as dev:hm",
        REFUSED,
        "The terms were valid only until 2029-12-31 00:00:00 UTC: ask the owner for new ones.",
    ),
    Case(
        "a used offer",
        "offer accept offer.json --as dev:hm",
        REFUSED,
        "These terms have been granted already, as license {offer_short}: terms are granted "
        "once; another license needs another reference.",
        hostile.accept_offer,
    ),
    Case(
        "a revoked offer",
        "offer accept offer.json --as dev:hm",
        REFUSED,
        "The owner has withdrawn this signature ({offer_short}): ask her for a new one.",
        hostile.revoke_offer,
    ),
    Case(
        "an offer of an old epoch",
        "offer accept offer.json --as dev:hm",
        REFUSED,
        "The terms were signed in epoch 0 and the twin is in epoch 1: the owner made all "
        "older signatures void; ask her to sign again.",
        hostile.raise_epoch,
    ),
    Case(
        "an offer for an epoch to come",
        "sign ahead.offer.json --as dev:model --json",
        BAD_INPUT,
        "This is for epoch 1 and the twin is in epoch 0: raising the epoch, which shall void what "
        "was signed, would make it good; have it drafted anew.",
    ),
    Case(
        "a card for an epoch to come",
        "sign export ahead.card.json",
        BAD_INPUT,
        "This is for epoch 2 and the twin is in epoch 0: raising the epoch, which shall void what "
        "was signed, would make it good; have it drafted anew.",
    ),
    Case(
        "an act with a nonce of an epoch to come",
        "sign import ahead.policy.json --signature other_signature",
        BAD_INPUT,
        "This is for epoch 1 and the twin is in epoch 0: raising the epoch, which shall void what "
        "was signed, would make it good; have it drafted anew.",
    ),
    Case(
        "an offer that was changed under its memo",
        "offer accept changed.offer.json --as dev:hm",
        BAD_INPUT,
        "The memo is not what the terms say. It reads 'At most 10 images'; the terms say 'At most "
        "1,000 images'.",
    ),
    Case(
        "an offer that was changed with its memo",
        "offer accept reworded.offer.json --as dev:hm",
        REFUSED,
        "This is not a signature of {model} for this message on this chain and contract: "
        "have {model} sign exactly this.",
    ),
    Case(
        "a memo that lies, to be signed",
        "sign lying.consent.json --as dev:third_model",
        BAD_INPUT,
        LYING,
    ),
    Case(
        "a memo that lies, to be exported",
        "sign export lying.consent.json",
        BAD_INPUT,
        LYING,
    ),
    Case(
        "a memo that lies, to be imported",
        "sign import lying.consent.json --signature signature",
        BAD_INPUT,
        LYING,
    ),
    Case(
        "a memo that lies, to be sent",
        "sign send lying.consent.json --as dev:deployer",
        BAD_INPUT,
        LYING,
    ),
    Case(
        "a memo that lies, to be minted",
        "twin mint lying.consent.json --as dev:deployer",
        BAD_INPUT,
        LYING,
    ),
    Case(
        "a card whose memo lies, to be quoted",
        f"ratecard quote lying.card.json {DAYS}",
        BAD_INPUT,
        "The memo is not what the terms say. It reads 'Everything is free.'; the terms say 'From "
        "this rate card, number 0, anyone can book licenses of my digital twin {twin_short} "
        "without asking me, through 30 December 2034 (UTC)'.",
    ),
    Case(
        "a card whose memo lies, to be booked",
        f"ratecard book lying.card.json --as dev:hm --start 2030-03-01 {DAYS}",
        BAD_INPUT,
        "The memo is not what the terms say. It reads 'Everything is free.'; the terms say 'From "
        "this rate card, number 0, anyone can book licenses of my digital twin {twin_short} "
        "without asking me, through 30 December 2034 (UTC)'.",
    ),
    Case(
        "an offer to another",
        "offer accept offer.json --as dev:rival",
        REFUSED,
        "Only the licensee {hm} may do this, not {rival}: send it from that wallet.",
    ),
    Case(
        "a revoked card",
        f"{BOOK} {DAYS}",
        REFUSED,
        "The owner has withdrawn this signature ({card_short}): ask her for a new one.",
        hostile.revoke_card,
    ),
    Case(
        "a card of an old epoch",
        f"{BOOK} {DAYS}",
        REFUSED,
        "The terms were signed in epoch 0 and the twin is in epoch 1: the owner made all "
        "older signatures void; ask her to sign again.",
        hostile.raise_epoch,
    ),
    Case(
        "a card of an old serial",
        f"{BOOK} {DAYS}",
        REFUSED,
        "The rate card has serial 0 and only those from 2 up are good: ask for the present card.",
        hostile.raise_serial,
    ),
    Case(
        "an act that was sent",
        "sign send used.policy.json --as dev:deployer",
        REFUSED,
        "The act carries nonce 0 and the twin's is 1: it was sent before, or another came "
        "first; have it signed again.",
    ),
    Case(
        "an act signed by another",
        "twin epoch 1 --sign-as dev:rival --as dev:deployer --json",
        BAD_INPUT,
        "Signed by {rival}, but {model} must sign this.",
    ),
    Case(
        "an act nobody signs",
        "twin epoch 1 --as dev:deployer",
        BAD_INPUT,
        "--as: nobody has signed: add --sign-as, or `sign send` a signed file.",
    ),
    Case(
        "a draft signed by another",
        "sign draft.json --as dev:rival --json",
        BAD_INPUT,
        "Signed by {rival}, but {model} must sign this.",
    ),
    Case(
        "a signature of something else",
        "sign import draft.json --signature other_signature --json",
        BAD_INPUT,
        "Signed by {any}, but {model} must sign this.",
    ),
    Case(
        "a signature that is none",
        "sign import draft.json --signature hello --json",
        BAD_INPUT,
        "--signature: it is not hexadecimal.",
    ),
    Case(
        "a memo that lies, before a page opens",
        "sign lying.consent.json --no-browser",
        BAD_INPUT,
        "The memo is not what the terms say. It reads 'I sell everything.'; the terms say 'I "
        "consent to {any}'.",
    ),
    Case(
        "a page for the owner of a twin that is not there",
        "sign nobodys.offer.json --no-browser",
        NOT_FOUND,
        "No twin has the id 0x00000000…0007 here.",
    ),
    Case(
        "a page that shall wait for no time",
        "sign draft.json --no-browser --wait soon",
        BAD_INPUT,
        "--wait: 'soon' is not a length of time; write it like 30d, 12h or 45m.",
    ),
    Case(
        "an offer in the place of a card beside it",
        "sign draft.json --card offer.json --no-browser",
        BAD_INPUT,
        "offer.json is not a signed file that will do: it is of kind offer and should be ratecard.",
    ),
    Case(
        "a card that its owner did not sign",
        "sign draft.json --card unsigned.card.json --no-browser",
        BAD_INPUT,
        "The ratecard carries no signature yet: have its owner sign it first.",
    ),
    Case(
        "a consent beside a card",
        "sign unsigned.consent.json --card card.json --as dev:third_model --json",
        BAD_INPUT,
        "card: only an offer is compared with a rate card, of the same twin.",
    ),
    Case(
        "an address that should sign",
        "sign draft.json --as {model} --json",
        KEY_TROUBLE,
        "The key of {model} is not here: name a key of the keystore, or let its own wallet sign "
        "with `twinrights sign FILE`.",
    ),
    Case(
        "an address that should deploy",
        "deploy --as {model} --out again.json",
        KEY_TROUBLE,
        "The key of {model} is not here: name a key of the keystore, or let its own wallet sign "
        "with `twinrights sign FILE`.",
    ),
    Case(
        "an address that should send what is refused",
        "offer accept offer.json --as {rival}",
        REFUSED,
        "Only the licensee {hm} may do this, not {rival}: send it from that wallet.",
    ),
    Case(
        "an address that was mistyped as a sender",
        "offer accept offer.json --as 0x70997970C51812dc3A010C7d01b50e0d17dc79C9",
        BAD_INPUT,
        "address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C9' is not an address, or was mistyped.",
    ),
    Case(
        "typed data of something else",
        "sign import permit.json --signature signature --json",
        BAD_INPUT,
        "permit.json is not a signed file that will do: primaryType: 'Permit' is no message of "
        "TwinRights.",
    ),
    Case(
        "a card sent as an act",
        "sign send card.json --as dev:hm",
        BAD_INPUT,
        "FILE: a rate card is not sent but booked from: use `ratecard book`.",
    ),
    Case(
        "a card in the place of an offer",
        "offer accept card.json --as dev:hm",
        BAD_INPUT,
        "card.json is not a signed file that will do: it is of kind ratecard and should be offer.",
    ),
    Case(
        "a file that is no JSON",
        "offer accept scribble.json --as dev:hm",
        BAD_INPUT,
        "scribble.json is not a signed file that will do: it is not JSON.",
    ),
    Case(
        "a file of something else",
        "offer accept shopping.json --as dev:hm",
        BAD_INPUT,
        "shopping.json is not a signed file that will do: twinrights: it is not 1: bring a "
        "draft, or what `sign` wrote.",
    ),
    Case(
        "a file that is not there",
        "offer accept nothing.json --as dev:hm",
        NOT_FOUND,
        "nothing.json is not there.",
    ),
    # shares and policy
    Case(
        "shares over the policy",
        "offer accept greedy.offer.json --as dev:hm",
        REFUSED,
        "The shares leave 40 % to the owner and her policy keeps at least 50 %: lower the "
        "others' shares.",
    ),
    Case(
        "a payee twice",
        "offer accept twice.offer.json --as dev:hm",
        REFUSED,
        "{stylist} cannot be a payee as named: each is a wallet, named once, with a share "
        "above zero.",
    ),
    Case(
        "a payee twice in a draft",
        f"{DRAFT} --days 9 --share stylist:5:dev:stylist --share hair:5:dev:stylist",
        BAD_INPUT,
        "payee: {stylist} has two shares: add them up in one.",
    ),
    Case(
        "shares over the whole",
        f"{DRAFT} --days 9 --share stylist:60:dev:stylist --share hair:60:dev:hair",
        BAD_INPUT,
        "shares: they add up to 12000 of 10000 basis points: lower them.",
    ),
    Case(
        "a share without a wallet",
        f"{DRAFT} --days 9 --share stylist:60",
        BAD_INPUT,
        "share: 'stylist:60' is not ROLE:PERCENT:WALLET, like stylist:2.5:0x12….",
    ),
    Case(
        "a share in fractions of a basis point",
        f"{DRAFT} --days 9 --share stylist:2.505:dev:stylist",
        BAD_INPUT,
        "share: '2.505' is not a percentage of 0 to 100 with at most two decimals.",
    ),
    Case(
        "a use that is off limits",
        "offer accept off_limits.offer.json --as dev:hm",
        REFUSED,
        "The owner's policy does not allow TV: leave it out, or ask her.",
    ),
    Case(
        "a category that is off limits",
        "offer accept other_industry.offer.json --as dev:hm",
        REFUSED,
        "The owner's policy does not allow the category beauty: ask her first.",
    ),
    Case(
        "exclusivity beside another's license",
        "offer accept exclusive.offer.json --as dev:rival",
        REFUSED,
        "License {live_short} of another licensee stands in the way: choose other uses, "
        "markets or days.",
    ),
    # words
    Case(
        "an unknown country",
        "license may-publish 1 --uses own_shop --markets XX",
        BAD_INPUT,
        "unknown market 'XX'",
    ),
    Case(
        "an unknown use",
        "license may-publish 1 --uses own_shpo --markets SE",
        BAD_INPUT,
        "unknown use 'own_shpo': did you mean own_shop or own_social?",
    ),
    Case(
        "an unknown role",
        f"{DRAFT} --days 9 --share stilist:5:dev:stylist",
        BAD_INPUT,
        "unknown role 'stilist': did you mean stylist?",
    ),
    Case(
        "an unknown category",
        "license book-of 1 --category fasion",
        BAD_INPUT,
        "unknown category 'fasion': did you mean fashion?",
    ),
    Case(
        "an unknown kind of batch",
        "usage record 1 --images images --uses own_shop --markets SE --kind secret --as dev:hm",
        BAD_INPUT,
        "--kind: 'secret' is none of declared, late, removed.",
    ),
    Case(
        "an open card without a floor",
        f"{CARD} --uses own_shop:1 --markets SE:10000",
        BAD_INPUT,
        "floor: it is 0 and the card is open to anyone: ask for something, or name the licensee.",
    ),
    Case(
        "a use without its weight",
        f"{CARD} --uses own_shop --markets SE:10000",
        BAD_INPUT,
        "uses: 'own_shop' is not NAME:WEIGHT, the weight in 1/10,000.",
    ),
    Case(
        "a market without its weight",
        f"{CARD} --uses own_shop:1 --markets SE",
        BAD_INPUT,
        "markets: 'SE' is not NAME:WEIGHT, the weight in 1/10,000.",
    ),
    # dates
    Case(
        "an end before its start",
        f"{DRAFT} --start 2030-03-02 --through 2030-03-01",
        BAD_INPUT,
        "'2030-03-01' is not a date that will do: the license would end before it starts.",
    ),
    Case(
        "a start in the past",
        f"{DRAFT} --start 2029-03-01 --days 9",
        BAD_INPUT,
        "'2029-03-01' is not a date that will do: a license cannot start in the past.",
    ),
    Case(
        "a start that passed since the signing",
        "offer accept past.offer.json --as dev:hm",
        REFUSED,
        "The license would start at 2029-12-31 00:00:00 UTC, which has passed: choose a "
        "later start.",
    ),
    Case(
        "neither end nor days",
        DRAFT,
        BAD_INPUT,
        "term: give either --through or --days.",
    ),
    Case(
        "more than five years",
        f"{DRAFT} --days 2000",
        BAD_INPUT,
        "term: it is over 5 years (1827 days): choose an earlier end.",
    ),
    Case(
        "a date that is none",
        f"{DRAFT} --start 2030-02-30 --days 9",
        BAD_INPUT,
        "'2030-02-30' is not a date that will do: write it like 2026-03-31, "
        "2026-03-31T12:00Z, now or +30d.",
    ),
    Case(
        "a deadline in the past",
        "twin epoch 1 --deadline 2029-12-31",
        BAD_INPUT,
        "'2029-12-31' is not a date that will do: it has passed, so nobody could use the "
        "signature.",
    ),
    Case(
        "a notice over 90 days",
        f"{DRAFT} --days 9 --notice 91d",
        BAD_INPUT,
        "notice: it is over 90 days, the most that binds: shorten it.",
    ),
    Case(
        "a length of time that is none",
        "node forward soon",
        BAD_INPUT,
        "TIME: 'soon' is not a length of time; write it like 30d, 12h or 45m.",
    ),
    Case(
        "the past asked of the present",
        "license may-publish 1 --uses own_shop --markets SE --at 2029-12-31",
        REFUSED,
        "2029-12-31 00:00:00 UTC has passed: ask for now or later, or name the block of then.",
    ),
    # money
    Case(
        "too many decimals",
        "offer draft 1 --licensee dev:hm --uses own_shop --markets SE --category fashion "
        "--fee 1.0000001 --quota 10 --days 9",
        BAD_INPUT,
        "'1.0000001' is not an amount: TUSD has at most 6 decimals.",
    ),
    Case(
        "an amount that is none",
        "offer draft 1 --licensee dev:hm --uses own_shop --markets SE --category fashion "
        "--fee 1,5 --quota 10 --days 9",
        BAD_INPUT,
        "'1,5' is not an amount: write it like 1,250.50.",
    ),
    Case(
        "an unknown currency",
        f"{DRAFT} --days 9 --currency EUR",
        BAD_INPUT,
        "Currency EUR is not on the list of chain 31337: name one that is.",
    ),
    Case(
        "too little balance",
        "offer accept dear.offer.json --as dev:hm",
        BAD_INPUT,
        "{hm} has 998,024.00 TUSD and needs 2,000,000.00: fund it first.",
    ),
    Case(
        "too little allowance",
        "offer accept offer.json --as dev:hm --allowance-only",
        BAD_INPUT,
        "{hm} allows the license contract 0.00 TUSD and this needs 1,000.00: approve more first.",
    ),
    Case(
        "no coin for gas",
        "royalty pay-out 1 --as dev:poor",
        BAD_INPUT,
        "{poor} has 0 of the chain's own coin and needs {any} for gas: send it some first.",
    ),
    Case(
        "a deposit over the fee",
        "royalty top-up 1 1,000.01 --as dev:hm",
        REFUSED,
        "Between 500.00 TUSD and 1,000.00 TUSD can be deposited in all, not 1,000.01 TUSD.",
    ),
    Case(
        "a deposit under what is committed",
        "offer accept offer.json --as dev:hm --deposit 99.99",
        REFUSED,
        "Between 100.00 TUSD and 1,000.00 TUSD can be deposited in all, not 99.99 TUSD.",
    ),
    Case(
        "money for a license that is over",
        "royalty top-up 1 900 --as dev:hm",
        REFUSED,
        "License {live_short} ended at 2030-01-31 01:00:00 UTC: nothing more can be done with it.",
        hostile.end_of_live,
    ),
    Case(
        "a pay-out of a settled license",
        "royalty pay-out 1 --as dev:hm",
        REFUSED,
        "License {live_short} has been settled: all its money has been paid out.",
        hostile.settle,
    ),
    Case(
        "nothing that waits",
        "royalty withdraw dev:stylist --as dev:hm",
        REFUSED,
        "Nothing waits for account 0x976ea74026e726554db657fa54763abd0c3a0aa9 in the "
        "currency {dollar}.",
    ),
    # statements
    Case(
        "a statement from a day that is none",
        "royalty statement dev:hm --from 2030-02-30",
        BAD_INPUT,
        "'2030-02-30' is not a date that will do: write it like 2026-03-31.",
    ),
    Case(
        "a statement that ends before it begins",
        "royalty statement dev:hm --from 2030-01-02 --to 2030-01-01",
        BAD_INPUT,
        "'2030-01-02' is not a date that will do: it is after the last day, 2030-01-01.",
    ),
    Case(
        "a statement of days to come",
        "royalty statement dev:hm --from 2031-01-01",
        BAD_INPUT,
        "'2031-01-01' is not a date that will do: nothing is known yet: the newest block is of "
        "2030-01-01.",
    ),
    Case(
        "a statement of nobody",
        "royalty statement 0x12",
        BAD_INPUT,
        "address: '0x12' is not an address, or was mistyped.",
    ),
    Case(
        "a statement into a folder that is not there",
        "royalty statement dev:hm --csv nowhere/hm.csv",
        NOT_FOUND,
        "nowhere is not there.",
    ),
    Case(
        "a statement into a folder",
        "royalty statement dev:hm --csv images",
        BAD_INPUT,
        "--csv: images is a folder; name a file.",
    ),
    # reports
    Case(
        "a report into a folder that is not there",
        "audit run --report nowhere/audit.html",
        NOT_FOUND,
        "nowhere is not there.",
    ),
    Case(
        "a report into a folder",
        "audit run --report images",
        BAD_INPUT,
        "--report: images is a folder; name a file.",
    ),
    Case(
        "a report of a demo into a folder that is not there",
        "demo --report nowhere/demo.html",
        NOT_FOUND,
        "nowhere is not there.",
    ),
    # bookings
    Case(
        "a use that is not sold",
        f"{BOOK} --days 30 --uses tv --markets SE --quota 5",
        REFUSED,
        "The rate card does not sell TV: leave it out, or ask for an offer.",
    ),
    Case(
        "a market that is not sold",
        f"{BOOK} --days 30 --uses own_shop --markets JP --quota 5",
        REFUSED,
        "The rate card does not sell JP: leave it out, or ask for an offer.",
    ),
    Case(
        "exclusivity that is not sold",
        "ratecard book plain.card.json --as dev:hm --start 2030-03-01 --days 30 --uses "
        "own_shop --markets SE --quota 5 --exclusive",
        REFUSED,
        "The rate card does not sell exclusivity: book without it, or ask for an offer.",
    ),
    Case(
        "too few days",
        f"{BOOK} --days 6 --uses own_shop --markets SE --quota 5",
        REFUSED,
        "The rate card sells 7 to 365 whole days, not 6 days: change the term.",
    ),
    Case(
        "too many images",
        f"{BOOK} --days 30 --uses own_shop --markets SE --quota 81",
        REFUSED,
        "The rate card sells at most 80 images, not 81: ask for fewer.",
    ),
    Case(
        "too soon",
        f"ratecard book card.json --as dev:hm --start 2030-01-01T12:00 {DAYS}",
        REFUSED,
        "The rate card sells starts from {any} UTC to 2034-12-31 00:00:00 UTC, not "
        "2030-01-01 12:00:00 UTC: choose another start.",
    ),
    Case(
        "another price than was agreed",
        f"{BOOK} {DAYS} --fee 1,000",
        REFUSED,
        "The fee is 1,000.00 TUSD and the rate card gives 1,476.00 TUSD: book at what it gives.",
    ),
    Case(
        "a card for another",
        f"ratecard book rivals.card.json --as dev:hm --start 2030-03-01 {DAYS}",
        REFUSED,
        "This rate card is for {rival} alone: ask the owner for one of your own.",
    ),
    # agreements
    Case(
        "an agreement that was changed",
        "agreement show changed.agreement.json",
        BAD_INPUT,
        "changed.agreement.json cannot be read: words: the terms in it give other words than were "
        "agreed.",
    ),
    Case(
        "an agreement that is none",
        "agreement verify offer.json --license 1",
        BAD_INPUT,
        "offer.json cannot be read: agreement: it is none of TwinRights.",
    ),
    Case(
        "an agreement that is not there",
        "agreement show nothing.json",
        NOT_FOUND,
        "nothing.json is not there.",
    ),
    Case(
        "an agreement in a language that has no words yet",
        "agreement show agreement.json --language de",
        BAD_INPUT,
        "language: 'de' is none of en, sv.",
    ),
    Case(
        "the annex of another agreement",
        "agreement show agreement.json --annex other.annex.json",
        BAD_INPUT,
        "annex: it is another agreement's, or was changed.",
    ),
    Case(
        "an annex that nobody salted",
        "agreement show agreement.json --annex names.json",
        BAD_INPUT,
        "names.json cannot be read: it is no salted annex, or was changed.",
    ),
    Case(
        "an annex that describes no purpose",
        "agreement draft draft.json --annex vague.json",
        BAD_INPUT,
        "vague.json cannot be read: purpose: describe the intended use, in 40 characters or more: "
        "laws ask for it.",
    ),
    Case(
        "an annex with a salt of its own",
        "agreement draft draft.json --annex annex.json",
        BAD_INPUT,
        "annex.json cannot be read: annex: no such field.",
    ),
    Case(
        "an agreement about a consent",
        "agreement draft consent.json --annex names.json",
        BAD_INPUT,
        "consent.json is not a signed file that will do: it is of kind consent and should be "
        "offer.",
    ),
    Case(
        "an agreement of other terms than the offer that names it",
        f"{DRAFT} --days 30 --valid-until 2034-12-31 --agreement dearer.agreement.json",
        BAD_INPUT,
        "The agreement is not what the terms say: for start it says 2030-01-01T01:00:00Z, the "
        "terms say when accepted.",
    ),
    Case(
        "an agreement that was changed, for an offer",
        f"{DRAFT} --days 30 --agreement changed.agreement.json",
        BAD_INPUT,
        "changed.agreement.json cannot be read: words: the terms in it give other words than were "
        "agreed.",
    ),
    Case(
        "an agreement of other terms than are to be signed",
        "sign other_agreement.json --as dev:model --store liar --json",
        BAD_INPUT,
        "The agreement is not what the terms say: for start it says 2030-01-01T01:00:00Z, the "
        "terms say when accepted.",
    ),
    Case(
        "an agreement of other terms than are to be accepted",
        "offer accept other_agreement.json --as dev:hm --store liar",
        BAD_INPUT,
        "The agreement is not what the terms say: for start it says 2030-01-01T01:00:00Z, the "
        "terms say when accepted.",
    ),
    # stores
    Case(
        "a store that lies",
        "agreement show {agreement} --store liar",
        BAD_INPUT,
        "What liar has as agreement {agreement_short} is another file: its hash is {dearer}.",
    ),
    Case(
        "a file that the store does not have",
        "store get annex {agreement} --store store --out got.json",
        NOT_FOUND,
        "store has no annex {agreement}.",
    ),
    Case(
        "a file in the place of another",
        "store get agreement {agreement} --store store --out offer.json",
        BAD_INPUT,
        "--out: offer.json is there already: name another file.",
    ),
    Case(
        "no store",
        "store put manifest manifest.json",
        BAD_INPUT,
        "--store: name a folder, or an address like https://store.example.",
    ),
    Case(
        "a store that anybody can listen to",
        "store put manifest manifest.json --store http://store.example",
        BAD_INPUT,
        "--store: over http anybody on the way could read it: use https.",
    ),
    Case(
        "a store that does not answer",
        "usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm --store "
        "http://127.0.0.1:9",
        NOT_READY,
        "No store answers at http://127.0.0.1:9: start it with `twinrights store`, or name "
        "another.",
    ),
    Case(
        "a token that others can read",
        "store put manifest manifest.json --store http://127.0.0.1:9 --store-token exposed.token",
        KEY_TROUBLE,
        "Others can read the token in exposed.token: `chmod 600` it, or ask for a new one.",
    ),
    Case(
        "an unknown kind of file",
        "store put image images/a.jpg --store store",
        BAD_INPUT,
        "kind: 'image' is none of proposal, agreement, annex, manifest, thumbnail.",
    ),
    Case(
        "a proposal that is a consent",
        "store put proposal consent.json --store store",
        BAD_INPUT,
        "consent.json is not a signed file that will do: it is of kind consent and should be "
        "offer.",
    ),
    Case(
        "somebody else's folder",
        "store publish agreement {agreement} --store http://127.0.0.1:9",
        BAD_INPUT,
        "--store: only whoever has the folder can do this: name it.",
    ),
    Case(
        "a token for nowhere",
        "store token hm --store store",
        BAD_INPUT,
        "--out: name where the token goes, or --remove it.",
    ),
    Case(
        "a token that nobody has",
        "store token rival --remove --store store",
        BAD_INPUT,
        "name: nobody called 'rival' has a token.",
    ),
    Case(
        "a store for everybody without https",
        "store --host 0.0.0.0 --store store",
        BAD_INPUT,
        "--host: beyond this machine a store needs --certificate and --key.",
    ),
    Case(
        "a certificate without its key",
        "store --certificate offer.json --store store",
        BAD_INPUT,
        "--certificate: it goes together with --key.",
    ),
    # licenses
    Case(
        "a license that is not there",
        "license show 0xabababababababababababababababababababababababababababababababab",
        NOT_FOUND,
        "No license has the id 0xabababab…abab here.",
    ),
    Case(
        "digits that no license has",
        "license show 0xabcd",
        BAD_INPUT,
        "license: no license has an id that begins with 0xabcd.",
    ),
    Case(
        "a number that no license has",
        "license show 3",
        BAD_INPUT,
        "license: there is no license 3: there are 2.",
    ),
    Case(
        "an id that is none",
        "twin show alva",
        BAD_INPUT,
        "twin: 'alva' is not an id: write its number, or 0x and its digits.",
    ),
    Case(
        "a twin that is not there",
        "twin show 0xabababababababababababababababababababababababababababababababab",
        NOT_FOUND,
        "No twin has the id 0xabababab…abab here.",
    ),
    Case(
        "an address that was mistyped",
        "keys show-address 0x70997970C51812dc3A010C7d01b50e0d17dc79C9",
        BAD_INPUT,
        "address: '0x70997970C51812dc3A010C7d01b50e0d17dc79C9' is not an address, or was mistyped.",
    ),
    Case(
        "surrender by another",
        "license surrender 1 --as dev:rival",
        REFUSED,
        "Only the licensee {hm} may do this, not {rival}: send it from that wallet.",
    ),
    Case(
        "declining an offer",
        "license decline 1 --sign-as dev:model --as dev:deployer --json",
        REFUSED,
        "License {live_short} comes from an offer that the owner signed and cannot be "
        "declined: give notice instead.",
    ),
    Case(
        "an end for a lapse that is none",
        "license lapse 1 --sign-as dev:model --as dev:deployer --json",
        REFUSED,
        "License {live_short} is paid through 2030-01-16 01:00:00 UTC: it can be ended as "
        "unpaid only seven days later.",
    ),
    # usage
    Case(
        "an image that is not there",
        "usage record 1 --images images/z.jpg --uses own_shop --markets SE --as dev:hm",
        NOT_FOUND,
        "images/z.jpg is not there.",
    ),
    Case(
        "a folder without images",
        "usage record 1 --images keys --uses own_shop --markets SE --as dev:hm",
        BAD_INPUT,
        "keys cannot be read: it holds no image.",
    ),
    Case(
        "a market that was not granted",
        "usage record 1 --images images --uses own_shop --markets NO --as dev:hm",
        REFUSED,
        "May not be published under license {live_short}: the license does not grant this market.",
    ),
    Case(
        "images while nothing is paid",
        "usage record 1 --images images --uses own_shop --markets SE --as dev:hm",
        REFUSED,
        "May not be published under license {live_short}: the license is not paid through "
        "today: top it up.",
        hostile.lapse,
    ),
    Case(
        "images recorded by a stranger",
        "usage record 1 --images images --uses own_shop --markets SE --as dev:stranger",
        REFUSED,
        "May not be published under license {live_short}: the license is not yours, and its "
        "licensee has not named you a reporter.",
    ),
    Case(
        "a manifest that others need",
        "usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm "
        "--manifest manifest.json",
        BAD_INPUT,
        "--manifest: manifest.json is there already, and its images need it.",
    ),
    Case(
        "an image that was not recorded",
        "usage prove 1 images/c.jpg --manifest manifest.json",
        NOT_FOUND,
        "images/c.jpg is not among the images of manifest {any}.",
    ),
    Case(
        "a manifest that is none",
        "usage prove 1 images/c.jpg --manifest offer.json",
        BAD_INPUT,
        "offer.json cannot be read: it is no manifest of a usage batch.",
    ),
    Case(
        "an allowance that is no amount",
        "royalty allow 1,5 --as dev:hm",
        BAD_INPUT,
        "'1,5' is not an amount: write it like 1,250.50.",
    ),
    Case(
        "an allowance in a currency nobody listed",
        "royalty allowance dev:hm --currency EURC",
        BAD_INPUT,
        "Currency EURC is not on the list of chain 31337: name one that is.",
    ),
    Case(
        "reporters of nobody",
        "usage reporters 0x12",
        BAD_INPUT,
        "address: '0x12' is not an address, or was mistyped.",
    ),
    Case(
        "the history of nothing",
        "usage history",
        BAD_INPUT,
        "history: give one of --license, --twin and --licensee.",
    ),
    # a brand's campaign and its proof
    Case(
        "a campaign without a column",
        f"{PLAN.format('no_start')}",
        BAD_INPUT,
        "no_start.csv cannot be read: the first line lacks the column 'start'.",
    ),
    Case(
        "a campaign with a column nobody knows",
        f"{PLAN.format('typo')}",
        BAD_INPUT,
        "typo.csv cannot be read: the first line has 'exclusiv', which is no column here.",
    ),
    Case(
        "a campaign that asks for nothing",
        f"{PLAN.format('nothing_asked')}",
        BAD_INPUT,
        "nothing_asked.csv cannot be read: it asks for nothing.",
    ),
    Case(
        "a campaign for an unknown use",
        f"{PLAN.format('use')}",
        BAD_INPUT,
        "use.csv, row 3: column uses: unknown use 'own_shpo': did you mean own_shop or own_social?",
    ),
    Case(
        "a campaign for a twin that is not there",
        f"{PLAN.format('twin')}",
        BAD_INPUT,
        "twin.csv, row 2: column twin: twin: there is no twin 9: there are 2.",
    ),
    Case(
        "a campaign in the past",
        f"{PLAN.format('past')}",
        BAD_INPUT,
        "past.csv, row 2: column start: '2029-03-01' has passed: choose a later start.",
    ),
    Case(
        "a campaign with days and a last day",
        f"{PLAN.format('both')}",
        BAD_INPUT,
        "both.csv, row 2: column days: give either days or through.",
    ),
    Case(
        "a campaign that ends before it starts",
        f"{PLAN.format('ends')}",
        BAD_INPUT,
        "ends.csv, row 2: column through: the license would end before it starts.",
    ),
    Case(
        "a campaign of no images",
        f"{PLAN.format('quota')}",
        BAD_INPUT,
        "quota.csv, row 2: column quota: '0' is not within 1 to 4294967295.",
    ),
    Case(
        "a campaign that is perhaps exclusive",
        f"{PLAN.format('maybe')}",
        BAD_INPUT,
        "maybe.csv, row 2: column exclusive: 'maybe' is neither yes nor no.",
    ),
    Case(
        "a campaign that is not there",
        f"{PLAN.format('none')}",
        NOT_FOUND,
        "none.csv is not there.",
    ),
    Case(
        "a campaign without papers",
        "license plan campaign.csv --as dev:hm --papers nothing.json",
        NOT_FOUND,
        "nothing.json is not there.",
    ),
    Case(
        "a campaign with papers of another kind",
        "license plan campaign.csv --as dev:hm --papers twin.consent.json",
        BAD_INPUT,
        "twin.consent.json is not a signed file that will do: it holds no offer and no rate card.",
    ),
    Case(
        "a campaign nobody can pay",
        "license plan campaign.csv --as dev:poor --papers card.json --buy",
        BAD_INPUT,
        "{poor} has 0.00 TUSD and needs 4,455.00: fund it first.",
    ),
    Case(
        "a campaign of another's journal",
        f"{PLAN.format('begun')}",
        BAD_INPUT,
        "begun.csv.bought.json: it is of another licensee or chain: buy from a copy of the sheet.",
    ),
    Case(
        "a campaign with a journal that is none",
        f"{PLAN.format('scribbled')}",
        BAD_INPUT,
        "scribbled.csv.bought.json cannot be read: it is no journal of a campaign.",
    ),
    Case(
        "a proof of a license that is not there",
        "license proof 9",
        BAD_INPUT,
        "license: there is no license 9: there are 2.",
    ),
    Case(
        "a proof by a card that is an offer",
        "license proof 2 --card offer.json",
        BAD_INPUT,
        "offer.json is not a signed file that will do: it is of kind offer and should be ratecard.",
    ),
    # nodes and contracts
    Case(
        "no node",
        "twin list --rpc http://127.0.0.1:9",
        NOT_READY,
        "No node answers at http://127.0.0.1:9: start one with `twinrights node`, or name "
        "another --rpc.",
    ),
    Case(
        "no address of a node",
        "twin list --rpc localhost",
        NOT_READY,
        "No node answers at localhost: start one with `twinrights node`, or name another --rpc.",
    ),
    Case(
        "another chain",
        "twin list --deployment wrong_chain.json",
        NOT_READY,
        "The node is of chain 31337, this belongs to chain 1337.",
    ),
    Case(
        "no contract there",
        "twin list --deployment no_code.json",
        NOT_READY,
        "There is no DigitalTwin at {rival}: no code is there on this chain.",
    ),
    Case(
        "other code there",
        "twin list --deployment other_code.json",
        NOT_READY,
        "The code at {metadata} is not this package's DigitalTwin: do not trust it.",
    ),
    Case(
        "a deployment that is none",
        "twin list --deployment shopping.json",
        BAD_INPUT,
        "shopping.json cannot be read: it is no deployment file ('chain_id' is missing).",
    ),
    Case(
        "a deployment that is not there",
        "twin list --deployment nothing.json",
        NOT_FOUND,
        "nothing.json is not there.",
    ),
    Case(
        "a deployment in the place of another",
        "deploy --as dev:deployer --out no_code.json",
        BAD_INPUT,
        "--out: no_code.json is there already: name another file.",
    ),
    # keys
    Case(
        "a wrong password",
        "royalty pay-out 1 --as treasury --password-file wrong_password",
        KEY_TROUBLE,
        "The password does not open {folder}/keys/treasury.json.",
    ),
    Case(
        "a corrupt keystore",
        "royalty pay-out 1 --as broken",
        KEY_TROUBLE,
        "{folder}/keys/broken.json is not a keystore that can be read: it does not say how "
        "it was encrypted.",
    ),
    Case(
        "a key that is not there",
        "royalty pay-out 1 --as nobody",
        KEY_TROUBLE,
        "There is no keystore at {folder}/keys/nobody.json.",
    ),
    Case(
        "a key that exists",
        "keys new treasury",
        KEY_TROUBLE,
        "{folder}/keys/treasury.json exists already and is not overwritten: a key would be lost.",
    ),
    Case(
        "a key outside the folder",
        "keys new ../escape",
        BAD_INPUT,
        "name: '../escape' cannot name a key; use letters, digits, - and _.",
    ),
    Case(
        "a key that is none",
        "keys import mine --key-file password",
        BAD_INPUT,
        "key: it is not 64 hexadecimal digits of a private key.",
    ),
    Case(
        "a file of something else in the place of a keystore",
        "keys import mine --key-file offer.json",
        KEY_TROUBLE,
        "offer.json is not a keystore that can be read: it does not say how it was encrypted.",
    ),
    Case(
        "half of another wallet's keystore",
        "keys import mine --key-file half.json",
        KEY_TROUBLE,
        "half.json is not a keystore that can be read: it is not JSON.",
    ),
    Case(
        "another wallet's keystore and a wrong password",
        "keys import mine --key-file keys/treasury.json --password-file wrong_password",
        KEY_TROUBLE,
        "The password does not open keys/treasury.json.",
    ),
    Case(
        "an empty password",
        "keys new mine --password-file empty_password",
        BAD_INPUT,
        "password: it is empty: choose one.",
    ),
    Case(
        "a short password",
        "keys new mine --password-file short_password",
        BAD_INPUT,
        "password: it is too short: choose 10 characters or more.",
    ),
    Case(
        "a password of two letters",
        "keys password treasury --new-password-file few_password",
        BAD_INPUT,
        "password: it repeats the same few characters: choose a better one.",
    ),
    Case(
        "a password that everybody tries",
        "keys export treasury --out backup.json --new-password-file common_password",
        BAD_INPUT,
        "password: it is one that everybody tries first: choose a better one.",
    ),
    Case(
        "a password that is no text",
        "keys new mine --password-file odd_password",
        BAD_INPUT,
        "odd_password cannot be read: it is not text in UTF-8.",
    ),
    Case(
        "a new password that is not there",
        "keys password treasury --new-password-file nothing",
        NOT_FOUND,
        "nothing is not there.",
    ),
    Case(
        "a new password and nobody to type it",
        "keys password treasury",
        BAD_INPUT,
        "password: nobody is there to type it: name a --new-password-file.",
    ),
    Case(
        "another password for a key that its own does not open",
        "keys password treasury --password-file wrong_password --new-password-file new_password",
        KEY_TROUBLE,
        "The password does not open {folder}/keys/treasury.json.",
    ),
    Case(
        "another password for half a keystore",
        "keys password half --new-password-file new_password",
        KEY_TROUBLE,
        "{folder}/keys/half.json is not a keystore that can be read: it is not JSON.",
    ),
    Case(
        "another password for a key that is not there",
        "keys password nobody --new-password-file new_password",
        KEY_TROUBLE,
        "There is no keystore at {folder}/keys/nobody.json.",
    ),
    Case(
        "an export in the place of another file",
        "keys export treasury --out offer.json",
        KEY_TROUBLE,
        "offer.json exists already and is not overwritten: a key would be lost.",
    ),
    Case(
        "an export into a folder that is not there",
        "keys export treasury --out nowhere/backup.json",
        NOT_FOUND,
        "nowhere is not there.",
    ),
    Case(
        "an export of a development account",
        "keys export dev:model --out backup.json",
        KEY_TROUBLE,
        "There is no keystore at {folder}/keys/dev:model.json.",
    ),
    Case(
        "an export of half a keystore",
        "keys export half --out backup.json",
        KEY_TROUBLE,
        "{folder}/keys/half.json is not a keystore that can be read: it is not JSON.",
    ),
    Case(
        "a key file that is not there",
        "keys import mine --key-file nothing",
        NOT_FOUND,
        "nothing is not there.",
    ),
    Case(
        "a password file that is not there",
        "royalty pay-out 1 --as treasury --password-file nothing",
        NOT_FOUND,
        "nothing is not there.",
    ),
    Case(
        "a development account that is none",
        "royalty pay-out 1 --as dev:",
        BAD_INPUT,
        "account: a development account has a name or a number.",
    ),
    # the demo's tables
    Case(
        "a roster with a bad row",
        "demo --roster roster.csv --json",
        BAD_INPUT,
        "roster.csv, row 3: column day_rate: '2.0000001' is not a number of at most 6 decimals.",
    ),
    Case(
        "a roster that is not there",
        "demo --roster nothing.csv --json",
        NOT_FOUND,
        "nothing.csv is not there.",
    ),
    # the command line itself
    Case(
        "an unknown command",
        "license sell 1",
        BAD_INPUT,
        "No such command 'sell'. Try `twinrights license --help`.",
    ),
    Case(
        "an unknown option",
        "license show 1 --loud",
        BAD_INPUT,
        "No such option: --loud (Possible options: --block). Try `twinrights license show --help`.",
    ),
    Case(
        "an option left out",
        "license surrender 1",
        BAD_INPUT,
        "Missing option '--as'. Try `twinrights license surrender --help`.",
    ),
    Case(
        "a number that is none",
        "license show 1 --block last",
        BAD_INPUT,
        "Invalid value for '--block': Input should be a valid integer, unable to parse "
        "string as an integer. Try `twinrights license show --help`.",
    ),
    Case(
        "a block that is not there",
        "license show 1 --block 99999",
        BAD_INPUT,
        "--block: there is no block 99999: the newest is {any}.",
    ),
    # trust
    Case(
        "a word until a time that has passed",
        "trust vouch statement.json --until 2029-12-31 --as dev:agency",
        BAD_INPUT,
        "'2029-12-31 00:00:00 UTC' is not a date that will do: it has passed, so nothing would be "
        "said.",
    ),
    Case(
        "a word beyond the end of time",
        "trust vouch statement.json --until +99999999d --as dev:agency",
        BAD_INPUT,
        "until: no chain lasts that long.",
    ),
    Case(
        "a statement that hides a sign",
        "trust vouch hidden.statement.json --until +30d --as dev:agency",
        BAD_INPUT,
        "hidden.statement.json cannot be read: name: it holds a sign that cannot be seen.",
    ),
    Case(
        "a statement that is none",
        "trust verify shopping.json",
        BAD_INPUT,
        "shopping.json cannot be read: milk: no such field.",
    ),
    Case(
        "a statement that is not JSON",
        "trust verify scribble.json",
        BAD_INPUT,
        "scribble.json cannot be read: content: it is not JSON.",
    ),
    Case(
        "a statement that is not there", "trust verify no.json", NOT_FOUND, "no.json is not there."
    ),
    Case(
        "a domain's file of another version",
        "trust verify old.twinrights.json",
        BAD_INPUT,
        "old.twinrights.json cannot be read: twinrights: this package reads version 1.",
    ),
    Case(
        "an answer to a domain that names another wallet",
        "trust vouch twinrights.json --until +30d --as dev:rival",
        BAD_INPUT,
        "FILE: hm.com does not name {rival} on this chain.",
    ),
    Case(
        "a word taken back that was never given",
        "trust withdraw dev:model --as dev:hm",
        NOT_FOUND,
        "{hm} does not say this of {model} now.",
    ),
    Case(
        "a word taken back of several",
        "trust withdraw dev:model --as dev:agency",
        BAD_INPUT,
        "--commitment: you say 2 things of it, see `trust list`: name one.",
        before=hostile.vouch_twice,
    ),
    Case(
        "another's word taken back",
        "trust withdraw dev:model --as dev:hm --commitment {said}",
        NOT_FOUND,
        "{hm} does not say this of {model} now.",
        before=hostile.vouch,
    ),
    Case(
        "a word named by no hash",
        "trust withdraw dev:model --as dev:agency --commitment is-our-model",
        BAD_INPUT,
        "--commitment: 'is-our-model' is not a hash of 32 bytes.",
    ),
    Case(
        "a statement without a name",
        "trust statement dev:model --says is-our-model --name=",
        BAD_INPUT,
        "name: it must be a text of 1 to 200 characters.",
    ),
    Case(
        "a statement in a folder that is not there",
        "trust statement dev:model --says is-our-model --name Alva --out no/said.json",
        NOT_FOUND,
        "no is not there.",
    ),
    Case(
        "an address in place of a domain",
        "trust domain 10.0.0.1",
        BAD_INPUT,
        "'10.0.0.1' is not a domain: it is an address, and only a name can be vouched for.",
    ),
    Case(
        "a page in place of a domain",
        "trust domain https://hm.com/",
        BAD_INPUT,
        "'https://hm.com/' is not a domain: write the name alone, like hm.com.",
    ),
    Case(
        "a domain that is not there",
        "trust domain nobody.invalid",
        NOT_READY,
        "nobody.invalid cannot be asked for its wallets: no such name is known.",
    ),
    Case(
        "a domain where nobody answers",
        "trust domain localhost:1",
        NOT_READY,
        "localhost:1 cannot be asked for its wallets: nobody answers as a web server does.",
    ),
    Case(
        "a brand's file with a wallet twice",
        "trust template hm.com --name H&M --wallet dev:hm --wallet {hm}",
        BAD_INPUT,
        "wallets: one is named twice.",
    ),
    Case(
        "a brand's file of no domain",
        "trust template hm --name H&M --wallet dev:hm",
        BAD_INPUT,
        "'hm' is not a domain: write a name like hm.com.",
    ),
    Case(
        "a flag that another signed",
        "trust flag 1 images/a.jpg --sign-as dev:hm --as dev:hm --json",
        BAD_INPUT,
        "Signed by {hm}, but {model} must sign this.",
    ),
    Case(
        "a flag under a license of another twin",
        "trust flag 2 images/a.jpg --license 1 --sign-as dev:other_model --as dev:hm --json",
        BAD_INPUT,
        "license: it is not a license of this twin.",
    ),
    Case(
        "a flag of an image that is not there",
        "trust flag 1 no.jpg --sign-as dev:model --as dev:hm",
        NOT_FOUND,
        "no.jpg is not there.",
    ),
    Case(
        "flags of a license that is not there",
        "trust flags --license 9",
        BAD_INPUT,
        "license: there is no license 9: there are 2.",
    ),
)

ABROAD = (
    Case(
        "a development key where money is worth something",
        "deploy --as dev:deployer --out mine.json",
        KEY_TROUBLE,
        "{deployer} is a development account whose key everybody knows: it is not used on chain "
        "11155111. Use a keystore.",
    ),
    Case(
        "a development key that should sign there",
        "sign consent.json --as dev:model --json",
        KEY_TROUBLE,
        "{model} is a development account whose key everybody knows: it is not used on chain "
        "11155111. Use a keystore.",
    ),
    Case(
        "a development key that should pay there",
        "usage reporter treasury --as dev:hm",
        KEY_TROUBLE,
        "{hm} is a development account whose key everybody knows: it is not used on chain "
        "11155111. Use a keystore.",
    ),
    Case(
        "a clock that cannot be moved",
        "node forward 1d",
        NOT_READY,
        "The clock of chain 11155111 cannot be moved: only a local test chain's can.",
    ),
    Case(
        "test money where there is none",
        "node fund treasury 10 --as treasury",
        BAD_INPUT,
        "Currency TUSD is not on the list of chain 11155111: name one that is.",
    ),
    Case(
        "contracts that nobody named",
        "twin list",
        NOT_READY,
        "No contracts are known on chain 11155111: name a --deployment file, or deploy.",
        without="TWINRIGHTS_DEPLOYMENT",
    ),
    Case(
        "a keystore and nobody to type its password",
        "sign consent.json --as treasury --json",
        BAD_INPUT,
        "password: nobody is there to type it: name a --password-file.",
        without="TWINRIGHTS_PASSWORD_FILE",
    ),
)
"""The same on a chain of number 11155111, which stands in for Sepolia."""
