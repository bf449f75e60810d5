// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {DigitalTwin} from "../../contracts/DigitalTwin.sol";
import {TokenMetadata} from "../../contracts/TokenMetadata.sol";
import {TwinLicense} from "../../contracts/TwinLicense.sol";
import {ContractWallet} from "../../contracts/mocks/ContractWallet.sol";
import {TestDollar} from "../../contracts/mocks/TestDollar.sol";
import {Consent, EpochRaise, Policy, Retirement, SerialRaise} from "../../contracts/types/Consent.sol";
import {Flag} from "../../contracts/types/Flag.sol";
import {GuardianChange, Move, MoveDrop} from "../../contracts/types/Moves.sol";
import {Prices} from "../../contracts/types/RateCard.sol";
import {Ending, Revocation, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "./Digests.sol";
import {vm} from "./Vm.sol";

/// @title The contracts as shipped, people with keys, and every message that they can sign
/// @dev A signature is `_signed(who, digest)`; the digest of a message is `_digest(message)`, under the contract that
/// takes it.
abstract contract Stage {
    /// @dev 2026-01-01, a Thursday.
    uint256 internal constant DAWN = 1_767_225_600;

    TokenMetadata internal metadata;
    DigitalTwin internal twins;
    TwinLicense internal licenses;
    TestDollar internal dollar;

    address internal model;
    address internal otherModel;
    /// @dev A model whose wallet is a contract (ERC-1271).
    address internal walletModel;
    address internal guardian;
    address internal hm;
    address internal rival;
    /// @dev A licensee whose wallet is a contract.
    address internal walletBrand;
    address internal agency;
    address internal photographer;
    address internal stranger;

    /// @dev The key that signs for an account: its own, or that of the wallet's keeper.
    mapping(address account => uint256 key) internal keyOf;

    function setUp() public virtual {
        vm.warp(DAWN);
        metadata = TokenMetadata(vm.deployCode("TokenMetadata.sol:TokenMetadata", ""));
        twins = DigitalTwin(vm.deployCode("DigitalTwin.sol:DigitalTwin", abi.encode(metadata)));
        licenses = TwinLicense(vm.deployCode("TwinLicense.sol:TwinLicense", abi.encode(twins, metadata)));
        dollar = new TestDollar(6);

        (model, otherModel, walletModel) = (_person("model"), _person("otherModel"), _wallet("walletModel"));
        guardian = _person("guardian");
        (hm, rival, walletBrand) = (_person("hm"), _person("rival"), _wallet("walletBrand"));
        (agency, photographer, stranger) = (_person("agency"), _person("photographer"), _person("stranger"));
    }

    function _person(string memory name) internal returns (address account) {
        uint256 key = uint256(keccak256(bytes(name)));
        account = vm.addr(key);
        keyOf[account] = key;
        vm.label(account, name);
    }

    function _wallet(string memory name) internal returns (address account) {
        uint256 key = uint256(keccak256(bytes(name)));
        account = address(new ContractWallet(vm.addr(key)));
        keyOf[account] = key;
        vm.label(account, name);
    }

    function _signed(address who, bytes32 digest) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[who], digest);
        return abi.encodePacked(r, s, v);
    }

    function _digest(Consent memory consent) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(consent));
    }

    function _digest(Policy memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(EpochRaise memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(SerialRaise memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(Retirement memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(GuardianChange memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(MoveDrop memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    function _digest(Flag memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act));
    }

    /// @dev Signed by owner or guardian, and by the new wallet.
    function _digestOfMove(Move memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act, "Move"));
    }

    /// @dev Signed by owner, guardian and new wallet.
    function _digestOfMoveAtOnce(Move memory act) internal view returns (bytes32) {
        return _ofTwins(Digests.hash(act, "MoveAtOnce"));
    }

    /// @dev Of an offer, and the id of the license of any terms.
    function _digest(Terms memory terms) internal view returns (bytes32) {
        return _ofLicenses(Digests.hash(terms));
    }

    function _digestOfCard(Terms memory terms, Prices memory prices) internal view returns (bytes32) {
        return _ofLicenses(Digests.hash(terms, prices));
    }

    function _digest(Revocation memory act) internal view returns (bytes32) {
        return _ofLicenses(Digests.hash(act));
    }

    /// @param kind `Notice`, `LapseEnd` or `Decline`
    function _digest(Ending memory act, string memory kind) internal view returns (bytes32) {
        return _ofLicenses(Digests.hash(act, kind));
    }

    /// @dev Of a permit (EIP-2612) for the license contract.
    function _digestOfPermit(TestDollar token, address owner, uint256 amount, uint256 deadline)
        internal
        view
        returns (bytes32)
    {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash =
            keccak256(abi.encode(kind, owner, address(licenses), amount, token.nonces(owner), deadline));
        return Digests.under(token.DOMAIN_SEPARATOR(), structHash);
    }

    function _ofTwins(bytes32 structHash) private view returns (bytes32) {
        return Digests.under(Digests.domain("TwinRights Twin", block.chainid, address(twins)), structHash);
    }

    function _ofLicenses(bytes32 structHash) private view returns (bytes32) {
        return Digests.under(Digests.domain("TwinRights License", block.chainid, address(licenses)), structHash);
    }
}
