// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Consent, EpochRaise, Policy, Retirement, SerialRaise} from "../../contracts/types/Consent.sol";
import {Flag} from "../../contracts/types/Flag.sol";
import {GuardianChange, Move, MoveDrop} from "../../contracts/types/Moves.sol";
import {MarketRate, Prices, UseRate} from "../../contracts/types/RateCard.sol";
import {Ending, Pay, Revocation, Scope, Share, Terms} from "../../contracts/types/Terms.sol";

/// @title EIP-712 hashes of everything that anybody signs
/// @dev Written once more from the signed types, by the compiler's own encoding; nothing of the contracts' libraries.
/// A static struct encodes as its fields in order, and its memo is a hash already, so one line does for each.
library Digests {
    string private constant SHARE = "Share(address payee,uint16 bps,uint8 role)";
    string private constant PAY =
        "Pay(uint256 twinId,address currency,uint96 fee,uint96 committed,uint32 term,uint32 quota)";
    string private constant SCOPE =
        "Scope(string memo,address licensee,uint32 epoch,uint40 validUntil,uint40 start,uint8 category,bool exclusive,uint32 uses,uint256 markets,uint32 notice,bytes32 agreement,bytes32 card,bytes32 ref)";
    string private constant USE_RATE = "UseRate(uint8 use,uint32 weight)";
    string private constant MARKET_RATE = "MarketRate(uint256 markets,uint32 weight)";
    string private constant CARD =
        "RateCard(string memo,uint256 twinId,address licensee,uint32 epoch,uint32 serial,uint40 validUntil,uint8 category,address currency,uint32 notice,bytes32 agreement,uint96 floor,uint96 dayRate,uint96 imageRate,uint32 exclusiveFactor,uint16 minDays,uint16 maxDays,uint32 maxQuota,uint32 leadTime,UseRate[] uses,MarketRate[] markets,Share[] shares)";

    function domain(string memory name, uint256 chainId, address at) internal pure returns (bytes32) {
        bytes32 kind = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(kind, keccak256(bytes(name)), keccak256("1"), chainId, at));
    }

    function under(bytes32 separator, bytes32 structHash) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator, structHash));
    }

    function hash(Consent memory consent) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Consent(string memo,address owner,bytes32 replica,address guardian,bytes32 salt,uint40 deadline)"
                ),
                consent
            )
        );
    }

    function hash(Policy memory act) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Policy(string memo,uint256 twinId,uint32 uses,uint32 categories,uint16 leastOwnerBps,uint32 nonce,uint40 deadline)"
                ),
                act
            )
        );
    }

    function hash(EpochRaise memory act) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(keccak256("EpochRaise(string memo,uint256 twinId,uint32 nonce,uint40 deadline)"), act));
    }

    function hash(SerialRaise memory act) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("SerialRaise(string memo,uint256 twinId,uint32 leastSerial,uint32 nonce,uint40 deadline)"),
                act
            )
        );
    }

    function hash(Retirement memory act) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(keccak256("Retirement(string memo,uint256 twinId,uint32 nonce,uint40 deadline)"), act));
    }

    function hash(GuardianChange memory act) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("GuardianChange(string memo,uint256 twinId,address guardian,uint32 nonce,uint40 deadline)"),
                act
            )
        );
    }

    /// @param kind `Move`, which waits, or `MoveAtOnce`
    function hash(Move memory act, string memory kind) internal pure returns (bytes32) {
        string memory fields = "(string memo,uint256 twinId,address to,uint32 nonce,uint40 deadline)";
        return keccak256(abi.encode(keccak256(bytes(string.concat(kind, fields))), act));
    }

    function hash(MoveDrop memory act) internal pure returns (bytes32) {
        return
            keccak256(abi.encode(keccak256("MoveDrop(string memo,uint256 twinId,uint32 nonce,uint40 deadline)"), act));
    }

    function hash(Flag memory act) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256(
                    "Flag(string memo,uint256 twinId,uint256 licenseId,bytes32 imageHash,uint32 nonce,uint40 deadline)"
                ),
                act
            )
        );
    }

    /// @param kind `Notice`, `LapseEnd` or `Decline`
    function hash(Ending memory act, string memory kind) internal pure returns (bytes32) {
        string memory fields = "(string memo,uint256 licenseId,uint32 nonce,uint40 deadline)";
        return keccak256(abi.encode(keccak256(bytes(string.concat(kind, fields))), act));
    }

    function hash(Revocation memory act) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(keccak256("Revocation(string memo,uint256 twinId,bytes32 digest,uint40 deadline)"), act)
            );
    }

    function hash(Terms memory terms) internal pure returns (bytes32) {
        bytes32 kind = keccak256(bytes(string.concat("Terms(Scope scope,Pay pay,Share[] shares)", PAY, SCOPE, SHARE)));
        return keccak256(abi.encode(kind, hash(terms.scope), hash(terms.pay), hash(terms.shares)));
    }

    function hash(Scope memory scope) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(bytes(SCOPE)), scope));
    }

    function hash(Pay memory pay) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(bytes(PAY)), pay));
    }

    function hash(Share[] memory shares) internal pure returns (bytes32) {
        bytes32[] memory each = new bytes32[](shares.length);
        for (uint256 i; i < each.length; ++i) {
            each[i] = keccak256(abi.encode(keccak256(bytes(SHARE)), shares[i]));
        }
        return keccak256(abi.encodePacked(each));
    }

    /// @dev The rate card whose other half is in the terms of a booking.
    function hash(Terms memory terms, Prices memory prices) internal pure returns (bytes32) {
        Scope memory scope = terms.scope;
        bytes memory head = abi.encode(
            keccak256(bytes(string.concat(CARD, MARKET_RATE, SHARE, USE_RATE))),
            scope.memo,
            terms.pay.twinId,
            prices.licensee,
            scope.epoch,
            prices.serial,
            scope.validUntil,
            scope.category,
            terms.pay.currency,
            scope.notice,
            scope.agreement
        );
        bytes memory rates =
            abi.encode(terms.pay.committed, prices.dayRate, prices.imageRate, prices.exclusiveFactor, prices.minDays);
        bytes memory bounds = abi.encode(prices.maxDays, prices.maxQuota, prices.leadTime);
        return keccak256(
            bytes.concat(head, rates, bounds, abi.encode(_hash(prices.uses), _hash(prices.markets), hash(terms.shares)))
        );
    }

    function _hash(UseRate[] memory rates) private pure returns (bytes32) {
        bytes32[] memory each = new bytes32[](rates.length);
        for (uint256 i; i < each.length; ++i) {
            each[i] = keccak256(abi.encode(keccak256(bytes(USE_RATE)), rates[i]));
        }
        return keccak256(abi.encodePacked(each));
    }

    function _hash(MarketRate[] memory rates) private pure returns (bytes32) {
        bytes32[] memory each = new bytes32[](rates.length);
        for (uint256 i; i < each.length; ++i) {
            each[i] = keccak256(abi.encode(keccak256(bytes(MARKET_RATE)), rates[i]));
        }
        return keccak256(abi.encodePacked(each));
    }
}
