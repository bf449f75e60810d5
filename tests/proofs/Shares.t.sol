// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ShareMath} from "../../contracts/libraries/ShareMath.sol";
import {vm} from "../invariants/Vm.sol";
import {Lemmas} from "./Lemmas.sol";

/// @title Dividing by shares
/// @dev One share, from any state that the shares before it may have left: by induction so do all of them, however
/// many. Then three shares in a row, without that argument.
contract ShareProofs is Lemmas {
    using ShareMath for ShareMath.Rest;

    // mutant of libraries/ShareMath.sol
    // - rest.later -= part;
    // + rest.later -= before;
    function check_law15_a_part_and_what_it_leaves_are_the_total(ShareMath.Rest memory rest, uint256 bps)
        external
        pure
    {
        vm.assume(rest.bps != 0);
        unchecked {
            uint256 total = rest.later - rest.earlier;
            uint256 part = rest.take(bps);
            assert(part + rest.later - rest.earlier == total);
        }
    }

    // mutant of libraries/ShareMath.sol
    // - return part - before;
    // + return part - before + 1;
    function check_law15_a_part_does_not_depend_on_how_often_one_collects(
        uint96 a,
        uint96 b,
        uint96 c,
        uint16 whole,
        uint16 bps
    ) external pure {
        vm.assume(whole != 0);
        ShareMath.Rest memory first = ShareMath.Rest(a, b, whole);
        ShareMath.Rest memory second = ShareMath.Rest(b, c, whole);
        ShareMath.Rest memory once = ShareMath.Rest(a, c, whole);
        unchecked {
            assert(first.take(bps) + second.take(bps) == once.take(bps));
        }
        assert(first.earlier == once.earlier && first.later == second.earlier && second.later == once.later);
        assert(first.bps == once.bps && second.bps == once.bps);
    }

    /// @dev Totals stay in order, no part is below zero or above what there was, and the whole that is left is the sum
    /// of the other shares.
    // mutant of libraries/ShareMath.sol
    // - return part - before;
    // + return part - before + 1;
    function check_law15_a_part_grows_with_the_total_and_so_does_what_it_leaves(
        uint96 earlier,
        uint96 more,
        uint16 bps,
        uint16 others,
        uint96 before,
        uint16 left
    ) external pure {
        uint96 whole = uint96(bps) + others;
        vm.assume(bps != 0 && whole <= ShareMath.WHOLE && earlier <= type(uint96).max - more);
        uint96 later = earlier + more;
        unchecked {
            // The part grows; it does not exceed its total; it grows by no more than the total.
            vm.assume(_productSplits(bps, earlier, more) && _productGrows(more, bps, whole));
            vm.assume(_productGrows(earlier, bps, whole) && _dividesTo(earlier, 0, whole));
            vm.assume(_quotientGrows(uint256(earlier) * bps, uint256(later) * bps, whole));
            vm.assume(_quotientGrows(uint256(earlier) * bps, uint256(earlier) * whole, whole));
            uint256 most = uint256(earlier) * bps + uint256(more) * whole;
            vm.assume(_quotientGrows(uint256(later) * bps, most, whole));
            vm.assume(left < whole && before <= earlier);
            vm.assume(uint256(earlier) * bps == uint256(before) * whole + left);
            vm.assume(_productSplits(whole, before, more));
            vm.assume(_dividesTo(before, left, whole) && _dividesTo(before + more, left, whole));
        }

        ShareMath.Rest memory rest = ShareMath.Rest(earlier, later, whole);
        uint256 paid = rest.take(bps);

        assert(paid <= more && rest.earlier <= earlier && rest.later == rest.earlier + (more - paid));
        assert(rest.bps == others);
    }

    // mutant of libraries/ShareMath.sol
    // - rest.earlier -= before;
    // + rest.earlier -= part;
    function check_law15_three_parts_and_the_owners_are_the_total(uint96 earlier, uint96 later, uint16[3] calldata bps)
        external
        pure
    {
        vm.assume(uint256(bps[0]) + bps[1] + bps[2] <= ShareMath.WHOLE && bps[2] != 0);
        ShareMath.Rest memory rest = ShareMath.Rest(earlier, later, ShareMath.WHOLE);
        unchecked {
            uint256 sum = rest.take(bps[0]) + rest.take(bps[1]) + rest.take(bps[2]);
            assert(sum + rest.later - rest.earlier == uint256(later) - earlier);
        }
    }
}
