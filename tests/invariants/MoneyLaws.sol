// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "../../contracts/mocks/TestDollar.sol";
import {License} from "../../contracts/types/License.sol";
import {Share} from "../../contracts/types/Terms.sol";
import {MoneyDeeds} from "./MoneyDeeds.sol";

/// @title Laws 12 to 18, of money
abstract contract MoneyLaws is MoneyDeeds {
    function invariant_law12_theBalanceCoversWhatIsOwed() public view {
        for (uint256 i; i < currencies.length; ++i) {
            Currency storage currency = currencies[i];
            if (currency.at != currency.ledger || currency.kind == Kind.Shrinking) continue;
            uint256 owed;
            for (uint256 j; j < currencies.length; ++j) {
                if (currencies[j].ledger == currency.ledger) owed += _owed(currencies[j].at);
            }
            uint256 balance = TestDollar(currency.at).balanceOf(address(licenses));
            require(balance >= owed, "law 12: less is there than is owed");
            require(balance == owed, "law 12: more is there than is owed");
        }
    }

    /// @dev sum(deposited - collected) + sum(payable), as the contract states them.
    function _owed(address at) private view returns (uint256 sum) {
        for (uint256 i; i < heldList.length; ++i) {
            if (heldList[i].terms.pay.currency != at) continue;
            License memory license = licenses.licenseOf(heldList[i].id);
            sum += license.deposited - license.collected;
        }
        for (uint256 i; i < people.length; ++i) {
            sum += licenses.payableTo(at, uint160(people[i]));
        }
        for (uint256 i; i < twinList.length; ++i) {
            sum += licenses.payableTo(at, twinList[i].id);
        }
    }

    function invariant_law13_earnedFollowsSecondsOrImagesAndNeverFalls() public view {
        require(keccak256(bytes(fallen)) != keccak256("earned"), "law 13: what was earned fell");
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            uint40[5] memory times = [_now(), held.start, held.start + 1, held.end - 1, held.end];
            for (uint256 j; j < 5; ++j) {
                require(_earnedOnChain(held, times[j]) == _earned(held, times[j]), "law 13: another sum is earned");
            }
            uint96 last = _earnedOnChain(held, held.end);
            require(last <= _deposited(held), "law 13: more is earned than is deposited");
            bool isWhole = held.end == held.endAsGranted && held.paidIn == held.terms.pay.fee;
            if (isWhole) require(last == held.terms.pay.fee, "law 13: a whole term does not earn the fee");
        }
    }

    function invariant_law14_secondsAndImagesArePaidForWhole() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            License memory license = licenses.licenseOf(held.id);
            require(license.deposited == _deposited(held), "law 14: another sum is deposited");
            require(license.deposited <= held.terms.pay.fee, "law 14: more than the fee is deposited");
            require(held.paidIn >= held.terms.pay.committed, "law 14: less than is committed was paid in");
            require(license.paidThrough == _paidThrough(held), "law 14: paid through another second");
            require(license.imagesLeft == _imagesLeft(held), "law 14: another number of images is left");
            uint256 fee = held.terms.pay.fee;
            uint256 paidSeconds = license.paidThrough - held.start;
            // The last second that is paid for costs no more than was paid in, the next one would.
            require(fee * paidSeconds <= uint256(held.paidIn) * held.terms.pay.term || fee == 0, "law 14: unpaid");
            require(
                fee == 0 || fee * (paidSeconds + 1) > uint256(held.paidIn) * held.terms.pay.term,
                "law 14: a second that is paid for is missing"
            );
        }
    }

    function invariant_law15_sharesSumToWhatIsCollected() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            uint96 collected = licenses.licenseOf(held.id).collected;
            require(collected == held.collected, "law 15: another sum is collected");
            Share[] memory shares = held.terms.shares;
            uint256[] memory parts = _parts(shares, collected);
            uint256 sum;
            for (uint256 j; j < parts.length; ++j) {
                sum += parts[j];
                if (j == shares.length) continue;
                uint256 fair = uint256(collected) * shares[j].bps / 10_000;
                require(parts[j] + shares.length >= fair && parts[j] <= fair + shares.length, "law 15: not its share");
            }
            require(sum == collected, "law 15: dust");
        }
    }

    function invariant_law16_whatIsRefusedWaitsForItsPayee() public view {
        for (uint256 i; i < currencies.length; ++i) {
            address at = currencies[i].at;
            for (uint256 j; j < people.length; ++j) {
                uint256 account = uint160(people[j]);
                require(licenses.payableTo(at, account) == waiting[at][account], "law 16: another sum waits");
            }
            for (uint256 j; j < twinList.length; ++j) {
                uint256 account = twinList[j].id;
                require(licenses.payableTo(at, account) == waiting[at][account], "law 16: another sum waits for a twin");
            }
        }
    }

    function invariant_law17_aLicenseSettlesOnceAtItsEnd() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            License memory license = licenses.licenseOf(held.id);
            require(license.isSettled == held.isSettled, "law 17: settled, or not, against the books");
            if (!license.isSettled) continue;
            require(license.end <= _now(), "law 17: settled before its end");
            require(license.deposited == license.collected, "law 17: something is left in a settled license");
            require(held.paidIn == license.collected + held.refunded, "law 17: paid in is not paid out and refunded");
        }
    }

    /// @dev Laws 10, 15 and 17, too: nobody has a unit more or less than the second books say, in any currency.
    function invariant_law18_everyWalletHoldsWhatTheBooksSay() public view {
        for (uint256 i; i < currencies.length; ++i) {
            address at = currencies[i].at;
            if (at != currencies[i].ledger) continue;
            uint256 own = TestDollar(at).balanceOf(address(licenses));
            require(own == walletOf[at][address(licenses)], "law 18: the contract holds another sum");
            for (uint256 j; j < people.length; ++j) {
                uint256 balance = TestDollar(at).balanceOf(people[j]);
                require(balance == walletOf[at][people[j]], "law 18: a wallet holds another sum");
            }
        }
    }
}
