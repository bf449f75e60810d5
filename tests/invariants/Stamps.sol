// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ISigned} from "../../contracts/interfaces/ISigned.sol";
import {Ledger} from "./Ledger.sol";

/// @title How an act is signed: rightly, silently by its signer's own sending, or in one of the wrong ways
abstract contract Stamps is Ledger {
    struct Stamp {
        uint32 nonce;
        uint40 deadline;
        address signer;
        address sender;
        bool isSilent;
    }

    /// @dev Draws how somebody's act is signed, and by what it must be refused for that.
    function _stamp(uint32 nonce, address rightful) internal returns (Stamp memory stamp, bytes memory refusal) {
        bool isLast = _chance(2);
        stamp = Stamp(nonce, isLast ? _now() + 1 : type(uint40).max, rightful, _anyOf(people), false);
        uint256 mode = _roll(16);
        if (mode == 0) {
            stamp.deadline = _now();
        } else if (mode == 1) {
            stamp.nonce = nonce + 1;
        } else if (mode == 2 && nonce != 0) {
            stamp.nonce = nonce - 1;
        } else if (mode == 3) {
            stamp.signer = rightful == stranger ? hm : stranger;
        } else if (mode < 8 && rightful != address(0)) {
            (stamp.isSilent, stamp.sender) = (true, rightful);
        }

        if (stamp.deadline <= _now()) {
            refusal = abi.encodeWithSelector(ISigned.SignatureExpired.selector, stamp.deadline);
        } else if (stamp.nonce != nonce) {
            refusal = abi.encodeWithSelector(ISigned.NonceWrong.selector, stamp.nonce, nonce);
        } else if (stamp.signer != rightful || rightful == address(0)) {
            refusal = abi.encodeWithSelector(ISigned.SignatureInvalid.selector, rightful);
        }
    }

    function _by(Stamp memory stamp, bytes32 digest) internal view returns (bytes memory) {
        if (stamp.isSilent) return "";
        return _signed(stamp.signer == address(0) ? stranger : stamp.signer, digest);
    }
}
