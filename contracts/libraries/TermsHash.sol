// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {MarketRate, Prices, UseRate} from "../types/RateCard.sol";
import {Ending, Pay, Revocation, Scope, Share, Terms} from "../types/Terms.sol";

bytes32 constant SCOPE_TYPEHASH = keccak256(
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,bool exclusive,"
    "uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,bytes32 ref)"
);
bytes32 constant PAY_TYPEHASH =
    keccak256("Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)");
bytes32 constant SHARE_TYPEHASH = keccak256("Share(address payee,uint16 bps,uint8 role)");
bytes32 constant TERMS_TYPEHASH = keccak256(
    "Terms(Scope scope,Pay pay,Share[] shares)"
    "Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)"
    "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,bool exclusive,"
    "uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,bytes32 ref)"
    "Share(address payee,uint16 bps,uint8 role)"
);
bytes32 constant USE_RATE_TYPEHASH = keccak256("UseRate(uint8 use,uint32 weight)");
bytes32 constant MARKET_RATE_TYPEHASH = keccak256("MarketRate(uint256 markets,uint32 weight)");
bytes32 constant RATE_CARD_TYPEHASH = keccak256(
    "RateCard(string memo,uint256 twinId,address licensee,uint32 epoch,uint32 serial,uint40 validUntil,uint8 category,"
    "address currency,uint32 notice,bytes32 agreement,uint96 floor,uint96 dayRate,uint96 imageRate,"
    "uint32 exclusiveFactor,uint16 minDays,uint16 maxDays,uint32 maxQuota,uint32 leadTime,UseRate[] uses,"
    "MarketRate[] markets,Share[] shares)MarketRate(uint256 markets,uint32 weight)"
    "Share(address payee,uint16 bps,uint8 role)UseRate(uint8 use,uint32 weight)"
);
bytes32 constant NOTICE_TYPEHASH = keccak256("Notice(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)");
bytes32 constant LAPSE_END_TYPEHASH = keccak256("LapseEnd(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)");
bytes32 constant DECLINE_TYPEHASH = keccak256("Decline(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)");
bytes32 constant REVOCATION_TYPEHASH =
    keccak256("Revocation(string memo,uint256 twinId,bytes32 digest,uint40 deadline)");

/// @title EIP-712 struct hashes of what owners sign
/// @dev The memo is a `string` in the signed types and its hash here, for that is how EIP-712 encodes a string: the
/// wallet shows words, the chain pays for none. Static structs are hashed as they lie in calldata. A word with dirty
/// high bits gives another hash, and the event of the grant, which encodes every field, refuses it.
library TermsHash {
    // Solidity would bring every word to memory by itself.
    // slither-disable-start assembly

    function hash(Terms calldata terms) internal pure returns (bytes32) {
        return hash(hash(terms.scope), hash(terms.pay), hash(terms.shares));
    }

    function hash(bytes32 scopeHash, bytes32 payHash, bytes32 sharesHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(TERMS_TYPEHASH, scopeHash, payHash, sharesHash));
    }

    function hash(Scope calldata scope) internal pure returns (bytes32 result) {
        bytes32 typehash = SCOPE_TYPEHASH;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, typehash)
            calldatacopy(add(at, 0x20), scope, 0x1a0)
            result := keccak256(at, 0x1c0)
        }
    }

    function hash(Pay calldata pay) internal pure returns (bytes32 result) {
        bytes32 typehash = PAY_TYPEHASH;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, typehash)
            calldatacopy(add(at, 0x20), pay, 0xc0)
            result := keccak256(at, 0xe0)
        }
    }

    function hash(Share[] calldata shares) internal pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := shares.offset
        }
        return _hashEach(SHARE_TYPEHASH, at, shares.length, 0x60);
    }

    function hash(Ending calldata act, bytes32 typehash) internal pure returns (bytes32) {
        return keccak256(abi.encode(typehash, act.memo, act.licenseId, act.nonce, act.deadline));
    }

    function hash(Revocation calldata act) internal pure returns (bytes32) {
        return keccak256(abi.encode(REVOCATION_TYPEHASH, act.memo, act.twinId, act.digest, act.deadline));
    }

    /// @dev The rate card that a booking's terms and prices make together.
    function hashCard(Scope calldata scope, Pay calldata pay, bytes32 sharesHash, Prices calldata prices)
        internal
        pure
        returns (bytes32)
    {
        // In two halves: one call with 22 values is too deep for the stack.
        bytes memory head = abi.encode(
            RATE_CARD_TYPEHASH,
            scope.memo,
            pay.twinId,
            prices.licensee,
            scope.epoch,
            prices.serial,
            scope.validUntil,
            scope.category,
            pay.currency,
            scope.notice,
            scope.agreement
        );
        bytes memory tail = abi.encode(
            pay.committed,
            prices.dayRate,
            prices.imageRate,
            prices.exclusiveFactor,
            prices.minDays,
            prices.maxDays,
            prices.maxQuota,
            prices.leadTime,
            _hash(prices.uses),
            _hash(prices.markets),
            sharesHash
        );
        return keccak256(bytes.concat(head, tail));
    }

    function _hash(UseRate[] calldata rates) private pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := rates.offset
        }
        return _hashEach(USE_RATE_TYPEHASH, at, rates.length, 0x40);
    }

    function _hash(MarketRate[] calldata rates) private pure returns (bytes32) {
        uint256 at;
        assembly ("memory-safe") {
            at := rates.offset
        }
        return _hashEach(MARKET_RATE_TYPEHASH, at, rates.length, 0x40);
    }

    /// @dev Hash of `count` static structs of `size` bytes that lie at `at` in calldata. Written past the free memory
    /// pointer and not kept.
    function _hashEach(bytes32 typehash, uint256 at, uint256 count, uint256 size)
        private
        pure
        returns (bytes32 result)
    {
        assembly ("memory-safe") {
            let hashes := mload(0x40)
            let next := hashes
            let item := add(hashes, mul(count, 0x20))

            mstore(item, typehash)
            for { let end := add(at, mul(count, size)) } lt(at, end) { at := add(at, size) } {
                calldatacopy(add(item, 0x20), at, size)
                mstore(next, keccak256(item, add(size, 0x20)))
                next := add(next, 0x20)
            }

            result := keccak256(hashes, mul(count, 0x20))
        }
    }

    // slither-disable-end assembly
}
