// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {StreamMath} from "../../contracts/libraries/StreamMath.sol";
import {vm} from "../invariants/Vm.sol";
import {Lemmas} from "./Lemmas.sol";

/// @title What is earned and what is covered
/// @dev Fees and deposits of 96 bits, times of 40 bits, terms and quotas of 32 bits: all that the contracts hand in.
contract StreamProofs is Lemmas {
    /// @dev Also: at most the fee, for the deposit is (law 14).
    // mutant of libraries/StreamMath.sol
    // - return ahead < deposited ? ahead : deposited;
    // + return ahead;
    function check_law13_what_is_earned_is_deposited(
        uint96 fee,
        uint96 deposited,
        uint40 elapsed,
        uint32 term,
        uint40 used,
        uint32 quota
    ) external pure {
        assert(StreamMath.earned(fee, deposited, elapsed, term, used, quota) <= deposited);
    }

    // mutant of libraries/StreamMath.sol
    // - byTime > byImages ? byTime : byImages
    // + elapsed > used ? byImages : byTime
    function check_law13_earned_never_falls_in_time(
        uint96 fee,
        uint96 deposited,
        uint40 elapsed,
        uint40 later,
        uint32 term,
        uint32 used,
        uint32 quota
    ) external pure {
        vm.assume(term != 0 && elapsed <= later);
        unchecked {
            vm.assume(_productGrows(fee, elapsed, later));
            vm.assume(_quotientGrows(uint256(fee) * elapsed, uint256(fee) * later, term));
        }

        uint256 before = StreamMath.earned(fee, deposited, elapsed, term, used, quota);
        assert(before <= StreamMath.earned(fee, deposited, later, term, used, quota));
    }

    // mutant of libraries/StreamMath.sol
    // - byTime > byImages ? byTime : byImages
    // + elapsed > used ? byTime : byImages
    function check_law13_earned_never_falls_in_images(
        uint96 fee,
        uint96 deposited,
        uint40 elapsed,
        uint32 term,
        uint32 used,
        uint32 more,
        uint32 quota
    ) external pure {
        vm.assume(quota != 0 && used <= more);
        unchecked {
            vm.assume(_productGrows(fee, used, more));
            vm.assume(_quotientGrows(uint256(fee) * used + quota - 1, uint256(fee) * more + quota - 1, quota));
        }

        uint256 before = StreamMath.earned(fee, deposited, elapsed, term, used, quota);
        assert(before <= StreamMath.earned(fee, deposited, elapsed, term, more, quota));
    }

    /// @dev The law's own sum, of quotients and what they leave: each n is q x d + r with r < d, once (Euclid).
    // mutant of libraries/StreamMath.sol
    // - (fee * used + quota - 1) / quota
    // + (fee * used + quota) / quota
    function check_law13_earned_is_the_sum_of_the_law(
        uint96 fee,
        uint96 deposited,
        uint32 term,
        uint32 quota,
        uint96 byTime,
        uint32 secondsLeft,
        uint96 byImages,
        uint32 imagesLeft,
        uint40 elapsed,
        uint32 used
    ) external pure {
        vm.assume(secondsLeft < term && imagesLeft < quota);
        unchecked {
            // Rounded down: byTime is the greatest with byTime x term <= fee x elapsed.
            vm.assume(uint256(fee) * elapsed == uint256(byTime) * term + secondsLeft);
            // Rounded up: byImages is the least with byImages x quota >= fee x used.
            vm.assume(uint256(fee) * used + quota - 1 == uint256(byImages) * quota + imagesLeft);
            vm.assume(_dividesTo(byTime, secondsLeft, term) && _dividesTo(byImages, imagesLeft, quota));
        }

        uint256 ahead = byTime > byImages ? byTime : byImages;
        uint256 earned = StreamMath.earned(fee, deposited, elapsed, term, used, quota);
        assert(earned == (ahead < deposited ? ahead : deposited));
    }

    // mutant of libraries/StreamMath.sol
    // - fee * elapsed / term
    // + fee * elapsed / (term + 1)
    function check_law13_all_seconds_earn_the_fee(uint96 fee, uint32 term, uint32 used, uint32 quota) external pure {
        vm.assume(term != 0 && quota != 0 && used <= quota);
        unchecked {
            vm.assume(_dividesTo(fee, 0, term) && _dividesTo(fee, quota - 1, quota));
            vm.assume(_productGrows(fee, used, quota));
            uint256 whole = uint256(fee) * quota + quota - 1;
            vm.assume(_quotientGrows(uint256(fee) * used + quota - 1, whole, quota));
        }
        assert(StreamMath.earned(fee, fee, term, term, used, quota) == fee);
    }

    // mutant of libraries/StreamMath.sol
    // - (fee * used + quota - 1) / quota
    // + (fee * used + quota - 1) / (quota + 1)
    function check_law13_all_images_earn_the_fee(uint96 fee, uint40 elapsed, uint32 term, uint32 quota) external pure {
        vm.assume(term != 0 && quota != 0);
        vm.assume(_dividesTo(fee, quota - 1, quota));
        assert(StreamMath.earned(fee, fee, elapsed, term, quota, quota) == fee);
    }

    // mutant of libraries/StreamMath.sol
    // - whole * deposited / fee
    // + whole * deposited / fee + 1
    function check_law14_covered_is_at_most_the_whole(uint32 whole, uint96 deposited, uint96 fee) external pure {
        vm.assume(deposited <= fee);
        assert(StreamMath.covered(whole, deposited, fee) <= whole);
    }

    // mutant of libraries/StreamMath.sol
    // - whole * deposited / fee
    // + whole * deposited % fee
    function check_law14_covered_never_falls(uint32 whole, uint96 deposited, uint96 more, uint96 fee) external pure {
        vm.assume(deposited <= more);
        unchecked {
            vm.assume(_productGrows(whole, deposited, more));
            vm.assume(fee == 0 || _quotientGrows(uint256(whole) * deposited, uint256(whole) * more, fee));
        }
        assert(StreamMath.covered(whole, deposited, fee) <= StreamMath.covered(whole, more, fee));
    }

    // mutant of libraries/StreamMath.sol
    // - fee == 0 ? whole
    // + fee == 0 ? 0
    function check_law14_the_fee_covers_the_whole(uint32 whole, uint96 fee) external pure {
        assert(StreamMath.covered(whole, fee, fee) == whole);
    }

    /// @dev `covered` seconds, or images, are paid for whole, and the next one is not: so one counts if and only if it is
    /// paid for whole.
    // mutant of libraries/StreamMath.sol
    // - whole * deposited / fee
    // + (whole * deposited + fee - 1) / fee
    function check_law14_what_is_paid_for_whole_counts(
        uint32 whole,
        uint96 deposited,
        uint96 fee,
        uint32 covered,
        uint96 left
    ) external pure {
        vm.assume(left < fee && deposited <= fee);
        unchecked {
            vm.assume(uint256(whole) * deposited == uint256(covered) * fee + left);
        }
        vm.assume(_dividesTo(covered, left, fee));

        assert(StreamMath.covered(whole, deposited, fee) == covered);
    }

    /// @dev What the covered seconds earn is deposited, so that nobody is owed more than there is.
    // mutant of libraries/StreamMath.sol
    // - whole * deposited / fee
    // + whole * deposited / fee + 1
    function check_law14_covered_seconds_earn_at_most_the_deposit(
        uint32 term,
        uint96 deposited,
        uint96 fee,
        uint32 covered,
        uint96 left
    ) external pure {
        vm.assume(term != 0 && left < fee);
        unchecked {
            vm.assume(uint256(term) * deposited == uint256(covered) * fee + left);
            vm.assume(_quotientGrows(uint256(fee) * covered, uint256(term) * deposited, term));
        }
        vm.assume(_dividesTo(covered, left, fee) && _dividesTo(deposited, 0, term));

        uint256 passed = StreamMath.covered(term, deposited, fee);
        assert(StreamMath.earned(fee, type(uint96).max, passed, term, 0, 1) <= deposited);
    }

    /// @dev Seconds that are over have passed, and none after the end.
    // mutant of libraries/StreamMath.sol
    // - at < end ? at : end
    // + at <= start ? end : at
    function check_law06_passed_seconds_are_of_the_license(uint40 start, uint40 end, uint40 at) external pure {
        uint256 passed = StreamMath.passed(start, end, at);
        if (end <= start || at <= start) assert(passed == 0);
        else assert(passed == (at < end ? at : end) - uint256(start));
    }
}
