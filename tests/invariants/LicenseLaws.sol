// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Entry, License} from "../../contracts/types/License.sol";
import {Scope} from "../../contracts/types/Terms.sol";
import {Reason} from "../../contracts/types/Usage.sol";
import {GrantDeeds} from "./GrantDeeds.sol";
import {UsageDeeds} from "./UsageDeeds.sol";

/// @title Laws 5 to 11, of licenses
abstract contract LicenseLaws is GrantDeeds, UsageDeeds {
    function invariant_law05_whatWasSignedIsWhatIsHeld() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            License memory license = licenses.licenseOf(held.id);
            require(held.id == uint256(_digest(held.terms)), "law 5: the id is not the terms' digest");
            require(license.uses == held.terms.scope.uses, "law 5: other uses");
            require(license.markets == held.terms.scope.markets, "law 5: other markets");
            require(license.start == held.start, "law 5: another start");
            require(license.isBooking == held.isBooking, "law 5: an offer is a booking, or a booking an offer");
            for (uint256 j; j < i; ++j) {
                require(heldList[j].id != held.id, "law 5: granted twice");
            }
        }
    }

    function invariant_law06_aTermIsHalfOpenAndBounded() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            (uint40 start, uint40 end) = (held.start, licenses.licenseOf(held.id).end);
            require(end <= uint256(start) + 1827 days, "law 6: more than five years");
            if (end >= _now()) require(!licenses.isLive(held.id, end), "law 6: the end is licensed");
            if (start > _now()) require(!licenses.isLive(held.id, start - 1), "law 6: live before its start");
            if (start > _now() && start < end && held.paidIn == held.terms.pay.fee) {
                require(licenses.isLive(held.id, start), "law 6: the start is not licensed");
            }
        }
    }

    function invariant_law07_liveIsStartedNotEndedAndPaidThrough() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            uint40[8] memory seconds_ = [
                _now(),
                _now() + 1,
                held.start - 1,
                held.start,
                held.end - 1,
                held.end,
                _paidThrough(held) - 1,
                _paidThrough(held)
            ];
            for (uint256 j; j < 8; ++j) {
                uint40 at = seconds_[j];
                if (at < _now()) continue;
                require(
                    licenses.isLive(held.id, at) == _isLive(held, at), "law 7: live, or not, against its definition"
                );
            }
        }
        require(!licenses.isLive(1, 0), "law 7: a license that nobody granted is live");
    }

    function invariant_law08_exclusivesOverlapNoOtherLicensee() public view {
        for (uint256 i; i < heldList.length; ++i) {
            for (uint256 j; j < i; ++j) {
                require(!_collide(heldList[i], heldList[j]), "law 8: an exclusive license overlaps another");
            }
        }
        for (uint256 i; i < twinList.length; ++i) {
            for (uint8 category; category < 3; ++category) {
                _bookIsKept(i, category);
            }
        }
    }

    /// @dev By present ends; a license that ended before its start covers no time.
    function _collide(Held storage a, Held storage b) private view returns (bool) {
        (Scope storage one, Scope storage other) = (a.terms.scope, b.terms.scope);
        if (a.twin != b.twin || one.category != other.category || one.licensee == other.licensee) return false;
        if (!one.exclusive && !other.exclusive) return false;
        if (one.uses & other.uses == 0 || one.markets & other.markets == 0) return false;
        (uint40 from, uint40 to) = (licenses.licenseOf(a.id).end, licenses.licenseOf(b.id).end);
        return a.start < from && b.start < to && a.start < to && b.start < from;
    }

    function _bookIsKept(uint256 twin, uint8 category) private view {
        (uint248 granted, uint256[] memory exclusives) = licenses.bookOf(twinList[twin].id, category);
        uint248 chain;
        uint256[] storage book = bookOf[twin][category];
        for (uint256 i; i < book.length; ++i) {
            chain = uint248(uint256(keccak256(abi.encode(chain, _entryOf(heldList[book[i]])))));
        }
        require(granted == chain, "law 8: the book holds other grants");
        uint256[] storage own = exclusivesOf[twin][category];
        require(exclusives.length == own.length && own.length <= 8, "law 8: another number of exclusives");
        for (uint256 i; i < own.length; ++i) {
            require(exclusives[i] == heldList[own[i]].id, "law 8: another exclusive license");
        }
    }

    function invariant_law09_anEndNeverRises() public view {
        require(keccak256(bytes(fallen)) != keccak256("end rose"), "law 9: an end rose");
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            License memory license = licenses.licenseOf(held.id);
            require(license.end == held.end, "law 9: another end");
            require(license.end <= held.endAsGranted, "law 9: an end after that of the grant");
            require(license.isNoticed == held.isNoticed, "law 9: noticed, or not, without a notice");
        }
    }

    function invariant_law10_onlyTheNamedLicenseeHolds() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            require(licenses.ownerOf(held.id) == held.terms.scope.licensee, "law 10: another licensee");
            require(licenses.licenseOf(held.id).licensee == held.terms.scope.licensee, "law 10: another is shown");
        }
        uint256 sum;
        for (uint256 i; i < people.length; ++i) {
            sum += licenses.balanceOf(people[i]);
        }
        require(sum == heldList.length, "law 10: somebody has a license that was not granted");
    }

    function invariant_law11_mayPublishGivesTheFirstReason() public view {
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            address licensee = held.terms.scope.licensee;
            uint40[6] memory seconds_ = [_now(), held.start - 1, held.start, held.end - 1, held.end, _paidThrough(held)];
            uint32 left = _imagesLeft(held);
            for (uint256 j; j < 6; ++j) {
                uint40 at = seconds_[j] < _now() ? _now() : seconds_[j];
                _reasonIsRight(held, licensee, held.terms.scope.uses, held.terms.scope.markets, left, at);
            }
            _reasonIsRight(held, licensee, 0, 0, 0, _now());
            _reasonIsRight(held, licensee, held.terms.scope.uses | 64, 0, 0, _now());
            _reasonIsRight(held, licensee, held.terms.scope.uses, 0, 0, _now());
            _reasonIsRight(held, licensee, held.terms.scope.uses, held.terms.scope.markets | 64, 0, _now());
            _reasonIsRight(held, licensee, held.terms.scope.uses, held.terms.scope.markets, 0, _now());
            if (left != type(uint32).max) {
                _reasonIsRight(held, licensee, held.terms.scope.uses, held.terms.scope.markets, left + 1, _now());
            }
            _reasonIsRight(held, people[i % people.length], held.terms.scope.uses, held.terms.scope.markets, 1, _now());
        }
        require(licenses.mayPublish(1, hm, 1, 1, 1, 0) == Reason.Unknown, "law 11: an unknown license has a reason");
    }

    function _reasonIsRight(Held storage held, address who, uint32 uses, uint256 markets, uint32 images, uint40 at)
        private
        view
    {
        Reason reason = licenses.mayPublish(held.id, who, uses, markets, images, at);
        require(reason == _reason(held, who, uses, markets, images, at), "law 11: another reason");
    }
}
