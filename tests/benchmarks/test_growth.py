"""The drawings and words on growth are those of the figures that are kept."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from benchmarks import growth, growth_page
from benchmarks.gas import BUY, DAY, Bench
from benchmarks.gas_page import beside
from benchmarks.growth_page import fits, line
from twinrights import TwinRights
from twinrights.errors import OpeningStale


@pytest.fixture(scope="module")
def found():
    return growth_page.kept()


def test_every_curve_has_all_its_points(found):
    assert [row["licenses"] for row in found["grant"]] == list(growth.LICENSES)
    assert [row["exclusives"] for row in found["grant_beside_exclusives"]] == list(growth.BESIDE)
    assert [row["wallets"] for row in found["pay_out"]] == list(growth.WALLETS)
    assert [row["images"] for row in found["record"]] == list(growth.IMAGES)
    assert (growth.LICENSES[-1], growth.WALLETS[-1], growth.IMAGES[-1]) == (1_000, 16, 1_000_000)


def test_a_non_exclusive_grant_is_flat_to_the_bytes_of_its_calldata(found):
    gas = [row["gas_shanghai"] for row in found["grant"]]
    bought = next(row["gas"] for row in beside() if row["operation"] == BUY.operation)
    assert max(gas) - min(gas) < 200
    # Beside nothing but its own brand's it is the row of the README, to a byte or two.
    assert abs(found["grant_beside_exclusives"][0]["gas"] - bought) < 50


def test_an_exclusive_grant_is_a_line(found):
    points = growth_page.points(found["grant"], "licenses", "exclusive_shanghai")
    begin, slope = line(points)
    assert all(abs(begin + slope * at - gas) < 0.005 * gas for at, gas in points)
    assert 1_000 < slope < 2_500


def test_an_opening_that_drops_one_is_a_steeper_line(found):
    plain = growth_page.points(found["grant"], "licenses", "exclusive_shanghai")
    dropping = growth_page.points(found["grant"], "licenses", "exclusive_dropping_shanghai")
    begin, slope = line(dropping)
    assert all(abs(begin + slope * at - gas) < 0.005 * gas for at, gas in dropping)
    assert slope > line(plain)[1]


def test_prague_asks_for_the_same_or_for_the_floor_of_the_calldata(found):
    for row in found["grant"]:
        assert row["gas_prague"] == row["gas_shanghai"]
        floor = row["exclusive_floor_prague"]
        assert row["exclusive_prague"] == max(row["exclusive_shanghai"], floor)
    assert floor > row["exclusive_shanghai"]


def test_what_is_said_to_fit_fits_and_one_more_does_not(found):
    of = growth_page.facts(found)
    last = found["grant"][-1]
    per_entry = 160
    base = last["exclusive_bytes_shanghai"] - per_entry * last["licenses"]
    room = growth_page.POOL - growth_page.ENVELOPE
    assert base + per_entry * of["in_pool"] <= room < base + per_entry * (of["in_pool"] + 1)


def test_the_book_keeps_what_has_ended_until_an_exclusive_license_is_granted():
    bench = Bench(TwinRights.embedded())
    twin_id = bench.mint().twin_id
    bench.allow_everything(twin_id)
    for _ in range(3):
        bench.grant(twin_id, days=1)
    bench.chain.clock.advance(2 * DAY)
    assert len(bench.chain.licenses.opening(twin_id, 0)) == 3

    # For nothing, for a day, to the brand that asks: any exclusive grant will do.
    terms, signature, deposit, _ = bench.offer(twin_id, exclusive=True, days=1, fee=0)
    with pytest.raises(OpeningStale) as refused:
        bench.send(bench.licenses, "accept", terms, signature, deposit, [], payer=bench.licensee)
    assert (refused.value.twin_id, refused.value.category) == (twin_id, 0)

    bench.grant(twin_id, exclusive=True, days=1, fee=0)
    assert len(bench.chain.licenses.opening(twin_id, 0)) == 1


def test_eight_exclusive_licenses_bound_what_a_grant_beside_them_costs(found):
    rows = found["grant_beside_exclusives"]
    points = growth_page.points(rows[1:], "exclusives", "gas")
    begin, slope = line(points)
    assert all(abs(begin + slope * at - gas) < 0.01 * gas for at, gas in points)


def test_a_pay_out_is_a_line(found):
    points = growth_page.points(found["pay_out"], "wallets", "gas")
    begin, slope = line(points)
    assert all(abs(begin + slope * at - gas) < 0.01 * gas for at, gas in points)
    assert slope > growth_page.facts(found)["transfer"]


def test_a_record_is_flat_and_each_root_another(found):
    gas = [row["gas"] for row in found["record"]]
    assert max(gas) - min(gas) < 200
    assert len({row["root"] for row in found["record"]}) == len(gas)


@pytest.mark.parametrize("images", [1, 10, 1_000])
def test_the_roots_are_those_of_real_trees(found, images):
    row = next(row for row in found["record"] if row["images"] == images)
    assert row["root"] == "0x" + growth.tree(images).root.hex()


def test_the_pages_show_what_is_kept(found):
    for file, content in growth_page.files(found).items():
        assert file.read_text(encoding="utf-8") == content, file.name


def test_each_drawing_names_its_axes_and_every_figure(found):
    for file, content in growth_page.files(found).items():
        if file.suffix != ".svg":
            continue
        words = [t.text for t in ElementTree.fromstring(content).iter() if t.tag.endswith("text")]
        assert "gas" in words
        said = re.findall(r"([\d,]+) gas at", content)
        assert len(said) == content.count("<circle")


def test_a_line_through_points_of_a_line_is_that_line():
    assert line([(0, 5), (1, 7), (3, 11)]) == (5, 2)


def test_what_fits_is_the_last_that_is_not_above():
    assert fits(5, 2, 11) == 3
    assert fits(5, 2, 12) == 3
    assert fits(5, 2, 13) == 4
