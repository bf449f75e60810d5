"""isRecorded: whether an image stands in the history of a license (law 20)."""

from __future__ import annotations

import pytest

from tests.contracts.support.clock import now
from tests.contracts.support.desk import DAY
from tests.contracts.support.held import LATE, REMOVED
from tests.contracts.support.history import EMPTY, History
from tests.contracts.support.reverts import reverts_with
from tests.contracts.support.tree import Tree, images

SIZES = [1, 2, 3, 4, 5, 7, 8, 13]


@pytest.fixture
def leaves():
    return images(7)


@pytest.fixture
def tree(leaves):
    return Tree(leaves)


@pytest.fixture
def history(lone, tree):
    """Three batches; the second holds the tree."""
    history = History(lone)
    history.record(images=3, at=lone.start + 1)
    history.record(images=7, root=tree.root, at=lone.start + DAY)
    history.record(images=2, at=lone.start + 2 * DAY)
    return history


def is_recorded(history, leaf, proof, *, number=2, license_id=None, **changes):
    license = history.license
    names = ("batch", "reporter", "time", "before", "later")
    parts = dict(zip(names, history.proof(number), strict=True)) | changes
    return license.desk.licenses.isRecorded(
        license.id if license_id is None else license_id, *parts.values(), leaf, proof
    )


@pytest.mark.law20
@pytest.mark.parametrize("count", SIZES)
def test_proves_every_image_of_a_batch(lone, count):
    leaves = images(count)
    tree, history = Tree(leaves), History(lone)
    history.record(images=count, root=tree.root)

    assert all(is_recorded(history, leaf, tree.proof(leaf), number=1) for leaf in leaves)


@pytest.mark.law20
def test_proves_images_of_a_batch_in_the_midst(history, tree, leaves):
    assert all(is_recorded(history, leaf, tree.proof(leaf)) for leaf in leaves)


@pytest.mark.law20
@pytest.mark.parametrize("kind", [0, LATE, REMOVED])
def test_proves_images_of_every_kind(lone, tree, leaves, kind):
    history = History(lone)
    history.record(images=7, root=tree.root, kind=kind)

    assert is_recorded(history, leaves[3], tree.proof(leaves[3]), number=1)


@pytest.mark.law20
def test_goes_on_proving_while_the_history_grows(history, tree, leaves):
    history.record(images=1, kind=LATE, at=history.license.end + DAY)

    assert is_recorded(history, leaves[0], tree.proof(leaves[0]))


@pytest.mark.law20
@pytest.mark.refusal
@pytest.mark.parametrize("place", [0, 1, 2], ids=["index", "file", "entry"])
def test_refuses_another_image(history, tree, leaves, place):
    leaf = list(leaves[3])
    leaf[place] = 4 if place == 0 else b"other".ljust(32)

    assert not is_recorded(history, tuple(leaf), tree.proof(leaves[3]))


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_the_proof_of_another_image(history, tree, leaves):
    assert not is_recorded(history, leaves[3], tree.proof(leaves[4]))


@pytest.mark.law20
@pytest.mark.boundary
@pytest.mark.parametrize("changed", ["none", "shorter", "longer", "one bit"])
def test_refuses_another_path(history, tree, leaves, changed):
    proof = tree.proof(leaves[3])
    bit = bytes([proof[0][0] ^ 1]) + proof[0][1:]
    others = {
        "none": [],
        "shorter": proof[:-1],
        "longer": [*proof, EMPTY],
        "one bit": [bit, *proof[1:]],
    }

    assert not is_recorded(history, leaves[3], others[changed])


@pytest.mark.law20
@pytest.mark.boundary
@pytest.mark.parametrize(("stated", "proven"), [(7, True), (6, False), (1, False)])
def test_refuses_an_index_that_is_not_below_the_images(lone, tree, leaves, stated, proven):
    """A tree of seven, recorded as fewer: the last ones cannot be proven."""
    history = History(lone)
    history.record(images=stated, root=tree.root)

    assert is_recorded(history, leaves[6], tree.proof(leaves[6]), number=1) is proven


@pytest.mark.law20
@pytest.mark.boundary
def test_refuses_an_index_equal_to_the_images(lone, tree, leaves):
    history = History(lone)
    history.record(images=3, root=tree.root)

    assert is_recorded(history, leaves[2], tree.proof(leaves[2]), number=1)
    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), number=1)


@pytest.mark.law19
@pytest.mark.law20
@pytest.mark.refusal
@pytest.mark.parametrize("place", range(7))
def test_refuses_a_batch_with_any_other_field(history, tree, leaves, place):
    batch = list(history.proof(2)[0])
    batch[place] = batch[place] + 1 if isinstance(batch[place], int) else b"other".ljust(32)

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), batch=tuple(batch))


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_another_reporter(history, tree, leaves):
    stranger = history.license.desk.stranger.address

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), reporter=stranger)


@pytest.mark.law20
@pytest.mark.boundary
@pytest.mark.parametrize("by", [-1, 1])
def test_refuses_another_second(history, tree, leaves, by):
    time = history.proof(2)[2] + by

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), time=time)


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_another_head_before(history, tree, leaves):
    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), before=EMPTY)


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_later_batches_that_lack_one(history, tree, leaves):
    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), later=[])


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_later_batches_that_are_one_too_many(history, tree, leaves):
    later = [*history.proof(2)[4], EMPTY]

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), later=later)


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_later_batches_out_of_order(history, tree, leaves):
    history.record(images=1)
    later = history.proof(2)[4][::-1]

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), later=later)


@pytest.mark.law20
@pytest.mark.refusal
def test_refuses_another_license(history, tree, leaves):
    other = history.license.desk.accept()

    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), license_id=other.id)


@pytest.mark.law20
@pytest.mark.boundary
def test_refuses_an_unknown_license(history, tree, leaves):
    assert not is_recorded(history, leaves[3], tree.proof(leaves[3]), license_id=7)


@pytest.mark.law20
@pytest.mark.boundary
def test_refuses_everything_of_a_license_without_a_history(desk, lone):
    leaf = images(1)[0]
    batch = lone.batch(root=Tree([leaf]).root)
    asked = (lone.id, batch, desk.hm, now(), EMPTY, [], leaf, [])

    assert not desk.licenses.isRecorded(*asked)


@pytest.mark.law20
@pytest.mark.refusal
def test_takes_no_node_of_the_tree_for_an_image(history, tree, leaves):
    """Leaves are hashed twice, so that nothing within the tree is one."""
    inner = tree.nodes[1]
    leaf = (0, inner, tree.nodes[2])

    assert not is_recorded(history, leaf, [])


@pytest.mark.law20
class TestGroupPicture:
    """One tree, recorded under three licenses in one transaction: all of them, or none."""

    @pytest.fixture
    def three(self, desk):
        twins = [desk.mint(f"model {number}") for number in range(2)]
        return [desk.accept(), *(desk.accept(twinId=twin) for twin in twins)]

    @staticmethod
    def record(desk, licenses, tree, images):
        call = desk.licenses.record
        deeds = [
            call.encode_input(license.id, license.batch(images, root=tree.root))
            for license in licenses
        ]
        return desk.licenses.multicall(deeds, desk.by(desk.hm))

    def test_is_proven_under_each(self, desk, three, tree, leaves):
        histories = [History(license) for license in three]
        batches = [license.batch(7, root=tree.root) for license in three]
        tx = self.record(desk, three, tree, 7)
        for history, batch in zip(histories, batches, strict=True):
            history.batches.append((batch, str(desk.hm), tx.timestamp))

        assert all(
            is_recorded(history, leaves[5], tree.proof(leaves[5]), number=1)
            for history in histories
        )

    def test_uses_quota_of_each(self, desk, three, tree):
        self.record(desk, three, tree, 7)

        assert [license.state.imagesLeft for license in three] == [93, 93, 93]

    def test_says_the_same_root_three_times(self, desk, three, tree):
        events = self.record(desk, three, tree, 7).events["UsageRecorded"]

        assert [bytes(event["batch"][2]) for event in events] == [tree.root] * 3
        assert [event["licenseId"] for event in events] == [license.id for license in three]

    @pytest.mark.refusal
    @pytest.mark.parametrize("ended", [0, 1, 2])
    def test_is_recorded_under_none_where_one_refuses(self, desk, three, tree, ended):
        three[ended].surrender()

        with reverts_with("MayNotPublish", three[ended].id, 4):
            self.record(desk, three, tree, 7)

        assert [license.state.batches for license in three] == [0, 0, 0]

    @pytest.mark.refusal
    def test_of_one_is_no_proof_under_another(self, desk, three, tree, leaves):
        history = History(three[0])
        history.record(images=7, root=tree.root)
        proof = tree.proof(leaves[5])

        assert is_recorded(history, leaves[5], proof, number=1)
        assert not is_recorded(history, leaves[5], proof, number=1, license_id=three[1].id)
