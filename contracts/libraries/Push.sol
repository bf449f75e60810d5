// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title Sending tokens to somebody who may be hostile
library Push {
    /// @dev Laws 16, 18: sends with at most `gasLimit` gas and copies at most one word back, whatever the token does.
    /// False if it reverted, returned anything but true, or is no contract.
    function trySend(address currency, address to, uint256 amount, uint256 gasLimit) internal returns (bool isSent) {
        bytes memory data = abi.encodeWithSelector(0xa9059cbb, to, amount);

        // slither-disable-next-line assembly
        assembly ("memory-safe") {
            let done := call(gasLimit, currency, 0, add(data, 0x20), mload(data), 0x00, 0x20)
            let size := returndatasize()
            let isTrue := and(gt(size, 0x1f), eq(mload(0x00), 1))
            let isSilent := and(iszero(size), gt(extcodesize(currency), 0))
            isSent := and(done, or(isTrue, isSilent))
        }
    }
}
