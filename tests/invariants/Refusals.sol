// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IExclusivity} from "../../contracts/interfaces/IExclusivity.sol";
import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {ISigned} from "../../contracts/interfaces/ISigned.sol";
import {ITwinLicense} from "../../contracts/interfaces/ITwinLicense.sol";
import {Entry} from "../../contracts/types/License.sol";
import {Prices} from "../../contracts/types/RateCard.sol";
import {Pay, Scope, Share, Terms} from "../../contracts/types/Terms.sol";
import {Drafts} from "./Drafts.sol";

/// @title By which error a grant is refused: the first that applies, in the order of the checks
abstract contract Refusals is Drafts {
    /// @dev The licenses of the conflict book, in its order: all since the last opening, and the exclusive ones.
    mapping(uint256 twin => mapping(uint8 category => uint256[])) internal bookOf;
    mapping(uint256 twin => mapping(uint8 category => uint256[])) internal exclusivesOf;
    mapping(uint256 twin => mapping(bytes32 digest => bool)) internal isWithdrawn;

    function _refusalOfTerms(Terms memory terms, address sender, uint96 deposit) internal view returns (bytes memory) {
        (Scope memory scope, Pay memory pay) = (terms.scope, terms.pay);
        uint256 start = scope.start == 0 ? _now() : scope.start;
        if (sender != scope.licensee) {
            return abi.encodeWithSelector(ITwinLicense.NotLicensee.selector, sender, scope.licensee);
        }
        if (_now() >= scope.validUntil) {
            return abi.encodeWithSelector(ITwinLicense.TermsExpired.selector, scope.validUntil);
        }
        if (start < _now()) return abi.encodeWithSelector(ITwinLicense.StartInPast.selector, start);
        if (pay.term == 0 || pay.term > 1827 days || start + pay.term > type(uint40).max) {
            return abi.encodeWithSelector(ITwinLicense.TermOutOfRange.selector, pay.term);
        }
        if (scope.uses == 0 || scope.markets == 0 || pay.quota == 0) {
            return abi.encodeWithSelector(ITwinLicense.NothingGranted.selector);
        }
        if (pay.committed > pay.fee) {
            return abi.encodeWithSelector(ITwinLicense.CommittedOverFee.selector, pay.committed, pay.fee);
        }
        uint96 least = scope.exclusive ? pay.fee : pay.committed;
        if (deposit < least || deposit > pay.fee) {
            return abi.encodeWithSelector(IRoyaltyStream.DepositOutOfRange.selector, deposit, least, pay.fee);
        }
        return "";
    }

    function _refusalOfPrices(Terms memory terms, Prices memory prices) internal view returns (bytes memory) {
        (Scope memory scope, Pay memory pay) = (terms.scope, terms.pay);
        uint256 start = scope.start == 0 ? _now() : scope.start;
        if (prices.licensee != address(0) && prices.licensee != scope.licensee) {
            return abi.encodeWithSelector(ITwinLicense.CardNotForSender.selector, prices.licensee);
        }
        (uint256 least, uint256 most) = (1 days * uint256(prices.minDays), 1 days * uint256(prices.maxDays));
        if (pay.term % 1 days != 0 || pay.term < least || pay.term > most) {
            return
                abi.encodeWithSelector(ITwinLicense.DaysOutOfRange.selector, pay.term, prices.minDays, prices.maxDays);
        }
        if (pay.quota > prices.maxQuota) {
            return abi.encodeWithSelector(ITwinLicense.QuotaOverCard.selector, pay.quota, prices.maxQuota);
        }
        uint256 earliest = _now() + prices.leadTime;
        if (start < earliest || start > scope.validUntil) {
            return abi.encodeWithSelector(ITwinLicense.StartNotSold.selector, start, earliest, scope.validUntil);
        }
        if (scope.exclusive && prices.exclusiveFactor == 0) {
            return abi.encodeWithSelector(ITwinLicense.ExclusiveNotSold.selector);
        }
        uint32 uses = scope.uses;
        for (uint256 i; i < prices.uses.length; ++i) {
            uses &= ~(uint32(1) << prices.uses[i].use);
        }
        if (uses != 0) return abi.encodeWithSelector(ITwinLicense.UsesNotSold.selector, uses);
        uint256 markets = scope.markets;
        for (uint256 i; i < prices.markets.length; ++i) {
            markets &= ~prices.markets[i].markets;
        }
        if (markets != 0) return abi.encodeWithSelector(ITwinLicense.MarketsNotSold.selector, markets);
        uint256 price = _price(terms, prices);
        if (pay.fee != price) return abi.encodeWithSelector(ITwinLicense.FeeNotQuoted.selector, pay.fee, price);
        return "";
    }

    /// @dev Laws 3 and 5. `digest` is of the offer, or of the card.
    function _refusalOfOwner(Terms memory terms, Twin storage twin, bytes32 digest, bool isSigned)
        internal
        view
        returns (bytes memory)
    {
        bytes32 id = _digest(terms);
        for (uint256 i; i < heldList.length; ++i) {
            if (heldList[i].id == uint256(id)) return abi.encodeWithSelector(ITwinLicense.LicenseExists.selector, id);
        }
        if (terms.scope.epoch != twin.epoch) {
            return abi.encodeWithSelector(ITwinLicense.EpochWrong.selector, terms.scope.epoch, twin.epoch);
        }
        if (isWithdrawn[twin.id][digest]) {
            return abi.encodeWithSelector(ITwinLicense.SignatureRevoked.selector, digest);
        }
        if (!isSigned) return abi.encodeWithSelector(ISigned.SignatureInvalid.selector, twin.owner);
        return "";
    }

    /// @dev Law 4, and what shares must be.
    function _refusalOfPolicy(Terms memory terms, Twin storage twin) internal view returns (bytes memory) {
        (Scope memory scope, Share[] memory shares) = (terms.scope, terms.shares);
        if (shares.length > 15) return abi.encodeWithSelector(ITwinLicense.SharesTooMany.selector, shares.length);
        uint256 sum;
        for (uint256 i; i < shares.length; ++i) {
            address payee = shares[i].payee;
            bool isWrong = payee == address(0) || payee == address(licenses) || shares[i].bps == 0;
            for (uint256 j; j < i; ++j) {
                isWrong = isWrong || shares[j].payee == payee;
            }
            if (isWrong) return abi.encodeWithSelector(ITwinLicense.PayeeInvalid.selector, payee);
            sum += shares[i].bps;
        }
        uint32 offLimits = scope.uses & ~twin.uses;
        if (offLimits != 0) return abi.encodeWithSelector(ITwinLicense.UsesOffLimits.selector, offLimits);
        if (scope.category > 31 || twin.categories & (uint256(1) << scope.category) == 0) {
            return abi.encodeWithSelector(ITwinLicense.CategoryOffLimits.selector, scope.category);
        }
        if (sum > 10_000) return abi.encodeWithSelector(ITwinLicense.SharesOverWhole.selector, sum);
        if (10_000 - sum < twin.leastOwnerBps) {
            return abi.encodeWithSelector(ITwinLicense.OwnerShareTooLow.selector, 10_000 - sum, twin.leastOwnerBps);
        }
        return "";
    }

    /// @dev Law 8. The opening may be that of an earlier book.
    function _refusalOfBook(Terms memory terms, uint256 twin, bool isBooking, uint256 opened)
        internal
        view
        returns (bytes memory)
    {
        (Scope memory scope, uint8 category) = (terms.scope, terms.scope.category);
        uint256[] storage book = scope.exclusive ? bookOf[twin][category] : exclusivesOf[twin][category];
        uint256 looked = scope.exclusive ? opened : book.length;
        for (uint256 i; i < looked; ++i) {
            Held storage other = heldList[book[i]];
            if (_overlaps(terms, other)) {
                return abi.encodeWithSelector(IExclusivity.ExclusivityConflict.selector, other.id);
            }
        }
        if (!scope.exclusive) return "";
        if (opened != book.length) {
            return abi.encodeWithSelector(IExclusivity.OpeningStale.selector, terms.pay.twinId, category);
        }
        uint256 lasting;
        uint256[] storage exclusives = exclusivesOf[twin][category];
        for (uint256 i; i < exclusives.length; ++i) {
            if (heldList[exclusives[i]].end > _now()) ++lasting;
        }
        if (lasting < (isBooking ? 4 : 8)) return "";
        return abi.encodeWithSelector(IExclusivity.ExclusivesFull.selector, terms.pay.twinId, category);
    }

    /// @dev Whether terms, granted now, and another license of the same twin and category would meet.
    function _overlaps(Terms memory terms, Held storage other) private view returns (bool) {
        uint256 start = terms.scope.start == 0 ? _now() : terms.scope.start;
        Scope storage scope = other.terms.scope;
        return scope.licensee != terms.scope.licensee && scope.uses & terms.scope.uses != 0
            && scope.markets & terms.scope.markets != 0 && other.start < other.end
            && other.start < start + terms.pay.term && start < other.end;
    }

    /// @dev What an exclusive buyer hands in.
    function _opening(uint256 twin, uint8 category, uint256 opened) internal view returns (Entry[] memory entries) {
        entries = new Entry[](opened);
        for (uint256 i; i < opened; ++i) {
            entries[i] = _entryOf(heldList[bookOf[twin][category][i]]);
        }
    }

    function _entryOf(Held storage held) internal view returns (Entry memory) {
        Scope storage scope = held.terms.scope;
        return Entry(held.id, held.start, held.endAsGranted, scope.uses, scope.markets);
    }
}
