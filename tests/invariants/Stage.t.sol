// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Consent, Policy} from "../../contracts/types/Consent.sol";
import {Entry} from "../../contracts/types/License.sol";
import {MarketRate, Prices, UseRate} from "../../contracts/types/RateCard.sol";
import {Pay, Scope, Share, Terms} from "../../contracts/types/Terms.sol";
import {Stage} from "./Stage.sol";
import {vm} from "./Vm.sol";

/// @title That the stage signs what the contracts take
contract StageTest is Stage {
    function test_law01_aConsentSignedOnTheStageMakesItsTwin() external {
        Consent memory consent = _consent(walletModel);
        uint256 twinId = uint256(_digest(consent));

        require(twins.twinIdOf(consent) == twinId, "the id is another digest");
        require(twins.mint(consent, _signed(walletModel, bytes32(twinId))) == twinId, "the twin is another");
        require(twins.ownerOf(twinId) == walletModel, "somebody else has the twin");
    }

    function test_law05_anOfferSignedOnTheStageMakesItsLicense() external {
        uint256 twinId = _twin();
        Terms memory terms = _terms(twinId);
        bytes32 digest = _digest(terms);
        require(licenses.licenseIdOf(terms) == uint256(digest), "the id is another digest");

        dollar.mint(hm, terms.pay.fee);
        vm.prank(hm);
        dollar.approve(address(licenses), terms.pay.fee);
        bytes memory signature = _signed(model, digest);
        vm.prank(hm);
        licenses.accept(terms, signature, terms.pay.fee, new Entry[](0));

        require(licenses.ownerOf(uint256(digest)) == hm, "somebody else has the license");
    }

    function test_law05_aCardHashesOnTheStageAsInTheContract() external {
        Terms memory terms = _terms(_twin());
        Prices memory prices;
        (prices.licensee, prices.serial, prices.dayRate, prices.imageRate) = (hm, 3, 100, 7);
        (prices.exclusiveFactor, prices.minDays, prices.maxDays) = (20_000, 1, 30);
        (prices.maxQuota, prices.leadTime) = (50, 3 days);
        prices.uses = new UseRate[](2);
        prices.uses[1] = UseRate(1, 10_000);
        prices.markets = new MarketRate[](1);
        prices.markets[0] = MarketRate(3, 10_000);

        require(licenses.cardDigestOf(terms, prices) == _digestOfCard(terms, prices), "the card is another digest");
    }

    function _consent(address owner) private view returns (Consent memory) {
        return Consent("memo", owner, "replica", guardian, "salt", uint40(block.timestamp + 1));
    }

    function _twin() private returns (uint256 twinId) {
        Consent memory consent = _consent(model);
        twinId = twins.mint(consent, _signed(model, _digest(consent)));
        Policy memory policy = Policy("memo", twinId, 1, 1, 0, 0, uint40(block.timestamp + 1));
        twins.setPolicy(policy, _signed(model, _digest(policy)));
    }

    function _terms(uint256 twinId) private view returns (Terms memory terms) {
        terms.scope =
            Scope("memo", hm, 0, uint40(block.timestamp + 1), 0, 0, false, 1, 1, 30 days, "agreement", 0, "ref");
        terms.pay = Pay(twinId, address(dollar), 1000, 100, 10 days, 10);
        terms.shares = new Share[](1);
        terms.shares[0] = Share(agency, 2000, 1);
    }
}
