"""record: appends a batch to a license's history (laws 11, 19)."""

from __future__ import annotations

import pytest
from brownie import web3
from brownie.exceptions import VirtualMachineError
from eth_utils import keccak

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY, MARKETS, USES, ZERO
from tests.contracts.support.held import LATE, REMOVED
from tests.contracts.support.history import EMPTY, History, hash_batch
from tests.contracts.support.reverts import reverts_with

UNKNOWN, NOT_YOURS, NOT_STARTED, ENDED, UNPAID, USE, MARKET, IMAGES = range(1, 9)
STATEMENTS = {"late": LATE, "removed": REMOVED}
MOST_BATCHES = 2**24 - 1

statements = pytest.mark.parametrize("kind", STATEMENTS.values(), ids=STATEMENTS)


def no_license(desk, kind=0):
    batch = (1, kind, EMPTY, 1, 1, 1, EMPTY)
    return desk.licenses.record(7, batch, desk.by(desk.hm))


@pytest.mark.law11
@pytest.mark.law19
@pytest.mark.refusal
class TestDeclared:
    """Refused exactly when `mayPublish` says no, with its reason."""

    def test_for_no_license_is_refused(self, desk):
        with reverts_with("MayNotPublish", 7, UNKNOWN):
            no_license(desk)

    @pytest.mark.parametrize("who", ["rival", "agency", "stranger", "relay"])
    def test_by_anyone_but_licensee_and_reporters_is_refused(self, desk, lone, who):
        with reverts_with("MayNotPublish", lone.id, NOT_YOURS):
            lone.record(by=getattr(desk, who))

    def test_by_the_owner_is_refused(self, desk, lone):
        desk.relay.transfer(desk.model, "1 ether")

        with reverts_with("MayNotPublish", lone.id, NOT_YOURS):
            lone.record(by=desk.model)

    @pytest.mark.boundary
    def test_in_the_second_before_the_start_is_refused(self, desk):
        later = desk.accept(start=now() + DAY)

        with reverts_with("MayNotPublish", later.id, NOT_STARTED):
            later.record(at=later.start - 1)

    @pytest.mark.boundary
    def test_at_the_end_is_refused(self, lone):
        with reverts_with("MayNotPublish", lone.id, ENDED):
            lone.record(at=lone.end)

    @pytest.mark.law7
    @pytest.mark.boundary
    def test_when_it_is_paid_through_no_longer_is_refused(self, desk):
        part = desk.accept(deposit=1_000 * desk.unit)

        with reverts_with("MayNotPublish", part.id, UNPAID):
            part.record(at=part.start + 10 * DAY)

    @pytest.mark.parametrize("uses", [0, 1 << 3, USES | 1 << 3, 1 << 31])
    def test_in_a_use_that_is_not_granted_is_refused(self, lone, uses):
        with reverts_with("MayNotPublish", lone.id, USE):
            lone.record(uses=uses)

    @pytest.mark.parametrize("markets", [0, 1, MARKETS | 1, 1 << 255])
    def test_in_a_market_that_is_not_granted_is_refused(self, lone, markets):
        with reverts_with("MayNotPublish", lone.id, MARKET):
            lone.record(markets=markets)

    @pytest.mark.boundary
    @pytest.mark.parametrize("images", [0, 101, 2**32 - 1])
    def test_of_no_images_or_more_than_are_left_is_refused(self, lone, images):
        with reverts_with("MayNotPublish", lone.id, IMAGES):
            lone.record(images=images)

    @pytest.mark.boundary
    def test_of_more_images_than_the_deposit_covers_is_refused(self, desk):
        part = desk.accept(deposit=1_000 * desk.unit)

        with reverts_with("MayNotPublish", part.id, IMAGES):
            part.record(images=12)


@pytest.mark.law19
@pytest.mark.refusal
@statements
class TestStated:
    """Late and removed: refused only to strangers, for no images, out of turn."""

    def test_for_no_license_is_refused(self, desk, kind):
        with reverts_with("NotReporter", 7, desk.hm):
            no_license(desk, kind)

    @pytest.mark.parametrize("who", ["rival", "agency", "stranger"])
    def test_by_anyone_but_licensee_and_reporters_is_refused(self, desk, lone, kind, who):
        with reverts_with("NotReporter", lone.id, getattr(desk, who)):
            lone.record(kind=kind, by=getattr(desk, who))

    @pytest.mark.boundary
    def test_of_no_images_is_refused(self, lone, kind):
        with reverts_with("BatchEmpty", lone.id):
            lone.record(images=0, kind=kind)

    def test_by_a_dismissed_reporter_is_refused(self, desk, lone, kind):
        desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
        desk.licenses.setReporter(desk.tool, False, desk.by(desk.hm))

        with reverts_with("NotReporter", lone.id, desk.tool):
            lone.record(kind=kind, by=desk.tool)


@pytest.mark.law19
@pytest.mark.refusal
@pytest.mark.parametrize("kind", [0, 1, 2], ids=["declared", "late", "removed"])
class TestNumber:
    @pytest.mark.boundary
    @pytest.mark.parametrize("number", [0, 2, MOST_BATCHES])
    def test_of_a_first_batch_is_one(self, lone, kind, number):
        with reverts_with("BatchNumberWrong", number, 1):
            lone.record(kind=kind, number=number)

    def test_of_a_retry_is_refused(self, lone, kind):
        lone.record(kind=kind)

        with reverts_with("BatchNumberWrong", 1, 2):
            lone.record(kind=kind, number=1)

    def test_that_leaves_one_out_is_refused(self, lone, kind):
        lone.record(kind=kind)

        with reverts_with("BatchNumberWrong", 3, 2):
            lone.record(kind=kind, number=3)


@pytest.mark.law19
@pytest.mark.refusal
def test_refuses_a_kind_that_there_is_not(desk, lone):
    """No error of ours: the call's own encoding is refused before anything is read."""
    before = lone.state
    with pytest.raises(VirtualMachineError) as caught:
        lone.record(kind=3, number=1)

    assert caught.value.revert_msg is None
    assert lone.state == before


@pytest.mark.law19
@pytest.mark.refusal
@pytest.mark.boundary
@pytest.mark.parametrize("number", [0, 1, MOST_BATCHES])
def test_refuses_any_batch_after_the_greatest_number(desk, lone, number):
    """16,777,215 batches, put there by the node; the counter never runs into its neighbour."""
    set_batches(desk, lone, MOST_BATCHES)

    with reverts_with("BatchNumberWrong", number, 0):
        lone.record(number=number)


@pytest.mark.law19
@pytest.mark.boundary
def test_takes_the_greatest_number(desk, lone):
    set_batches(desk, lone, MOST_BATCHES - 1)
    before = lone.state
    lone.record(number=MOST_BATCHES)
    after = lone.state

    assert after.batches == MOST_BATCHES
    assert (after.imagesLeft, after.uses, after.markets) == (99, before.uses, before.markets)


def set_batches(desk, license, count):
    """Write a count of batches into the license's slot, found by looking for its values."""
    for place in range(64):
        key = keccak(license.id.to_bytes(32, "big") + place.to_bytes(32, "big"))
        word = int.from_bytes(web3.eth.get_storage_at(desk.licenses.address, key), "big")
        if word >> 160 == license.fee:
            break
    else:
        pytest.fail("no slot of the license was found")
    word = word & ~(MOST_BATCHES << 64) | count << 64
    arguments = [desk.licenses.address, "0x" + key.hex(), f"0x{word:064x}"]
    web3.provider.make_request("anvil_setStorageAt", arguments)
    assert license.state.batches == count


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.boundary
def test_is_taken_at_the_start(desk):
    later = desk.accept(start=now() + DAY)
    later.record(at=later.start)

    assert later.state.batches == 1


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.boundary
def test_is_taken_in_the_last_second(lone):
    lone.record(at=lone.end - 1)

    assert lone.state.batches == 1


@pytest.mark.law7
@pytest.mark.law11
@pytest.mark.boundary
def test_is_taken_in_the_last_second_that_is_paid(desk):
    part = desk.accept(deposit=1_000 * desk.unit)
    part.record(at=part.start + 10 * DAY - 1)

    assert part.state.batches == 1


@pytest.mark.law19
@pytest.mark.boundary
@pytest.mark.parametrize("images", [1, 99, 100])
def test_uses_quota(lone, images):
    lone.record(images=images)

    assert lone.state.imagesLeft == 100 - images


@pytest.mark.law19
@pytest.mark.boundary
def test_refuses_one_image_more_than_the_quota_that_is_left(lone):
    lone.record(images=60)

    with reverts_with("MayNotPublish", lone.id, IMAGES):
        lone.record(images=41)
    lone.record(images=40)

    assert lone.state.imagesLeft == 0


@pytest.mark.law19
def test_quota_never_comes_back(lone):
    """What was taken down has been used all the same."""
    lone.record(images=60)
    lone.record(images=60, kind=REMOVED)

    assert lone.state.imagesLeft == 40


@pytest.mark.law19
@statements
def test_a_statement_moves_nothing(desk, lone, kind):
    before, parts = lone.state, desk.parts()
    lone.record(images=2**32 - 1, uses=0, markets=0, kind=kind)
    after = lone.state

    assert desk.parts(parts) == {}
    assert after.batches == 1
    before.batches, before.head = after.batches, after.head
    assert after == before


@pytest.mark.law19
@statements
@pytest.mark.parametrize("when", ["before the start", "while unpaid", "at the end", "after"])
def test_a_statement_is_always_taken(desk, kind, when):
    part = desk.accept(start=now() + DAY, deposit=1_000 * desk.unit)
    times = {
        "before the start": part.start - 1,
        "while unpaid": part.start + 20 * DAY,
        "at the end": part.end,
        "after": part.end + 1_000 * DAY,
    }
    part.record(images=3, kind=kind, at=times[when])

    assert part.state.batches == 1


@pytest.mark.law19
@statements
@pytest.mark.parametrize("end", ["surrender", "give_notice", "decline"])
def test_a_statement_is_taken_after_every_kind_of_end(desk, kind, end):
    booking = desk.book(notice=0)
    getattr(booking, end)()
    booking.record(kind=kind)

    assert booking.state.batches == 1


@pytest.mark.law19
@statements
def test_a_statement_may_name_uses_and_markets_that_were_not_granted(lone, kind):
    """It says what happened, and what happened may have been wrong."""
    lone.record(uses=1 << 20, markets=1, kind=kind)

    assert lone.state.batches == 1


@pytest.mark.law7
@pytest.mark.law19
def test_what_was_stated_late_stays_late_after_a_top_up(desk):
    """A late top-up heals nothing in the history: the batch says late for ever."""
    part = desk.accept(deposit=1_000 * desk.unit)
    history = History(part)
    history.record(images=2, kind=LATE, at=part.start + 20 * DAY)
    part.top_up(part.fee)

    assert bytes(part.state.head) == history.head()
    assert history.batches[0][0][1] == LATE


@pytest.mark.law19
def test_a_reporter_records_for_its_licensee(desk, lone):
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
    tx = lone.record(by=desk.tool)

    assert tx.events["UsageRecorded"]["reporter"] == desk.tool


@pytest.mark.law19
def test_says_everything_that_the_head_was_made_of(desk, lone):
    batch = lone.batch(images=3)
    event = lone.record(images=3).events["UsageRecorded"]

    assert (event["licenseId"], event["reporter"]) == (lone.id, desk.hm)
    assert tuple(map(_plain, event["batch"])) == batch


def _plain(value):
    return bytes(value) if not isinstance(value, int) else int(value)


@pytest.mark.law19
def test_head_is_zero_before_the_first_batch(lone):
    assert bytes(lone.state.head) == EMPTY


@pytest.mark.law19
def test_head_is_what_python_makes_of_the_batches(desk, lone):
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
    history = History(lone)
    history.record(images=3, at=lone.start + 1)
    history.record(images=2, by=desk.tool, at=lone.start + DAY)
    history.record(images=9, kind=LATE, uses=0, at=lone.start + 2 * DAY)
    history.record(images=1, kind=REMOVED, root=b"other".ljust(32), at=lone.end + DAY)

    assert bytes(lone.state.head) == history.head()


@pytest.mark.law19
@pytest.mark.parametrize(
    "change",
    [
        {"images": 2},
        {"root": b"x".ljust(32)},
        {"manifest": b"x".ljust(32)},
        {"uses": 2},
        {"markets": 1 << 101},
        {"kind": 1},
    ],
    ids=lambda change: next(iter(change)),
)
def test_head_holds_every_field(desk, lone, change):
    snapshot = desk.snapshot()
    lone.record(at=lone.start)
    plain = bytes(lone.state.head)
    desk.restore(snapshot)
    lone.record(at=lone.start, **change)

    assert bytes(lone.state.head) != plain


@pytest.mark.law19
def test_head_holds_the_time(desk, lone):
    snapshot = desk.snapshot()
    lone.record(at=lone.start)
    plain = bytes(lone.state.head)
    desk.restore(snapshot)
    lone.record(at=lone.start + 1)

    assert bytes(lone.state.head) != plain


@pytest.mark.law19
def test_head_holds_the_reporter(desk, lone):
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
    snapshot = desk.snapshot()
    lone.record()
    plain = bytes(lone.state.head)
    desk.restore(snapshot)
    lone.record(by=desk.tool)

    assert bytes(lone.state.head) != plain


@pytest.mark.law19
@pytest.mark.law20
def test_histories_of_two_licenses_never_meet(desk):
    first, second = desk.accept(), desk.accept()
    first.record()
    second.record()

    assert first.state.head != second.state.head


@pytest.mark.law19
def test_batch_hash_is_what_python_makes_of_it(desk, lone):
    batch = lone.batch(images=3)

    assert bytes(desk.licenses.batchHash(lone.id, batch, desk.hm, 12345)) == hash_batch(
        lone.id, batch, desk.hm, 12345
    )


@pytest.mark.law19
@pytest.mark.boundary
def test_batch_hash_of_the_least_and_the_greatest_values(desk):
    least = (0, 0, EMPTY, 0, 0, 0, EMPTY)
    most = (2**24 - 1, 2, b"\xff" * 32, 2**32 - 1, 2**32 - 1, 2**256 - 1, b"\xff" * 32)
    hashes = desk.licenses.batchHash

    assert bytes(hashes(0, least, ZERO, 0)) == hash_batch(0, least, ZERO, 0)
    assert bytes(hashes(2**256 - 1, most, "0x" + "ff" * 20, 2**40 - 1)) == hash_batch(
        2**256 - 1, most, "0x" + "ff" * 20, 2**40 - 1
    )
