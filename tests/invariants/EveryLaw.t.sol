// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Policy} from "../../contracts/types/Consent.sol";
import {HistoryLaws} from "./HistoryLaws.sol";
import {LicenseLaws} from "./LicenseLaws.sol";
import {MoneyLaws} from "./MoneyLaws.sol";
import {TwinLaws} from "./TwinLaws.sol";
import {vm} from "./Vm.sol";
import {Deed} from "./World.sol";

/// @title All laws over all deeds
/// @dev forge runs a campaign for each invariant, and those of one seed draw the same deeds: `invariant_everyLaw` holds
/// one campaign to all of them. Each law can be run by its own name.
contract EveryLaw is TwinLaws, LicenseLaws, MoneyLaws, HistoryLaws {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    function setUp() public override {
        super.setUp();
        owners = [model, otherModel, walletModel];
        guardians = [guardian, guardian, walletBrand, address(0)];
        brands = [hm, rival, walletBrand, _person("house"), model];
        payees = [agency, photographer, otherModel, hm];
        for (uint256 i; i < 12; ++i) {
            payees.push(_person(string.concat("payee ", vm.toString(i))));
        }
        people = payees;
        address[7] memory others = [model, walletModel, guardian, rival, walletBrand, brands[3], stranger];
        for (uint256 i; i < others.length; ++i) {
            people.push(others[i]);
        }
        _issue();
        _open();
    }

    /// @dev Three twins that allow nearly everything, so that the first deeds have something to be done to.
    function _open() private {
        while (twinList.length < 3) {
            this.mint(twinList.length + done[Deed.Mint] + refused[Deed.Mint]);
        }
        for (uint256 i; i < twinList.length; ++i) {
            Policy memory act = Policy("memo", twinList[i].id, 15, 3, 1000, 0, type(uint40).max);
            twins.setPolicy(act, _signed(twinList[i].owner, _digest(act)));
            (twinList[i].uses, twinList[i].categories, twinList[i].leastOwnerBps) = (15, 3, 1000);
            ++twinList[i].nonce;
        }
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(this);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(this), _deeds());
    }

    /// @dev One that is named twice is done twice as often.
    function _deeds() private pure returns (bytes4[] memory deeds) {
        bytes4[36] memory all = [
            this.mint.selector,
            this.setPolicy.selector,
            this.raiseEpoch.selector,
            this.raiseLeastSerial.selector,
            this.retire.selector,
            this.flag.selector,
            this.vouch.selector,
            this.transferToken.selector,
            this.setGuardian.selector,
            this.move.selector,
            this.proposeMove.selector,
            this.proposeRescue.selector,
            this.dropMove.selector,
            this.completeMove.selector,
            this.accept.selector,
            this.acceptExclusive.selector,
            this.book.selector,
            this.bookExclusive.selector,
            this.sign.selector,
            this.acceptFromDrawer.selector,
            this.acceptAgain.selector,
            this.bookAgain.selector,
            this.revoke.selector,
            this.giveNotice.selector,
            this.endLapsed.selector,
            this.decline.selector,
            this.surrender.selector,
            this.topUp.selector,
            this.payOut.selector,
            this.withdraw.selector,
            this.permit.selector,
            this.trouble.selector,
            this.recordDeclared.selector,
            this.recordLate.selector,
            this.recordRemoved.selector,
            this.setReporter.selector
        ];
        deeds = new bytes4[](38);
        for (uint256 i; i < 36; ++i) {
            deeds[i] = all[i];
        }
        (deeds[36], deeds[37]) = (this.wait.selector, this.payOutAgain.selector);
    }

    function acceptAgain(uint256 seed) external deed(seed) {
        _grant(false, false);
    }

    function bookAgain(uint256 seed) external deed(seed) {
        _grant(true, false);
    }

    function payOutAgain(uint256 seed) external {
        this.payOut(seed);
    }

    /// @dev To a second that matters of some license, or the one before or after it, or a little while.
    function wait(uint256 seed) external deed(seed) {
        uint256 time = _now() + [uint256(1), 60, 1 days, 7 days][_roll(4)];
        if (heldList.length != 0 && _chance(2)) {
            Held storage held = heldList[_roll(heldList.length)];
            uint40 paid = _paidThrough(held);
            uint256[5] memory edges =
                [uint256(held.start), held.end, paid, uint256(paid) + 7 days, held.terms.scope.validUntil];
            uint256 edge = edges[_roll(5)] + _roll(3) - 1;
            // Five years at once would end nearly everything.
            if (edge > _now() && (edge < _now() + 60 days || _chance(20))) time = edge;
        }
        _warp(time);
    }

    function invariant_everyLaw() external view {
        invariant_law01_aTwinIsWhatItsModelConsentedTo();
        invariant_law02_aTwinIsWhereConsentAndMovesBroughtIt();
        invariant_law03_epochAndNonceNeverFall();
        invariant_law04_noGrantIsOutsideThePolicyOfThen();
        invariant_law05_whatWasSignedIsWhatIsHeld();
        invariant_law06_aTermIsHalfOpenAndBounded();
        invariant_law07_liveIsStartedNotEndedAndPaidThrough();
        invariant_law08_exclusivesOverlapNoOtherLicensee();
        invariant_law09_anEndNeverRises();
        invariant_law10_onlyTheNamedLicenseeHolds();
        invariant_law11_mayPublishGivesTheFirstReason();
        invariant_law12_theBalanceCoversWhatIsOwed();
        invariant_law13_earnedFollowsSecondsOrImagesAndNeverFalls();
        invariant_law14_secondsAndImagesArePaidForWhole();
        invariant_law15_sharesSumToWhatIsCollected();
        invariant_law16_whatIsRefusedWaitsForItsPayee();
        invariant_law17_aLicenseSettlesOnceAtItsEnd();
        invariant_law18_everyWalletHoldsWhatTheBooksSay();
        invariant_law19_historyIsAppendedInNumberedBatches();
        invariant_law20_anImageIsProvenByItsLeaf();
    }

    /// @dev After each run: what was done in it, and what was refused, for whoever counts over all runs.
    function afterInvariant() external {
        string memory path = vm.envOr("TWINRIGHTS_DEEDS", "");
        if (bytes(path).length == 0) return;
        string memory line;
        for (uint256 i; i <= uint256(type(Deed).max); ++i) {
            string memory counts = string.concat(vm.toString(done[Deed(i)]), " ", vm.toString(refused[Deed(i)]));
            line = string.concat(line, i == 0 ? "" : " ", counts);
        }
        vm.writeLine(path, line);
    }
}
