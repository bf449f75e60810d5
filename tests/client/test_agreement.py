"""An agreement says its terms in words, is known by its hash, and is shown without its annex."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from eth_utils.crypto import keccak

from tests.client.agreements import FIELDS, PLACE, agreement, annex
from tests.client.samples import DAY, HM, RIVAL, TUSD, card, offer, worded
from twinrights import memo, words
from twinrights.agreement import LANGUAGES, Agreement, Annex, differences, language_of
from twinrights.agreement.annex import ALTERATIONS, REPRESENTED_BY
from twinrights.agreement.template import NEWEST, template
from twinrights.booking import booking_terms
from twinrights.errors import BadFile, BadValue, FileMissing
from twinrights.terms import ZERO_ADDRESS, Share
from twinrights.typed_data import memo_of, with_memo

DOCS = Path(__file__).parents[2] / "docs"

PUBLISHED = {
    "license-1.en.md": "bfcff0b6526d7e3d2d9d32b8f9d6afb68139d4901d606487704b5ffd32843b16",
    "license-1.sv.md": "7f400a1dadadbc4636182dbc64b22d025381f15e76b0a4b4091a393269d9de9b",
}
"""SHA-256 of every template that was ever published: a change is a new template."""

LAPSE = {
    "en": "What happened in a time that was not paid for happened without a license, and stays so "
    "even if it is paid for later.",
    "sv": "Det som skedde under en tid som inte var betald skedde utan licens, och det gäller även "
    "om det betalas senare.",
}


def compare(agreed: Agreement, message, **changes):
    given = {**PLACE, "currencies": [TUSD], **changes}
    return {each.field: (each.agreed, each.found) for each in differences(agreed, message, **given)}


def named(agreed: Agreement, message=None):
    """The message with its memo and the agreement's hash, as it is signed."""
    return worded(agreed.agreed if message is None else message)


class TestTemplates:
    def test_never_change_once_they_are_published(self):
        folder = Path(template.__wrapped__.__code__.co_filename).parent / "templates"
        found = {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()
        }
        assert found == PUBLISHED

    def test_of_all_languages_have_the_same_parts_phrases_and_conditions(self):
        def shape(language):
            parts = template(NEWEST, language).parts
            phrases = [line.partition(" = ")[0] for line in parts["phrases"].splitlines()]
            conditions = {
                name: re.findall(r"^((?:\[[^]]+\] )*)(#*\*?)", text, re.MULTILINE)
                for name, text in parts.items()
                if name != "phrases"
            }
            return phrases, conditions

        assert shape("en") == shape("sv")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("use", words.use_slugs())
    def test_say_what_each_use_means(self, use, language):
        meaning = template(NEWEST, language).meaning(use)
        text = agreement(offer(uses=words.uses(use)), language=language).text()

        assert meaning
        label = words.use_list().label(words.use_list().find(use).number, language)
        assert f"* {label}: {meaning}\n" in text

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("slug", words.market_groups())
    def test_name_each_group_of_markets_with_its_countries(self, slug, language):
        mask = words.market_groups()[slug]
        group = next(group for group in words.market_group_list() if group.slug == slug)
        text = agreement(offer(markets=mask), language=language).text()

        assert f"\n{group.label(language)}.\n" in text
        assert (", ".join(words.market_names(mask)) in text) is (slug != "WORLD")

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("number", [word.number for word in words.category_list().words])
    def test_name_each_category(self, number, language):
        assert (
            words.category_label(number, language=language)
            in agreement(offer(category=number), language=language).text()
        )

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("number", [word.number for word in words.role_list().words[1:]])
    def test_name_each_role(self, number, language):
        shares = (Share(HM.address, 1_250, number),)
        text = agreement(offer(shares=shares), language=language).text()

        percent, amount = ("12.5 %", "625.00") if language == "en" else ("12,5 %", "625,00")
        label = words.role_label(number, language=language)
        assert f"* {label}: {percent} ({amount} TUSD), " in text

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", [*ALTERATIONS, *REPRESENTED_BY])
    def test_have_a_phrase_for_each_choice_of_the_annex(self, name, language):
        assert template(NEWEST, language).phrase(name)

    @pytest.mark.refusal
    @pytest.mark.parametrize("name", ["license-0", "license-2", "../../words/uses", ""])
    def test_that_are_not_ours_are_refused(self, name):
        with pytest.raises(BadValue, match="is not known here"):
            template(name, "en")

    @pytest.mark.refusal
    def test_are_written_in_no_other_language(self):
        with pytest.raises(BadValue) as refused:
            language_of("de")
        assert str(refused.value) == "language: 'de' is none of en, sv."


class TestWords:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("message", [offer(), card()], ids=["offer", "card"])
    @pytest.mark.law7
    def test_say_that_a_lapse_is_never_healed(self, message, language):
        agreed = agreement(message, language=language)

        assert f"**{LAPSE[language]}**" in agreed.text()
        assert LAPSE[language][1:] in agreed.deal_memo()

    def test_leave_no_place_open(self):
        for message in (offer(), card(), offer(fee=0, committed=0, start=0, notice=0)):
            for language in LANGUAGES:
                agreed = agreement(message, language=language)
                for text in (agreed.text(annex()), agreed.deal_memo(annex()), agreed.text()):
                    assert not re.search(r"[{}]|\[|\n\n\n", text), text

    @pytest.mark.parametrize(
        ("language", "says"),
        [
            ("en", "From 1 January 2027 through 31 March 2027 (UTC), which is 90 days."),
            (
                "sv",
                "Från och med 1 januari 2027 till och med 31 mars 2027 (UTC), det vill säga "
                "90 dagar.",
            ),
        ],
    )
    def test_include_the_last_day(self, language, says):
        assert says in agreement(language=language).text()

    @pytest.mark.parametrize(
        ("language", "says"),
        [
            ("en", ("5,000.00 TUSD", "at most 100 images", "ends 30 days later", "71.67 %")),
            (
                "sv",
                ("5\u00a0000,00 TUSD", "högst 100 bilder", "slutar då 30 dagar senare", "71,67 %"),
            ),
        ],
    )
    def test_write_numbers_as_the_language_does(self, language, says):
        text = agreement(language=language).text()
        assert [part for part in says if part not in text] == []

    @pytest.mark.law9
    @pytest.mark.boundary
    def test_say_the_notice_that_binds(self):
        assert "ends 90 days later" in agreement(offer(notice=91 * DAY)).text()
        assert "ends at once" in agreement(offer(notice=0)).text()

    def test_grant_training_only_where_its_use_is_granted(self):
        assert "**AI training is not granted**" in agreement().text()
        assert "**AI training is granted**" in agreement(offer(uses=1 << 19)).text()
        assert "**AI training is not granted**" in agreement(card()).text()

    def test_promise_exclusivity_only_where_it_is_sold(self):
        assert "offers no other digital twin" in agreement(offer(exclusive=True)).text()
        assert "\nNot exclusive: " in agreement().text()
        assert "Exclusive licenses are not sold" in agreement(card(exclusive_factor=0)).text()
        assert "for 2.5 times the price of its days" in agreement(card()).text()

    @pytest.mark.boundary
    def test_name_a_commission_above_what_new_york_allows(self):
        def of(bps):
            return (
                "New York law allows an agency no more"
                in agreement(offer(shares=(Share(HM.address, bps, 1),))).text()
            )

        assert (of(2_000), of(2_001)) == (False, True)

    def test_warn_where_neither_a_lawyer_nor_a_union_stood_by_her(self):
        warning = "**Neither a lawyer nor a union stood by the model.**"
        alone = annex(represented_by="agency", representative="Stockholm Models AB")

        assert warning in agreement(annex=alone).text(alone)
        assert warning not in agreement().text(annex())

    def test_say_that_the_signed_terms_prevail_and_leave_law_and_court_to_the_annex(self):
        text = agreement().text()
        assert "**Where the two differ, the terms signed on chain prevail.**" in text
        assert "which court decides, is agreed in the annex" in text

    def test_of_the_deal_memo_fit_on_a_page_and_name_the_agreement(self):
        agreed = agreement()
        text = agreed.deal_memo(annex())

        assert f"`0x{agreed.hash.hex()}`" in text
        assert len(text) < 2_500
        assert "Example Fashion AB" in text
        assert "Example Fashion AB" not in agreed.deal_memo()

    def test_are_the_example_of_the_page(self):
        page = (DOCS / "agreement-example.md").read_text(encoding="utf-8")
        assert page == agreement().text(annex())


class TestAgreement:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("message", [offer(exclusive=True), card()], ids=["offer", "card"])
    def test_goes_there_and_back(self, message, language):
        agreed = agreement(message, language=language)

        assert Agreement.from_bytes(agreed.to_bytes()) == agreed
        assert agreed.hash == keccak(agreed.to_bytes())
        assert agreement(message, language=language).to_bytes() == agreed.to_bytes()

    def test_holds_nothing_of_the_annex_but_its_salted_hash(self):
        content = agreement().to_bytes().decode()

        for part in ("Alva", "Example", "Denim", "Maria", "Swedish law"):
            assert part not in content
        assert annex().hash.hex() in content

    def test_does_not_depend_on_the_memo_or_on_the_agreement_that_a_draft_named(self):
        other = with_memo(offer(agreement=b"\x07" * 32), "I license everything.")
        assert agreement(other) == agreement()

    def test_gives_the_terms_its_hash(self):
        agreed = agreement()
        assert agreed.agreed == offer(agreement=agreed.hash)
        assert agreement(card()).agreed.agreement == agreement(card()).hash

    def test_shown_without_its_annex_keeps_its_hash(self):
        agreed = agreement()
        assert f"Its salted hash is `0x{annex().hash.hex()}`" in agreed.text()
        assert keccak(text=agreed.text()) == agreed.words

    def test_can_be_read_in_another_language_than_the_agreed_one(self):
        agreed = agreement(language="sv")
        assert agreed.text(language="en").startswith("# Agreement on a license")
        assert agreed.text().startswith("# Avtal om licens")
        assert agreed.hash != agreement(language="en").hash

    @pytest.mark.refusal
    def test_takes_no_other_annex(self):
        other = annex(brand_shown="Rival")
        for say in (agreement().text, agreement().deal_memo):
            with pytest.raises(BadValue, match="annex: it is another agreement's"):
                say(other)

    @pytest.mark.refusal
    def test_is_not_drafted_for_a_booking(self):
        terms = booking_terms(
            worded(card()), licensee=HM.address, start=0, days=30, uses=1,
            markets=card().markets[0].markets, quota=1, **PLACE,
        )  # fmt: skip
        with pytest.raises(BadValue, match="a booking's agreement is its rate card's"):
            agreement(terms)

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda data: data.update(agreement=2), "agreement: it is none of TwinRights"),
            (lambda data: data.pop("words"), "words: it is missing"),
            (lambda data: data.update(more=1), "more: no such field"),
            (lambda data: data.update(template="license-9"), "template: 'license-9' is not known"),
            (lambda data: data.update(language="fr"), "language: 'fr' is none of en, sv"),
            (lambda data: data.update(kind="notice"), "agreement: a part of it cannot be read"),
            (lambda data: data.update(terms=[]), "agreement: a part of it cannot be read"),
            (
                lambda data: data["terms"]["pay"].update(fee="5"),
                "words: the terms in it give other",
            ),
            (lambda data: data["terms"]["pay"].update(fee=-1), "message.pay.fee: "),
            (lambda data: data["currency"].update(symbol="EUR"), "words: the terms in it give"),
            (lambda data: data.update(words="0x00"), "words: the terms in it give other words"),
            (lambda data: data.update(annex="0x" + "00" * 32), "words: the terms in it give other"),
        ],
    )
    def test_that_was_changed_is_refused_by_what_was_changed(self, change, says, tmp_path):
        data = json.loads(agreement().to_bytes())
        change(data)
        file = tmp_path / "agreement.json"
        file.write_bytes(
            json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        )
        with pytest.raises(BadFile) as refused:
            Agreement.load(file)
        assert f"cannot be read: {says}" in str(refused.value)

    @pytest.mark.refusal
    @pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
    def test_of_scribble_is_refused(self, content):
        with pytest.raises(BadValue):
            Agreement.from_bytes(content)

    @pytest.mark.refusal
    def test_with_other_spaces_has_another_hash_and_is_refused(self):
        spaced = json.dumps(json.loads(agreement().to_bytes())).encode()
        with pytest.raises(BadValue, match="its bytes are not those that were hashed"):
            Agreement.from_bytes(spaced)

    @pytest.mark.refusal
    def test_that_is_not_there_is_refused(self, tmp_path):
        with pytest.raises(FileMissing):
            Agreement.load(tmp_path / "none.json")


class TestAnnex:
    def test_goes_there_and_back(self):
        assert Annex.from_bytes(annex().to_bytes()) == annex()

    def test_is_salted(self):
        assert Annex.of(FIELDS).hash != Annex.of(FIELDS).hash

    def test_joins_lines_so_that_no_text_looks_like_a_clause(self):
        sly = annex(purpose=FIELDS["purpose"] + "\n\n## 16. Everything\n\nis granted")
        text = agreement(annex=sly).text(sly)
        assert "\n## 16." not in text

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        ("change", "says"),
        [
            ({"purpose": "Ads."}, "purpose: describe the intended use, in 40 characters or more"),
            ({"model": " "}, "model: it is empty"),
            ({"law_and_court": ""}, "law_and_court: it is empty"),
            ({"brand_shown": 3}, "brand_shown: it must be a text of at most 10,000 characters"),
            ({"model": "x" * 10_001}, "model: it must be a text of at most 10,000 characters"),
            ({"alterations": "crop"}, "alterations: it must be a list"),
            ({"alterations": ["face"]}, "alterations: 'face' is none of crop, colour, "),
            ({"agents_and_retailers": [""]}, "agents_and_retailers: one of them is empty"),
            ({"represented_by": "me"}, "represented_by: it must be one of counsel, union, agency"),
            ({"representative": ""}, "representative: name whoever represented her"),
            ({"represented_by": "nobody"}, "representative: name whoever represented her"),
            ({"other": "tail\u202eflipped"}, "other: it holds a sign that cannot be seen"),
            ({"more": "x"}, "more: no such field"),
        ],
    )
    def test_that_says_too_little_or_hides_something_is_refused(self, change, says):
        with pytest.raises(BadValue) as refused:
            annex(**change)
        assert str(refused.value).startswith(says)

    @pytest.mark.refusal
    @pytest.mark.parametrize("name", sorted(FIELDS))
    def test_without_a_field_is_refused(self, name):
        with pytest.raises(BadValue) as refused:
            Annex.of({field: value for field, value in FIELDS.items() if field != name})
        assert str(refused.value) == f"{name}: it is missing."

    @pytest.mark.refusal
    @pytest.mark.parametrize(
        "content", ["{", "[]", "{}", '{"annex": 1}', '{"annex": 1, "salt": 3}']
    )
    def test_file_that_is_none_is_refused(self, content, tmp_path):
        file = tmp_path / "annex.json"
        file.write_text(content)
        with pytest.raises(BadFile, match="it is no salted annex, or was changed"):
            Annex.load(file)
        with pytest.raises(BadFile):
            Annex.drawn(file)

    @pytest.mark.refusal
    def test_whose_bytes_were_changed_is_refused(self, tmp_path):
        file = tmp_path / "annex.json"
        file.write_bytes(annex().to_bytes().replace(b"spring 2027", b"spring  2027"))
        with pytest.raises(BadFile):
            Annex.load(file)


class TestDifferences:
    def test_are_none_where_agreement_and_offer_or_card_say_the_same(self):
        for message in (offer(), offer(exclusive=True, start=0), card(), card(licensee=HM.address)):
            agreed = agreement(message)
            assert compare(agreed, named(agreed)) == {}

    @pytest.mark.parametrize(
        ("change", "agreed", "found"),
        [
            ({"fee": 5_000_000_001}, "5,000.00 TUSD", "5,000.000001 TUSD"),
            ({"committed": 0}, "500.00 TUSD", "0.00 TUSD"),
            ({"uses": 1}, "own shop and e-mail", "own shop"),
            ({"markets": words.markets("SE")}, "Nordics and DE", "SE"),
            ({"quota": 101}, "100", "101"),
            ({"term": 1}, str(90 * DAY), "1"),
            ({"start": 0}, "2027-01-01T00:00:00Z", "when accepted"),
            ({"valid_until": 2**40 - 1}, "2027-01-01T00:00:00Z", "second 1099511627775"),
            ({"exclusive": True}, "False", "True"),
            ({"category": 1}, "0", "1"),
            ({"notice": 0}, str(30 * DAY), "0"),
            ({"epoch": 1}, "0", "1"),
            ({"licensee": RIVAL.address}, HM.address, RIVAL.address),
            ({"twin_id": 1}, f"0x{offer().pay.twin_id:064x}", f"0x{1:064x}"),
            ({"ref": b"\x01" * 32}, "none", "0x" + "01" * 32),
            ({"currency": ZERO_ADDRESS}, TUSD.address, ZERO_ADDRESS),
        ],
        ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
    )
    def test_name_the_field_and_what_each_says(self, change, agreed, found):
        ours = agreement()
        name = next(iter(change))
        assert compare(ours, offer(agreement=ours.hash, **change)) == {name: (agreed, found)}

    def test_name_another_agreement(self):
        ours = agreement()
        assert compare(ours, offer()) == {"agreement": (f"0x{ours.hash.hex()}", "none")}

    def test_name_the_shares(self):
        ours = agreement(offer(shares=()))
        share = Share(HM.address, 1_250, words.role("stylist"))
        assert compare(ours, offer(agreement=ours.hash, shares=(share,))) == {
            "shares": ("none", f"stylist 12.50% to {HM.address}")
        }

    def test_name_another_chain_contract_and_currency(self):
        ours = agreement()
        wrong = replace(TUSD, decimals=18)
        elsewhere = {"chain_id": 1, "contract": HM.address, "currencies": [wrong]}
        assert compare(ours, ours.agreed, **elsewhere) == {
            "chain": ("1337", "1"),
            "contract": (PLACE["contract"], HM.address),
            "currency": ("TUSD of 6 decimals", "TUSD of 18 decimals"),
        }
        assert compare(ours, ours.agreed, currencies=[]) == {
            "currency": (TUSD.address, "not on the list")
        }

    def test_name_an_offer_under_a_cards_agreement(self):
        ours = agreement(card())
        found = compare(agreement(), worded(ours.agreed))
        assert found == {"kind": ("offer", "ratecard")}


class TestBookings:
    def booked(self, signed, **changes):
        given = {
            "licensee": HM.address, "start": 0, "days": 30, "uses": 1,
            "markets": card().markets[0].markets, "quota": 1, **PLACE, **changes,
        }  # fmt: skip
        return booking_terms(signed, **given)

    def test_agree_with_their_cards_agreement(self):
        ours = agreement(card())
        assert compare(ours, self.booked(named(ours))) == {}

    def test_agree_where_the_memo_calls_the_currency_unknown(self):
        ours = agreement(card())
        unknown = with_memo(ours.agreed, memo.render(ours.agreed))
        assert memo_of(unknown) != memo_of(named(ours))
        assert compare(ours, self.booked(unknown)) == {}

    def test_from_a_card_of_other_prices_are_named_by_the_card(self):
        ours = agreement(card())
        dearer = worded(replace(ours.agreed, day_rate=1))
        assert set(compare(ours, self.booked(dearer))) == {"card"}

    def test_name_each_field_that_a_booking_takes_from_its_card(self):
        ours = agreement(card())
        other = worded(
            replace(ours.agreed, category=1, notice=0, floor=1, shares=(), licensee=RIVAL.address)
        )
        found = compare(ours, self.booked(other, licensee=RIVAL.address))
        assert set(found) == {"category", "notice", "floor", "shares", "card"}
