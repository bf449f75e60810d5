// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ECDSA} from "solady/utils/ECDSA.sol";

/// @title A wallet that is a contract, with one key (ERC-1271)
contract ContractWallet {
    /// @notice Only the key may call through the wallet.
    error NotTheKey();

    address public immutable KEY;

    constructor(address key) {
        KEY = key;
    }

    /// @notice Whether the key has signed.
    /// @param hash what was signed
    /// @param signature by the key
    /// @return the ERC-1271 value if so, else zero
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.tryRecoverCalldata(hash, signature) == KEY ? this.isValidSignature.selector : bytes4(0);
    }

    /// @notice Calls another contract for the key.
    /// @param target the contract
    /// @param data the call
    /// @return what it returned
    function execute(address target, bytes calldata data) external returns (bytes memory) {
        require(msg.sender == KEY, NotTheKey());
        (bool isDone, bytes memory result) = target.call(data);
        if (!isDone) {
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
        return result;
    }
}
