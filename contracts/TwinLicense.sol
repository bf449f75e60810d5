// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC721} from "solady/tokens/ERC721.sol";

import {Exclusivity} from "./Exclusivity.sol";
import {LicenseState} from "./LicenseState.sol";
import {RoyaltyStream} from "./RoyaltyStream.sol";
import {UsageLedger} from "./UsageLedger.sol";
import {IDigitalTwin} from "./interfaces/IDigitalTwin.sol";
import {ITokenMetadata} from "./interfaces/ITokenMetadata.sol";
import {ITwinLicense} from "./interfaces/ITwinLicense.sol";
import {Quote} from "./libraries/Quote.sol";
import {ShareMath} from "./libraries/ShareMath.sol";
import {SignedBy} from "./libraries/SignedBy.sol";
import {StreamMath} from "./libraries/StreamMath.sol";
import {DECLINE_TYPEHASH, LAPSE_END_TYPEHASH, NOTICE_TYPEHASH, TermsHash} from "./libraries/TermsHash.sol";
import {Authority} from "./types/Consent.sol";
import {Entry, License} from "./types/License.sol";
import {Live, LiveBits} from "./types/Live.sol";
import {Prices} from "./types/RateCard.sol";
import {BOOKING, NOTICED, SETTLED, Status, StatusBits} from "./types/Status.sol";
import {Ending, Pay, Revocation, Scope, Share, Terms} from "./types/Terms.sol";

/// @title The license of a digital twin
// Slither misses that `_domainNameAndVersion`, the last function, is what the base's constructor calls.
// slither-disable-next-line unimplemented-functions
contract TwinLicense is ITwinLicense, Exclusivity, RoyaltyStream, UsageLedger {
    using Quote for Prices;
    using SignedBy for address;
    using TermsHash for Pay;
    using TermsHash for Scope;
    using TermsHash for Share[];

    /// @dev Five calendar years hold at most two leap days.
    uint256 private constant MAX_TERM = 1827 days;
    uint256 private constant MAX_NOTICE = 90 days;
    uint256 private constant GRACE = 7 days;
    uint256 private constant MAX_SHARES = 15;
    uint256 private constant CATEGORIES = 32;

    mapping(uint256 markets => uint32 number) private _setOf;
    uint32 private _sets;

    /// @inheritdoc ITwinLicense
    mapping(uint256 twinId => mapping(bytes32 digest => bool)) public isRevoked;

    ITokenMetadata private immutable _METADATA;

    constructor(IDigitalTwin twins, ITokenMetadata metadata) LicenseState(twins) {
        _METADATA = metadata;
    }

    /// @inheritdoc ITwinLicense
    function accept(Terms calldata terms, bytes calldata signature, uint96 deposit, Entry[] calldata opening)
        external
        returns (uint256 licenseId)
    {
        require(terms.scope.card == 0, CardDiffers(terms.scope.card, 0));
        uint40 start = _checkTerms(terms, deposit);

        _take(terms.pay.currency, deposit);

        bytes32 structHash = TermsHash.hash(terms);
        licenseId = _idOf(structHash);
        Authority memory authority = _checkOwner(terms, licenseId, _hashTypedData(structHash), signature);
        _checkPolicy(terms, authority);
        _grant(licenseId, terms, StatusBits.from(start, start + terms.pay.term, 0), deposit, opening);
    }

    /// @inheritdoc ITwinLicense
    function book(
        Terms calldata terms,
        Prices calldata prices,
        bytes calldata signature,
        uint96 deposit,
        Entry[] calldata opening
    ) external returns (uint256 licenseId) {
        uint40 start = _checkTerms(terms, deposit);
        _checkPrices(terms, prices, start);

        _take(terms.pay.currency, deposit);

        bytes32 sharesHash = terms.shares.hash();
        bytes32 card = _hashTypedData(TermsHash.hashCard(terms.scope, terms.pay, sharesHash, prices));
        require(terms.scope.card == card, CardDiffers(terms.scope.card, card));
        licenseId = _idOf(TermsHash.hash(terms.scope.hash(), terms.pay.hash(), sharesHash));
        Authority memory authority = _checkOwner(terms, licenseId, card, signature);
        require(prices.serial >= authority.leastSerial, SerialTooLow(prices.serial, authority.leastSerial));
        _checkPolicy(terms, authority);
        _grant(licenseId, terms, StatusBits.from(start, start + terms.pay.term, BOOKING), deposit, opening);
    }

    /// @dev Laws 6, 10, 14: what can be said of terms without asking anybody. Returns the start.
    function _checkTerms(Terms calldata terms, uint96 deposit) private view returns (uint40 start) {
        Scope calldata scope = terms.scope;
        Pay calldata pay = terms.pay;
        // A block time of 41 bits is 34,000 years away.
        start = scope.start == 0 ? uint40(block.timestamp) : scope.start;

        require(msg.sender == scope.licensee, NotLicensee(msg.sender, scope.licensee));
        require(block.timestamp < scope.validUntil, TermsExpired(scope.validUntil));
        require(start >= block.timestamp, StartInPast(start));
        bool isTerm = pay.term != 0 && pay.term <= MAX_TERM && start <= type(uint40).max - pay.term;
        require(isTerm, TermOutOfRange(pay.term));
        require(scope.uses != 0 && scope.markets != 0 && pay.quota != 0, NothingGranted());
        require(pay.committed <= pay.fee, CommittedOverFee(pay.committed, pay.fee));
        uint96 least = scope.exclusive ? pay.fee : pay.committed;
        require(deposit >= least && deposit <= pay.fee, DepositOutOfRange(deposit, least, pay.fee));
    }

    /// @dev Law 5: what a booker may choose must be on sale, and the fee must be what it gives.
    function _checkPrices(Terms calldata terms, Prices calldata prices, uint40 start) private view {
        Pay calldata pay = terms.pay;
        uint40 latest = terms.scope.validUntil;
        uint256 earliest = block.timestamp + prices.leadTime;
        uint256 termDays = pay.term / 1 days;
        bool isWhole = pay.term % 1 days == 0 && termDays >= prices.minDays && termDays <= prices.maxDays;

        require(prices.licensee == address(0) || prices.licensee == msg.sender, CardNotForSender(prices.licensee));
        require(isWhole, DaysOutOfRange(pay.term, prices.minDays, prices.maxDays));
        require(pay.quota <= prices.maxQuota, QuotaOverCard(pay.quota, prices.maxQuota));
        require(start >= earliest && start <= latest, StartNotSold(start, earliest, latest));
        uint256 quoted = quote(terms.scope, pay, prices);
        require(pay.fee == quoted, FeeNotQuoted(pay.fee, quoted));
    }

    /// @dev Laws 3 and 5: new terms, of the present epoch, not withdrawn, signed by whoever owns the twin now.
    function _checkOwner(Terms calldata terms, uint256 licenseId, bytes32 digest, bytes calldata signature)
        private
        view
        returns (Authority memory authority)
    {
        uint256 twinId = terms.pay.twinId;
        authority = _authorityOf(twinId);
        require(!_exists(licenseId), LicenseExists(licenseId));
        require(terms.scope.epoch == authority.epoch, EpochWrong(terms.scope.epoch, authority.epoch));
        require(!isRevoked[twinId][digest], SignatureRevoked(digest));
        authority.owner.requireSigned(digest, signature);
    }

    /// @dev Law 4: the owner's standing policy, also against what she signs by mistake.
    function _checkPolicy(Terms calldata terms, Authority memory authority) private view {
        Scope calldata scope = terms.scope;
        uint32 offLimits = scope.uses & ~authority.uses;
        uint256 others = _sumShares(terms.shares);

        require(offLimits == 0, UsesOffLimits(offLimits));
        bool isAllowed = scope.category < CATEGORIES && (authority.categories >> scope.category) & 1 != 0;
        require(isAllowed, CategoryOffLimits(scope.category));
        require(others <= ShareMath.WHOLE, SharesOverWhole(others));
        uint256 ownerBps = ShareMath.WHOLE - others;
        require(ownerBps >= authority.leastOwnerBps, OwnerShareTooLow(ownerBps, authority.leastOwnerBps));
    }

    /// @dev Law 15: each payee once, with a part of its own. Nested division divides by what is left, so that never is
    /// zero.
    function _sumShares(Share[] calldata shares) private view returns (uint256 sum) {
        require(shares.length <= MAX_SHARES, SharesTooMany(shares.length));
        for (uint256 i; i < shares.length; ++i) {
            address payee = shares[i].payee;
            bool isWallet = payee != address(0) && payee != address(this) && shares[i].bps != 0;
            require(isWallet, PayeeInvalid(payee));
            for (uint256 j; j < i; ++j) {
                require(payee != shares[j].payee, PayeeInvalid(payee));
            }
            sum += shares[i].bps;
        }
    }

    function _grant(uint256 licenseId, Terms calldata terms, Status status, uint96 deposit, Entry[] calldata opening)
        private
    {
        Scope calldata scope = terms.scope;
        Pay calldata pay = terms.pay;
        Entry memory entry = Entry({
            licenseId: licenseId, start: status.start(), end: status.end(), uses: scope.uses, markets: scope.markets
        });

        uint256 most = !scope.exclusive ? 0 : status.has(BOOKING) ? MAX_BOOKED_EXCLUSIVES : MAX_EXCLUSIVES;
        _enter(pay.twinId, scope.category, scope.licensee, most, entry, opening);
        _mintAndSetExtraDataUnchecked(scope.licensee, licenseId, Status.unwrap(status));
        // The casts hold: covered() is at most the term or the quota, which are 32 bits.
        _live[licenseId] = LiveBits.from({
            deposited_: deposit,
            paidThrough_: uint40(status.start() + StreamMath.covered(pay.term, deposit, pay.fee)),
            imagesLeft_: uint32(StreamMath.covered(pay.quota, deposit, pay.fee)),
            uses_: scope.uses,
            marketSet_: _numberOf(scope.markets)
        });

        emit LicenseGranted(licenseId, pay.twinId, scope.licensee, status.start(), deposit, terms);
    }

    /// @dev Numbers in order: a cut hash could be taken by somebody's other set.
    function _numberOf(uint256 markets) private returns (uint32 number) {
        number = _setOf[markets];
        if (number != 0) return number;

        number = ++_sets;
        _setOf[markets] = number;
        _marketsIn[number] = markets;

        emit MarketSetNumbered(number, markets);
    }

    /// @inheritdoc ITwinLicense
    function revoke(Revocation calldata act, bytes calldata signature) external {
        SignedBy.requireBefore(act.deadline);
        _authorityOf(act.twinId).owner.requireSigned(_hashTypedData(TermsHash.hash(act)), signature);

        isRevoked[act.twinId][act.digest] = true;

        emit Revoked(act.twinId, act.digest);
    }

    /// @inheritdoc ITwinLicense
    function giveNotice(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external {
        (uint256 licenseId, Status status) = _ending(act, scope, pay, sharesHash, NOTICE_TYPEHASH, signature);
        require(!status.has(NOTICED), NoticeGivenBefore(licenseId));

        uint256 notice = scope.notice < MAX_NOTICE ? scope.notice : MAX_NOTICE;
        uint256 end = block.timestamp + notice;
        if (end < status.end()) status = status.endingAt(end);
        _setStatus(licenseId, status.with(NOTICED));

        emit NoticeGiven(licenseId, status.end());
    }

    /// @inheritdoc ITwinLicense
    function endLapsed(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external {
        (uint256 licenseId, Status status) = _ending(act, scope, pay, sharesHash, LAPSE_END_TYPEHASH, signature);
        uint40 paidThrough = _live[licenseId].paidThrough();
        require(block.timestamp > paidThrough + GRACE, NotLapsed(licenseId, paidThrough));

        status = status.endingAt(block.timestamp);
        _setStatus(licenseId, status);

        emit LapseEnded(licenseId, status.end());
    }

    /// @inheritdoc ITwinLicense
    function decline(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes calldata signature
    ) external {
        (uint256 licenseId, Status status) = _ending(act, scope, pay, sharesHash, DECLINE_TYPEHASH, signature);
        require(status.has(BOOKING), NotBooking(licenseId));
        require(block.timestamp < status.start(), LicenseStarted(licenseId, status.start()));

        status = status.endingAt(block.timestamp);
        // Nothing is earned before the start: no second has passed and no image can have been declared.
        uint256 refund = _settle(licenseId, status, _live[licenseId], 0);

        emit Declined(licenseId, status.end());

        _refund(licenseId, pay.currency, refund);
    }

    /// @inheritdoc ITwinLicense
    function surrender(bytes32 scopeHash, Pay calldata pay, Share[] calldata shares) external {
        uint256 licenseId = _licenseOf(scopeHash, pay, shares.hash());
        Status status = _statusOf(licenseId);
        require(msg.sender == _ownerOf(licenseId), NotLicensee(msg.sender, _ownerOf(licenseId)));
        require(block.timestamp < status.end(), LicenseOver(licenseId, status.end()));

        status = status.endingAt(block.timestamp);
        Live live = _live[licenseId];
        uint256 total = _earned(pay, status, live, block.timestamp);
        // At the grant what is committed was deposited, so this never exceeds the deposit.
        if (!status.has(NOTICED) && total < pay.committed) total = pay.committed;
        uint256 refund = _settle(licenseId, status, live, total);

        emit Surrendered(licenseId, status.end());

        _distribute(licenseId, pay, shares, total);
        _refund(licenseId, pay.currency, refund);
    }

    /// @dev What every ending by the owner must pass: a license that has not ended, and the present owner's will.
    function _ending(
        Ending calldata act,
        Scope calldata scope,
        Pay calldata pay,
        bytes32 sharesHash,
        bytes32 typehash,
        bytes calldata signature
    ) private view returns (uint256 licenseId, Status status) {
        licenseId = _licenseOf(scope.hash(), pay, sharesHash);
        status = _statusOf(licenseId);
        Authority memory authority = _authorityOf(pay.twinId);
        require(act.licenseId == licenseId, EndingDiffers(act.licenseId, licenseId));
        require(block.timestamp < status.end(), LicenseOver(licenseId, status.end()));
        SignedBy.requireBefore(act.deadline);
        require(act.nonce == authority.nonce, NonceWrong(act.nonce, authority.nonce));
        authority.owner.requireSigned(_hashTypedData(TermsHash.hash(act, typehash)), signature);
    }

    /// @inheritdoc ITwinLicense
    // Calls itself, for the same sender, and takes no ether: no value is spent twice.
    // slither-disable-next-line assembly,calls-loop,low-level-calls
    function multicall(bytes[] calldata deeds) external {
        for (uint256 i; i < deeds.length; ++i) {
            (bool isDone, bytes memory result) = address(this).delegatecall(deeds[i]);
            if (isDone) continue;

            // The error of the deed, as it is.
            assembly ("memory-safe") {
                revert(add(result, 0x20), mload(result))
            }
        }
    }

    /// @inheritdoc ITwinLicense
    function quote(Scope calldata scope, Pay calldata pay, Prices calldata prices) public pure returns (uint256) {
        return prices.quote(scope, pay);
    }

    /// @inheritdoc ITwinLicense
    function licenseIdOf(Terms calldata terms) public view returns (uint256) {
        return _idOf(TermsHash.hash(terms));
    }

    /// @inheritdoc ITwinLicense
    function cardDigestOf(Terms calldata terms, Prices calldata prices) public view returns (bytes32) {
        return _hashTypedData(TermsHash.hashCard(terms.scope, terms.pay, terms.shares.hash(), prices));
    }

    /// @inheritdoc ITwinLicense
    function licenseOf(uint256 licenseId) public view returns (License memory) {
        Status status = _statusOf(licenseId);
        Live live = _live[licenseId];
        return License({
            licensee: _ownerOf(licenseId),
            start: status.start(),
            end: status.end(),
            paidThrough: live.paidThrough(),
            deposited: live.deposited(),
            collected: _collected[licenseId],
            imagesLeft: live.imagesLeft(),
            uses: live.uses(),
            markets: _marketsIn[live.marketSet()],
            batches: live.batches(),
            head: _head[licenseId],
            isBooking: status.has(BOOKING),
            isNoticed: status.has(NOTICED),
            isSettled: status.has(SETTLED)
        });
    }

    /// @inheritdoc ERC721
    function name() public pure override returns (string memory) {
        return "TwinRights License";
    }

    /// @inheritdoc ERC721
    function symbol() public pure override returns (string memory) {
        return "LICENSE";
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 id) public view override returns (string memory) {
        require(_exists(id), LicenseUnknown(id));
        return _METADATA.licenseURI(id, licenseOf(id));
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("TwinRights License", "1");
    }
}
