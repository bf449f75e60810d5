// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority} from "../../contracts/types/Consent.sol";

/// @title Twins of whom anything may be true
/// @dev With a storage that is left open, these are the answers of any DigitalTwin; its own code is not run again.
contract Twins {
    mapping(uint256 twinId => Authority) private _authorities;
    mapping(uint256 twinId => address) public payeeOf;

    function authority(uint256 twinId) external view returns (Authority memory) {
        return _authorities[twinId];
    }
}

/// @title A currency that moves what it is told to, or says that it does not
contract Currency {
    mapping(address account => uint256) public balanceOf;
    mapping(address account => bool) public isBlocked;

    function transfer(address to, uint256 amount) external returns (bool) {
        return _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        if (isBlocked[to] || balanceOf[from] < amount) return false;

        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        return true;
    }
}

/// @title A currency that may refuse, and notes whether it was sent to anybody but two
contract Purse {
    address[2] private _expected;
    bool public hasStrayed;
    mapping(address account => bool) private _isBlocked;

    function expect(address one, address other) external {
        _expected = [one, other];
        hasStrayed = false;
    }

    function transfer(address to, uint256) external returns (bool) {
        if (_isBlocked[to]) return false;

        if (to != _expected[0] && to != _expected[1]) hasStrayed = true;
        return true;
    }
}
