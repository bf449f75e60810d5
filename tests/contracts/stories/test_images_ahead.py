"""A license whose images run ahead of its time, and time that catches up."""

from __future__ import annotations

import pytest

from tests.contracts.support.desk import DAY
from tests.contracts.support.history import History
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.tree import Tree, images

IMAGES = 8


@pytest.mark.story
@pytest.mark.law11
@pytest.mark.law13
@pytest.mark.law19
@pytest.mark.law20
def test_images_are_paid_when_they_are_declared(desk):
    license = desk.accept()
    history = History(license)
    desk.licenses.setReporter(desk.tool, True, desk.by(desk.hm))
    spring, summer = images(40, "spring"), images(35, "summer")

    history.record(images=40, root=Tree(spring).root, at=license.start + DAY)
    history.record(images=35, root=Tree(summer).root, by=desk.tool)
    with reverts_with("MayNotPublish", license.id, IMAGES):
        license.record(images=26, by=desk.tool)

    license.pay_out()
    assert license.state.collected == 6_750 * desk.unit

    before = desk.parts()
    license.pay_out(at=license.start + 67 * DAY)
    assert desk.parts(before) == {}, "time has not caught up with 75 images of 100"

    tx = license.pay_out(at=license.start + 68 * DAY)
    assert license.state.collected == license.owes(tx.timestamp, used=75)
    assert license.state.collected > 6_750 * desk.unit

    history.record(images=25, root=Tree(images(25, "autumn")).root, by=desk.tool)
    license.pay_out()
    assert license.state.collected == license.fee, "a fully used license has earned its fee"

    license.pay_out(at=license.end)
    assert bytes(license.state.head) == history.head()
    leaf = summer[7]
    proof = Tree(summer).proof(leaf)
    assert desk.licenses.isRecorded(license.id, *history.proof(2), leaf, proof)
    assert not desk.licenses.isRecorded(license.id, *history.proof(1), leaf, proof)
    assert desk.token.balanceOf(desk.licenses) == 0
