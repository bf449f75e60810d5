"""A memo says in plain words what its message does, follows from it alone, and is held to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.samples import (
    AGENCY,
    DAY,
    FAR,
    HM,
    NEW_YEAR_2027,
    STRANGER,
    TUSD,
    card,
    consent,
    offer,
    one_of_each,
    policy,
    worded,
)
from twinrights import memo, words
from twinrights.booking import booking_terms
from twinrights.errors import BadValue, MemoDiffers
from twinrights.memo.phrases import moment, span, until
from twinrights.terms import MarketRate, Share, UseRate
from twinrights.typed_data import memo_of, with_memo

KINDS = list(one_of_each())


def said(message, currencies=(TUSD,)) -> str:
    return memo.render(message, currencies=currencies)


def seconds(*when: int) -> int:
    return int(datetime(*when, tzinfo=timezone.utc).timestamp())


def test_an_offer_says_all_that_a_model_must_know():
    assert said(offer()) == (
        "I license my digital twin 0xa1b2c3d4…beef to the wallet 0x70997970…79C8. "
        "Uses: own shop and e-mail. "
        "Markets: Nordics and DE. "
        "From 1 January 2027 through 31 March 2027 (UTC), which is 90 days. "
        "At most 100 images. "
        "Category: fashion; not exclusive, others may be licensed for the same. "
        "Fee: 5,000.00 TUSD for the whole time and all images. "
        "It is earned by the second, or by the images used where those run ahead. "
        "If the licensee leaves early by itself, at least 500.00 TUSD is due. "
        "I receive at least 71.67 % of what is earned (3,583.50 TUSD of the whole fee). "
        "Others receive: agency commission 20 % (1,000.00 TUSD) to the wallet 0x15d34AAf…6A65; "
        "photographer 5 % (250.00 TUSD) to the wallet 0x9965507D…A4dc; "
        "stylist 3.33 % (166.50 TUSD) to the wallet 0x976EA740…0aa9. "
        "I can end it at any time with a notice of 30 days. "
        "Any time that is not paid for is without a license, and stays so even if it is paid for "
        "later. "
        "It can be accepted through 31 December 2026 (UTC)."
    )


def test_a_rate_card_says_prices_bounds_and_shares():
    few = card(uses=(UseRate(0, 1_100), UseRate(6, 350)))

    assert said(few) == (
        "From this rate card, number 3, anyone can book licenses of my digital twin "
        "0xa1b2c3d4…beef without asking me, through 31 December 2026 (UTC). "
        "Uses and their weights: own shop 0.11; e-mail 0.035. "
        "Markets and their weights, each market in the first group that lists it: "
        "Nordics 1; DACH 1.2345; world 3. "
        "Category: fashion. "
        "A booking costs 420.00 TUSD for each day, times the weights of its uses added up, times "
        "the weights of its markets added up, and 18.00 TUSD for each image; it costs at least "
        "1,200.00 TUSD, due even if the licensee leaves early by itself. "
        "It is earned by the second, or by the images used where those run ahead. "
        "For 2.5 times the price of its days it is exclusive: in this category nobody else is then "
        "licensed for its uses in its markets at the same time. "
        "A booking is for 7 to 365 days and at most 80 images. "
        "It starts no sooner than 1 day after it is booked, and before its start I can decline it. "
        "I receive at least 71.67 % of what is earned. "
        "Others receive: agency commission 20 % to the wallet 0x15d34AAf…6A65; "
        "photographer 5 % to the wallet 0x9965507D…A4dc; "
        "stylist 3.33 % to the wallet 0x976EA740…0aa9. "
        "I can end it at any time with a notice of 30 days. "
        "Any time that is not paid for is without a license, and stays so even if it is paid for "
        "later."
    )


TWIN = "my digital twin 0xa1b2c3d4…beef"
LATEST = "This can be sent through 31 December 2026 (UTC)."


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "consent",
            "I consent to a digital twin of me: the replica whose description has the hash "
            "0x12121212…1212. It belongs to my wallet 0x90F79bf6…b906 and is not for sale. "
            "It has no guardian. Nobody may use it until I allow a use and license it.",
        ),
        (
            "policy",
            f"New licenses of {TWIN} may only be for these uses: own shop and e-mail; only in "
            "these categories: fashion and beauty; and only if at least 52.5 % of the fee is mine. "
            "This replaces what I allowed before and changes no license that exists.",
        ),
        (
            "epoch",
            f"I make every offer and every rate card void that I have signed for {TWIN} so far. "
            "Licenses that exist go on.",
        ),
        (
            "serial",
            f"I make every rate card of {TWIN} void whose number is below 4. "
            "Licenses that exist go on.",
        ),
        (
            "notice",
            "I give notice to the license 0x0badcafe…f00d. It ends when the notice in its terms "
            "has passed, at most 90 days after this is sent; what was deposited and is not earned "
            "by then goes back to the licensee.",
        ),
        (
            "lapse",
            "I end the license 0x0badcafe…f00d at once, because it has been unpaid for more than "
            "7 days.",
        ),
        (
            "decline",
            "I decline the booking 0x0badcafe…f00d before its start. Everything that was deposited "
            "goes back to the licensee, and I receive nothing.",
        ),
        (
            "revocation",
            f"I withdraw the offer or rate card 0xabababab…abab of {TWIN}. "
            "Licenses that exist go on.",
        ),
    ],
)
def test_an_act_says_what_it_does_and_until_when(kind, text):
    assert said(one_of_each()[kind]) == f"{text} {LATEST}"


def test_a_consent_names_its_guardian():
    guarded = said(consent(guardian=STRANGER.address))

    assert (
        f"Its guardian is the wallet {STRANGER.address[:10]}…{STRANGER.address[-4:]}, who helps to "
        "move it if I lose mine."
    ) in guarded


@pytest.mark.parametrize("nothing", [{"uses": 0}, {"categories": 0}])
def test_a_policy_that_allows_nothing_says_so(nothing):
    assert said(policy(**nothing)).startswith(f"I allow no new license of {TWIN} at all. ")


class TestEveryWord:
    @pytest.mark.parametrize("number", [word.number for word in words.use_list().words])
    def test_of_uses_is_said(self, number):
        label = words.use_list().label(number)

        assert f"Uses: {label}. " in said(offer(uses=1 << number))
        assert f"weights: {label} 0.5. " in said(card(uses=(UseRate(number, 5_000),)))
        assert f"for these uses: {label}; " in said(policy(uses=1 << number))

    @pytest.mark.parametrize("slug", words.market_groups())
    def test_of_market_groups_is_said(self, slug):
        label = next(group.english for group in words.market_group_list() if group.slug == slug)
        mask = words.market_groups()[slug]

        assert f"Markets: {label}. " in said(offer(markets=mask))
        assert f"lists it: {label} 2. " in said(card(markets=(MarketRate(mask, 20_000),)))

    @pytest.mark.parametrize("number", [word.number for word in words.role_list().words[1:]])
    def test_of_roles_is_said(self, number):
        label, shares = words.role_label(number), (Share(AGENCY, 1_250, number),)
        payee = f"to the wallet {AGENCY[:10]}…{AGENCY[-4:]}. "

        assert f"Others receive: {label} 12.5 % (625.00 TUSD) {payee}" in said(offer(shares=shares))
        assert f"Others receive: {label} 12.5 % {payee}" in said(card(shares=shares))

    @pytest.mark.parametrize("number", [word.number for word in words.category_list().words])
    def test_of_categories_is_said(self, number):
        label = words.category_label(number)

        assert f"Category: {label}; not exclusive" in said(offer(category=number))
        exclusive = said(offer(category=number, exclusive=True))
        assert f"Exclusive in the category {label}: " in exclusive
        assert f"Category: {label}. " in said(card(category=number))
        assert f"categories: {label}; " in said(policy(categories=1 << number))

    def test_that_this_version_does_not_know_is_said_by_its_number(self):
        assert "Uses: own shop and use_31. " in said(offer(uses=1 | 1 << 31))
        assert "weights: use 200 1. " in said(card(uses=(UseRate(200, 10_000),)))
        assert "Category: category 99; " in said(offer(category=99))
        assert "receive: role_200 1 %" in said(offer(shares=(Share(AGENCY, 100, 200),)))


class TestTerms:
    def test_exclusive_means_that_nobody_else_is_licensed_for_the_same(self):
        assert (
            "Exclusive in the category fashion: in this category nobody else is licensed for these "
            "uses in these markets at the same time. "
        ) in said(offer(exclusive=True))

    def test_without_a_start_begin_when_they_are_accepted(self):
        accepted = said(offer(start=0, term=DAY))

        assert "For 1 day from the second in which it is accepted. " in accepted

    def test_that_begin_within_a_day_say_the_times(self):
        times = said(offer(start=seconds(2027, 1, 1, 14, 30), term=DAY + 5))

        assert (
            "From 1 January 2027, 14:30 until 2 January 2027, 14:30:05 (UTC), which is 86,405 "
            "seconds. "
        ) in times

    def test_without_shares_leave_everything_to_her(self):
        alone = said(offer(shares=()))

        assert "I receive all that is earned (5,000.00 TUSD of the whole fee). " in alone
        assert "Others receive" not in alone

    def test_give_her_the_dust(self):
        thirds = tuple(Share(f"0x{number:040x}", 3_333, 8) for number in (1, 2))

        text = said(offer(fee=10, committed=0, shares=thirds))
        assert "I receive at least 33.34 % of what is earned (0.000004 TUSD of the whole" in text

    def test_without_a_fee_speak_of_no_payment(self):
        free = said(offer(fee=0, committed=0))

        assert "Fee: none. " in free
        assert "paid" not in free
        assert "is due" not in free

    def test_that_commit_nothing_say_what_is_due_then(self):
        loose = said(offer(committed=0))

        assert (
            "If the licensee leaves early by itself, only what is earned by then is due. "
        ) in loose

    @pytest.mark.law9
    @pytest.mark.boundary
    @pytest.mark.parametrize(
        ("notice", "text"),
        [
            (0, "I can end it at any time, at once. "),
            (1, "I can end it at any time with a notice of 1 second. "),
            (90 * DAY, "I can end it at any time with a notice of 90 days. "),
            (90 * DAY + 1, "I can end it at any time with a notice of 90 days. "),
        ],
    )
    def test_say_the_notice_that_binds(self, notice, text):
        assert text in said(offer(notice=notice))

    @pytest.mark.law7
    def test_say_that_a_lapse_is_never_healed(self):
        lapse = "Any time that is not paid for is without a license, and stays so even if it is "

        assert lapse in said(offer())
        assert lapse in said(card())

    def test_name_the_written_agreement(self):
        agreed = said(offer(agreement=b"\x05" * 32))

        assert "The written agreement with the hash 0x05050505…0505 is part of it. " in agreed

    def test_with_shares_that_cannot_be_are_worded_without_amounts(self):
        over = (Share(AGENCY, 10_000, 1), Share(HM.address, 500, 8))

        text = said(offer(shares=over))
        assert "I receive at least -5 % of what is earned. " in text
        assert f"agency commission 100 % to the wallet {AGENCY[:10]}…" in text


class TestRateCard:
    def test_for_one_licensee_names_it(self):
        assert "number 3, the wallet 0x70997970…79C8 can book " in said(card(licensee=HM.address))

    def test_that_sells_no_exclusivity_says_so(self):
        assert "Exclusive licenses are not sold. " in said(card(exclusive_factor=0))

    def test_without_a_floor_names_none(self):
        assert "and 18.00 TUSD for each image. It is earned" in said(card(floor=0))

    def test_of_one_term_names_it_once(self):
        month = said(card(min_days=30, max_days=30))

        assert "A booking is for 30 days and at most 80 images. " in month

    @pytest.mark.law6
    def test_without_lead_time_warns_that_declining_may_come_too_late(self):
        assert (
            "It can start as soon as it is booked, and only before its start I can decline it. "
        ) in said(card(lead_time=0))


class TestCurrencies:
    def test_that_are_not_on_our_list_are_called_unknown_by_their_address(self):
        text = said(offer(), currencies=())

        assert "Fee: 5,000,000,000 units for the whole time" in text
        assert (
            "The units are of the unknown currency 0x1111111111111111111111111111111111111111: "
            "nobody here says what it is. "
        ) in text
        assert "The units are of the unknown currency 0x1111" in said(card(), currencies=())

    def test_are_found_however_their_address_is_written(self):
        currency = "0xABCDEFabcdefABCDEFabcdefABCDEFabcdefABCD"
        listed = replace(TUSD, address=currency.lower())

        assert "Fee: 5,000.00 TUSD" in said(offer(currency=currency), currencies=[listed])


class TestDates:
    @pytest.mark.boundary
    @pytest.mark.parametrize(
        ("end", "text"),
        [
            (seconds(2027, 4, 1), "through 31 March 2027 (UTC)"),
            (seconds(2028, 3, 1), "through 29 February 2028 (UTC)"),
            (seconds(2027, 1, 1), "through 31 December 2026 (UTC)"),
            (seconds(2027, 4, 1) - 1, "until 31 March 2027, 23:59:59 (UTC)"),
            (seconds(2027, 4, 1) + 1, "until 1 April 2027, 00:00:01 (UTC)"),
            (seconds(2027, 4, 1, 9, 5), "until 1 April 2027, 09:05 (UTC)"),
            (253_402_300_799, "until 31 December 9999, 23:59:59 (UTC)"),
            (253_402_300_800, "without a last day"),
            (FAR, "without a last day"),
            (0, "until 1 January 1970 (UTC)"),
        ],
    )
    def test_include_the_last_day(self, end, text):
        assert until(end) == text

    @given(second=st.integers(0, 253_402_300_799))
    def test_are_those_of_the_calendar(self, second):
        when = datetime.fromtimestamp(second, timezone.utc)

        assert moment(second).startswith(f"{when.day} {when:%B} {when.year}")

    @pytest.mark.parametrize(
        ("length", "text"),
        [
            (0, "0 seconds"),
            (1, "1 second"),
            (60, "1 minute"),
            (5_400, "90 minutes"),
            (7_200, "2 hours"),
            (DAY, "1 day"),
            (1_827 * DAY, "1,827 days"),
            (DAY + 1, "86,401 seconds"),
        ],
    )
    def test_spans_are_said_in_their_largest_whole_unit(self, length, text):
        assert span(length) == text


class TestCheck:
    @pytest.mark.parametrize("kind", KINDS)
    def test_passes_the_memo_that_the_fields_give(self, kind):
        message = worded(one_of_each()[kind])

        memo.check(message, currencies=[TUSD])
        assert memo.render(message, currencies=[TUSD]) == memo_of(message)

    @pytest.mark.refusal
    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("template", ["", "I consent to everything.", "{} ", "{}\u200b"])
    def test_refuses_another_memo_and_says_both(self, kind, template):
        message = worded(one_of_each()[kind])
        expected = memo_of(message)
        wrong = template.format(expected)

        with pytest.raises(MemoDiffers) as refused:
            memo.check(with_memo(message, wrong), currencies=[TUSD])
        assert (refused.value.memo, refused.value.expected) == (wrong, expected)

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "change",
        [
            {"fee": 5_000_000_001},
            {"committed": 500_000_001},
            {"uses": 0b11},
            {"markets": 1},
            {"term": 90 * DAY + 1},
            {"start": NEW_YEAR_2027 + 1},
            {"quota": 101},
            {"exclusive": True},
            {"category": 1},
            {"notice": DAY},
            {"licensee": STRANGER.address},
            {"valid_until": FAR},
            {"shares": ()},
            {"agreement": b"\x01" * 32},
            {"currency": "0x" + "22" * 20},
            {"twin_id": 1},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_refuses_terms_that_were_changed_under_their_memo(self, change):
        changed = with_memo(offer(**change), memo_of(worded(offer())))

        with pytest.raises(MemoDiffers):
            memo.check(changed, currencies=[TUSD])

    @pytest.mark.refusal
    def test_refuses_symbols_that_the_checker_does_not_know(self):
        with pytest.raises(MemoDiffers):
            memo.check(worded(offer()), currencies=())

    def test_passes_a_memo_of_addresses_where_no_currency_is_known(self):
        plain = with_memo(offer(), memo.render(offer()))

        memo.check(plain)

    def test_does_not_depend_on_how_addresses_are_written(self):
        lower = tuple(replace(share, payee=share.payee.lower()) for share in offer().shares)
        terms = offer(licensee=HM.address.lower(), shares=lower)

        assert said(terms) == said(offer())

    @pytest.mark.refusal
    def test_sends_a_bookings_terms_back_to_their_card(self):
        rates = worded(card())
        place = {"chain_id": 1, "contract": "0x" + "22" * 20}
        terms = booking_terms(
            rates, licensee=HM.address, start=NEW_YEAR_2027, days=30, uses=1,
            markets=rates.markets[0].markets, quota=1, **place,
        )  # fmt: skip

        with pytest.raises(BadValue) as refused:
            memo.check(terms, currencies=[TUSD])
        assert str(refused.value) == (
            "card: a booking's memo is that of its rate card: check the card."
        )
