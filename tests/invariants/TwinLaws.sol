// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority} from "../../contracts/types/Consent.sol";
import {PendingMove} from "../../contracts/types/Moves.sol";
import {Share} from "../../contracts/types/Terms.sol";
import {MoveDeeds} from "./MoveDeeds.sol";

/// @title Laws 1 to 4, of twins
abstract contract TwinLaws is MoveDeeds {
    function invariant_law01_aTwinIsWhatItsModelConsentedTo() public view {
        for (uint256 i; i < twinList.length; ++i) {
            Twin storage twin = twinList[i];
            require(twin.id == uint256(_digest(twin.consent)), "law 1: the id is not the consent's digest");
            require(twins.locked(twin.id), "law 1: a twin is not locked");
        }
        uint256 sum;
        for (uint256 i; i < people.length; ++i) {
            sum += twins.balanceOf(people[i]);
        }
        require(sum == twinList.length, "law 1: there is a twin that nobody consented to");
    }

    function invariant_law02_aTwinIsWhereConsentAndMovesBroughtIt() public view {
        for (uint256 i; i < twinList.length; ++i) {
            Twin storage twin = twinList[i];
            require(twins.ownerOf(twin.id) == twin.owner, "law 2: another owns the twin");
            require(twins.payeeOf(twin.id) == _payeeOf(twin), "law 2: another is paid for the twin");
            require(twins.guardianOf(twin.id, twin.consent) == twin.guardian, "law 2: another guards the twin");
            require(twins.isRetired(twin.id) == twin.isRetired, "law 2: the twin is retired, or is not");
            require(twins.getApproved(twin.id) == address(0), "law 2: somebody is approved");
            PendingMove memory pending = twins.moveOf(twin.id);
            bool isMoving = _isMoving(twin);
            require(pending.to == (isMoving ? twin.movingTo : address(0)), "law 2: the twin moves elsewhere");
            require(pending.readyAt == (isMoving ? twin.readyAt : 0), "law 2: the move is ready at another time");
            require(pending.byGuardian == (isMoving && twin.byGuardian), "law 2: somebody else proposed the move");
        }
    }

    function invariant_law03_epochAndNonceNeverFall() public view {
        require(keccak256(bytes(fallen)) != keccak256("epoch"), "law 3: the epoch fell");
        require(keccak256(bytes(fallen)) != keccak256("nonce"), "law 3: the nonce fell");
        for (uint256 i; i < twinList.length; ++i) {
            Twin storage twin = twinList[i];
            Authority memory authority = twins.authority(twin.id);
            require(authority.epoch == twin.epoch, "law 3: another epoch");
            require(authority.nonce == twin.nonce, "law 3: another nonce");
            require(authority.leastSerial == twin.leastSerial, "law 3: another least serial");
            require(authority.nonce >> 16 == authority.epoch, "law 3: a nonce of another epoch");
        }
    }

    function invariant_law04_noGrantIsOutsideThePolicyOfThen() public view {
        for (uint256 i; i < twinList.length; ++i) {
            Twin storage twin = twinList[i];
            Authority memory authority = twins.authority(twin.id);
            require(authority.uses == twin.uses && authority.categories == twin.categories, "law 4: another policy");
            require(authority.leastOwnerBps == twin.leastOwnerBps, "law 4: another least share");
            require(!twin.isRetired || (authority.uses | authority.categories) == 0, "law 4: retired, yet allows");
        }
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            require(held.terms.scope.uses & ~held.policyUses == 0, "law 4: a use that was not allowed");
            uint256 category = uint256(1) << held.terms.scope.category;
            require(held.policyCategories & category != 0, "law 4: a category that was not allowed");
            uint256 left = 10_000;
            Share[] storage shares = held.terms.shares;
            for (uint256 j; j < shares.length; ++j) {
                left -= shares[j].bps;
            }
            require(left >= held.policyBps, "law 4: less than the least for the owner");
        }
    }
}
