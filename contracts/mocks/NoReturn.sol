// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "./TestDollar.sol";

/// @title A token that answers nothing, as some of the oldest do
contract NoReturn is TestDollar {
    constructor() TestDollar(6) {}

    function transfer(address to, uint256 amount) public override returns (bool) {
        super.transfer(to, amount);
        _answerNothing();
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        _answerNothing();
    }

    function _answerNothing() private pure {
        assembly ("memory-safe") {
            return(0, 0)
        }
    }
}
