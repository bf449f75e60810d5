// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The cheatcodes that these tests use
/// @dev forge answers them at the address in `vm`; its own library is not on npm.
interface Vm {
    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function label(address account, string calldata name) external;
    function warp(uint256 time) external;
    function getBlockTimestamp() external view returns (uint256);
    function chainId(uint256 id) external;
    function prank(address sender) external;
    function deal(address account, uint256 balance) external;
    function expectRevert(bytes calldata error) external;
    function expectEmit(address emitter) external;
    function assume(bool holds) external pure;
    function deployCode(string calldata which, bytes calldata arguments) external returns (address);
    function store(address account, bytes32 slot, bytes32 value) external;
    function load(address account, bytes32 slot) external view returns (bytes32);
    function envOr(string calldata name, string calldata other) external view returns (string memory);
    function toString(uint256 value) external pure returns (string memory);
    function writeLine(string calldata path, string calldata line) external;
}

Vm constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
