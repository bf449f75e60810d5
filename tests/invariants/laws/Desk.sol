// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TestDollar} from "../../../contracts/mocks/TestDollar.sol";
import {Authority, Consent, EpochRaise, Policy, Retirement, SerialRaise} from "../../../contracts/types/Consent.sol";
import {Entry, License} from "../../../contracts/types/License.sol";
import {GuardianChange, Move, MoveDrop} from "../../../contracts/types/Moves.sol";
import {MarketRate, Prices, UseRate} from "../../../contracts/types/RateCard.sol";
import {Ending, Pay, Revocation, Scope, Share, Terms} from "../../../contracts/types/Terms.sol";
import {Batch, Kind, Reason} from "../../../contracts/types/Usage.sol";
import {Digests} from "../Digests.sol";
import {Stage} from "../Stage.sol";
import {vm} from "../Vm.sol";

/// @title Where a test of a law begins: a twin that allows everything, brands with money, terms to be changed
/// @dev One deed each, signed rightly, by `_verb`; what a test wants wrong it writes itself. An optimizer takes the
/// block's time for one that never changes in a function, so tests read `clock`, which is set with it.
abstract contract Desk is Stage {
    uint96 internal constant FEE = 1_000_000;
    uint96 internal constant COMMITTED = 100_000;
    uint32 internal constant TERM = 10 days;
    uint32 internal constant QUOTA = 10;
    uint256 internal constant FUNDS = type(uint128).max;

    uint256 internal clock;
    uint256 internal twinId;

    function setUp() public virtual override {
        super.setUp();
        _at(DAWN);
        twinId = _mint(_consent());
        _setPolicy(type(uint32).max, type(uint32).max, 0);
        _fund(dollar, hm);
        _fund(dollar, rival);
    }

    function _at(uint256 time) internal {
        clock = time;
        vm.warp(time);
    }

    function _soon() internal view returns (uint40) {
        return uint40(clock + 1 hours);
    }

    function _fund(TestDollar token, address who) internal {
        token.mint(who, FUNDS);
        vm.prank(who);
        token.approve(address(licenses), type(uint256).max);
    }

    /// @dev The next call must fail with just this.
    function _refused(bytes4 error, uint256 value) internal {
        vm.expectRevert(abi.encodeWithSelector(error, value));
    }

    function _refused(bytes4 error, uint256 one, uint256 two) internal {
        vm.expectRevert(abi.encodeWithSelector(error, one, two));
    }

    function _refused(bytes4 error, uint256 one, uint256 two, uint256 three) internal {
        vm.expectRevert(abi.encodeWithSelector(error, one, two, three));
    }

    function _n(address account) internal pure returns (uint256) {
        return uint160(account);
    }

    // Twins

    function _consent() internal view returns (Consent memory) {
        return Consent("memo", model, "replica", guardian, "salt", uint40(DAWN + 1 hours));
    }

    function _mint(Consent memory consent) internal returns (uint256) {
        return twins.mint(consent, _signed(consent.owner, _digest(consent)));
    }

    function _nonce() internal view returns (uint32) {
        return twins.authority(twinId).nonce;
    }

    function _owner() internal view returns (address) {
        return twins.ownerOf(twinId);
    }

    function _setPolicy(uint32 uses, uint32 categories, uint16 leastOwnerBps) internal {
        Policy memory policy = Policy("memo", twinId, uses, categories, leastOwnerBps, _nonce(), _soon());
        twins.setPolicy(policy, _signed(_owner(), _digest(policy)));
    }

    function _raiseEpoch() internal {
        EpochRaise memory act = EpochRaise("memo", twinId, _nonce(), _soon());
        twins.raiseEpoch(act, _signed(_owner(), _digest(act)));
    }

    function _raiseLeastSerial(uint32 leastSerial) internal {
        SerialRaise memory act = SerialRaise("memo", twinId, leastSerial, _nonce(), _soon());
        twins.raiseLeastSerial(act, _signed(_owner(), _digest(act)));
    }

    function _retire() internal {
        Retirement memory act = Retirement("memo", twinId, _nonce(), _soon());
        twins.retire(act, _signed(_owner(), _digest(act)));
    }

    function _setGuardian(address next) internal {
        GuardianChange memory act = GuardianChange("memo", twinId, next, _nonce(), _soon());
        twins.setGuardian(act, _signed(_owner(), _digest(act)));
    }

    function _move(address to) internal view returns (Move memory) {
        return Move("memo", twinId, to, _nonce(), _soon());
    }

    function _moveAtOnce(address to) internal {
        Move memory act = _move(to);
        bytes32 digest = _digestOfMoveAtOnce(act);
        twins.move(act, _consent(), _signed(_owner(), digest), _signed(guardian, digest), _signed(to, digest));
    }

    function _proposeMove(address to) internal {
        Move memory act = _move(to);
        twins.proposeMove(act, _signed(_owner(), _digestOfMove(act)), _signed(to, _digestOfMove(act)));
    }

    function _proposeRescue(address to) internal {
        Move memory act = _move(to);
        bytes32 digest = _digestOfMove(act);
        twins.proposeRescue(act, _consent(), _signed(guardian, digest), _signed(to, digest));
    }

    function _dropMove() internal {
        MoveDrop memory act = MoveDrop("memo", twinId, _nonce(), _soon());
        twins.dropMove(act, _signed(_owner(), _digest(act)));
    }

    // Grants

    /// @dev Ten days from now for hm, the first use and market, a fifth to the agency and a tenth to the photographer.
    function _terms() internal view returns (Terms memory terms) {
        terms.scope = Scope({
            memo: "memo",
            licensee: hm,
            epoch: twins.authority(twinId).epoch,
            validUntil: uint40(clock + 365 days),
            start: 0,
            category: 0,
            exclusive: false,
            uses: 1,
            markets: 1,
            notice: 3 days,
            agreement: "agreement",
            card: 0,
            ref: "ref"
        });
        terms.pay = Pay(twinId, address(dollar), FEE, COMMITTED, TERM, QUOTA);
        terms.shares = new Share[](2);
        terms.shares[0] = Share(agency, 2000, 1);
        terms.shares[1] = Share(photographer, 1000, 2);
    }

    function _id(Terms memory terms) internal view returns (uint256) {
        return uint256(_digest(terms));
    }

    function _accept(Terms memory terms, uint96 deposit) internal returns (uint256) {
        return _accept(terms, deposit, new Entry[](0));
    }

    function _accept(Terms memory terms, uint96 deposit, Entry[] memory opening) internal returns (uint256) {
        bytes memory signature = _signed(_owner(), _digest(terms));
        vm.prank(terms.scope.licensee);
        return licenses.accept(terms, signature, deposit, opening);
    }

    /// @dev Whatever it is that is wrong with them.
    function _acceptRefused(Terms memory terms, uint96 deposit, bytes memory error) internal {
        _acceptRefused(terms, deposit, new Entry[](0), error);
    }

    function _acceptRefused(Terms memory terms, uint96 deposit, Entry[] memory opening, bytes memory error) internal {
        bytes memory signature = _signed(_owner(), _digest(terms));
        vm.prank(terms.scope.licensee);
        vm.expectRevert(error);
        licenses.accept(terms, signature, deposit, opening);
    }

    /// @dev Ten days at 100,000 for the first use and market: FEE.
    function _prices() internal pure returns (Prices memory prices) {
        prices.dayRate = 100_000;
        (prices.exclusiveFactor, prices.minDays, prices.maxDays, prices.maxQuota) = (20_000, 1, 365, 100);
        prices.uses = new UseRate[](2);
        prices.uses[0] = UseRate(0, 10_000);
        prices.uses[1] = UseRate(1, 5000);
        prices.markets = new MarketRate[](2);
        prices.markets[0] = MarketRate(3, 10_000);
        prices.markets[1] = MarketRate(14, 20_000);
    }

    function _booking(Prices memory prices) internal view returns (Terms memory terms) {
        terms = _terms();
        terms.scope.start = uint40(clock + 2 days);
        terms.scope.card = _digestOfCard(terms, prices);
    }

    function _book(Terms memory terms, Prices memory prices, uint96 deposit) internal returns (uint256) {
        return _book(terms, prices, deposit, new Entry[](0));
    }

    function _book(Terms memory terms, Prices memory prices, uint96 deposit, Entry[] memory opening)
        internal
        returns (uint256)
    {
        bytes memory signature = _signed(_owner(), _digestOfCard(terms, prices));
        vm.prank(terms.scope.licensee);
        return licenses.book(terms, prices, signature, deposit, opening);
    }

    function _bookRefused(Terms memory terms, Prices memory prices, uint96 deposit, bytes memory error) internal {
        bytes memory signature = _signed(_owner(), _digestOfCard(terms, prices));
        vm.prank(terms.scope.licensee);
        vm.expectRevert(error);
        licenses.book(terms, prices, signature, deposit, new Entry[](0));
    }

    function _revoke(bytes32 digest) internal {
        Revocation memory act = Revocation("memo", twinId, digest, _soon());
        licenses.revoke(act, _signed(_owner(), _digest(act)));
    }

    // Money and endings

    function _scopeHash(Terms memory terms) internal pure returns (bytes32) {
        return Digests.hash(terms.scope);
    }

    function _sharesHash(Terms memory terms) internal pure returns (bytes32) {
        return Digests.hash(terms.shares);
    }

    function _topUp(Terms memory terms, uint96 deposited) internal {
        vm.prank(terms.scope.licensee);
        licenses.topUp(_scopeHash(terms), terms.pay, _sharesHash(terms), deposited);
    }

    function _payOut(Terms memory terms) internal {
        licenses.payOut(_scopeHash(terms), terms.pay, terms.shares);
    }

    function _earned(Terms memory terms, uint256 at) internal view returns (uint256) {
        return licenses.earned(_scopeHash(terms), terms.pay, _sharesHash(terms), uint40(at));
    }

    function _surrender(Terms memory terms) internal {
        vm.prank(terms.scope.licensee);
        licenses.surrender(_scopeHash(terms), terms.pay, terms.shares);
    }

    function _ending(Terms memory terms) internal view returns (Ending memory) {
        return Ending("memo", _id(terms), _nonce(), _soon());
    }

    function _giveNotice(Terms memory terms) internal {
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(_owner(), _digest(act, "Notice"));
        licenses.giveNotice(act, terms.scope, terms.pay, _sharesHash(terms), signature);
    }

    function _endLapsed(Terms memory terms) internal {
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(_owner(), _digest(act, "LapseEnd"));
        licenses.endLapsed(act, terms.scope, terms.pay, _sharesHash(terms), signature);
    }

    function _decline(Terms memory terms) internal {
        Ending memory act = _ending(terms);
        bytes memory signature = _signed(_owner(), _digest(act, "Decline"));
        licenses.decline(act, terms.scope, terms.pay, _sharesHash(terms), signature);
    }

    // Usage

    function _batch(uint24 number, Kind kind, uint32 images) internal pure returns (Batch memory) {
        return Batch(number, kind, "root", images, 1, 1, "manifest");
    }

    function _record(Terms memory terms, Batch memory batch) internal {
        vm.prank(terms.scope.licensee);
        licenses.record(_id(terms), batch);
    }

    // What is kept

    function _license(Terms memory terms) internal view returns (License memory) {
        return licenses.licenseOf(_id(terms));
    }

    /// @dev The link of the conflict book that a grant leaves.
    function _entry(Terms memory terms) internal view returns (Entry memory) {
        uint40 start = _license(terms).start;
        return Entry(_id(terms), start, start + terms.pay.term, terms.scope.uses, terms.scope.markets);
    }

    function _opening(Terms memory one) internal view returns (Entry[] memory opening) {
        opening = new Entry[](1);
        opening[0] = _entry(one);
    }
}
