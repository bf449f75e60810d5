"""setReporter: a licensee names and dismisses who records for it (laws 10, 19)."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import ZERO
from tests.contracts.support.reverts import reverts_with

NONE, NOT_YOURS = 0, 2


def name(desk, reporter, *, by=None, allowed=True):
    return desk.licenses.setReporter(reporter, allowed, desk.by(by or desk.hm))


@pytest.mark.law10
@pytest.mark.law11
@pytest.mark.refusal
def test_a_reporter_of_another_licensee_is_none_of_this_one(desk, lone):
    name(desk, desk.tool, by=desk.rival)

    assert lone.may_publish(who=desk.tool) == NOT_YOURS


@pytest.mark.law10
@pytest.mark.refusal
def test_nobody_names_themselves_for_somebody_else(desk, lone):
    name(desk, desk.stranger, by=desk.stranger)

    with reverts_with("MayNotPublish", lone.id, NOT_YOURS):
        lone.record(by=desk.stranger)


@pytest.mark.law10
@pytest.mark.refusal
def test_a_reporter_names_no_other_reporter(desk, lone):
    name(desk, desk.tool)
    name(desk, desk.stranger, by=desk.tool)

    assert lone.may_publish(who=desk.stranger) == NOT_YOURS


@pytest.mark.law11
@pytest.mark.boundary
def test_the_zero_address_is_nobodys_reporter_by_itself(desk, lone):
    assert lone.may_publish(who=ZERO) == NOT_YOURS


@pytest.mark.law11
def test_a_reporter_may_publish(desk, lone):
    name(desk, desk.tool)

    assert lone.may_publish(who=desk.tool) == NONE


@pytest.mark.law11
def test_a_dismissed_reporter_may_not(desk, lone):
    name(desk, desk.tool)
    name(desk, desk.tool, allowed=False)

    assert lone.may_publish(who=desk.tool) == NOT_YOURS


@pytest.mark.law11
def test_a_reporter_may_for_every_license_of_its_licensee(desk):
    first, second = desk.accept(), desk.accept()
    name(desk, desk.tool)

    assert first.may_publish(who=desk.tool) == second.may_publish(who=desk.tool) == NONE


@pytest.mark.law11
def test_a_reporter_may_for_licenses_granted_later(desk):
    name(desk, desk.tool)

    assert desk.accept().may_publish(who=desk.tool) == NONE


@pytest.mark.law11
def test_the_licensee_still_may_itself(desk, lone):
    name(desk, desk.hm, allowed=False)

    assert lone.may_publish() == NONE


@pytest.mark.law11
def test_a_licensee_has_many_reporters(desk, lone):
    name(desk, desk.tool)
    name(desk, desk.agency)

    assert lone.may_publish(who=desk.tool) == lone.may_publish(who=desk.agency) == NONE


@pytest.mark.parametrize("allowed", [True, False])
def test_is_what_the_view_says(desk, allowed):
    name(desk, desk.tool)
    name(desk, desk.tool, allowed=allowed)

    assert desk.licenses.isReporter(desk.hm, desk.tool) is allowed


def test_says_who_named_whom(desk):
    assert dict(name(desk, desk.tool).events["ReporterSet"]) == {
        "licensee": desk.hm,
        "reporter": desk.tool,
        "isAllowed": True,
    }


@pytest.mark.law10
@pytest.mark.parametrize("who", ["rival", "agency", "stranger"])
def test_anybody_names_reporters_of_their_own(desk, who):
    name(desk, desk.tool, by=getattr(desk, who))

    assert desk.licenses.isReporter(getattr(desk, who), desk.tool)
    assert not desk.licenses.isReporter(desk.hm, desk.tool)


@pytest.mark.law10
def test_spends_nothing_of_the_licensees(desk, lone):
    name(desk, desk.tool)
    before = desk.parts()
    lone.record(by=desk.tool)

    assert desk.parts(before) == {}
