"""The tree of a batch: any leaf's proof leads to the root, and nothing else does."""

import pytest
from eth_abi import encode
from eth_utils import keccak
from hypothesis import given
from hypothesis import strategies as st

from twinrights.media.tree import Tree, leaf_hash, root_from
from twinrights.terms import Leaf

HASH = st.binary(min_size=32, max_size=32)
FILES = st.lists(st.tuples(HASH, HASH), min_size=1, max_size=40)


def leaves_of(files):
    return [Leaf(index, file, entry) for index, (file, entry) in enumerate(files)]


def test_a_leaf_is_hashed_twice_as_the_contract_does():
    leaf = Leaf(3, b"\x01" * 32, b"\x02" * 32)
    word = encode(["uint32", "bytes32", "bytes32"], [3, b"\x01" * 32, b"\x02" * 32])
    assert leaf_hash(leaf) == keccak(keccak(word))


def test_one_image_is_its_own_root():
    (leaf,) = leaves_of([(b"\x01" * 32, b"\x02" * 32)])
    tree = Tree.of([leaf])
    assert (tree.root, tree.proof(leaf)) == (leaf_hash(leaf), ())


def test_two_images_are_hashed_in_order_of_their_hashes():
    leaves = leaves_of([(b"\x01" * 32, b"\x02" * 32), (b"\x03" * 32, b"\x04" * 32)])
    low, high = sorted(map(leaf_hash, leaves))
    assert Tree.of(leaves).root == keccak(low + high)


@given(FILES)
def test_every_proof_leads_to_the_root(files):
    leaves = leaves_of(files)
    tree = Tree.of(leaves)
    assert all(root_from(leaf, tree.proof(leaf)) == tree.root for leaf in leaves)


@given(FILES, st.integers(min_value=0))
def test_another_index_leads_elsewhere(files, at):
    leaves = leaves_of(files)
    leaf, tree = leaves[at % len(leaves)], Tree.of(leaves)
    moved = Leaf(leaf.index + 1, leaf.file, leaf.entry)
    assert root_from(moved, tree.proof(leaf)) != tree.root


@given(FILES, st.randoms())
def test_the_order_in_which_leaves_are_given_does_not_matter(files, random):
    leaves = leaves_of(files)
    tree = Tree.of(leaves)
    random.shuffle(leaves)
    assert Tree.of(leaves) == tree


def test_a_leaf_that_is_not_in_the_tree_has_no_proof():
    tree = Tree.of(leaves_of([(b"\x01" * 32, b"\x02" * 32)] * 3))
    with pytest.raises(ValueError, match="not in"):
        tree.proof(Leaf(9, b"\x01" * 32, b"\x02" * 32))


def test_a_tree_has_at_least_one_leaf():
    with pytest.raises(ValueError, match="at least one leaf"):
        Tree.of([])
