// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "solady/utils/EIP712.sol";

import {Soulbound} from "./Soulbound.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {ISigned} from "./interfaces/ISigned.sol";
import {SignedBy} from "./libraries/SignedBy.sol";
import {Consent} from "./types/Consent.sol";

/// @title What the chain keeps of twins
/// @dev State apart from conduct: the rooms of DigitalTwin share it. First slot, the token's own: owner 160 | uses
/// 32 | categories 32 | least owner's share 16 | marks 16. Second, written at the first act: Counters.
abstract contract TwinState is Soulbound, EIP712 {
    using SignedBy for address;

    struct Counters {
        uint32 epoch;
        uint32 nonce;
        uint32 leastSerial;
        address guardian;
    }

    /// @dev It grants no new licenses any more.
    uint96 internal constant RETIRED = 1;
    /// @dev A move was proposed and neither completed nor dropped; it may be void.
    uint96 internal constant MOVING = 2;
    /// @dev The guardian is the one in Counters, no longer the one of the consent.
    uint96 internal constant REGUARDED = 4;

    /// @dev The policy's part of the first slot, and the marks beside it.
    uint96 internal constant POLICY_AT = 16;
    uint96 private constant MARKS = type(uint16).max;

    bytes32 private constant CONSENT_TYPEHASH =
        keccak256("Consent(string memo,address owner,bytes32 replica,address guardian,bytes32 salt,uint40 deadline)");

    /// @dev The EIP-712 domain of the deployment. Ids stay under it also where a fork changes the chain id, so that a
    /// consent makes one twin and still proves its guardian; signatures are of the present domain.
    bytes32 private immutable _HOME;

    mapping(uint256 twinId => Counters) internal _counters;

    constructor() {
        _HOME = _domainSeparator();
    }

    /// @dev What every act that the owner signs must pass.
    function _ownersAct(uint256 twinId, uint32 nonce, uint40 deadline, bytes32 structHash, bytes calldata signature)
        internal
        returns (Counters storage counters)
    {
        return _act(twinId, _knownOwnerOf(twinId), nonce, deadline, structHash, signature);
    }

    /// @dev What every signed act on a twin must pass; raises the nonce, so that it passes once.
    function _act(
        uint256 twinId,
        address signer,
        uint32 nonce,
        uint40 deadline,
        bytes32 structHash,
        bytes calldata signature
    ) internal returns (Counters storage counters) {
        counters = _counters[twinId];
        SignedBy.requireBefore(deadline);
        require(nonce == counters.nonce, ISigned.NonceWrong(nonce, counters.nonce));
        signer.requireSigned(_hashTypedData(structHash), signature);

        counters.nonce = nonce + 1;
    }

    /// @dev Law 3: every signature dies with the epoch. An act that was signed ahead, for one of the next nonces, would
    /// not die by a nonce one higher; so each epoch has 65,536 nonces of its own. After as many epochs, each of them
    /// paid for by its owner, the counter is full: the twin's acts and moves end.
    function _raiseEpoch(Counters storage counters) internal returns (uint32 epoch) {
        epoch = counters.epoch + 1;
        counters.epoch = epoch;
        counters.nonce = (counters.nonce | type(uint16).max) + 1;
    }

    function _knownOwnerOf(uint256 twinId) internal view returns (address owner) {
        owner = _ownerOf(twinId);
        require(owner != address(0), IDigitalTwin.TwinUnknown(twinId));
    }

    function _has(uint256 twinId, uint96 mark) internal view returns (bool) {
        return _getExtraData(twinId) & mark != 0;
    }

    function _mark(uint256 twinId, uint96 mark) internal {
        _setExtraData(twinId, _getExtraData(twinId) | mark);
    }

    function _unmark(uint256 twinId, uint96 mark) internal {
        _setExtraData(twinId, _getExtraData(twinId) & ~mark);
    }

    function _setPolicyBits(uint256 twinId, uint96 policy) internal {
        _setExtraData(twinId, (policy << POLICY_AT) | (_getExtraData(twinId) & MARKS));
    }

    /// @dev The id that a consent gives, by its struct hash.
    function _idOf(bytes32 structHash) internal view returns (uint256) {
        return uint256(keccak256(abi.encodePacked(hex"1901", _HOME, structHash)));
    }

    function _hash(Consent calldata consent) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                CONSENT_TYPEHASH,
                consent.memo,
                consent.owner,
                consent.replica,
                consent.guardian,
                consent.salt,
                consent.deadline
            )
        );
    }
}
