// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Authority, Consent, EpochRaise, Policy, Retirement, SerialRaise} from "../types/Consent.sol";
import {IERC5192} from "./IERC5192.sol";
import {IGuardianship} from "./IGuardianship.sol";
import {ISigned} from "./ISigned.sol";
import {ISoulbound} from "./ISoulbound.sol";
import {ITrustEvents} from "./ITrustEvents.sol";

/// @title The ownership token of a digital replica
/// @notice A twin exists only by its owner's own signed consent, belongs to her, and is not for sale. That the owner is
/// the model whom it shows, others vouch for.
/// Everything here can be sent by anyone who brings her signature, so she needs no coin.
/// @dev Trusts nobody: no owner of the contract, no upgrade, no pause. Knows no license contract, so a later one
/// can serve the same twins. Personal data never comes here: replica and memo are hashes.
interface IDigitalTwin is IERC5192, ISigned, ISoulbound, IGuardianship, ITrustEvents {
    /// @notice No twin has this id.
    /// @param twinId the id asked for
    error TwinUnknown(uint256 twinId);

    /// @notice The consent has made its twin already.
    /// @param twinId the digest of the consent
    error TwinExists(uint256 twinId);

    /// @notice A policy cannot keep more than the whole for the owner.
    /// @param bps the part asked for, in basis points
    error LeastShareOverWhole(uint16 bps);

    /// @notice The least serial of rate cards only rises.
    /// @param given the serial asked for
    /// @param current the least serial now
    error SerialNotHigher(uint32 given, uint32 current);

    /// @notice A retired twin allows nothing, for good.
    /// @param twinId the twin
    error TwinIsRetired(uint256 twinId);

    /// @notice A model has consented to her twin.
    /// @param twinId digest of the consent
    /// @param owner the model's wallet
    /// @param consent what she signed
    event TwinMinted(uint256 indexed twinId, address indexed owner, Consent consent);

    /// @notice The owner has changed what she allows; running licenses are not touched.
    /// @param twinId the twin
    /// @param uses bits of the uses allowed
    /// @param categories bits of the categories allowed
    /// @param leastOwnerBps the least owner's share, in basis points
    event PolicySet(uint256 indexed twinId, uint32 uses, uint32 categories, uint16 leastOwnerBps);

    /// @notice Every signature that carries a lower epoch is void from now on.
    /// @param twinId the twin
    /// @param epoch the new epoch
    event EpochRaised(uint256 indexed twinId, uint32 epoch);

    /// @notice Every rate card with a lower serial is void from now on.
    /// @param twinId the twin
    /// @param leastSerial the least serial that is still good
    event LeastSerialRaised(uint256 indexed twinId, uint32 leastSerial);

    /// @notice The twin grants no new licenses any more; running ones are not touched.
    /// @param twinId the twin
    event TwinRetired(uint256 indexed twinId);

    /// @notice Makes the twin of a consent, for the wallet that signed it. Anyone may send it.
    /// @dev Law 1. Reverts with SignatureExpired, TwinExists, SignatureInvalid.
    /// @param consent what the model signed
    /// @param signature her signature; may be empty if she sends it herself
    /// @return twinId the digest of the consent
    function mint(Consent calldata consent, bytes calldata signature) external returns (uint256 twinId);

    /// @notice Sets the owner's standing policy, which every later grant must obey.
    /// @dev Law 4. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, TwinIsRetired,
    /// LeastShareOverWhole.
    /// @param policy what the owner signed
    /// @param signature her signature; may be empty if she sends it herself
    function setPolicy(Policy calldata policy, bytes calldata signature) external;

    /// @notice Makes void what the owner has signed for this epoch and before: offers, rate cards, unsent acts. A move
    /// that is pending was sent already and goes on: drop it.
    /// @dev Law 3. What was signed ahead, for the next epoch, is good from now on. Reverts with TwinUnknown,
    /// SignatureExpired, NonceWrong, SignatureInvalid.
    /// @param act what the owner signed
    /// @param signature her signature; may be empty if she sends it herself
    function raiseEpoch(EpochRaise calldata act, bytes calldata signature) external;

    /// @notice Makes all rate cards below a serial void.
    /// @dev Law 3. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, SerialNotHigher.
    /// @param act what the owner signed
    /// @param signature her signature; may be empty if she sends it herself
    function raiseLeastSerial(SerialRaise calldata act, bytes calldata signature) external;

    /// @notice Ends new licenses for good: from now on the policy allows nothing. The twin is never burned, so what is
    /// due to its owner still finds her.
    /// @dev Law 2. Reverts with TwinUnknown, SignatureExpired, NonceWrong, SignatureInvalid, TwinIsRetired.
    /// @param act what the owner signed
    /// @param signature her signature; may be empty if she sends it herself
    function retire(Retirement calldata act, bytes calldata signature) external;

    /// @notice Everything that a license contract must know of a twin.
    /// @dev Reverts with TwinUnknown.
    /// @param twinId the twin
    /// @return owner, epoch, nonce, least serial and policy
    function authority(uint256 twinId) external view returns (Authority memory);

    /// @notice The wallet that is paid what is due to the twin's owner.
    /// @dev Reverts with TwinUnknown.
    /// @param twinId the twin
    /// @return the owner, or zero while a move is pending
    function payeeOf(uint256 twinId) external view returns (address);

    /// @notice Whether the twin grants no new licenses any more.
    /// @dev Reverts with TwinUnknown.
    /// @param twinId the twin
    /// @return true if its owner has retired it
    function isRetired(uint256 twinId) external view returns (bool);

    /// @notice The id that a consent gives: its EIP-712 digest for this contract, on the chain where that was deployed.
    /// @param consent the consent
    /// @return the twin's id
    function twinIdOf(Consent calldata consent) external view returns (uint256);
}
