// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title What is true of products and quotients, where a solver does not see it by itself
/// @dev A proof assumes a lemma of its own values; LemmaProofs proves each for all values of its widths. Nothing here
/// overflows: amounts are 96 bits.
abstract contract Lemmas {
    function _productGrows(uint96 a, uint96 b, uint96 c) internal pure returns (bool) {
        unchecked {
            return uint256(a) * b <= uint256(a) * c;
        }
    }

    function _productSplits(uint96 a, uint96 b, uint96 c) internal pure returns (bool) {
        unchecked {
            return (uint256(b) + c) * a == uint256(b) * a + uint256(c) * a;
        }
    }

    function _quotientGrows(uint256 n, uint256 m, uint96 d) internal pure returns (bool) {
        return n / d <= m / d;
    }

    function _dividesTo(uint96 q, uint96 r, uint96 d) internal pure returns (bool) {
        unchecked {
            return (uint256(q) * d + r) / d == q;
        }
    }
}
