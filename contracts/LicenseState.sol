// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {EIP712} from "solady/utils/EIP712.sol";

import {Soulbound} from "./Soulbound.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {IRoyaltyStream} from "./interfaces/IRoyaltyStream.sol";
import {TermsHash} from "./libraries/TermsHash.sol";
import {Authority} from "./types/Consent.sol";
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

    /// @dev The EIP-712 domain of the deployment. Ids stay under it also where a fork changes the chain id, so that
    /// no license, and no money in it, loses its name; signatures are of the present domain.
    bytes32 private immutable _HOME;

    constructor(IDigitalTwin twins) {
        TWINS = twins;
        _HOME = _domainSeparator();
    }

    function _statusOf(uint256 licenseId) internal view returns (Status) {
        return Status.wrap(_getExtraData(licenseId));
    }

    function _setStatus(uint256 licenseId, Status status) internal {
        _setExtraData(licenseId, Status.unwrap(status));
    }

    /// @dev The id that terms give, by their struct hash.
    function _idOf(bytes32 structHash) internal view returns (uint256) {
        return uint256(keccak256(abi.encodePacked(hex"1901", _HOME, structHash)));
    }

    /// @dev One place for the call: decoding what it returns is long.
    function _authorityOf(uint256 twinId) internal view returns (Authority memory) {
        return TWINS.authority(twinId);
    }

    /// @dev The license whose terms these are. The id binds every part, so nothing else need be compared.
    function _licenseOf(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash)
        internal
        view
        returns (uint256 licenseId)
    {
        licenseId = _idOf(TermsHash.hash(scopeHash, pay.hash(), sharesHash));
        require(_exists(licenseId), IRoyaltyStream.LicenseUnknown(licenseId));
    }
}
