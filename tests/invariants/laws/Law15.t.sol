// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {Share, Terms} from "../../../contracts/types/Terms.sol";
import {Desk} from "./Desk.sol";

/// @title Shares sum without dust in any number of collections
contract Law15 is Desk {
    function testFuzz_law15_everyPartIsThatOfTheTotalHoweverOftenItIsCollected(
        uint96 fee,
        uint256 count,
        uint256 cuts,
        uint256 times
    ) external {
        Terms memory terms = _terms();
        (terms.pay.fee, terms.pay.committed, terms.shares) = (fee, 0, _shares(count % 16, cuts));
        dollar.mint(hm, fee);
        _accept(terms, fee);
        uint256 begun = clock;
        for (uint256 i; i < 5; ++i) {
            _at(clock + (times >> (i * 32)) % 4 days);
            if (!_license(terms).isSettled) _payOut(terms);
            uint256 elapsed = clock - begun < TERM ? clock - begun : TERM;
            _areParts(terms, uint256(fee) * elapsed / TERM);
        }
    }

    /// @dev Each part is divided from what the earlier ones left; the owner has the rest.
    function _areParts(Terms memory terms, uint256 total) private view {
        uint256 bps = 10_000;
        for (uint256 i; i < terms.shares.length; ++i) {
            uint256 part = total * terms.shares[i].bps / bps;
            require(dollar.balanceOf(terms.shares[i].payee) == part, "a payee has another part");
            total -= part;
            bps -= terms.shares[i].bps;
        }
        require(dollar.balanceOf(model) == total, "the owner has another part");
    }

    /// @dev Different payees, whose parts sum to at most the whole, often to just that.
    function _shares(uint256 count, uint256 cuts) private pure returns (Share[] memory shares) {
        shares = new Share[](count);
        uint256 left = 10_000;
        for (uint256 i; i < count; ++i) {
            uint256 most = left - (count - i - 1);
            uint256 bps = i + 1 == count && cuts % 2 == 0 ? most : 1 + (cuts >> (16 * i)) % most;
            shares[i] = Share(address(uint160(0xbeef00 + i)), uint16(bps), 1);
            left -= bps;
        }
    }

    function test_law15_whereTheSharesAreTheWholeTheOwnerHasNothing() external {
        Terms memory terms = _terms();
        terms.shares = new Share[](1);
        terms.shares[0] = Share(agency, 10_000, 1);
        _accept(terms, FEE);
        _at(clock + TERM);
        _payOut(terms);
        require(dollar.balanceOf(agency) == FEE && dollar.balanceOf(model) == 0, "the owner has something");
    }

    function test_law15_withoutSharesTheOwnerHasAll() external {
        Terms memory terms = _terms();
        terms.shares = new Share[](0);
        _accept(terms, FEE);
        _at(clock + TERM);
        _payOut(terms);
        require(dollar.balanceOf(model) == FEE, "she has not all");
    }

    function testFuzz_law15_theSharesAreAtMostTheWhole(uint16 one, uint16 other) external {
        Terms memory terms = _terms();
        (one, other) = (one == 0 ? 1 : one, other == 0 ? 1 : other);
        (terms.shares[0].bps, terms.shares[1].bps) = (one, other);
        uint256 sum = uint256(one) + other;
        if (sum <= 10_000) _accept(terms, FEE);
        else _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.SharesOverWhole.selector, sum));
    }

    function test_law15_theWholeIsInAndOneMoreIsOut() external {
        Terms memory terms = _terms();
        (terms.shares[0].bps, terms.shares[1].bps) = (5000, 5001);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.SharesOverWhole.selector, 10_001));
        terms.shares[1].bps = 5000;
        _accept(terms, FEE);
    }

    function test_law15_thereAreAtMostFifteenShares() external {
        Terms memory terms = _terms();
        terms.shares = _shares(16, 1);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.SharesTooMany.selector, 16));
        terms.shares = _shares(15, 1);
        _accept(terms, FEE);
    }

    function test_law15_eachPayeeIsNamedOnceAndHasAPart() external {
        Terms memory terms = _terms();
        bytes4 error = ITwinLicense.PayeeInvalid.selector;
        terms.shares[1].payee = agency;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(error, agency));
        terms.shares[1].payee = address(0);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(error, address(0)));
        terms.shares[1].payee = address(licenses);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(error, address(licenses)));
        (terms.shares[1].payee, terms.shares[1].bps) = (photographer, 0);
        _acceptRefused(terms, FEE, abi.encodeWithSelector(error, photographer));
        terms.shares[1].bps = 1;
        _accept(terms, FEE);
    }
}
