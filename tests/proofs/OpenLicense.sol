// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwinLicense} from "../../contracts/TwinLicense.sol";
import {IDigitalTwin} from "../../contracts/interfaces/IDigitalTwin.sol";
import {ITokenMetadata} from "../../contracts/interfaces/ITokenMetadata.sol";
import {TermsHash} from "../../contracts/libraries/TermsHash.sol";
import {Pay, Share} from "../../contracts/types/Terms.sol";

/// @title A TwinLicense whose inner deeds a proof can call
contract OpenLicense is TwinLicense {
    using TermsHash for Pay;
    using TermsHash for Share[];

    constructor(IDigitalTwin twins) TwinLicense(twins, ITokenMetadata(address(0))) {}

    function settle(uint256 licenseId, uint96 total) external returns (uint96 refund) {
        return _settle(licenseId, _statusOf(licenseId), _live[licenseId], total);
    }

    function distribute(uint256 licenseId, Pay calldata pay, Share[] calldata shares, uint96 total) external {
        _distribute(licenseId, pay, shares, total);
    }

    function refund(uint256 licenseId, address currency, uint96 amount) external {
        _refund(licenseId, currency, amount);
    }

    function idOf(bytes32 scopeHash, Pay calldata pay, Share[] calldata shares) external view returns (uint256) {
        return _idOf(TermsHash.hash(scopeHash, pay.hash(), shares.hash()));
    }
}
