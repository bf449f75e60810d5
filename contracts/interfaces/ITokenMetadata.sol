// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority} from "../types/Consent.sol";
import {License} from "../types/License.sol";

/// @title What wallets show of twins and licenses
/// @notice Draws from the live state that its caller hands in; keeps nothing and decides nothing.
/// @dev No personal data can be in it, for there is none on the chain.
interface ITokenMetadata {
    /// @notice The metadata of a twin.
    /// @param twinId the twin
    /// @param authority its present state
    /// @param isRetired whether it grants no new licenses, for good
    /// @param movingTo the wallet to which a move is pending, or zero for none
    /// @return a data URI with JSON (ERC-721)
    function twinURI(uint256 twinId, Authority calldata authority, bool isRetired, address movingTo)
        external
        view
        returns (string memory);

    /// @notice The metadata of a license.
    /// @param licenseId the license
    /// @param license its present state
    /// @return a data URI with JSON (ERC-721)
    function licenseURI(uint256 licenseId, License calldata license) external view returns (string memory);
}
