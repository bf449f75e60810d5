// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../../contracts/interfaces/IDigitalTwin.sol";
import {IGuardianship} from "../../../contracts/interfaces/IGuardianship.sol";
import {ISigned} from "../../../contracts/interfaces/ISigned.sol";
import {ISoulbound} from "../../../contracts/interfaces/ISoulbound.sol";
import {Consent} from "../../../contracts/types/Consent.sol";
import {GuardianChange, Move, MoveDrop, PendingMove} from "../../../contracts/types/Moves.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title A twin is not for sale; it moves only to a wallet that accepted
contract Law02 is Desk {
    function testFuzz_law02_everyTransferAndApprovalIsRefused(address sender, address to, uint256 value) external {
        Terms memory terms = _terms();
        uint256[2] memory ids = [twinId, _accept(terms, FEE)];
        address[2] memory tokens = [address(twins), address(licenses)];
        vm.deal(sender, 10 ether);
        for (uint256 i; i < 2; ++i) {
            bytes[5] memory calls = [
                abi.encodeWithSignature("transferFrom(address,address,uint256)", sender, to, ids[i]),
                abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", sender, to, ids[i]),
                abi.encodeWithSignature("safeTransferFrom(address,address,uint256,bytes)", sender, to, ids[i], "data"),
                abi.encodeWithSignature("approve(address,uint256)", to, ids[i]),
                abi.encodeWithSignature("setApprovalForAll(address,bool)", to, true)
            ];
            for (uint256 j; j < 5; ++j) {
                vm.prank(j % 2 == 0 ? sender : i == 0 ? model : hm);
                (bool isDone, bytes memory error) = tokens[i].call(calls[j]);
                require(!isDone && bytes4(error) == ISoulbound.NotTransferable.selector, "it was not refused");
                vm.prank(sender);
                (isDone, error) = tokens[i].call{value: value % 1 ether}(calls[j]);
                require(!isDone && tokens[i].balance == 0, "it took ether");
            }
        }
        require(twins.ownerOf(twinId) == model && licenses.ownerOf(ids[1]) == hm, "a token has moved");
    }

    function test_law02_ownerAndGuardianMoveItAtOnceAndTheEpochRises() external {
        _moveAtOnce(otherModel);
        require(_owner() == otherModel && twins.authority(twinId).epoch == 1, "it has not moved");
        require(twins.authority(twinId).uses == type(uint32).max, "its policy has changed");
        require(_nonce() == 65_536, "its nonces do not begin again");
    }

    function testFuzz_law02_aMoveAtOnceNeedsAllThree(uint256 who) external {
        Move memory act = _move(otherModel);
        bytes32 digest = _digestOfMoveAtOnce(act);
        bytes[3] memory signatures = [_signed(model, digest), _signed(guardian, digest), _signed(otherModel, digest)];
        who %= 3;
        signatures[who] = _signed(stranger, digest);
        address[3] memory signers = [model, guardian, otherModel];

        _refused(ISigned.SignatureInvalid.selector, _n(signers[who]));
        twins.move(act, _consent(), signatures[0], signatures[1], signatures[2]);
    }

    function test_law02_aTwinWithoutAGuardianDoesNotMoveAtOnce() external {
        _setGuardian(address(0));
        Move memory act = _move(otherModel);
        bytes32 digest = _digestOfMoveAtOnce(act);
        bytes memory owners = _signed(model, digest);
        bytes memory acceptance = _signed(otherModel, digest);
        _refused(ISigned.SignatureInvalid.selector, 0);
        twins.move(act, _consent(), owners, "", acceptance);
    }

    function test_law02_whatWasSignedToWaitNeverMovesAtOnceNorTheOtherWayRound() external {
        Move memory act = _move(otherModel);
        bytes32 digest = _digestOfMove(act);
        bytes[3] memory signatures = [_signed(model, digest), _signed(guardian, digest), _signed(otherModel, digest)];
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        twins.move(act, _consent(), signatures[0], signatures[1], signatures[2]);

        digest = _digestOfMoveAtOnce(act);
        signatures = [_signed(model, digest), _signed(guardian, digest), _signed(otherModel, digest)];
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        twins.proposeMove(act, signatures[0], signatures[2]);
        _refused(ISigned.SignatureInvalid.selector, _n(guardian));
        twins.proposeRescue(act, _consent(), signatures[1], signatures[2]);
    }

    function test_law02_theOwnersMoveWaitsSevenDaysAndIsVoidThirtyLater() external {
        uint256 begun = clock;
        _proposeMove(otherModel);
        uint40 readyAt = uint40(begun + 7 days);
        PendingMove memory pending = twins.moveOf(twinId);
        require(pending.to == otherModel && pending.readyAt == readyAt && !pending.byGuardian, "another move");

        _at(readyAt - 1);
        _refused(IGuardianship.MoveNotReady.selector, twinId, readyAt);
        twins.completeMove(twinId);

        _at(readyAt + 30 days);
        _refused(IGuardianship.NoMovePending.selector, twinId);
        twins.completeMove(twinId);
        require(twins.moveOf(twinId).to == address(0) && twins.payeeOf(twinId) == model, "a void move is pending");

        _at(readyAt + 30 days - 1);
        twins.completeMove(twinId);
        require(_owner() == otherModel && twins.moveOf(twinId).to == address(0), "it has not moved");
    }

    function test_law02_theGuardiansMoveWaitsFourteenDays() external {
        uint256 begun = clock;
        _proposeRescue(otherModel);
        uint40 readyAt = uint40(begun + 14 days);
        require(twins.moveOf(twinId).byGuardian, "it is not the guardian's");

        _at(readyAt - 1);
        _refused(IGuardianship.MoveNotReady.selector, twinId, readyAt);
        twins.completeMove(twinId);

        _at(readyAt);
        twins.completeMove(twinId);
        require(_owner() == otherModel, "it has not moved");
    }

    function test_law02_theNewWalletMustAcceptWhatIsProposed() external {
        Move memory act = _move(otherModel);
        bytes memory owners = _signed(model, _digestOfMove(act));
        bytes memory strange = _signed(stranger, _digestOfMove(act));
        _refused(ISigned.SignatureInvalid.selector, _n(otherModel));
        twins.proposeMove(act, owners, strange);
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        twins.proposeMove(act, strange, owners);
    }

    function test_law02_oneMoveAtATime() external {
        _proposeMove(otherModel);
        Move memory act = _move(stranger);
        bytes memory guardians = _signed(guardian, _digestOfMove(act));
        bytes memory owners = _signed(model, _digestOfMove(act));
        bytes memory acceptance = _signed(stranger, _digestOfMove(act));
        _refused(IGuardianship.MovePending.selector, twinId, _n(otherModel));
        twins.proposeMove(act, owners, acceptance);
        _refused(IGuardianship.MovePending.selector, twinId, _n(otherModel));
        twins.proposeRescue(act, _consent(), guardians, acceptance);
    }

    function test_law02_aMoveAtOnceEndsOneThatWaits() external {
        _proposeMove(stranger);
        _moveAtOnce(otherModel);
        require(_owner() == otherModel && twins.moveOf(twinId).to == address(0), "the other still waits");
        _refused(IGuardianship.NoMovePending.selector, twinId);
        twins.completeMove(twinId);
    }

    function test_law02_whatIsDueToTheOwnerWaitsWhileAMoveIsPending() external {
        _proposeMove(otherModel);
        require(twins.payeeOf(twinId) == address(0), "it is paid to somebody");
        _dropMove();
        require(twins.payeeOf(twinId) == model, "it is not paid to the owner");
    }

    function test_law02_onlyAPendingMoveIsDropped() external {
        MoveDrop memory act = MoveDrop("memo", twinId, _nonce(), _soon());
        bytes memory signature = _signed(model, _digest(act));
        _refused(IGuardianship.NoMovePending.selector, twinId);
        twins.dropMove(act, signature);

        _proposeRescue(stranger);
        act = MoveDrop("memo", twinId, _nonce(), _soon());
        signature = _signed(guardian, _digest(act));
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        twins.dropMove(act, signature);

        _dropMove();
        require(twins.moveOf(twinId).to == address(0) && _owner() == model, "it still waits");
    }

    function test_law02_aNewGuardianDropsWhatTheLastProposed() external {
        _proposeRescue(stranger);
        _setGuardian(agency);
        require(twins.moveOf(twinId).to == address(0), "it still waits");
        require(twins.guardianOf(twinId, _consent()) == agency, "another guardian");

        _proposeMove(otherModel);
        _setGuardian(address(0));
        require(twins.moveOf(twinId).to == otherModel, "the owner's own move was dropped");
        require(twins.guardianOf(twinId, _consent()) == address(0), "there is a guardian");
    }

    function testFuzz_law02_theGuardianIsTheOneOfTheConsentThatMadeTheTwin(bytes32 salt) external {
        Consent memory consent = _consent();
        require(twins.guardianOf(twinId, consent) == guardian, "another guardian");

        vm.assume(salt != consent.salt);
        (consent.salt, consent.guardian) = (salt, stranger);
        uint256 given = uint256(_digest(consent));
        Move memory act = _move(stranger);
        bytes memory signature = _signed(stranger, _digestOfMove(act));
        _refused(IGuardianship.ConsentDiffers.selector, given, twinId);
        twins.proposeRescue(act, consent, signature, signature);
        _refused(IGuardianship.ConsentDiffers.selector, given, twinId);
        twins.move(act, consent, signature, signature, signature);
        _refused(IGuardianship.ConsentDiffers.selector, given, twinId);
        twins.guardianOf(twinId, consent);
    }

    function testFuzz_law02_anUnknownTwinDoesNotMove(uint256 id) external {
        vm.assume(id != twinId);
        Move memory act = _move(otherModel);
        act.twinId = id;
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.move(act, _consent(), "", "", "");
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.proposeMove(act, "", "");
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.proposeRescue(act, _consent(), "", "");
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.guardianOf(id, _consent());
        _refused(IGuardianship.NoMovePending.selector, id);
        twins.completeMove(id);
        GuardianChange memory change = GuardianChange("memo", id, stranger, 0, _soon());
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.setGuardian(change, "");
        MoveDrop memory drop = MoveDrop("memo", id, 0, _soon());
        _refused(IDigitalTwin.TwinUnknown.selector, id);
        twins.dropMove(drop, "");
    }

    function test_law02_aMoveChangesNoRunningLicense() external {
        Terms memory terms = _terms();
        _accept(terms, FEE);
        bytes32 before = keccak256(abi.encode(_license(terms)));
        _moveAtOnce(otherModel);
        require(keccak256(abi.encode(_license(terms))) == before, "the license has changed");
    }

    function test_law02_retiringAllowsNothingForGoodAndNeverBurns() external {
        _retire();
        require(twins.isRetired(twinId) && _owner() == model, "it is not retired, or gone");
        require(twins.authority(twinId).uses == 0 && twins.authority(twinId).categories == 0, "it allows something");
        // Whoever moves it later gets it as it is.
        _moveAtOnce(otherModel);
        require(twins.isRetired(twinId), "a move has brought it back");
    }
}
