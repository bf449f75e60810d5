// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../../contracts/interfaces/IDigitalTwin.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {Authority, Policy, Retirement} from "../../../contracts/types/Consent.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title The owner's standing policy is read at each grant
contract Law04 is Desk {
    function testFuzz_law04_thePolicyIsKeptAsItWasSigned(uint32 uses, uint32 categories, uint16 bps) external {
        bps %= 10_001;
        _setPolicy(uses, categories, bps);
        Authority memory authority = twins.authority(twinId);
        require(authority.uses == uses && authority.categories == categories, "it allows something else");
        require(authority.leastOwnerBps == bps && authority.owner == model, "it keeps another share");
    }

    function testFuzz_law04_noPolicyKeepsMoreThanTheWhole(uint16 bps) external {
        bps = uint16(10_001 + uint256(bps) % (type(uint16).max - 10_000));
        Policy memory policy = Policy("memo", twinId, 1, 1, bps, _nonce(), _soon());
        bytes memory signature = _signed(model, _digest(policy));
        _refused(IDigitalTwin.LeastShareOverWhole.selector, bps);
        twins.setPolicy(policy, signature);
    }

    function testFuzz_law04_aUseOutsideThePolicyIsNotGranted(uint32 allowed, uint32 asked) external {
        vm.assume(asked != 0);
        _setPolicy(allowed, type(uint32).max, 0);
        Terms memory terms = _terms();
        terms.scope.uses = asked;
        uint32 offLimits = asked & ~allowed;
        if (offLimits == 0) _accept(terms, FEE);
        else _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.UsesOffLimits.selector, offLimits));
    }

    function testFuzz_law04_aCategoryOutsideThePolicyIsNotGranted(uint32 allowed, uint8 asked) external {
        _setPolicy(type(uint32).max, allowed, 0);
        Terms memory terms = _terms();
        terms.scope.category = asked;
        if (asked < 32 && (allowed >> asked) & 1 == 1) _accept(terms, FEE);
        else _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.CategoryOffLimits.selector, asked));
    }

    function test_law04_thereAreThirtyTwoCategories() external {
        Terms memory terms = _terms();
        terms.scope.category = 32;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.CategoryOffLimits.selector, 32));
        terms.scope.category = 31;
        _accept(terms, FEE);
    }

    function testFuzz_law04_theOwnerKeepsTheLeastShare(uint16 least) external {
        least %= 10_001;
        _setPolicy(type(uint32).max, type(uint32).max, least);
        Terms memory terms = _terms();
        if (least <= 7000) _accept(terms, FEE);
        else _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.OwnerShareTooLow.selector, 7000, least));
    }

    function test_law04_theLeastShareIsLeftWholeAtItsEdge() external {
        _setPolicy(1, 1, 7001);
        Terms memory terms = _terms();
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.OwnerShareTooLow.selector, 7000, 7001));
        _setPolicy(1, 1, 7000);
        _accept(terms, FEE);
    }

    function test_law04_aNewTwinAllowsNothing() external {
        _setPolicy(0, 0, 0);
        _acceptRefused(_terms(), FEE, abi.encodeWithSelector(ITwinLicense.UsesOffLimits.selector, 1));
        _setPolicy(1, 0, 0);
        _acceptRefused(_terms(), FEE, abi.encodeWithSelector(ITwinLicense.CategoryOffLimits.selector, 0));
    }

    function test_law04_aLaterPolicyNeverReachesBack() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        bytes32 before = keccak256(abi.encode(_license(terms)));
        _setPolicy(0, 0, 10_000);
        require(keccak256(abi.encode(_license(terms))) == before, "the license has changed");
        require(licenses.isLive(_id(terms), 0), "it is not live");
    }

    function test_law04_nobodyChangesThePolicyOfARetiredTwin() external {
        _retire();
        Policy memory policy = Policy("memo", twinId, 1, 1, 0, _nonce(), _soon());
        bytes memory signature = _signed(model, _digest(policy));
        _refused(IDigitalTwin.TwinIsRetired.selector, twinId);
        twins.setPolicy(policy, signature);
        Retirement memory act = Retirement("memo", twinId, _nonce(), _soon());
        signature = _signed(model, _digest(act));
        _refused(IDigitalTwin.TwinIsRetired.selector, twinId);
        twins.retire(act, signature);
        _acceptRefused(_terms(), FEE, abi.encodeWithSelector(ITwinLicense.UsesOffLimits.selector, 1));
    }
}
