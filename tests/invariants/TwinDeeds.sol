// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../contracts/interfaces/IDigitalTwin.sol";
import {ISigned} from "../../contracts/interfaces/ISigned.sol";
import {ISoulbound} from "../../contracts/interfaces/ISoulbound.sol";
import {Consent, EpochRaise, Policy, Retirement, SerialRaise} from "../../contracts/types/Consent.sol";
import {Flag} from "../../contracts/types/Flag.sol";
import {Stamps} from "./Stamps.sol";
import {Deed} from "./World.sol";

/// @title What owners do with their twins, and what anybody says in public
abstract contract TwinDeeds is Stamps {
    uint256 private constant MOST_TWINS = 6;

    function mint(uint256 seed) external deed(seed) {
        // A consent that made its twin already, or a new one.
        bool isOld = twinList.length == MOST_TWINS || (twinList.length != 0 && _chance(8));
        if (isOld) {
            Twin storage old = twinList[_roll(twinList.length)];
            bytes memory refusal = old.consent.deadline <= _now()
                ? abi.encodeWithSelector(ISigned.SignatureExpired.selector, old.consent.deadline)
                : abi.encodeWithSelector(IDigitalTwin.TwinExists.selector, old.id);
            bytes memory twice = abi.encodeCall(twins.mint, (old.consent, ""));
            _do(Deed.Mint, old.consent.owner, address(twins), twice, refusal);
            return;
        }
        _mint();
    }

    function _mint() internal {
        Consent memory consent;
        (consent.memo, consent.owner, consent.replica) = ("memo", _anyOf(owners), bytes32(_roll(type(uint128).max)));
        (consent.guardian, consent.salt) = (_anyOf(guardians), bytes32(_roll(type(uint128).max)));
        Stamp memory stamp;
        bytes memory refusal;
        // A consent carries no nonce.
        do {
            (stamp, refusal) = _stamp(0, consent.owner);
        } while (stamp.nonce != 0);
        consent.deadline = stamp.deadline;
        uint256 id = uint256(_digest(consent));
        // forge may give the same seed again, and so the same consent.
        for (uint256 i; i < twinList.length && consent.deadline > _now(); ++i) {
            if (twinList[i].id == id) refusal = abi.encodeWithSelector(IDigitalTwin.TwinExists.selector, id);
        }

        bytes memory call = abi.encodeCall(twins.mint, (consent, _by(stamp, bytes32(id))));
        if (!_do(Deed.Mint, stamp.sender, address(twins), call, refusal)) return;

        Twin storage twin = twinList.push();
        (twin.id, twin.owner, twin.guardian) = (id, consent.owner, consent.guardian);
        twin.consent = consent;
    }

    function setPolicy(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        uint256 width = _roll(8);
        Policy memory act;
        (act.memo, act.twinId) = ("memo", twin.id);
        // Mostly wide, so that licenses can be granted.
        act.uses = width == 0 ? uint32(_roll(16)) : 15;
        act.categories = width == 1 ? uint32(_roll(4)) : 3;
        act.leastOwnerBps = width == 2 ? uint16(9998 + _roll(4)) : uint16(_roll(3) * 1500);
        _setPolicy(twin, act);
    }

    function _setPolicy(Twin storage twin, Policy memory act) internal {
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        (act.nonce, act.deadline) = (stamp.nonce, stamp.deadline);
        if (refusal.length == 0 && twin.isRetired) {
            refusal = abi.encodeWithSelector(IDigitalTwin.TwinIsRetired.selector, twin.id);
        } else if (refusal.length == 0 && act.leastOwnerBps > 10_000) {
            refusal = abi.encodeWithSelector(IDigitalTwin.LeastShareOverWhole.selector, act.leastOwnerBps);
        }

        bytes memory call = abi.encodeCall(twins.setPolicy, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.SetPolicy, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        (twin.uses, twin.categories, twin.leastOwnerBps) = (act.uses, act.categories, act.leastOwnerBps);
    }

    function raiseEpoch(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        EpochRaise memory act = EpochRaise("memo", twin.id, stamp.nonce, stamp.deadline);

        bytes memory call = abi.encodeCall(twins.raiseEpoch, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.RaiseEpoch, stamp.sender, address(twins), call, refusal)) return;

        _raise(twin);
    }

    /// @dev Law 3: another epoch, whose nonces begin at the next multiple of 65,536.
    function _raise(Twin storage twin) internal {
        ++twin.epoch;
        twin.nonce = (twin.nonce / 65_536 + 1) * 65_536;
    }

    function raiseLeastSerial(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        SerialRaise memory act =
            SerialRaise("memo", twin.id, twin.leastSerial + uint32(_roll(3)), stamp.nonce, stamp.deadline);
        if (refusal.length == 0 && act.leastSerial <= twin.leastSerial) {
            refusal = abi.encodeWithSelector(IDigitalTwin.SerialNotHigher.selector, act.leastSerial, twin.leastSerial);
        }

        bytes memory call = abi.encodeCall(twins.raiseLeastSerial, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.RaiseLeastSerial, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        twin.leastSerial = act.leastSerial;
    }

    function retire(uint256 seed) external deed(seed) {
        // The last twin only, and seldom while there are few: the others shall go on.
        if (twinList.length < 4 && !_chance(4)) return;
        Twin storage twin = twinList[twinList.length - 1];
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        Retirement memory act = Retirement("memo", twin.id, stamp.nonce, stamp.deadline);
        if (refusal.length == 0 && twin.isRetired) {
            refusal = abi.encodeWithSelector(IDigitalTwin.TwinIsRetired.selector, twin.id);
        }

        bytes memory call = abi.encodeCall(twins.retire, (act, _by(stamp, _digest(act))));
        if (!_do(Deed.Retire, stamp.sender, address(twins), call, refusal)) return;

        ++twin.nonce;
        (twin.isRetired, twin.uses, twin.categories, twin.leastOwnerBps) = (true, 0, 0, 0);
    }

    function flag(uint256 seed) external deed(seed) {
        Twin storage twin = _anyTwin();
        (Stamp memory stamp, bytes memory refusal) = _stamp(twin.nonce, twin.owner);
        Flag memory act = Flag("memo", twin.id, _roll(2), "image", stamp.nonce, stamp.deadline);

        bytes memory call = abi.encodeCall(twins.flag, (act, _by(stamp, _digest(act))));
        if (_do(Deed.Flag, stamp.sender, address(twins), call, refusal)) ++twin.nonce;
    }

    function vouch(uint256 seed) external deed(seed) {
        bytes memory call = abi.encodeCall(twins.vouch, (_anyOf(people), "word", uint40(_roll(2) * _now())));
        _do(Deed.Vouch, _anyOf(people), address(twins), call, "");
        call = abi.encodeCall(twins.withdrawVouch, (_anyOf(people), "word"));
        _do(Deed.WithdrawVouch, _anyOf(people), address(twins), call, "");
    }

    function transferToken(uint256 seed) external deed(seed) {
        bool isTwin = heldList.length == 0 || _chance(2);
        uint256 index = _roll(isTwin ? twinList.length : heldList.length);
        address token = isTwin ? address(twins) : address(licenses);
        uint256 id = isTwin ? twinList[index].id : heldList[index].id;
        address owner = isTwin ? twinList[index].owner : heldList[index].terms.scope.licensee;
        address to = _anyOf(people);
        bytes[5] memory calls = [
            abi.encodeCall(twins.transferFrom, (owner, to, id)),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", owner, to, id),
            abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", owner, to, id, ""),
            abi.encodeCall(twins.approve, (to, id)),
            abi.encodeCall(twins.setApprovalForAll, (to, true))
        ];
        bytes memory refusal = abi.encodeWithSelector(ISoulbound.NotTransferable.selector);
        _do(Deed.TransferRefused, owner, token, calls[_roll(5)], refusal);
        // To be refused is what must come of it.
        ++done[Deed.TransferRefused];
    }

    function _anyTwin() internal returns (Twin storage) {
        return twinList[_roll(twinList.length)];
    }
}
