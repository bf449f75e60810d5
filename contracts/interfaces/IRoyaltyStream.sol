// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Pay, Share} from "../types/Terms.sol";

/// @title The money of licenses
/// @notice A license earns by the second, or by its images where those run ahead; what it has earned is paid out by
/// shares, what is left at its end goes back to the licensee.
/// @dev Amounts are uint96 in the currency's smallest unit. Law 12: at every outward call, per currency,
/// balance >= sum(deposited - collected) + sum(payable). A currency must deliver exactly what it is asked to; one
/// that rebases down, pauses or blocks this contract hurts only its own licenses.
/// A deed brings the parts of the terms that it needs and the hashes of the others.
interface IRoyaltyStream {
    /// @notice No license has these terms.
    /// @param licenseId the digest of the parts that were brought
    error LicenseUnknown(uint256 licenseId);

    /// @notice The license has ended.
    /// @param licenseId the license
    /// @param end the first second that was no longer licensed
    error LicenseOver(uint256 licenseId, uint40 end);

    /// @notice The license has been settled; nothing more is paid from it.
    /// @param licenseId the license
    error LicenseSettled(uint256 licenseId);

    /// @notice What is deposited in all must lie within these bounds.
    /// @param deposited what was asked for
    /// @param least the least: what is committed, the whole fee of an exclusive license, or what is deposited already
    /// @param most the fee
    error DepositOutOfRange(uint96 deposited, uint96 least, uint96 most);

    /// @notice The currency did not take the payment: too little balance or allowance, or no such token.
    /// @param currency the token
    /// @param payer the sender
    /// @param amount what should have been taken
    error PaymentFailed(address currency, address payer, uint256 amount);

    /// @notice Another amount arrived than was asked for.
    /// @param currency the token
    /// @param amount what was asked for
    /// @param arrived what arrived
    error PaymentInexact(address currency, uint256 amount, uint256 arrived);

    /// @notice Nothing is payable to this account in this currency.
    /// @param currency the token
    /// @param account a wallet's address as a number, or a twin's id
    error NothingPayable(address currency, uint256 account);

    /// @notice The currency refused to send what is payable; it stays payable.
    /// @param currency the token
    /// @param payee the wallet that should have received it
    /// @param amount how much
    error WithdrawalFailed(address currency, address payee, uint256 amount);

    /// @notice Too little gas to give every payee's transfer its full allowance.
    error GasTooLow();

    /// @notice Somebody has paid more into a license.
    /// @param licenseId the license
    /// @param payer who paid
    /// @param deposited what has now been paid in, in all
    event ToppedUp(uint256 indexed licenseId, address indexed payer, uint96 deposited);

    /// @notice What a license has earned was paid out by its shares.
    /// @param licenseId the license
    /// @param collected what has now been paid out, in all
    event PaidOut(uint256 indexed licenseId, uint96 collected);

    /// @notice A license was settled for good.
    /// @param licenseId the license
    /// @param earned what it has earned in all
    /// @param refunded what went back to the licensee
    event Settled(uint256 indexed licenseId, uint96 earned, uint96 refunded);

    /// @notice A wallet did not take its transfer; the amount waits for it.
    /// @param currency the token
    /// @param account a wallet's address as a number, or the twin's id for the owner's part
    /// @param amount what was added
    event Deferred(address indexed currency, uint256 indexed account, uint256 amount);

    /// @notice A waiting amount left.
    /// @param currency the token
    /// @param account whose it was: a wallet's address as a number, or a twin's id
    /// @param payee the wallet that received it
    /// @param amount how much
    event Withdrawn(address indexed currency, uint256 indexed account, address payee, uint256 amount);

    /// @notice Raises what has been paid into a license to a total, from the sender's tokens. A total that is
    /// reached already costs nothing, so a retry pays nothing twice. Gives the payer no claim.
    /// @dev Law 14. Payment comes first, as in `accept`. Reverts with LicenseUnknown, PaymentFailed, PaymentInexact,
    /// LicenseOver, DepositOutOfRange.
    /// @param scopeHash hash of the terms' scope
    /// @param pay the terms' pay
    /// @param sharesHash hash of the terms' shares
    /// @param deposited what shall have been paid in, in all
    function topUp(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash, uint96 deposited) external;

    /// @notice Sends what has been earned and not yet collected to every wallet. Anyone may trigger it; at or after
    /// the end it settles. A wallet that refuses holds up nobody: its part waits as payable.
    /// @dev Laws 13, 15-17. Reverts with LicenseUnknown, LicenseSettled, GasTooLow.
    /// @param scopeHash hash of the terms' scope
    /// @param pay the terms' pay
    /// @param shares the terms' shares
    function payOut(bytes32 scopeHash, Pay calldata pay, Share[] calldata shares) external;

    /// @notice Sends a waiting amount to its wallet, a twin's to the twin's owner. Anyone may trigger it.
    /// @dev Law 16. Reverts with NothingPayable, WithdrawalFailed.
    /// @param currency the token
    /// @param account a wallet's address as a number, or a twin's id
    function withdraw(address currency, uint256 account) external;

    /// @notice Uses an EIP-2612 permit of the sender for this contract. One that fails is ignored: the payment
    /// that follows decides.
    /// @param currency the token
    /// @param amount the allowance
    /// @param deadline the permit's last second
    /// @param v of the signature
    /// @param r of the signature
    /// @param s of the signature
    function permit(address currency, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice What a license has earned by a time, from the start, whether collected or not.
    /// @dev Law 13, rounded down by time and up by images. Once settled, all that it has earned, whatever the time.
    /// Reverts with LicenseUnknown.
    /// @param scopeHash hash of the terms' scope
    /// @param pay the terms' pay
    /// @param sharesHash hash of the terms' shares
    /// @param at the time asked for, in seconds
    /// @return in the smallest unit
    function earned(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash, uint40 at) external view returns (uint96);

    /// @notice What waits for an account because a transfer to it failed.
    /// @param currency the token
    /// @param account a wallet's address as a number, or a twin's id
    /// @return in the smallest unit
    function payableTo(address currency, uint256 account) external view returns (uint256);
}
