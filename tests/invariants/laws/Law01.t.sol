// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../../contracts/interfaces/IDigitalTwin.sol";
import {ISigned} from "../../../contracts/interfaces/ISigned.sol";
import {Authority, Consent} from "../../../contracts/types/Consent.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title A twin exists only by its model's own signed consent
contract Law01 is Desk {
    function _other() private view returns (Consent memory consent) {
        consent = _consent();
        consent.owner = otherModel;
    }

    function testFuzz_law01_anyConsentMakesTheTwinOfItsDigest(Consent memory consent, uint256 key) external {
        key = 1 + key % 1e18;
        consent.owner = vm.addr(key);
        keyOf[consent.owner] = key;
        if (consent.deadline <= clock) consent.deadline = uint40(clock + 1);

        uint256 id = _mint(consent);

        require(id == uint256(_digest(consent)) && id == twins.twinIdOf(consent), "the id is another digest");
        Authority memory authority = twins.authority(id);
        require(authority.owner == consent.owner, "somebody else has the twin");
        require(authority.epoch == 0 && authority.nonce == 0 && authority.leastSerial == 0, "counters begin at zero");
        require(authority.uses == 0 && authority.categories == 0 && authority.leastOwnerBps == 0, "it allows something");
        require(twins.locked(id) && !twins.isRetired(id) && twins.payeeOf(id) == consent.owner, "it begins otherwise");
    }

    function testFuzz_law01_noOtherKeyCanConsent(uint256 key) external {
        Consent memory consent = _other();
        key = 1 + key % 1e18;
        vm.assume(key != keyOf[otherModel]);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, _digest(consent));

        _refused(ISigned.SignatureInvalid.selector, _n(otherModel));
        twins.mint(consent, abi.encodePacked(r, s, v));
    }

    function testFuzz_law01_aConsentWithOneOtherFieldIsNotSigned(uint256 which, bytes32 value) external {
        Consent memory consent = _other();
        bytes32 digest = _digest(consent);
        bytes memory signature = _signed(otherModel, digest);
        which %= 4;
        if (which == 0) consent.memo = value;
        if (which == 1) consent.replica = value;
        if (which == 2) consent.salt = value;
        if (which == 3) consent.guardian = address(uint160(uint256(value)));
        vm.assume(_digest(consent) != digest);

        _refused(ISigned.SignatureInvalid.selector, _n(otherModel));
        twins.mint(consent, signature);
    }

    function test_law01_aConsentIsGoodUntilTheSecondBeforeItsDeadline() external {
        Consent memory consent = _other();
        bytes memory signature = _signed(otherModel, _digest(consent));

        _at(consent.deadline);
        _refused(ISigned.SignatureExpired.selector, consent.deadline);
        twins.mint(consent, signature);

        _at(consent.deadline - 1);
        twins.mint(consent, signature);
    }

    function test_law01_aConsentMakesOneTwinAlsoOnAFork() external {
        Consent memory consent = _consent();
        bytes memory signature = _signed(model, _digest(consent));
        _refused(IDigitalTwin.TwinExists.selector, twinId);
        twins.mint(consent, signature);

        vm.chainId(7);
        _refused(IDigitalTwin.TwinExists.selector, twinId);
        twins.mint(consent, signature);
    }

    function test_law01_aModelThatSendsHerConsentNeedNotSignIt() external {
        Consent memory consent = _other();
        vm.prank(otherModel);
        uint256 id = twins.mint(consent, "");
        require(twins.ownerOf(id) == otherModel, "somebody else has the twin");
    }

    function test_law01_nobodyElseCanSendAnEmptySignature() external {
        Consent memory consent = _other();
        vm.prank(stranger);
        _refused(ISigned.SignatureInvalid.selector, _n(otherModel));
        twins.mint(consent, "");
    }

    function test_law01_zeroConsentsToNothing() external {
        Consent memory consent = _other();
        consent.owner = address(0);
        bytes memory signature = _signed(model, _digest(consent));
        _refused(ISigned.SignatureInvalid.selector, 0);
        twins.mint(consent, signature);

        vm.prank(address(0));
        _refused(ISigned.SignatureInvalid.selector, 0);
        twins.mint(consent, "");
    }

    function test_law01_aWalletThatIsAContractConsentsByItsKeeper() external {
        Consent memory consent = _other();
        consent.owner = walletModel;
        bytes memory strange = _signed(stranger, _digest(consent));
        _refused(ISigned.SignatureInvalid.selector, _n(walletModel));
        twins.mint(consent, strange);

        require(twins.ownerOf(_mint(consent)) == walletModel, "somebody else has the twin");
    }

    function testFuzz_law01_whatNobodyConsentedToIsUnknown(uint256 id) external {
        vm.assume(id != twinId);
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.authority(id);
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.payeeOf(id);
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.isRetired(id);
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.locked(id);
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.tokenURI(id);
    }

    function testFuzz_law01_theTokenSaysWhatItIs(bytes4 interfaceId) external view {
        bool isOurs = interfaceId == 0x01ffc9a7 || interfaceId == 0x80ac58cd || interfaceId == 0x5b5e139f
            || interfaceId == 0xb45a3c0e;
        require(twins.supportsInterface(interfaceId) == isOurs, "another interface");
        require(twins.supportsInterface(0xb45a3c0e) && twins.supportsInterface(0x80ac58cd), "an interface is missing");
        require(keccak256(bytes(twins.name())) == keccak256("TwinRights Twin"), "another name");
        require(keccak256(bytes(twins.symbol())) == keccak256("TWIN"), "another symbol");
    }
}
