// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {TwinLicense} from "../../contracts/TwinLicense.sol";
import {IDigitalTwin} from "../../contracts/interfaces/IDigitalTwin.sol";
import {ITokenMetadata} from "../../contracts/interfaces/ITokenMetadata.sol";
import {Entry} from "../../contracts/types/License.sol";
import {MarketRate, Prices, UseRate} from "../../contracts/types/RateCard.sol";
import {Pay, Scope, Share, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../invariants/Vm.sol";
import {Currency, Twins} from "./Mocks.sol";
import {svm} from "./Svm.sol";

/// @title What is not granted
/// @dev Any terms, any sender, any time, any state of the storage, and any answers of the twins. Shares and the
/// opening have one entry each. Whom a signature recovers to is left open.
/// @custom:halmos --solver-timeout-branching 100ms
contract GrantGuards {
    /// @dev What is deposited, a signature, who sends it, and when.
    struct Deed {
        uint96 deposit;
        bytes32 r;
        bytes32 s;
        uint8 v;
        address sender;
        uint40 time;
    }

    /// @dev A rate card of one use and one group of markets, without rates.
    struct Card {
        address licensee;
        uint32 serial;
        uint32 exclusiveFactor;
        uint16 minDays;
        uint16 maxDays;
        uint32 maxQuota;
        uint32 leadTime;
        UseRate use;
        MarketRate market;
    }

    Twins internal twins;
    Currency internal currency;
    TwinLicense internal licenses;

    function setUp() public {
        twins = new Twins();
        currency = new Currency();
        licenses = new TwinLicense(IDigitalTwin(address(twins)), ITokenMetadata(address(0)));
        svm.enableSymbolicStorage(address(currency));
        svm.enableSymbolicStorage(address(twins));
        svm.enableSymbolicStorage(address(licenses));
    }

    // mutant of TwinLicense.sol
    // - authority.owner.requireSigned(digest, signature);
    // + authority.owner;
    function check_law05_nothing_is_granted_without_the_owners_signature(
        Scope memory scope,
        Pay memory pay,
        Share memory share,
        Entry memory entry,
        Deed memory deed
    ) external {
        scope.card = 0;
        Terms memory terms = _terms(scope, pay, share);
        bytes32 digest = bytes32(licenses.licenseIdOf(terms));
        vm.assume(ecrecover(digest, deed.v, deed.r, deed.s) != twins.authority(pay.twinId).owner);

        vm.warp(deed.time);
        vm.prank(deed.sender);
        bytes memory data = abi.encodeCall(
            licenses.accept, (terms, abi.encodePacked(deed.r, deed.s, deed.v), deed.deposit, _list(entry))
        );
        (bool isDone,) = address(licenses).call(data);

        assert(!isDone);
    }

    /// @dev Of a card that asks for nothing beyond its floor: what is asked is compared with the fee, and no more.
    // mutant of TwinLicense.sol
    // - Authority memory authority = _checkOwner(terms, licenseId, card, signature);
    // + Authority memory authority = _authorityOf(terms.pay.twinId);
    function check_law05_nothing_is_booked_without_a_card_that_the_owner_signed(
        Scope memory scope,
        Pay memory pay,
        Share memory share,
        Entry memory entry,
        Deed memory deed,
        Card memory card
    ) external {
        Terms memory terms = _terms(scope, pay, share);
        vm.assume(ecrecover(scope.card, deed.v, deed.r, deed.s) != twins.authority(pay.twinId).owner);

        vm.warp(deed.time);
        vm.prank(deed.sender);
        bytes memory signature = abi.encodePacked(deed.r, deed.s, deed.v);
        bytes memory data = abi.encodeCall(licenses.book, (terms, _prices(card), signature, deed.deposit, _list(entry)));
        (bool isDone,) = address(licenses).call(data);

        assert(!isDone);
    }

    /// @dev Halmos puts 0 where a path has found 0: here already, so that the digest looks as in the contract.
    function _terms(Scope memory scope, Pay memory pay, Share memory share) private view returns (Terms memory) {
        if (scope.start == 0) scope.start = 0;
        if (!scope.exclusive) scope.exclusive = false;
        pay.currency = address(currency);
        Share[] memory shares = new Share[](1);
        shares[0] = share;
        return Terms(scope, pay, shares);
    }

    function _prices(Card memory card) private pure returns (Prices memory prices) {
        (prices.licensee, prices.serial, prices.exclusiveFactor) = (card.licensee, card.serial, card.exclusiveFactor);
        (prices.minDays, prices.maxDays, prices.maxQuota) = (card.minDays, card.maxDays, card.maxQuota);
        (prices.leadTime, prices.uses, prices.markets) = (card.leadTime, new UseRate[](1), new MarketRate[](1));
        (prices.uses[0], prices.markets[0]) = (card.use, card.market);
    }

    function _list(Entry memory entry) private pure returns (Entry[] memory opening) {
        opening = new Entry[](1);
        opening[0] = entry;
    }
}
