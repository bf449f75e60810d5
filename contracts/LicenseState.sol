// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "solady/utils/EIP712.sol";

import {Soulbound} from "./Soulbound.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {IRoyaltyStream} from "./interfaces/IRoyaltyStream.sol";
import {TermsHash} from "./libraries/TermsHash.sol";
import {Live} from "./types/Live.sol";
import {Status} from "./types/Status.sol";
import {Pay} from "./types/Terms.sol";

/// @title What the chain keeps of licenses
/// @dev State apart from conduct: the rooms of TwinLicense share it. First slot: the token's own, licensee and
/// Status. Second: Live, written at the grant. `_collected` and `_head` are written at their first use, so that a
/// grant does not pay for them. Sets of markets are stored once and referred to by number.
abstract contract LicenseState is Soulbound, EIP712 {
    using TermsHash for Pay;

    /// @notice The contract that keeps the twins.
    IDigitalTwin public immutable TWINS;

    mapping(uint256 licenseId => Live) internal _live;
    mapping(uint256 licenseId => uint96) internal _collected;
    mapping(uint256 licenseId => bytes32) internal _head;
    mapping(uint32 number => uint256 markets) internal _marketsIn;

    constructor(IDigitalTwin twins) {
        TWINS = twins;
    }

    function _statusOf(uint256 licenseId) internal view returns (Status) {
        return Status.wrap(_getExtraData(licenseId));
    }

    function _setStatus(uint256 licenseId, Status status) internal {
        _setExtraData(licenseId, Status.unwrap(status));
    }

    /// @dev The id that the parts of terms give: their EIP-712 digest.
    function _idOf(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash) internal view returns (uint256) {
        return uint256(_hashTypedData(TermsHash.hash(scopeHash, pay.hash(), sharesHash)));
    }

    /// @dev The license whose terms these are. The id binds every part, so nothing else need be compared.
    function _licenseOf(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash)
        internal
        view
        returns (uint256 licenseId)
    {
        licenseId = _idOf(scopeHash, pay, sharesHash);
        require(_exists(licenseId), IRoyaltyStream.LicenseUnknown(licenseId));
    }
}
