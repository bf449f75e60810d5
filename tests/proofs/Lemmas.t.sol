// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {vm} from "../invariants/Vm.sol";
import {Lemmas} from "./Lemmas.sol";

contract LemmaProofs is Lemmas {
    // mutant of ../tests/proofs/Lemmas.sol
    // - return uint256(a) * b <= uint256(a) * c;
    // + return uint256(a) * b < uint256(a) * c;
    function check_lemma_a_product_grows_with_its_factor(uint96 a, uint96 b, uint96 c) external pure {
        vm.assume(b <= c);
        assert(_productGrows(a, b, c));
    }

    // mutant of ../tests/proofs/Lemmas.sol
    // - return (uint256(b) + c) * a == uint256(b) * a + uint256(c) * a;
    // + return (uint256(b) + c) * a == uint256(b) * a + c;
    function check_lemma_a_product_splits(uint96 a, uint96 b, uint96 c) external pure {
        assert(_productSplits(a, b, c));
    }

    // mutant of ../tests/proofs/Lemmas.sol
    // - return n / d <= m / d;
    // + return n / d < m / d;
    function check_lemma_a_quotient_grows_with_the_number(uint192 n, uint192 m, uint96 d) external pure {
        vm.assume(d != 0 && n <= m);
        assert(_quotientGrows(n, m, d));
    }

    // mutant of ../tests/proofs/Lemmas.sol
    // - return (uint256(q) * d + r) / d == q;
    // + return (uint256(q) * d + r + 1) / d == q;
    function check_lemma_a_rest_below_the_divisor_adds_nothing(uint96 q, uint96 r, uint96 d) external pure {
        vm.assume(r < d);
        assert(_dividesTo(q, r, d));
    }
}
