// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IRoyaltyStream} from "../../contracts/interfaces/IRoyaltyStream.sol";
import {ISigned} from "../../contracts/interfaces/ISigned.sol";
import {ITwinLicense} from "../../contracts/interfaces/ITwinLicense.sol";
import {Ending, Pay, Scope, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "./Digests.sol";
import {Stamps} from "./Stamps.sol";
import {Deed} from "./World.sol";

/// @title How licenses end before their time
abstract contract EndingDeeds is Stamps {
    struct End {
        Stamp stamp;
        Ending act;
        bytes refusal;
        bytes signature;
    }

    function giveNotice(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = _lasting();
        End memory ending = _draftEnd(held, "Notice");
        if (ending.refusal.length == 0 && held.isNoticed) {
            ending.refusal = abi.encodeWithSelector(ITwinLicense.NoticeGivenBefore.selector, held.id);
        }
        if (!_doEnd(Deed.GiveNotice, licenses.giveNotice.selector, held, ending)) return;

        held.isNoticed = true;
        uint32 notice = held.terms.scope.notice;
        uint256 end = _now() + (notice > 90 days ? 90 days : notice);
        if (end < held.end) held.end = uint40(end);
    }

    function endLapsed(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = _lasting();
        // One that lapses before it ends, and a second around the first at which it can be ended for that.
        for (uint256 i; i < heldList.length && !_lapses(held); ++i) {
            held = heldList[i];
        }
        uint256 edge = uint256(_paidThrough(held)) + 7 days + _roll(3);
        if (_lapses(held) && edge > _now()) _warp(edge);
        End memory ending = _draftEnd(held, "LapseEnd");
        if (ending.refusal.length == 0 && _now() <= uint256(_paidThrough(held)) + 7 days) {
            ending.refusal = abi.encodeWithSelector(ITwinLicense.NotLapsed.selector, held.id, _paidThrough(held));
        }
        if (!_doEnd(Deed.EndLapsed, licenses.endLapsed.selector, held, ending)) return;

        held.end = _now();
    }

    function decline(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = _lasting();
        for (uint256 i; i < heldList.length && (!held.isBooking || held.end <= _now() || held.start <= _now()); ++i) {
            held = heldList[i];
        }
        // The last second before the start, or the start itself.
        if (held.start > _now() + 1 && _chance(3)) _warp(held.start - _roll(2));
        End memory ending = _draftEnd(held, "Decline");
        if (ending.refusal.length == 0 && !held.isBooking) {
            ending.refusal = abi.encodeWithSelector(ITwinLicense.NotBooking.selector, held.id);
        } else if (ending.refusal.length == 0 && _now() >= held.start) {
            ending.refusal = abi.encodeWithSelector(ITwinLicense.LicenseStarted.selector, held.id, held.start);
        }
        if (!_doEnd(Deed.Decline, licenses.decline.selector, held, ending)) return;

        held.end = _now();
        _settle(held, 0);
    }

    function surrender(uint256 seed) external deed(seed) {
        if (heldList.length == 0) return;
        Held storage held = _lasting();
        Terms memory terms = held.terms;
        address sender = _chance(12) ? stranger : terms.scope.licensee;
        bytes memory refusal;
        if (sender != terms.scope.licensee) {
            refusal = abi.encodeWithSelector(ITwinLicense.NotLicensee.selector, sender, terms.scope.licensee);
        } else if (_now() >= held.end) {
            refusal = abi.encodeWithSelector(IRoyaltyStream.LicenseOver.selector, held.id, held.end);
        }

        bytes memory call = abi.encodeCall(licenses.surrender, (Digests.hash(terms.scope), terms.pay, terms.shares));
        if (!_do(Deed.Surrender, sender, address(licenses), call, refusal)) return;

        held.end = _now();
        uint96 total = _earned(held, _now());
        if (!held.isNoticed && total < terms.pay.committed) total = terms.pay.committed;
        _settle(held, total);
    }

    /// @dev Law 17: once, for good; what was not earned goes to the licensee.
    function _settle(Held storage held, uint96 total) internal {
        uint96 refund = _deposited(held) - total;
        require(!held.isSettled, "settled twice");
        (held.isSettled, held.refunded) = (true, refund);
        ++done[Deed.Settle];
        _distribute(held, total, refund);
    }

    /// @dev Law 14. A refund does not shorten what was paid for.
    function _paidThrough(Held storage held) internal view returns (uint40) {
        return held.start + uint40(_covered(held.terms.pay.term, held));
    }

    function _imagesLeft(Held storage held) internal view returns (uint32) {
        return uint32(_covered(held.terms.pay.quota, held)) - held.used;
    }

    function _covered(uint256 whole, Held storage held) private view returns (uint256) {
        uint256 fee = held.terms.pay.fee;
        return fee == 0 ? whole : whole * held.paidIn / fee;
    }

    function _lapses(Held storage held) private view returns (bool) {
        return held.end > _now() && held.end > uint256(_paidThrough(held)) + 7 days + 2;
    }

    /// @dev A license that has not ended, if there is one; for once, any.
    function _lasting() internal returns (Held storage held) {
        uint256 first = _roll(heldList.length);
        held = heldList[first];
        if (_chance(12)) return held;
        for (uint256 i; i < heldList.length && held.end <= _now(); ++i) {
            held = heldList[(first + i) % heldList.length];
        }
    }

    function _draftEnd(Held storage held, string memory kind) private returns (End memory ending) {
        Twin storage twin = twinList[held.twin];
        (ending.stamp, ending.refusal) = _stamp(twin.nonce, twin.owner);
        ending.act = Ending("memo", held.id, ending.stamp.nonce, ending.stamp.deadline);
        if (_chance(24)) ending.act.licenseId ^= 1;
        // What is signed for one ending is no other.
        if (_chance(24)) {
            kind = keccak256(bytes(kind)) == keccak256("Notice") ? "Decline" : "Notice";
            if (!ending.stamp.isSilent && ending.refusal.length == 0) {
                ending.refusal = abi.encodeWithSelector(ISigned.SignatureInvalid.selector, twin.owner);
            }
        }
        ending.signature = _by(ending.stamp, _digest(ending.act, kind));
        if (ending.act.licenseId != held.id) {
            ending.refusal = abi.encodeWithSelector(ITwinLicense.EndingDiffers.selector, ending.act.licenseId, held.id);
        } else if (_now() >= held.end) {
            ending.refusal = abi.encodeWithSelector(IRoyaltyStream.LicenseOver.selector, held.id, held.end);
        }
    }

    function _doEnd(Deed what, bytes4 selector, Held storage held, End memory ending) private returns (bool) {
        Terms memory terms = held.terms;
        (Scope memory scope, Pay memory pay) = (terms.scope, terms.pay);
        bytes32 sharesHash = Digests.hash(terms.shares);
        bytes memory call = abi.encodeWithSelector(selector, ending.act, scope, pay, sharesHash, ending.signature);
        return _do(what, ending.stamp.sender, address(licenses), call, ending.refusal);
    }
}
