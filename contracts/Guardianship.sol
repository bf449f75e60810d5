// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwinState} from "./TwinState.sol";
import {IGuardianship} from "./interfaces/IGuardianship.sol";
import {SignedBy} from "./libraries/SignedBy.sol";
import {Consent} from "./types/Consent.sol";
import {GuardianChange, Move, MoveDrop, PendingMove} from "./types/Moves.sol";

/// @title How a twin outlives a lost key
/// @dev The guardian of the consent is never stored: who acts for it brings the consent, whose digest is the id.
abstract contract Guardianship is TwinState, IGuardianship {
    using SignedBy for address;

    uint256 private constant OWNERS_DELAY = 7 days;
    uint256 private constant GUARDIANS_DELAY = 14 days;
    uint256 private constant READY_FOR = 30 days;

    bytes32 private constant GUARDIAN_CHANGE_TYPEHASH =
        keccak256("GuardianChange(string memo,uint256 twinId,address guardian,uint32 nonce,uint40 deadline)");
    bytes32 private constant MOVE_TYPEHASH =
        keccak256("Move(string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline)");
    bytes32 private constant MOVE_AT_ONCE_TYPEHASH =
        keccak256("MoveAtOnce(string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline)");
    bytes32 private constant MOVE_DROP_TYPEHASH =
        keccak256("MoveDrop(string memo,uint256 twinId,uint32 nonce,uint40 deadline)");

    /// @dev Read only where the twin is marked as MOVING.
    mapping(uint256 twinId => PendingMove) private _moves;

    /// @inheritdoc IGuardianship
    function setGuardian(GuardianChange calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(
            abi.encode(GUARDIAN_CHANGE_TYPEHASH, act.memo, act.twinId, act.guardian, act.nonce, act.deadline)
        );
        Counters storage counters = _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);

        counters.guardian = act.guardian;
        _mark(act.twinId, REGUARDED);

        emit GuardianSet(act.twinId, act.guardian);

        // Who is dismissed leaves nothing behind.
        if (moveOf(act.twinId).byGuardian) _drop(act.twinId);
    }

    /// @inheritdoc IGuardianship
    function move(
        Move calldata act,
        Consent calldata consent,
        bytes calldata ownerSignature,
        bytes calldata guardianSignature,
        bytes calldata acceptance
    ) external {
        address owner = _knownOwnerOf(act.twinId);
        address guardian = guardianOf(act.twinId, consent);
        bytes32 structHash = _hash(act, MOVE_AT_ONCE_TYPEHASH);
        _act(act.twinId, owner, act.nonce, act.deadline, structHash, ownerSignature);
        guardian.requireSigned(_hashTypedData(structHash), guardianSignature);
        act.to.requireSigned(_hashTypedData(structHash), acceptance);

        _moveTo(act.twinId, owner, act.to);
    }

    /// @inheritdoc IGuardianship
    function proposeMove(Move calldata act, bytes calldata signature, bytes calldata acceptance) external {
        _propose(act, _knownOwnerOf(act.twinId), signature, acceptance, false);
    }

    /// @inheritdoc IGuardianship
    function proposeRescue(
        Move calldata act,
        Consent calldata consent,
        bytes calldata signature,
        bytes calldata acceptance
    ) external {
        _propose(act, guardianOf(act.twinId, consent), signature, acceptance, true);
    }

    /// @inheritdoc IGuardianship
    function dropMove(MoveDrop calldata act, bytes calldata signature) external {
        bytes32 structHash = keccak256(abi.encode(MOVE_DROP_TYPEHASH, act.memo, act.twinId, act.nonce, act.deadline));
        _ownersAct(act.twinId, act.nonce, act.deadline, structHash, signature);
        require(moveOf(act.twinId).to != address(0), NoMovePending(act.twinId));

        _drop(act.twinId);
    }

    /// @inheritdoc IGuardianship
    function completeMove(uint256 twinId) external {
        PendingMove memory pending = moveOf(twinId);
        require(pending.to != address(0), NoMovePending(twinId));
        require(block.timestamp >= pending.readyAt, MoveNotReady(twinId, pending.readyAt));

        _moveTo(twinId, _ownerOf(twinId), pending.to);
    }

    function _propose(
        Move calldata act,
        address signer,
        bytes calldata signature,
        bytes calldata acceptance,
        bool byGuardian
    ) private {
        bytes32 structHash = _hash(act, MOVE_TYPEHASH);
        _act(act.twinId, signer, act.nonce, act.deadline, structHash, signature);
        act.to.requireSigned(_hashTypedData(structHash), acceptance);
        address to = moveOf(act.twinId).to;
        require(to == address(0), MovePending(act.twinId, to));

        // A block time of 41 bits is 34,000 years away.
        uint40 readyAt = uint40(block.timestamp + (byGuardian ? GUARDIANS_DELAY : OWNERS_DELAY));
        _moves[act.twinId] = PendingMove(act.to, readyAt, byGuardian);
        _mark(act.twinId, MOVING);

        emit MoveProposed(act.twinId, act.to, byGuardian, readyAt);
    }

    function _drop(uint256 twinId) private {
        _clear(twinId);

        emit MoveDropped(twinId);
    }

    function _clear(uint256 twinId) private {
        delete _moves[twinId];
        _unmark(twinId, MOVING);
    }

    /// @dev Laws 2, 3: policy and guardian stay, running licenses do not notice, and no signature of the last owner is
    /// good any more. A move at once also ends one that was pending.
    function _moveTo(uint256 twinId, address from, address to) private {
        if (_has(twinId, MOVING)) _clear(twinId);
        uint32 epoch = _raiseEpoch(_counters[twinId]);
        _transfer(from, to, twinId);

        emit TwinMoved(twinId, from, to, epoch);
    }

    /// @inheritdoc IGuardianship
    function guardianOf(uint256 twinId, Consent calldata consent) public view returns (address guardian) {
        _knownOwnerOf(twinId);
        guardian = _counters[twinId].guardian;
        if (!_has(twinId, REGUARDED)) {
            uint256 given = _idOf(_hash(consent));
            require(given == twinId, ConsentDiffers(given, twinId));
            guardian = consent.guardian;
        }
    }

    /// @inheritdoc IGuardianship
    function moveOf(uint256 twinId) public view returns (PendingMove memory pending) {
        if (!_has(twinId, MOVING)) return pending;

        PendingMove memory last = _moves[twinId];
        if (block.timestamp < last.readyAt + READY_FOR) pending = last;
    }

    function _hash(Move calldata act, bytes32 typehash) private pure returns (bytes32) {
        return keccak256(abi.encode(typehash, act.memo, act.twinId, act.to, act.nonce, act.deadline));
    }
}
