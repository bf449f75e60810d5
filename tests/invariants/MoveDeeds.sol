// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IGuardianship} from "../../contracts/interfaces/IGuardianship.sol";
import {ISigned} from "../../contracts/interfaces/ISigned.sol";
import {Consent} from "../../contracts/types/Consent.sol";
import {GuardianChange, Move, MoveDrop} from "../../contracts/types/Moves.sol";
import {TwinDeeds} from "./TwinDeeds.sol";
import {Deed} from "./World.sol";

/// @title Guardians, and moves to other wallets
abstract contract MoveDeeds is TwinDeeds {
    mapping(uint256 twinId => bool) private _isReguarded;

    function setGuardian(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        GuardianChange memory act = GuardianChange("memo", twin.id, _anyOf(guardians), stamp.nonce, stamp.deadline);

        bytes memory call = abi.encodeCall(twins.setGuardian, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.SetGuardian, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        (twin.guardian, _isReguarded[twin.id]) = (act.guardian, true);
        if (twin.byGuardian) _forget(twin);
    }

    function move(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        Move memory act = Move("memo", twin.id, _anyOf(owners), stamp.nonce, stamp.deadline);
        (Consent memory consent, bytes memory differs) = _consentFor(twin);
        if (differs.length != 0) refusal = differs;
        bool isForged = _chance(8);
        address signer = isForged || twin.guardian == address(0) ? stranger : twin.guardian;
        if (refusal.length == 0 && signer != twin.guardian) {
            refusal = abi.encodeWithSelector(ISigned.SignatureInvalid.selector, twin.guardian);
        }
        (bytes memory acceptance, bytes memory unwilling) = _acceptance(act, _digestOfMoveAtOnce(act), stamp.sender);
        if (refusal.length == 0) refusal = unwilling;
        bytes32 digest = _digestOfMoveAtOnce(act);
        bytes memory call =
            abi.encodeCall(twins.move, (act, consent, _by(stamp, digest), _signed(signer, digest), acceptance));
        if (!_do(Deed.Move, stamp.sender, address(twins), call, refusal)) return;

        _moveTo(twin, act.to);
    }

    function proposeMove(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        Move memory act = Move("memo", twin.id, _anyOf(owners), stamp.nonce, stamp.deadline);
        (bytes memory acceptance, bytes memory unwilling) = _acceptance(act, _digestOfMove(act), stamp.sender);
        if (refusal.length == 0) refusal = unwilling;
        if (refusal.length == 0) refusal = _refusalWhileMoving(twin);

        bytes memory call = abi.encodeCall(twins.proposeMove, (act, _by(stamp, _digestOfMove(act)), acceptance));
        if (!_do(Deed.ProposeMove, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        (twin.movingTo, twin.readyAt, twin.byGuardian) = (act.to, _now() + 7 days, false);
    }

    function proposeRescue(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.guardian);
        Move memory act = Move("memo", twin.id, _anyOf(owners), stamp.nonce, stamp.deadline);
        (Consent memory consent, bytes memory differs) = _consentFor(twin);
        if (differs.length != 0) refusal = differs;
        (bytes memory acceptance, bytes memory unwilling) = _acceptance(act, _digestOfMove(act), stamp.sender);
        if (refusal.length == 0) refusal = unwilling;
        if (refusal.length == 0) refusal = _refusalWhileMoving(twin);

        bytes memory call =
            abi.encodeCall(twins.proposeRescue, (act, consent, _by(stamp, _digestOfMove(act)), acceptance));
        if (!_do(Deed.ProposeRescue, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        (twin.movingTo, twin.readyAt, twin.byGuardian) = (act.to, _now() + 14 days, true);
    }

    function dropMove(uint256 seed) external deed(seed) {
        Twin storage twin = _movingTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        MoveDrop memory act = MoveDrop("memo", twin.id, stamp.nonce, stamp.deadline);
        if (refusal.length == 0 && !_isMoving(twin)) {
            refusal = abi.encodeWithSelector(IGuardianship.NoMovePending.selector, twin.id);
        }

        bytes memory call = abi.encodeCall(twins.dropMove, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.DropMove, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        _forget(twin);
    }

    function completeMove(uint256 seed) external deed(seed) {
        Twin storage twin = _movingTwin();
        // To a second around the one at which it can be completed, or is void.
        uint256 edge = uint256(twin.readyAt) + (_chance(4) ? 30 days : 0) + _roll(3);
        if (_isMoving(twin) && edge > _now() + 1 && _chance(2)) _warp(edge - 1);
        bytes memory refusal;
        if (!_isMoving(twin)) {
            refusal = abi.encodeWithSelector(IGuardianship.NoMovePending.selector, twin.id);
        } else if (_now() < twin.readyAt) {
            refusal = abi.encodeWithSelector(IGuardianship.MoveNotReady.selector, twin.id, twin.readyAt);
        }

        bytes memory call = abi.encodeCall(twins.completeMove, (twin.id));
        if (!_do(Deed.CompleteMove, _anyOf(people), address(twins), call, refusal)) return;

        _moveTo(twin, twin.movingTo);
    }

    function _moveTo(Twin storage twin, address to) private {
        _raise(twin);
        twin.owner = to;
        _forget(twin);
    }

    function _forget(Twin storage twin) private {
        (twin.movingTo, twin.readyAt, twin.byGuardian) = (address(0), 0, false);
    }

    /// @dev A twin that moves, if one does.
    function _movingTwin() private returns (Twin storage twin) {
        twin = _anyTwin();
        for (uint256 i; i < twinList.length && !_isMoving(twin); ++i) {
            twin = twinList[i];
        }
    }

    function _refusalWhileMoving(Twin storage twin) private view returns (bytes memory refusal) {
        if (!_isMoving(twin)) return "";
        return abi.encodeWithSelector(IGuardianship.MovePending.selector, twin.id, twin.movingTo);
    }

    /// @dev The twin's own consent, or for once another; that is read only until the owner names a guardian.
    function _consentFor(Twin storage twin) private returns (Consent memory consent, bytes memory refusal) {
        consent = twin.consent;
        if (!_chance(8)) return (consent, "");
        consent.salt = "other";
        if (_isReguarded[twin.id]) return (consent, "");
        refusal = abi.encodeWithSelector(IGuardianship.ConsentDiffers.selector, uint256(_digest(consent)), twin.id);
    }

    function _acceptance(Move memory act, bytes32 digest, address sender)
        private
        returns (bytes memory signature, bytes memory refusal)
    {
        if (!_chance(8)) return (_signed(act.to, digest), "");
        if (sender == act.to) return ("", "");
        refusal = abi.encodeWithSelector(ISigned.SignatureInvalid.selector, act.to);
    }
}
