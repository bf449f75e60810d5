// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The cheatcodes of Halmos that these proofs use
/// @dev Halmos answers them at the address in `svm`; its own library is not on npm.
interface Svm {
    function createCalldata(string calldata contractName) external pure returns (bytes memory);
    function createBytes(uint256 size, string calldata name) external pure returns (bytes memory);
    function enableSymbolicStorage(address account) external;
}

Svm constant svm = Svm(address(uint160(uint256(keccak256("svm cheat code")))));
