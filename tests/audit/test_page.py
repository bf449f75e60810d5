"""The report as a page: its figures are the data's, its texts stay texts, it needs nothing else."""

from __future__ import annotations

import re
from collections import Counter
from copy import copy
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from tests.audit.page_tree import every, of_class, only, read, said
from tests.client.stage import DOLLAR
from twinrights import words
from twinrights.audit.events import TWINS
from twinrights.audit.findings import Coins, Finding, Severity, Subject
from twinrights.audit.page import axis, chart, licenses
from twinrights.audit.page.document import document
from twinrights.audit.page.markup import el, write
from twinrights.audit.page.trust import vouched
from twinrights.audit.run import audit
from twinrights.money import Currency
from twinrights.terms import Kind

HOSTILE = (
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<!-- ",
    "]]>&lt;&#60;",
    "\u202egpj.exe\u0000\ud800",
)


@pytest.fixture(scope="module")
def report(lived):
    life = lived("py-evm")
    return audit(life.chain.web3, life.chain.deployment)


@pytest.fixture
def page(report):
    return read(document(report))


def section(page, name):
    return only(page, lambda each: each.tag == "section" and of_class(name)(each))


def money(page, symbol):
    (found,) = [
        each for each in every(page, of_class("money")) if said(each[0]) == f"Money in {symbol}"
    ]
    return found


def table_of(element, caption):
    (found,) = [
        each for each in element.iter("table") if said(each.find("caption")).startswith(caption)
    ]
    return found


def units(row):
    return [int(cell.get("data-units")) for cell in row.iter("td")]


# The verdict.


def test_the_verdict_comes_first_and_says_it_in_words(page):
    main = only(page, lambda each: each.tag == "main")
    assert said(main[0].find("h1")).endswith(
        "Nothing differs, and the money agrees to the last unit."
    )
    titles = [said(each) for each in page.iter("h2")]
    assert titles[:2] == ["Remarks", "What was checked, and what could not be"]


def test_what_could_not_be_judged_is_said(page, report):
    open_ = only(page, of_class("open"))
    assert [said(each) for each in open_.iter("li")] == list(report.not_judged)


def test_files_that_were_held_to_the_chain_are_counted(report):
    done = only(read(document(replace(report, held=3))), of_class("done"))
    assert said(list(done.iter("li"))[-1]) == "3 files of a store, against the hashes on the chain."


def finding(report, **changes):
    license = next(iter(report.licenses))
    plain = Finding(
        code="DepositedDiffers",
        severity=Severity.ERROR,
        subject=Subject("license", license.id),
        expected="5000000",
        found="7000001",
        sentence="It is more.",
        amount=2_000_001,
        currency=license.currency,
        law=14,
    )
    return replace(plain, **changes)


def with_findings(report, *found):
    return replace(report, findings=tuple(found), reconciled=False)


def test_a_finding_shows_code_severity_stake_and_evidence(report):
    found = finding(report, block=12, transaction="0x" + "ab" * 32)
    page = read(document(with_findings(report, found)))
    assert said(next(page.iter("h1"))).endswith("1 thing differs, and the money does not agree.")
    (card, *_) = page.iter("article")
    assert [said(each) for each in only(card, of_class("head"))] == [
        "error",
        "DepositedDiffers",
        "law 14",
    ]
    assert said(only(card, of_class("stake"))) == "at stake 2.000001 TUSD"
    assert said(only(card, of_class("sentence"))) == "It is more."
    evidence = dict(zip(map(said, card.iter("dt")), map(said, card.iter("dd")), strict=True))
    assert evidence["expected, by the events"] == "5.000000 TUSD"
    assert evidence["found"] == "7.000001 TUSD"
    assert evidence["license"] == f"0x{found.subject.id:064x}"
    assert (evidence["block"], evidence["transaction"]) == ("12", "0x" + "ab" * 32)


def test_findings_come_before_everything_else(report):
    page = read(document(with_findings(report, finding(report), finding(report))))
    assert said(next(page.iter("h1"))).endswith("2 things differ, and the money does not agree.")
    assert next(said(each) for each in page.iter("h2")) == "What differs"


# The money.


def test_the_table_by_role_is_the_ledgers_and_sums_to_the_books(page, report):
    (usd, other) = report.totals
    rows = list(table_of(money(page, "TUSD"), "By role").find("tbody"))
    earned = report.ledger.earned(usd.currency, report.ledger.now)
    shown = {row.get("data-role"): units(row) for row in rows[:-1]}
    assert shown == {
        words.role_name(role): [amount, usd.paid[role], amount - usd.paid[role]]
        for role, amount in earned.items()
    }
    assert units(rows[-1]) == [
        usd.collected + usd.earned_uncollected,
        usd.collected,
        usd.earned_uncollected,
    ]
    assert [sum(each) for each in zip(*shown.values(), strict=True)] == units(rows[-1])
    assert len(every(page, of_class("money"))) == 2
    assert other.deposited > 0


def test_shown_amounts_are_the_exact_ones(page, report):
    for row in table_of(money(page, "TUSD"), "By role").find("tbody"):
        for cell in row.iter("td"):
            written = said(cell).replace(",", "")
            assert round(float(written) * DOLLAR) == int(cell.get("data-units"))
            assert re.fullmatch(r"\d+\.\d{6}", written)


def test_the_months_add_up_to_the_books(page, report):
    usd = report.totals[0]
    *months, whole = table_of(money(page, "TUSD"), "By month").find("tbody")
    assert len(months) >= 2
    assert [sum(each) for each in zip(*map(units, months), strict=True)] == units(whole)
    assert units(whole) == [
        usd.deposited,
        usd.collected + usd.earned_uncollected,
        usd.collected,
        usd.refunded,
    ]


def test_the_books_come_out_at_the_balance_but_for_the_gift(page, report):
    usd = report.totals[0]
    rows = {said(r.find("th")): units(r)[0] for r in table_of(money(page, "TUSD"), "The books")[2]}
    held = rows["held for licenses and wallets"]
    assert held == usd.earned_uncollected + usd.unearned + usd.payable
    assert rows["the contract's balance, by the currency"] == held + 7 * DOLLAR
    assert "agree with these books to the unit" in said(money(page, "TUSD"))


def points(text):
    return [tuple(float(part) for part in pair.split(",")) for pair in text.split()]


def test_each_area_of_the_chart_is_as_high_as_what_was_earned(page, report):
    usd, ledger = report.totals[0].currency, report.ledger
    svg = next(money(page, "TUSD").iter("svg"))
    since = min(each.granted_at for each in report.licenses if each.currency == usd)
    until = ledger.now.time
    whole = sum(ledger.earned(usd, ledger.now).values())
    per_unit = chart.HEIGHT / whole
    areas = list(svg.iter("polygon"))
    names = [words.role_name(role) for role in ledger.earned(usd, ledger.now)]
    assert [area.get("data-role") for area in areas] == names
    for place in (0, 1, 40, 77, chart.SAMPLES):
        time = since + (until - since) * place // chart.SAMPLES
        cut = ledger.now if place == chart.SAMPLES else ledger.cut(time)
        for area, amount in zip(areas, ledger.earned(usd, cut).values(), strict=True):
            outline = points(area.get("points"))
            assert len(outline) == 2 * (chart.SAMPLES + 1)
            (x, top), (under, bottom) = outline[place], outline[-1 - place]
            assert x == under == pytest.approx(chart.WIDTH * place / chart.SAMPLES, abs=0.2)
            assert bottom - top == pytest.approx(amount * per_unit, abs=0.25)


def test_the_dashed_line_ends_at_what_was_paid_out(page, report):
    usd = report.totals[0]
    line = only(next(money(page, "TUSD").iter("svg")), of_class("paid"))
    outline = points(line.get("points"))
    whole = usd.collected + usd.earned_uncollected
    assert outline[0] == (0, chart.HEIGHT)
    assert outline[-1][0] == chart.WIDTH
    assert chart.HEIGHT - outline[-1][1] == pytest.approx(
        usd.collected * chart.HEIGHT / whole, abs=0.2
    )
    heights = [y for _, y in outline]
    assert heights == sorted(heights, reverse=True)


def test_each_line_of_the_grid_stands_at_its_amount(page, report):
    usd = report.totals[0]
    whole = usd.collected + usd.earned_uncollected
    lines = every(next(money(page, "TUSD").iter("svg")), of_class("grid"))
    assert len(lines) >= 3
    for line in lines:
        y = chart.HEIGHT - int(line.get("data-amount")) * chart.HEIGHT / whole
        assert float(line.get("y1")) == float(line.get("y2")) == pytest.approx(y, abs=0.2)


def test_a_chart_says_its_sums_to_who_cannot_see_it(page, report):
    usd = report.totals[0]
    label = next(money(page, "TUSD").iter("svg")).get("aria-label")
    assert report.coins.say(usd.collected + usd.earned_uncollected, usd.currency) in label
    assert report.coins.say(usd.collected, usd.currency) in label


@pytest.mark.parametrize("most", [1, 3, 999, 10**6, 123_456_789, 2**96 - 1])
@pytest.mark.parametrize("decimals", [0, 6, 18])
def test_marks_of_amounts_are_few_round_and_within(most, decimals):
    marks = axis.amounts(most, decimals=decimals)
    assert 2 <= len(marks) <= 5
    for value, text in marks:
        assert 0 <= value <= most
        assert float(text.replace(",", "")) * 10**decimals == pytest.approx(value)


@pytest.mark.parametrize("span", [1, 3_600, 86_400, 20 * 86_400, 100 * 86_400, 5 * 366 * 86_400])
def test_marks_of_days_are_few_in_order_and_within(span):
    marks = axis.days(1_893_456_000, 1_893_456_000 + span)
    assert len(marks) <= 6
    assert [time for time, _ in marks] == sorted(time for time, _ in marks)
    assert all(1_893_456_000 <= time <= 1_893_456_000 + span for time, _ in marks)


# Uses by market.


def test_each_cell_counts_the_images_of_its_use_in_each_of_its_markets(page, report):
    images = Counter()
    for batch in report.usage:
        if batch.kind is Kind.DECLARED:
            for use in words.use_names(batch.uses):
                for market in words.market_names(batch.markets):
                    images[use, market] += batch.images
    shown = {}
    for cell in section(page, "uses").iter("td"):
        for market in cell.get("data-markets").split():
            shown[cell.get("data-use"), market] = int(said(cell).replace("–", "0"))
    assert {key: count for key, count in shown.items() if count} == images
    assert max(shown.values()) == max(images.values())


def test_what_was_only_stated_is_told_apart(page):
    note = said(section(page, "uses"))
    assert "1 image stated as published late and 1 image stated as removed" in note


# Licenses in time.


def test_every_license_has_a_row_and_a_bar_as_long_as_it_is(page, report):
    timeline = section(page, "licenses")
    rows = {each.get("data-license"): each for each in every(timeline, of_class("license"))}
    assert len(rows) == len(report.licenses)
    since = min(each.start for each in report.licenses)
    until = max(report.time, *(each.granted_end for each in report.licenses))
    assert until < report.time + licenses.FARTHEST
    unit = (until - since) / licenses.WIDTH
    for license in report.licenses:
        row = rows[f"0x{license.id:064x}"]
        bar = only(row, of_class("granted"))
        assert int(bar.get("x")) == pytest.approx((license.start - since) / unit, abs=1)
        width = (license.granted_end - license.start) / unit
        assert int(bar.get("width")) == pytest.approx(width, abs=2)
        paid = every(row, lambda each: of_class("paid")(each) and each.tag == "rect")
        covered = min(license.end, license.paid_through) - license.start
        assert len(paid) == (covered > 0)
        for each in paid:
            assert int(each.get("width")) == pytest.approx(covered / unit, abs=2)
        assert len(every(row, of_class("early"))) == (license.end < license.granted_end)
        assert len(every(row, of_class("exclusive"))) == license.is_exclusive
        assert ("exclusive" in said(only(row, of_class("state")))) == license.is_exclusive


def test_a_license_of_another_age_leaves_the_others_their_place(report):
    far, *rest = report.licenses
    far = replace(far, start=2**40 - 90_000, end=2**40 - 1, granted_end=2**40 - 1)
    page = read(document(replace(report, licenses=(far, *rest))))
    rows = {each.get("data-license"): each for each in every(page, of_class("license"))}
    assert f"second {2**40 - 90_000}" in said(rows[f"0x{far.id:064x}"])
    for bar in every(page, of_class("granted")):
        if bar.tag == "rect":
            assert 0 <= int(bar.get("x")) <= int(bar.get("x")) + int(bar.get("width"))
            assert int(bar.get("x")) + int(bar.get("width")) <= licenses.WIDTH


def test_a_clock_beyond_the_calendar_is_a_page_too(report):
    late = 2**40 - 1
    ledger = type(report.ledger)(report.ledger.events, report.ledger.world, until=late)
    page = document(replace(report, time=late, ledger=ledger))
    assert f"second {late}" in page


def test_a_row_says_how_its_license_ended(page, lived):
    life = lived("py-evm")
    states = {
        each.get("data-license"): said(only(each, of_class("state")))
        for each in every(page, of_class("license"))
    }
    for license, state in (
        (life.plain, "live"),
        (life.declined, "declined"),
        (life.surrendered, "surrendered"),
        (life.noticed, "ended by notice"),
        (life.lapsed, "ended unpaid"),
        (life.ended, "ended"),
        (life.exclusive, "live, exclusive"),
    ):
        assert states[f"0x{license.id:064x}"] == state


def test_licenses_stand_under_their_twin(report):
    twin_id = report.licenses[0].twin_id
    owner = next(each.owner for each in report.twins if each.id == twin_id)
    page = read(document(report, names={owner: "Alva Lichen"}))
    group = every(page, of_class("twin"))[0]
    assert said(group.find("h3")) == "Alva Lichen"
    hers = [each for each in report.licenses if each.twin_id == twin_id]
    assert len(every(group, of_class("license"))) == len(hers)


# Who vouches.


def test_nobody_vouches_where_every_word_was_taken_back(page):
    assert "Nobody vouches for 2 owners and 2 licensees." in said(section(page, "trust"))


def spoken(report, name, at, **values):
    """Return the report with one more public word, in the second `at`."""
    last = report.ledger.events[-1]
    event = replace(last, name=name, contract=TWINS, index=last.index + 1, time=at, values=values)
    ledger = copy(report.ledger)
    ledger.events = [*report.ledger.events, event]
    return replace(report, ledger=ledger)


def vouching(report, until):
    owner, voucher = report.licenses[0].licensee, "0x" + "77" * 20
    word = {"voucher": voucher, "subject": owner, "commitment": b"\x0c" * 32}
    return word, spoken(report, "Vouched", report.time, **word, until=until)


def test_a_word_that_stands_is_shown_with_its_last_day(report):
    word, told = vouching(report, report.time + 1)
    names = {word["subject"]: "H&M", word["voucher"]: "hm.com"}
    trust = section(read(document(told, names=names)), "trust")
    (row,) = table_of(trust, "Vouched for").find("tbody")
    last = datetime.fromtimestamp(report.time, timezone.utc)
    assert list(map(said, row)) == [
        "H&M",
        "hm.com",
        f"{last.day} {last:%b} {last.year}",
        "0x0c0c0c0c…0c0c",
    ]
    assert "Nobody vouches for 2 owners and 1 licensee." in said(trust)


def test_a_word_holds_until_its_end_and_no_second_longer(report):
    word, told = vouching(report, report.time + 1)
    key = tuple(word.values())
    assert vouched(told) == {key: report.time + 1}
    assert vouched(vouching(report, report.time)[1]) == {}
    assert vouched(spoken(told, "VouchWithdrawn", report.time, **word)) == {}


def test_a_word_without_end_is_for_good(report):
    _, told = vouching(report, 2**40 - 1)
    assert "for good" in said(section(read(document(told)), "trust"))


def test_what_an_owner_doubts_is_shown(page):
    (row,) = table_of(section(page, "trust"), "Images that an owner doubts").find("tbody")
    assert list(map(said, row))[1:3] == ["none named", "0x0f0f0f0f…0f0f"]


# What the page is made of.


def test_the_page_needs_nothing_from_elsewhere_and_no_script(report):
    text = document(report)
    page = read(text)
    assert {each.tag for each in page.iter()} == {
        *("root", "html", "head", "meta", "title", "style", "body", "main", "header", "footer"),
        *("section", "article", "h1", "h2", "h3", "p", "span", "small", "strong", "code", "i"),
        *("div", "dl", "dt", "dd", "ul", "li", "figure", "figcaption"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("svg", "rect", "line", "polygon", "polyline"),
    }
    names = {name for each in page.iter() for name in each.attrib}
    assert not names & {"src", "href", "srcset", "action", "data", "background"}
    assert not [name for name in names if name.startswith("on")]
    style = said(only(page, lambda each: each.tag == "style"))
    assert "url(" not in style
    assert "@import" not in style
    assert "@media print" in style
    assert "prefers-color-scheme: dark" in style


def shape(text):
    """The elements of a page in order, and the names of their attributes."""
    return [(each.tag, *each.attrib) for each in read(text).iter()]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_becomes_markup(report, hostile):
    twin = report.twins[0]
    people = {twin.owner, *(each.licensee for each in report.licenses)}
    found = finding(
        report,
        **dict.fromkeys(("code", "expected", "found", "sentence", "transaction"), hostile),
    )
    usd = report.totals[0].currency

    def told(text):
        coins = Coins([Currency(symbol=text, decimals=6, address=usd)])
        changed = dict.fromkeys(("code", "expected", "found", "sentence", "transaction"), text)
        lying = with_findings(replace(report, coins=coins), replace(found, **changed))
        return document(lying, names=dict.fromkeys(people, text))

    page = told(hostile)
    assert shape(page) == shape(told("harmless"))
    shown = re.sub("[\u202e\u0000\ud800]", "\ufffd", hostile)
    assert said(every(read(page), of_class("sentence"))[0]) == shown
    page.encode("utf-8")


def test_text_is_escaped_in_elements_and_attributes():
    written = write(el("p", "<b>", el("br"), "a & b", class_='"><i'))
    assert written == '<!doctype html>\n<p class="&quot;&gt;<i">&lt;b&gt;<br>a &amp; b</p>\n'


def test_an_empty_chain_is_a_page_too(report):
    world = replace(report.ledger.world, licenses={}, lives={}, postings=[])
    bare = replace(report, twins=(), licenses=(), usage=(), totals=(), remarks=())
    bare = replace(bare, ledger=type(report.ledger)([], world, until=report.time))
    titles = [said(each) for each in read(document(bare)).iter("h2")]
    assert titles == ["What was checked, and what could not be", "Who vouches"]
