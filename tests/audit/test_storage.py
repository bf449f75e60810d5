"""The layout that the audit reads storage by is the compiler's, its tries are the nodes' own."""

from __future__ import annotations

from dataclasses import replace

import pytest
import solcx
from eth_utils.address import to_canonical_address
from eth_utils.crypto import keccak
from hexbytes import HexBytes

from scripts.compile import ROOT, SETTINGS, SOLC
from twinrights.audit import headers, storage
from twinrights.audit.observe import proof_of
from twinrights.audit.trie import EMPTY_ROOT, ProofBroken, proven, storage_root
from twinrights.audit.vault import state_root_differs
from twinrights.chain.connect import connect
from twinrights.chain.deploy import deploy
from twinrights.chain.node import start_program
from twinrights.wallets import dev_wallet


@pytest.fixture(scope="module")
def layouts():
    """Return the slots of each contract's variables, as the compiler lays them out."""
    names = ("TwinLicense", "DigitalTwin")
    output = solcx.compile_standard(
        {
            "language": "Solidity",
            "settings": {**SETTINGS, "outputSelection": {"*": {"*": ["storageLayout"]}}},
            "sources": {
                f"contracts/{name}.sol": {
                    "content": (ROOT / f"contracts/{name}.sol").read_text(encoding="utf-8")
                }
                for name in names
            },
        },
        base_path=ROOT,
        solc_binary=SOLC,
    )
    return {
        name: output["contracts"][f"contracts/{name}.sol"][name]["storageLayout"] for name in names
    }


def test_the_slots_are_the_compilers(layouts):
    slots = {each["label"]: int(each["slot"]) for each in layouts["TwinLicense"]["storage"]}
    assert slots == {
        "_live": storage.LIVE,
        "_collected": storage.COLLECTED,
        "_head": storage.HEAD,
        "_marketsIn": storage.MARKETS_IN,
        "_books": storage.BOOKS,
        "_payable": storage.PAYABLE,
        "isReporter": storage.IS_REPORTER,
        "_setOf": storage.SET_OF,
        "_sets": storage.SETS,
        "isRevoked": storage.IS_REVOKED,
    }
    twins = {each["label"]: int(each["slot"]) for each in layouts["DigitalTwin"]["storage"]}
    assert twins == {"_counters": storage.COUNTERS, "_moves": storage.MOVES}


def test_the_structs_are_packed_as_the_audit_reads_them(layouts):
    book = members(layouts["TwinLicense"], "struct Exclusivity.Book")
    assert book == {"granted": (0, 0), "count": (0, 31), "exclusives": (1, 0)}
    counters = members(layouts["DigitalTwin"], "struct TwinState.Counters")
    assert counters == {
        "epoch": (0, 0),
        "nonce": (0, 4),
        "leastSerial": (0, 8),
        "guardian": (0, 12),
    }
    move = members(layouts["DigitalTwin"], "struct PendingMove")
    assert move == {"to": (0, 0), "readyAt": (0, 20), "byGuardian": (0, 25)}


def members(layout, label):
    """Return slot and first byte of each member of a struct."""
    struct = next(each for each in layout["types"].values() if each["label"] == label)
    return {each["label"]: (int(each["slot"]), each["offset"]) for each in struct["members"]}


def test_a_word_of_a_license_reads_as_it_was_written():
    live = storage.Live(
        deposited=2**96 - 1,
        paid_through=2**40 - 2,
        images_left=2**32 - 3,
        batches=2**24 - 4,
        uses=2**32 - 5,
        market_set=2**32 - 6,
    )
    assert storage.Live.of(live.word) == live
    assert live.word < 2**256


def test_a_nodes_storage_reads_as_its_views_answer(any_life):
    web3, deployment = any_life.chain.web3, any_life.chain.deployment
    license = any_life.chain.licenses.get(any_life.plain)

    def word(slot: int) -> int:
        return int.from_bytes(web3.eth.get_storage_at(deployment.licenses, slot), "big")

    live = storage.Live.of(word(storage.live_slot(license.id)))
    assert (live.deposited, live.paid_through) == (license.deposited, license.paid_through)
    assert (live.images_left, live.batches) == (license.images_left, license.batches)
    assert word(storage.collected_slot(license.id)) == license.collected
    assert word(storage.head_slot(license.id)).to_bytes(32, "big") == license.head
    token = storage.Token.of(word(storage.token_slot(license.id)))
    assert (token.holder, token.beside >> 56) == (license.licensee, license.start)


def test_fresh_contracts_store_nothing(tmp_path):
    with start_program("anvil", folder=tmp_path) as node:
        web3 = connect(node.url)
        fresh = deploy(web3, dev_wallet(0))
        for contract in (fresh.licenses, fresh.twins, fresh.metadata):
            assert bytes(web3.eth.get_proof(contract, [])["storageHash"]) == EMPTY_ROOT


def test_nothing_stored_gives_the_empty_root():
    empty = "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421"
    assert storage_root({}) == storage_root({1: 0}) == EMPTY_ROOT == bytes.fromhex(empty)


def test_roots_are_those_of_py_evms_own_tries():
    trie = pytest.importorskip("trie")
    rlp = pytest.importorskip("rlp")
    words: dict[int, int] = {}
    theirs = trie.HexaryTrie({})
    for number in range(200):
        slot, word = int.from_bytes(keccak(bytes([number])), "big"), 1 << (number % 256)
        words[slot] = word
        key = keccak(slot.to_bytes(32, "big"))
        theirs[key] = rlp.encode(word.to_bytes((word.bit_length() + 7) // 8, "big"))
        assert storage_root(words) == theirs.root_hash


@pytest.fixture
def proof(lived):
    """Return a state root, a hashed address, and the nodes that Ganache proves it by."""
    web3 = lived("ganache").chain.web3
    licenses = lived("ganache").chain.deployment.licenses
    found = web3.eth.get_proof(licenses, [])
    root = bytes(web3.eth.get_block("latest")["stateRoot"])
    nodes = [bytes(HexBytes(node)) for node in found["accountProof"]]
    return root, keccak(to_canonical_address(licenses)), nodes


def test_a_proof_gives_the_account(proof):
    root, key, nodes = proof
    assert proven(root, key, nodes) is not None


def test_a_proof_without_one_of_its_nodes_is_broken(proof):
    root, key, nodes = proof
    for at in range(len(nodes)):
        with pytest.raises(ProofBroken, match="missing"):
            proven(root, key, nodes[:at] + nodes[at + 1 :])


def test_a_proof_under_another_root_is_broken(proof):
    _, key, nodes = proof
    with pytest.raises(ProofBroken, match="missing"):
        proven(b"\x01" * 32, key, nodes)


def test_a_proof_can_prove_that_there_is_no_account(proof):
    root, key, nodes = proof
    stranger = key[:-1] + bytes([key[-1] ^ 1])
    assert proven(root, stranger, nodes) is None


def test_a_storage_root_that_the_state_root_does_not_bind_is_named(lived):
    life = lived("ganache")
    web3, licenses = life.chain.web3, life.chain.deployment.licenses
    head = web3.eth.block_number
    header = headers.read(web3, first=head, last=head)[0]
    honest = proof_of(web3, licenses, block=head)
    assert list(state_root_differs(header, honest)) == []
    for forged in (replace(honest, storage_root=b"\x01" * 32), replace(honest, nodes=())):
        finding = next(state_root_differs(header, forged))
        assert (finding.code, finding.block) == ("StateRootDiffers", head)
