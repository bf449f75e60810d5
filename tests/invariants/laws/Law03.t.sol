// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IDigitalTwin} from "../../../contracts/interfaces/IDigitalTwin.sol";
import {ISigned} from "../../../contracts/interfaces/ISigned.sol";
import {ITwinLicense} from "../../../contracts/interfaces/ITwinLicense.sol";
import {EpochRaise, Policy, Retirement, SerialRaise} from "../../../contracts/types/Consent.sol";
import {Flag} from "../../../contracts/types/Flag.sol";
import {GuardianChange, Move, MoveDrop} from "../../../contracts/types/Moves.sol";
import {Prices} from "../../../contracts/types/RateCard.sol";
import {Revocation, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../Vm.sol";
import {Desk} from "./Desk.sol";

/// @title Every signature of an owner dies with the twin's epoch
contract Law03 is Desk {
    event Vouched(address indexed voucher, address indexed subject, bytes32 indexed commitment, uint40 until);
    event VouchWithdrawn(address indexed voucher, address indexed subject, bytes32 indexed commitment);
    event Flagged(uint256 indexed twinId, uint256 indexed licenseId, bytes32 indexed imageHash);

    function testFuzz_law03_anOfferOfAnotherEpochIsVoid(uint32 epoch) external {
        vm.assume(epoch != 1);
        _raiseEpoch();
        Terms memory terms = _terms();
        terms.scope.epoch = epoch;
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.EpochWrong.selector, epoch, 1));
    }

    function testFuzz_law03_anActSignedAheadDiesWithTheEpoch(uint32 nonce) external {
        uint32 ahead = uint32(1 + nonce % 65_535);
        EpochRaise memory act = EpochRaise("memo", twinId, ahead, _soon());
        bytes memory signature = _signed(model, _digest(act));
        _raiseEpoch();
        require(_nonce() == 65_536, "the nonces of an epoch are others");
        _refused(ISigned.NonceWrong.selector, ahead, 65_536);
        twins.raiseEpoch(act, signature);
    }

    /// @dev Nine acts, each refused for an unknown twin, a deadline, a nonce, a signer, and each done once.
    function testFuzz_law03_everyActCarriesTheNonceBeforeItsDeadline(uint256 which, uint32 nonce, uint40 late)
        external
    {
        which %= 9;
        if (which == 8) _proposeMove(otherModel);
        uint32 current = _nonce();
        vm.assume(nonce != current);
        late = uint40(late % (clock + 1));
        address twin = address(twins);
        bytes memory call = _act(which, twinId, current, _soon(), model);

        _fails(_act(which, twinId + 1, current, _soon(), model), IDigitalTwin.TwinUnknown.selector, twinId + 1, 0);
        _fails(_act(which, twinId, current, late, model), ISigned.SignatureExpired.selector, late, 0);
        _fails(_act(which, twinId, nonce, _soon(), model), ISigned.NonceWrong.selector, nonce, current);
        _fails(_act(which, twinId, current, _soon(), stranger), ISigned.SignatureInvalid.selector, _n(model), 0);
        (bool isDone,) = twin.call(call);
        require(isDone, "the right act was refused");
        (isDone,) = twin.call(call);
        require(!isDone && _nonce() > current, "it was done twice");
    }

    function testFuzz_law03_theLeastSerialOnlyRises(uint32 first, uint32 second) external {
        first = uint32(1 + first % type(uint32).max);
        _raiseLeastSerial(first);
        require(twins.authority(twinId).leastSerial == first, "it is another");
        second = uint32(second % (uint256(first) + 1));
        SerialRaise memory act = SerialRaise("memo", twinId, second, _nonce(), _soon());
        bytes memory signature = _signed(model, _digest(act));
        _refused(IDigitalTwin.SerialNotHigher.selector, second, first);
        twins.raiseLeastSerial(act, signature);
    }

    function testFuzz_law03_aCardIsGoodFromTheLeastSerialUp(uint32 least, uint32 serial) external {
        least = uint32(1 + least % type(uint32).max);
        serial = serial % least;
        _raiseLeastSerial(least);
        Prices memory prices = _prices();
        prices.serial = serial;
        _bookRefused(
            _booking(prices), prices, FEE, abi.encodeWithSelector(ITwinLicense.SerialTooLow.selector, serial, least)
        );
        prices.serial = least;
        _book(_booking(prices), prices, FEE);
    }

    function test_law03_oneOfferOrOneCardCanBeRevoked() external {
        Terms memory terms = _terms();
        bytes32 offer = _digest(terms);
        _revoke(offer);
        require(licenses.isRevoked(twinId, offer), "it is not revoked");
        _acceptRefused(terms, FEE, abi.encodeWithSelector(ITwinLicense.SignatureRevoked.selector, offer));

        Prices memory prices = _prices();
        terms = _booking(prices);
        _revoke(terms.scope.card);
        _bookRefused(
            terms, prices, FEE, abi.encodeWithSelector(ITwinLicense.SignatureRevoked.selector, terms.scope.card)
        );
        terms.scope.ref = "another";
        terms.scope.card = 0;
        _accept(terms, FEE);
    }

    function testFuzz_law03_onlyTheOwnerRevokesAndBeforeTheDeadline(bytes32 digest) external {
        Revocation memory act = Revocation("memo", twinId, digest, _soon());
        bytes memory strange = _signed(stranger, _digest(act));
        bytes memory owners = _signed(model, _digest(act));
        _refused(ISigned.SignatureInvalid.selector, _n(model));
        licenses.revoke(act, strange);
        _at(act.deadline);
        _refused(ISigned.SignatureExpired.selector, act.deadline);
        licenses.revoke(act, owners);
        _at(act.deadline - 1);
        licenses.revoke(act, owners);
        require(licenses.isRevoked(twinId, digest), "it is not revoked");

        act = Revocation("memo", 7, digest, _soon());
        _refused(IDigitalTwin.TwinUnknown.selector, 7);
        licenses.revoke(act, owners);
    }

    function testFuzz_law03_whatSomebodySaysStandsInItsEvent(address subject, bytes32 value, uint40 until, uint256 id)
        external
    {
        vm.expectEmit(address(twins));
        emit Vouched(stranger, subject, value, until);
        vm.prank(stranger);
        twins.vouch(subject, value, until);
        vm.expectEmit(address(twins));
        emit VouchWithdrawn(stranger, subject, value);
        vm.prank(stranger);
        twins.withdrawVouch(subject, value);

        Flag memory act = Flag("memo", twinId, id, value, _nonce(), _soon());
        bytes memory signature = _signed(model, _digest(act));
        vm.expectEmit(address(twins));
        emit Flagged(twinId, id, value);
        twins.flag(act, signature);
    }

    function _act(uint256 which, uint256 id, uint32 nonce, uint40 deadline, address signer)
        private
        view
        returns (bytes memory)
    {
        if (which == 0) {
            Policy memory policy = Policy("memo", id, 1, 2, 3, nonce, deadline);
            return abi.encodeCall(twins.setPolicy, (policy, _signed(signer, _digest(policy))));
        }
        if (which == 1) {
            EpochRaise memory act = EpochRaise("memo", id, nonce, deadline);
            return abi.encodeCall(twins.raiseEpoch, (act, _signed(signer, _digest(act))));
        }
        if (which == 2) {
            SerialRaise memory act = SerialRaise("memo", id, 1, nonce, deadline);
            return abi.encodeCall(twins.raiseLeastSerial, (act, _signed(signer, _digest(act))));
        }
        if (which == 3) {
            Retirement memory act = Retirement("memo", id, nonce, deadline);
            return abi.encodeCall(twins.retire, (act, _signed(signer, _digest(act))));
        }
        if (which == 4) {
            GuardianChange memory act = GuardianChange("memo", id, stranger, nonce, deadline);
            return abi.encodeCall(twins.setGuardian, (act, _signed(signer, _digest(act))));
        }
        if (which == 5) {
            Flag memory act = Flag("memo", id, 0, "image", nonce, deadline);
            return abi.encodeCall(twins.flag, (act, _signed(signer, _digest(act))));
        }
        if (which == 8) {
            MoveDrop memory act = MoveDrop("memo", id, nonce, deadline);
            return abi.encodeCall(twins.dropMove, (act, _signed(signer, _digest(act))));
        }
        Move memory move = Move("memo", id, otherModel, nonce, deadline);
        bytes32 digest = which == 6 ? _digestOfMove(move) : _digestOfMoveAtOnce(move);
        (bytes memory signature, bytes memory acceptance) = (_signed(signer, digest), _signed(otherModel, digest));
        if (which == 6) return abi.encodeCall(twins.proposeMove, (move, signature, acceptance));
        return abi.encodeCall(twins.move, (move, _consent(), signature, _signed(guardian, digest), acceptance));
    }

    /// @dev With an error of one value, the second is zero.
    function _fails(bytes memory call, bytes4 error, uint256 one, uint256 two) private {
        (bool isDone, bytes memory found) = address(twins).call(call);
        bytes memory expected = two == 0 && error != ISigned.NonceWrong.selector
            ? abi.encodeWithSelector(error, one)
            : abi.encodeWithSelector(error, one, two);
        require(!isDone && keccak256(found) == keccak256(expected), "another error, or none");
    }
}
