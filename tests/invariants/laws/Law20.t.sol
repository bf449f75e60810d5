// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Batch, Kind, Leaf} from "../../../contracts/types/Usage.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title An image is proven by its leaf, below the batch's count
contract Law20 is Desk {
    uint256 private licenseId;
    bytes32[] private none;

    function setUp() public override {
        super.setUp();
        licenseId = _accept(_terms(), FEE);
    }

    /// @dev Two images, the second to be proven; and a batch of their tree, the license's first.
    function _published(uint32 index, bytes32 file, bytes32 entry, uint32 images)
        private
        returns (Batch memory batch, Leaf memory leaf, bytes32[] memory proof)
    {
        leaf = Leaf(index, file, entry);
        proof = new bytes32[](1);
        proof[0] = _hash(Leaf(0, "first", "entry"));
        (bytes32 one, bytes32 other) = (_hash(leaf), proof[0]);
        bytes32 root = one < other ? keccak256(bytes.concat(one, other)) : keccak256(bytes.concat(other, one));
        batch = Batch(1, Kind.Late, root, images, 1, 1, "manifest");
        _recorded(batch);
    }

    function _recorded(Batch memory batch) private {
        vm.prank(hm);
        licenses.record(licenseId, batch);
    }

    function _hash(Leaf memory leaf) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(leaf.index, leaf.file, leaf.entry))));
    }

    function testFuzz_law20_anImageOfARecordedBatchIsProven(bytes32 file, bytes32 entry, uint32 later) external {
        (Batch memory batch, Leaf memory leaf, bytes32[] memory proof) = _published(1, file, entry, 2);
        uint40 time = uint40(clock);
        require(licenses.isRecorded(licenseId, batch, hm, time, 0, none, leaf, proof), "it is not proven");

        // Batches that came later are handed in as hashes.
        bytes32[] memory hashes = new bytes32[](1 + later % 4);
        for (uint24 i; i < hashes.length; ++i) {
            _at(clock + 1);
            Batch memory next = _batch(i + 2, Kind.Removed, 1);
            _recorded(next);
            hashes[i] = licenses.batchHash(licenseId, next, hm, uint40(clock));
        }
        require(licenses.isRecorded(licenseId, batch, hm, time, 0, hashes, leaf, proof), "it is not proven later");
        require(!licenses.isRecorded(licenseId, batch, hm, time, 0, none, leaf, proof), "the later ones are missing");
    }

    function testFuzz_law20_nothingElseIsProven(uint256 which, uint32 by) external {
        (Batch memory batch, Leaf memory leaf, bytes32[] memory proof) = _published(1, "file", "entry", 2);
        by |= 1;
        which %= 10;
        (uint256 id, address reporter, uint40 time, bytes32 head) = (licenseId, hm, uint40(clock), bytes32(0));
        if (which == 0) id ^= by;
        if (which == 1) batch.number += uint24(1 + by % 1000);
        if (which == 2) batch.root ^= bytes32(uint256(by));
        if (which == 3) batch.images ^= by;
        if (which == 4) reporter = rival;
        if (which == 5) time += uint40(by);
        if (which == 6) head = bytes32(uint256(by));
        if (which == 7) leaf.index ^= 1;
        if (which == 8) leaf.file ^= bytes32(uint256(by));
        if (which == 9) proof[0] ^= bytes32(uint256(by));
        require(!licenses.isRecorded(id, batch, reporter, time, head, none, leaf, proof), "it is proven");
    }

    function testFuzz_law20_anIndexIsBelowTheNumberOfImages(uint32 index, uint32 images) external {
        images = images == 0 ? 1 : images;
        (Batch memory batch, Leaf memory leaf, bytes32[] memory proof) = _published(index, "file", "entry", images);
        bool isRecorded = licenses.isRecorded(licenseId, batch, hm, uint40(clock), 0, none, leaf, proof);
        require(isRecorded == (index < images), "an index beyond, or none below, is proven");
    }

    function test_law20_theLastIndexIsInAndTheCountIsOut() external {
        (Batch memory batch, Leaf memory leaf, bytes32[] memory proof) = _published(6, "file", "entry", 7);
        require(licenses.isRecorded(licenseId, batch, hm, uint40(clock), 0, none, leaf, proof), "the last is out");
        bytes32 head = licenses.licenseOf(licenseId).head;
        leaf = Leaf(7, "file", "entry");
        (bytes32 one, bytes32 other) = (_hash(leaf), proof[0]);
        batch.root = one < other ? keccak256(bytes.concat(one, other)) : keccak256(bytes.concat(other, one));
        batch.number = 2;
        _recorded(batch);
        require(!licenses.isRecorded(licenseId, batch, hm, uint40(clock), head, none, leaf, proof), "the count is in");
    }

    function testFuzz_law20_nothingIsRecordedOfAnUnknownLicense(uint256 id, Leaf calldata leaf) external view {
        Batch memory batch = _batch(1, Kind.Declared, type(uint32).max);
        batch.root = _hash(leaf);
        if (id == licenseId) id += 1;
        require(!licenses.isRecorded(id, batch, hm, 0, 0, none, leaf, none), "it is proven");
    }
}
