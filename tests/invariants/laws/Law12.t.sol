// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Blocklist} from "../../../contracts/mocks/Blocklist.sol";
import {License} from "../../../contracts/types/License.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {Desk} from "./Desk.sol";

/// @title The balance covers what is deposited and payable
/// @dev After any single life of two licenses; the invariants try whole histories.
contract Law12 is Desk {
    function testFuzz_law12_theBalanceIsWhatIsDepositedAndPayable(
        uint96 fee,
        uint96 deposit,
        uint32 first,
        uint32 second,
        uint256 end
    ) external {
        Blocklist token = new Blocklist();
        _fund(token, hm);
        token.setBlocked(agency, true);
        Terms memory one = _terms();
        (one.pay.currency, one.pay.fee, one.pay.committed) = (address(token), fee, 0);
        _accept(one, deposit = uint96(deposit % (uint256(fee) + 1)));
        Terms memory other = _terms();
        (other.pay.currency, other.scope.ref) = (address(token), "other");
        _accept(other, FEE);
        _holds(token, one, other);

        _at(clock + first % TERM);
        _payOut(one);
        _holds(token, one, other);
        _topUp(one, uint96(deposit + (fee - deposit) / 2));
        _holds(token, one, other);
        if (end % 3 == 0) _giveNotice(one);
        if (end % 3 == 1) _surrender(one);
        _holds(token, one, other);
        _at(clock + second % 20 days);
        _payOut(other);
        if (end % 3 != 1) _payOut(one);
        _holds(token, one, other);
        require(licenses.payableTo(address(token), _n(agency)) > 0 || first % TERM == 0, "nothing was refused");
    }

    function _holds(Blocklist token, Terms memory one, Terms memory other) private view {
        (License memory a, License memory b) = (_license(one), _license(other));
        uint256 books = uint256(a.deposited) - a.collected + b.deposited - b.collected
            + licenses.payableTo(address(token), _n(agency));
        require(token.balanceOf(address(licenses)) == books, "the books are not the balance");
    }

    function testFuzz_law12_whatSomebodyGivesChangesNothing(uint96 gift) external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        dollar.mint(address(licenses), gift);
        _at(clock + TERM);
        _payOut(terms);
        require(dollar.balanceOf(address(licenses)) == gift, "the gift was paid to somebody");
    }
}
