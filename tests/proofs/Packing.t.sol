// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Live, LiveBits} from "../../contracts/types/Live.sol";
import {Status, StatusBits} from "../../contracts/types/Status.sol";
import {vm} from "../invariants/Vm.sol";

/// @title Fields that share a slot
/// @dev For all values of all fields.
contract PackingProofs {
    // mutant of types/Status.sol
    // - (uint96(endsAt) << 16)
    // + (uint96(endsAt) << 17)
    function check_law06_a_status_gives_back_what_it_was_given(uint40 start, uint40 end, uint16 marks) external pure {
        Status status = StatusBits.from(start, end, marks);
        assert(status.start() == start && status.end() == end && uint16(Status.unwrap(status)) == marks);
    }

    // mutant of types/Status.sol
    // - ~(uint96(type(uint40).max) << 16)
    // + ~(uint96(type(uint40).max) << 17)
    function check_law09_a_new_end_leaves_start_and_marks(Status status, uint40 time) external pure {
        Status ended = status.endingAt(time);
        assert(ended.end() == time && ended.start() == status.start());
        assert(uint16(Status.unwrap(ended)) == uint16(Status.unwrap(status)));
    }

    // mutant of types/Status.sol
    // - Status.wrap(Status.unwrap(status) | mark)
    // + Status.wrap(Status.unwrap(status) ^ mark)
    function check_law17_a_mark_leaves_times_and_other_marks(Status status, uint8 bit) external pure {
        vm.assume(bit < 16);
        uint96 mark = uint96(1) << bit;
        Status marked = status.with(mark);
        assert(marked.has(mark) && marked.start() == status.start() && marked.end() == status.end());
        assert(Status.unwrap(marked) & ~mark == Status.unwrap(status) & ~mark);
    }

    // mutant of types/Live.sol
    // - (uint256(uses_) << 32) | marketSet_
    // + (uint256(uses_) << 31) | marketSet_
    function check_law14_a_live_gives_back_what_it_was_given(
        uint96 deposited,
        uint40 paidThrough,
        uint32 imagesLeft,
        uint32 uses,
        uint32 marketSet
    ) external pure {
        Live live = LiveBits.from(deposited, paidThrough, imagesLeft, uses, marketSet);
        assert(live.deposited() == deposited && live.paidThrough() == paidThrough && live.imagesLeft() == imagesLeft);
        assert(live.uses() == uses && live.marketSet() == marketSet && live.batches() == 0);
    }

    // mutant of types/Live.sol
    // - type(uint256).max << 88
    // + type(uint256).max << 87
    function check_law14_a_payment_leaves_the_history(
        Live live,
        uint96 deposited,
        uint40 paidThrough,
        uint32 imagesLeft
    ) external pure {
        Live paid = live.paid(deposited, paidThrough, imagesLeft);
        assert(paid.deposited() == deposited && paid.paidThrough() == paidThrough && paid.imagesLeft() == imagesLeft);
        assert(uint88(Live.unwrap(paid)) == uint88(Live.unwrap(live)));
    }

    /// @dev Where its caller keeps its word: so many images are left, and the last batch number is not reached.
    // mutant of types/Live.sol
    // - (uint256(images) << 88) + (1 << 64)
    // + (uint256(images) << 88) + (1 << 63)
    function check_law19_a_batch_leaves_the_money(Live live, uint32 images) external pure {
        vm.assume(images <= live.imagesLeft() && live.batches() != type(uint24).max);
        Live recorded = live.recorded(images);
        assert(recorded.imagesLeft() == live.imagesLeft() - images && recorded.batches() == live.batches() + 1);
        assert(Live.unwrap(recorded) >> 120 == Live.unwrap(live) >> 120);
        assert(uint64(Live.unwrap(recorded)) == uint64(Live.unwrap(live)));
    }
}
