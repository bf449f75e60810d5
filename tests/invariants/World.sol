// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Consent} from "../../contracts/types/Consent.sol";
import {Prices} from "../../contracts/types/RateCard.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {Stage} from "./Stage.sol";
import {vm} from "./Vm.sol";

/// @dev Everything that anybody can do, and what happens on the way; each is counted.
enum Deed {
    Mint,
    SetPolicy,
    RaiseEpoch,
    RaiseLeastSerial,
    Retire,
    SetGuardian,
    Move,
    ProposeMove,
    ProposeRescue,
    DropMove,
    CompleteMove,
    Flag,
    Vouch,
    WithdrawVouch,
    TransferRefused,
    Accept,
    AcceptExclusive,
    Book,
    BookExclusive,
    Revoke,
    GiveNotice,
    EndLapsed,
    Decline,
    Surrender,
    TopUp,
    TopUpAgain,
    PayOut,
    Settle,
    Defer,
    Withdraw,
    Permit,
    CallBack,
    RecordDeclared,
    RecordLate,
    RecordRemoved,
    SetReporter,
    Multicall
}

/// @title What must be true, kept beside the contracts and never read from them
/// @dev A handler draws what it does from its seed, says what must come of it, does it, and writes it down here.
abstract contract World is Stage {
    /// @notice A deed was refused that must succeed.
    error RefusedWrongly(Deed deed, bytes answer);

    /// @notice A deed succeeded that must be refused.
    error DoneWrongly(Deed deed, bytes refusal);

    /// @notice A deed was refused by another error, or with other values, than it must be.
    error RefusedOtherwise(Deed deed, bytes refusal, bytes answer);

    struct Twin {
        uint256 id;
        Consent consent;
        address owner;
        uint32 epoch;
        uint32 nonce;
        uint32 leastSerial;
        uint32 uses;
        uint32 categories;
        uint16 leastOwnerBps;
        address guardian;
        bool isRetired;
        address movingTo;
        uint40 readyAt;
        bool byGuardian;
        uint32 mostEpoch;
        uint32 mostNonce;
    }

    struct Held {
        uint256 id;
        uint256 twin;
        Terms terms;
        uint40 start;
        uint40 end;
        uint40 endAsGranted;
        bool isBooking;
        bool isNoticed;
        bool isSettled;
        uint96 paidIn;
        uint96 refunded;
        uint96 collected;
        uint32 used;
        uint24 batches;
        bytes32 head;
        uint96 mostEarned;
        uint40 leastEnd;
        // The policy, and who owned the twin, when it was granted.
        uint32 policyUses;
        uint32 policyCategories;
        uint16 policyBps;
        address signer;
    }

    Twin[] internal twinList;
    Held[] internal heldList;
    address[] internal people;
    address[] internal brands;
    address[] internal owners;
    address[] internal payees;
    address[] internal guardians;

    mapping(Deed => uint256) public done;
    mapping(Deed => uint256) public refused;

    /// @dev What fell that must never fall; empty as long as nothing did.
    string internal fallen;

    uint256 private _dice;

    /// @dev Around every handler: the seed, and what is watched from deed to deed.
    modifier deed(uint256 seed) {
        _dice = uint256(keccak256(abi.encode(seed)));
        _;
        _watch();
    }

    function _roll(uint256 sides) internal returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }

    function _chance(uint256 oneIn) internal returns (bool) {
        return _roll(oneIn) == 0;
    }

    function _anyOf(address[] storage list) internal returns (address) {
        return list[_roll(list.length)];
    }

    /// @dev The compiler takes block.timestamp for the same in a whole call, and so keeps that of before a warp.
    function _now() internal view returns (uint40) {
        return uint40(vm.getBlockTimestamp());
    }

    /// @dev A license may begin in the last seconds of 40 bits; nobody waits for that.
    function _warp(uint256 time) internal {
        if (time < uint256(_now()) + 2000 days) vm.warp(time);
    }

    /// @dev Sends a deed and holds it to what must come of it: `refusal` is the whole error, or empty.
    function _do(Deed what, address sender, address target, bytes memory data, bytes memory refusal)
        internal
        returns (bool isDone)
    {
        if (target == address(licenses) && _chance(8)) {
            bytes[] memory deeds = new bytes[](1);
            deeds[0] = data;
            data = abi.encodeCall(licenses.multicall, (deeds));
            if (refusal.length == 0) ++done[Deed.Multicall];
        }
        bytes memory answer;
        vm.prank(sender);
        // Little enough that a token which burns all gas does not burn the time of the run.
        (isDone, answer) = target.call{gas: 10_000_000}(data);

        if (refusal.length == 0) {
            require(isDone, RefusedWrongly(what, answer));
            ++done[what];
        } else {
            require(!isDone, DoneWrongly(what, refusal));
            require(keccak256(answer) == keccak256(refusal), RefusedOtherwise(what, refusal, answer));
            ++refused[what];
        }
    }

    /// @dev Laws 3, 9, 13: what only rises or only falls, looked at after every deed.
    function _watch() private {
        for (uint256 i; i < twinList.length; ++i) {
            Twin storage twin = twinList[i];
            (uint32 epoch, uint32 nonce) = (twins.authority(twin.id).epoch, twins.authority(twin.id).nonce);
            if (epoch < twin.mostEpoch) fallen = "epoch";
            if (nonce < twin.mostNonce) fallen = "nonce";
            (twin.mostEpoch, twin.mostNonce) = (epoch, nonce);
        }
        for (uint256 i; i < heldList.length; ++i) {
            Held storage held = heldList[i];
            uint96 earned = _earnedOnChain(held, _now());
            uint40 end = licenses.licenseOf(held.id).end;
            if (earned < held.mostEarned) fallen = "earned";
            if (end > held.leastEnd) fallen = "end rose";
            (held.mostEarned, held.leastEnd) = (earned, end);
        }
    }

    function _earnedOnChain(Held storage held, uint40 at) internal view virtual returns (uint96);
}
