// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LibString} from "solady/utils/LibString.sol";

import {ITokenMetadata} from "./interfaces/ITokenMetadata.sol";
import {Authority} from "./types/Consent.sol";
import {License} from "./types/License.sol";

/// @title What wallets show of twins and licenses
contract TokenMetadata is ITokenMetadata {
    using LibString for address;
    using LibString for uint256;

    /// @inheritdoc ITokenMetadata
    function twinURI(uint256 twinId, Authority calldata authority) external pure returns (string memory) {
        return string.concat(
            'data:application/json;utf8,{"name":"Digital twin ',
            twinId.toHexString(32),
            '","description":"The ownership of a digital replica. Not for sale; licensed by its owner.","owner":"',
            authority.owner.toHexString(),
            '","epoch":',
            uint256(authority.epoch).toString(),
            "}"
        );
    }

    /// @inheritdoc ITokenMetadata
    function licenseURI(uint256 licenseId, License calldata license) external view returns (string memory) {
        return string.concat(
            'data:application/json;utf8,{"name":"License ',
            licenseId.toHexString(32),
            '","description":"A license of a digital twin, for a time. Not transferable.","licensee":"',
            license.licensee.toHexString(),
            _number('","start":', license.start),
            _number(',"end":', license.end),
            _number(',"paidThrough":', license.paidThrough),
            _number(',"imagesLeft":', license.imagesLeft),
            ',"live":',
            _isLive(license) ? "true}" : "false}"
        );
    }

    function _number(string memory key, uint256 value) private pure returns (string memory) {
        return string.concat(key, value.toString());
    }

    function _isLive(License calldata license) private view returns (bool) {
        return
            license.start <= block.timestamp && block.timestamp < license.end && block.timestamp < license.paidThrough;
    }
}
