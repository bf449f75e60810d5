"""The chain's clock is read everywhere and moved where the chain is local."""

from datetime import datetime, timedelta, timezone

import pytest

from tests.client.stage import DAY
from twinrights.chain.clock import Clock
from twinrights.errors import BadDate, ClockFixed


def test_time_passes_by_seconds_or_spans(any_stage):
    clock, start = any_stage.chain.clock, any_stage.chain.now()
    assert clock.is_movable
    assert clock.advance(DAY) == clock.now()
    assert 0 <= clock.now() - start - DAY <= 2
    clock.advance(timedelta(days=2))
    assert 0 <= clock.now() - start - 3 * DAY <= 4


def test_the_next_block_carries_the_time_that_was_moved_to(any_stage):
    clock = any_stage.chain.clock
    target = clock.now() + 100 * DAY
    assert clock.move_to(datetime.fromtimestamp(target, timezone.utc)) in (target, target + 1)
    assert clock.today().timestamp() == clock.now()
    any_stage.license()
    assert 0 <= clock.now() - target <= 5


def test_time_does_not_go_back(any_stage):
    now = any_stage.chain.now()
    with pytest.raises(BadDate) as caught:
        any_stage.chain.clock.move_to(now)
    assert str(now) in str(caught.value)


def test_a_date_without_a_zone_is_refused(stage):
    with pytest.raises(BadDate, match="does not say its time zone"):
        stage.chain.clock.move_to(datetime(2031, 1, 1))  # noqa: DTZ001


def test_the_clock_of_a_chain_that_is_not_local_stays(foreign):
    clock = Clock(foreign.web3)
    assert not clock.is_movable
    with pytest.raises(ClockFixed) as caught:
        clock.advance(1)
    assert caught.value.chain_id == 11155111


def test_a_chain_whose_next_block_is_later_than_asked_mines_that(stage):
    clock, now = stage.chain.clock, stage.chain.now()
    inside = stage.chain.web3.provider.ethereum_tester.backend.chain
    # What py-evm does by itself where its last block is older than the time of day.
    inside.header = inside.header.copy(timestamp=now + 500)
    assert clock.advance(60) == now + 500
