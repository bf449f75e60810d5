// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Entry, License} from "../types/License.sol";
import {Prices} from "../types/RateCard.sol";
import {Ending, Pay, Revocation, Scope, Share, Terms} from "../types/Terms.sol";
import {IExclusivity} from "./IExclusivity.sol";
import {IRoyaltyStream} from "./IRoyaltyStream.sol";
import {ISigned} from "./ISigned.sol";
import {ISoulbound} from "./ISoulbound.sol";
import {IUsageLedger} from "./IUsageLedger.sol";

/// @title The license of a digital twin
/// @notice A token held by a licensee: uses in markets during [start, end), for one fee. It exists only by terms that
/// the twin's owner signed for that licensee (an offer), or that equal what her rate card gives (a booking).
/// @dev Trusts the DigitalTwin contract for owner, epoch, nonce, serial and policy, and nobody else: no owner of the
/// contract, no upgrade, no pause, no fee. The owner's code is called only to check a signature of hers.
/// Warning: exclusivity binds one twin in this contract on this chain. The person behind it could have another.
interface ITwinLicense is ISigned, ISoulbound, IExclusivity, IRoyaltyStream, IUsageLedger {
    /// @notice These terms have been granted already.
    /// @param licenseId their digest
    error LicenseExists(uint256 licenseId);

    /// @notice Only the licensee named in the terms accepts, books or surrenders.
    /// @param sender who tried
    /// @param licensee who is named
    error NotLicensee(address sender, address licensee);

    /// @notice The terms could be accepted or booked only before this second.
    /// @param validUntil first second at which they are void
    error TermsExpired(uint40 validUntil);

    /// @notice The owner has withdrawn this offer or this card.
    /// @param digest its digest
    error SignatureRevoked(bytes32 digest);

    /// @notice The terms carry another epoch than the twin has now.
    /// @param given the epoch of the terms
    /// @param current the twin's epoch
    error EpochWrong(uint32 given, uint32 current);

    /// @notice The card's serial is below the twin's least.
    /// @param serial the card's
    /// @param least the twin's least
    error SerialTooLow(uint32 serial, uint32 least);

    /// @notice A license cannot start before it is granted.
    /// @param start the start in the terms
    error StartInPast(uint40 start);

    /// @notice The term must be at least one second and at most five years, and end within 40 bits of seconds.
    /// @param term the term in the terms, in seconds
    error TermOutOfRange(uint32 term);

    /// @notice A license must grant at least one use, one market and one image.
    error NothingGranted();

    /// @notice The owner's policy does not allow these uses.
    /// @param uses bits of those that it does not allow
    error UsesOffLimits(uint32 uses);

    /// @notice The owner's policy does not allow this category.
    /// @param category the category in the terms
    error CategoryOffLimits(uint8 category);

    /// @notice The owner's policy keeps more for her.
    /// @param bps what the shares leave to her, in basis points
    /// @param least what her policy demands
    error OwnerShareTooLow(uint256 bps, uint16 least);

    /// @notice The shares are more than the whole.
    /// @param bps their sum, in basis points
    error SharesOverWhole(uint256 bps);

    /// @notice At most 15 others share a fee.
    /// @param count how many the terms name
    error SharesTooMany(uint256 count);

    /// @notice A payee must be a wallet other than zero and this contract, named once, with a part of its own.
    /// @param payee the payee
    error PayeeInvalid(address payee);

    /// @notice A license commits at most its fee.
    /// @param committed the committed part
    /// @param fee the fee
    error CommittedOverFee(uint96 committed, uint96 fee);

    /// @notice The terms name another card: a field that is the card's was changed, or an offer names a card.
    /// @param card the digest named in the terms
    /// @param expected the digest that the prices make with the terms' own fields; zero for an offer
    error CardDiffers(bytes32 card, bytes32 expected);

    /// @notice The card is for another licensee.
    /// @param licensee whom the card is for
    error CardNotForSender(address licensee);

    /// @notice The fee is not what the card gives.
    /// @param fee the fee in the terms
    /// @param quoted what the card gives
    error FeeNotQuoted(uint96 fee, uint256 quoted);

    /// @notice The card does not sell these uses.
    /// @param uses bits of those that it does not list
    error UsesNotSold(uint32 uses);

    /// @notice The card does not sell these markets.
    /// @param markets bits of those that it does not list
    error MarketsNotSold(uint256 markets);

    /// @notice The card does not sell exclusivity.
    error ExclusiveNotSold();

    /// @notice A booking is of whole days, within the card's bounds.
    /// @param term the term in the terms, in seconds
    /// @param minDays the card's least
    /// @param maxDays the card's most
    error DaysOutOfRange(uint32 term, uint16 minDays, uint16 maxDays);

    /// @notice The card sells fewer images.
    /// @param quota the quota in the terms
    /// @param maxQuota the card's most
    error QuotaOverCard(uint32 quota, uint32 maxQuota);

    /// @notice A booking starts no sooner than the card's lead time allows and no later than the card is valid.
    /// @param start the start in the terms
    /// @param earliest the first second that would do
    /// @param latest the last second that would do
    error StartNotSold(uint40 start, uint256 earliest, uint40 latest);

    /// @notice The owner has given notice already.
    /// @param licenseId the license
    error NoticeGivenBefore(uint256 licenseId);

    /// @notice A license can be ended as unpaid only after seven unpaid days.
    /// @param licenseId the license
    /// @param paidThrough the second from which it is unpaid
    error NotLapsed(uint256 licenseId, uint40 paidThrough);

    /// @notice Only a booking can be declined, not an offer that the owner signed.
    /// @param licenseId the license
    error NotBooking(uint256 licenseId);

    /// @notice A booking can be declined only before its start.
    /// @param licenseId the license
    /// @param start its start
    error LicenseStarted(uint256 licenseId, uint40 start);

    /// @notice The signed act is for another license.
    /// @param given the license of the act
    /// @param licenseId the license of the terms
    error EndingDiffers(uint256 given, uint256 licenseId);

    /// @notice A license was granted.
    /// @param licenseId digest of the terms
    /// @param twinId the twin
    /// @param licensee who holds it
    /// @param start its first second
    /// @param deposited what was paid in
    /// @param terms all that was agreed
    event LicenseGranted(
        uint256 indexed licenseId,
        uint256 indexed twinId,
        address indexed licensee,
        uint40 start,
        uint96 deposited,
        Terms terms
    );

    /// @notice A set of markets got its number.
    /// @param number the number
    /// @param markets bits of the markets
    event MarketSetNumbered(uint32 indexed number, uint256 markets);

    /// @notice The owner withdrew one offer or card.
    /// @param twinId her twin
    /// @param digest the digest of what she withdrew
    event Revoked(uint256 indexed twinId, bytes32 indexed digest);

    /// @notice The owner gave notice.
    /// @param licenseId the license
    /// @param end its present end
    event NoticeGiven(uint256 indexed licenseId, uint40 end);

    /// @notice The owner ended a license that had been unpaid for more than seven days.
    /// @param licenseId the license
    /// @param end its present end
    event LapseEnded(uint256 indexed licenseId, uint40 end);

    /// @notice The owner declined a booking.
    /// @param licenseId the license
    /// @param end its present end, before its start
    event Declined(uint256 indexed licenseId, uint40 end);

    /// @notice The licensee gave the license up.
    /// @param licenseId the license
    /// @param end its present end
    event Surrendered(uint256 indexed licenseId, uint40 end);

    /// @notice Makes a license of an offer, and takes its first deposit from the sender, the licensee.
    /// @dev Laws 4-8, 10, 14. Payment comes first, so what a hostile currency changes meanwhile is seen.
    /// Reverts with CardDiffers; NotLicensee, TermsExpired, StartInPast, TermOutOfRange, NothingGranted,
    /// CommittedOverFee, DepositOutOfRange; PaymentFailed, PaymentInexact; TwinUnknown, LicenseExists, EpochWrong,
    /// SignatureRevoked, SignatureInvalid; SharesTooMany, PayeeInvalid, UsesOffLimits, CategoryOffLimits,
    /// SharesOverWhole, OwnerShareTooLow; ExclusivityConflict, OpeningStale, ExclusivesFull.
    /// @param terms what the owner signed
    /// @param signature hers; may be empty if she is the licensee
    /// @param deposit what is paid in now, in the smallest unit
    /// @param opening for an exclusive license, the entries of the conflict book in their order; else empty
    /// @return licenseId digest of the terms
    function accept(Terms calldata terms, bytes calldata signature, uint96 deposit, Entry[] calldata opening)
        external
        returns (uint256 licenseId);

    /// @notice Makes a license under a rate card, and takes its first deposit from the sender, the licensee.
    /// @dev Laws 4-8, 10, 14. The fee must be exactly what the card gives, so nobody pays more than the terms say.
    /// Reverts like `accept`, and before the payment with CardNotForSender, DaysOutOfRange, QuotaOverCard,
    /// StartNotSold, ExclusiveNotSold, UsesNotSold, MarketsNotSold, FeeNotQuoted; after it with CardDiffers, and with
    /// SerialTooLow next to SignatureInvalid.
    /// @param terms what the licensee chose, and the card's own fields
    /// @param prices the card's prices
    /// @param signature the owner's, of the card
    /// @param deposit what is paid in now, in the smallest unit
    /// @param opening for an exclusive license, the entries of the conflict book in their order; else empty
    /// @return licenseId digest of the terms
    function book(
        Terms calldata terms,
        Prices calldata prices,
        bytes calldata signature,
        uint96 deposit,
        Entry[] calldata opening
    ) external returns (uint256 licenseId);

    /// @notice Withdraws one offer or one rate card.
    /// @dev Law 3. Reverts with SignatureExpired, TwinUnknown, SignatureInvalid.
    /// @param act what the twin's owner signed
    /// @param signature hers; may be empty if she sends it herself
    function revoke(Revocation calldata act, bytes calldata signature) external;

    /// @notice The owner's notice: the license ends after the notice of its terms, at most 90 days.
    /// @dev Law 9. Reverts with LicenseUnknown, EndingDiffers, LicenseOver, SignatureExpired, NonceWrong,
    /// SignatureInvalid, NoticeGivenBefore.
    /// @param act what the twin's owner signed
    /// @param scope the terms' scope
    /// @param pay the terms' pay
    /// @param sharesHash hash of the terms' shares
    /// @param signature hers; may be empty if she sends it herself
    function giveNotice(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external;

    /// @notice The owner's end of a license that has been unpaid for more than seven days.
    /// @dev Law 9. Reverts with LicenseUnknown, EndingDiffers, LicenseOver, SignatureExpired, NonceWrong,
    /// SignatureInvalid, NotLapsed.
    /// @param act what the twin's owner signed
    /// @param scope the terms' scope
    /// @param pay the terms' pay
    /// @param sharesHash hash of the terms' shares
    /// @param signature hers; may be empty if she sends it herself
    function endLapsed(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external;

    /// @notice The owner's no to a booking before its start: everything is refunded at once.
    /// @dev Law 6. Reverts with LicenseUnknown, EndingDiffers, LicenseOver, SignatureExpired, NonceWrong,
    /// SignatureInvalid, NotBooking, LicenseStarted, GasTooLow.
    /// @param act what the twin's owner signed
    /// @param scope the terms' scope
    /// @param pay the terms' pay
    /// @param sharesHash hash of the terms' shares
    /// @param signature hers; may be empty if she sends it herself
    function decline(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external;

    /// @notice The licensee's early end: what is earned, and without the owner's notice at least what is committed,
    /// is paid out; the rest is refunded.
    /// @dev Laws 9, 17. Reverts with LicenseUnknown, NotLicensee, LicenseOver, GasTooLow.
    /// @param scopeHash hash of the terms' scope
    /// @param pay the terms' pay
    /// @param shares the terms' shares
    function surrender(bytes32 scopeHash, Pay calldata pay, Share[] calldata shares) external;

    /// @notice Several deeds of the sender in one transaction: all of them, or none with the error of the first that
    /// fails. Takes no coin.
    /// @param deeds calls of this contract, encoded
    function multicall(bytes[] calldata deeds) external;

    /// @notice What a rate card gives for the terms' days, uses, markets, exclusivity and quota.
    /// @dev max(floor, ceil(dayRate x days x U x M x X / 10^12) + imageRate x quota). The floor is `pay.committed`.
    /// Reverts with ExclusiveNotSold, UsesNotSold, MarketsNotSold.
    /// @param scope the terms' scope
    /// @param pay the terms' pay
    /// @param prices the card's prices
    /// @return in the smallest unit
    function quote(Scope calldata scope, Pay calldata pay, Prices calldata prices) external pure returns (uint256);

    /// @notice The id that terms give: their EIP-712 digest for this contract, on the chain where that was deployed.
    /// @param terms the terms
    /// @return the license's id
    function licenseIdOf(Terms calldata terms) external view returns (uint256);

    /// @notice The digest of the rate card that terms and prices make together.
    /// @param terms the terms of a booking
    /// @param prices the card's prices
    /// @return its EIP-712 digest on this chain and contract
    function cardDigestOf(Terms calldata terms, Prices calldata prices) external view returns (bytes32);

    /// @notice Everything that the chain keeps of a license; all zero for an unknown one.
    /// @param licenseId the license
    /// @return see License
    function licenseOf(uint256 licenseId) external view returns (License memory);

    /// @notice Whether the owner has withdrawn an offer or a card.
    /// @param twinId her twin
    /// @param digest the digest of the offer or card
    /// @return true if she has
    function isRevoked(uint256 twinId, bytes32 digest) external view returns (bool);
}
