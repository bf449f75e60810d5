// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";

import {LicenseState} from "./LicenseState.sol";
import {IERC20Permit} from "./interfaces/IERC20Permit.sol";
import {IRoyaltyStream} from "./interfaces/IRoyaltyStream.sol";
import {Push} from "./libraries/Push.sol";
import {ShareMath} from "./libraries/ShareMath.sol";
import {StreamMath} from "./libraries/StreamMath.sol";
import {TermsHash} from "./libraries/TermsHash.sol";
import {Live} from "./types/Live.sol";
import {SETTLED, Status} from "./types/Status.sol";
import {Pay, Share} from "./types/Terms.sol";

/// @title All the money of TwinLicense
/// @dev Two doors. In: token first, then books, and what was read before the token's call is read again after it.
/// Out: books first, then token.
abstract contract RoyaltyStream is LicenseState, IRoyaltyStream {
    using ShareMath for ShareMath.Rest;
    using TermsHash for Share[];

    /// @dev What one transfer may use. Tokens in use need less than half of it.
    uint256 internal constant PUSH_GAS = 100_000;

    /// @dev What must be left before a transfer, so that it really gets PUSH_GAS (EIP-150 lets a call have 63/64 of what
    /// is left, which is more) and its failure can still be booked: whoever calls cannot starve a transfer into a claim.
    uint256 internal constant PUSH_GAS_LEFT = PUSH_GAS + 40_000;

    mapping(address currency => mapping(uint256 account => uint256 amount)) private _payable;

    /// @inheritdoc IRoyaltyStream
    function topUp(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash, uint96 deposited) external {
        uint256 licenseId = _licenseOf(scopeHash, pay, sharesHash);
        uint96 before = _live[licenseId].deposited();
        if (deposited > before) _take(pay.currency, deposited - before);

        Status status = _statusOf(licenseId);
        Live live = _live[licenseId];
        require(block.timestamp < status.end(), LicenseOver(licenseId, status.end()));
        require(deposited <= pay.fee, DepositOutOfRange(deposited, before, pay.fee));
        // Only a currency that calls back can have changed it; then the sum that was taken is not the right one.
        require(live.deposited() == before, DepositOutOfRange(deposited, live.deposited(), pay.fee));
        if (deposited <= before) return;

        // The casts hold: covered() is at most the quota or the term, which are 32 bits, and never falls.
        uint256 images =
            StreamMath.covered(pay.quota, deposited, pay.fee) - StreamMath.covered(pay.quota, before, pay.fee);
        uint256 paidThrough = status.start() + StreamMath.covered(pay.term, deposited, pay.fee);
        _live[licenseId] = live.paid(deposited, uint40(paidThrough), live.imagesLeft() + uint32(images));

        emit ToppedUp(licenseId, msg.sender, deposited);
    }

    /// @inheritdoc IRoyaltyStream
    function payOut(bytes32 scopeHash, Pay calldata pay, Share[] calldata shares) external {
        uint256 licenseId = _licenseOf(scopeHash, pay, shares.hash());
        Status status = _statusOf(licenseId);
        require(!status.has(SETTLED), LicenseSettled(licenseId));

        Live live = _live[licenseId];
        uint256 total = _earned(pay, status, live, block.timestamp);

        uint96 refund = block.timestamp < status.end() ? 0 : _settle(licenseId, status, live, total);
        _distribute(licenseId, pay, shares, total);
        if (refund != 0) _refund(licenseId, pay.currency, refund);
    }

    /// @inheritdoc IRoyaltyStream
    function withdraw(address currency, uint256 account) external {
        uint256 amount = _payable[currency][account];
        require(amount != 0, NothingPayable(currency, account));
        // A number above 160 bits is a twin's id, for that is a digest.
        address payee = account >> 160 == 0 ? address(uint160(account)) : _payeeOf(account);

        _payable[currency][account] = 0;

        emit Withdrawn(currency, account, payee, amount);

        bool isSent = payee != address(0) && Push.trySend(currency, payee, amount, gasleft());
        require(isSent, WithdrawalFailed(currency, payee, amount));
    }

    /// @inheritdoc IRoyaltyStream
    function permit(address currency, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        bytes memory data = abi.encodeCall(IERC20Permit.permit, (msg.sender, address(this), amount, deadline, v, r, s));

        // Whatever comes of it: somebody may have sent the same permit first, and then the allowance stands.
        // slither-disable-next-line assembly
        assembly ("memory-safe") {
            pop(call(gas(), currency, 0, add(data, 0x20), mload(data), 0, 0))
        }
    }

    /// @inheritdoc IRoyaltyStream
    function earned(bytes32 scopeHash, Pay calldata pay, bytes32 sharesHash, uint40 at) external view returns (uint96) {
        uint256 licenseId = _licenseOf(scopeHash, pay, sharesHash);
        // At most the deposit, which is 96 bits.
        return uint96(_earned(pay, _statusOf(licenseId), _live[licenseId], at));
    }

    /// @inheritdoc IRoyaltyStream
    function payableTo(address currency, uint256 account) external view returns (uint256) {
        return _payable[currency][account];
    }

    function _payeeOf(uint256 twinId) private view returns (address) {
        return TWINS.payeeOf(twinId);
    }

    /// @dev Laws 10, 12, 18: takes exactly `amount` from the sender, or nothing happens. Every deed that takes money
    /// does so before it looks at any state, so that what a hostile currency changes meanwhile is seen.
    function _take(address currency, uint256 amount) internal {
        if (amount == 0) return;

        uint256 before = SafeTransferLib.balanceOf(currency, address(this));
        bool isTaken = SafeTransferLib.trySafeTransferFrom(currency, msg.sender, address(this), amount);
        require(isTaken, PaymentFailed(currency, msg.sender, amount));

        uint256 balance = SafeTransferLib.balanceOf(currency, address(this));
        uint256 arrived = balance > before ? balance - before : 0;
        require(arrived == amount, PaymentInexact(currency, amount, arrived));
    }

    /// @dev Law 13: what a license has earned by `at`. Once settled, that is all that was left in it.
    function _earned(Pay calldata pay, Status status, Live live, uint256 at) internal pure returns (uint256) {
        if (status.has(SETTLED)) return live.deposited();

        return StreamMath.earned({
            fee: pay.fee,
            deposited: live.deposited(),
            elapsed: StreamMath.passed(status.start(), status.end(), at),
            term: pay.term,
            used: StreamMath.covered(pay.quota, live.deposited(), pay.fee) - live.imagesLeft(),
            quota: pay.quota
        });
    }

    /// @dev Law 17: closes the books of a license: what is deposited shrinks to what is earned. Returns the rest.
    function _settle(uint256 licenseId, Status status, Live live, uint256 total) internal returns (uint96 refund) {
        // What is collected has left already. (Only a clock that went back makes less be earned now.)
        uint96 collected = _collected[licenseId];
        if (total < collected) total = collected;
        // `total` is at most what is deposited, which is 96 bits.
        refund = live.deposited() - uint96(total);
        _live[licenseId] = live.paid(uint96(total), live.paidThrough(), live.imagesLeft());
        _setStatus(licenseId, status.with(SETTLED));

        emit Settled(licenseId, uint96(total), refund);
    }

    /// @dev Laws 12, 15: sends what `total` exceeds the collected by, to every share, and the rest of it to the twin's
    /// owner. The books are final before the first transfer.
    function _distribute(uint256 licenseId, Pay calldata pay, Share[] calldata shares, uint256 total) internal {
        ShareMath.Rest memory rest = ShareMath.Rest(_collected[licenseId], total, ShareMath.WHOLE);
        if (total <= rest.earlier) return;

        // At most what is deposited, which is 96 bits.
        _collected[licenseId] = uint96(total);
        emit PaidOut(licenseId, uint96(total));

        for (uint256 i; i < shares.length; ++i) {
            address payee = shares[i].payee;
            _push(pay.currency, payee, uint160(payee), rest.take(shares[i].bps));
        }
        uint256 ownersPart = rest.later - rest.earlier;
        if (ownersPart != 0) _push(pay.currency, _payeeOf(pay.twinId), pay.twinId, ownersPart);
    }

    function _refund(uint256 licenseId, address currency, uint256 amount) internal {
        address licensee = _ownerOf(licenseId);
        _push(currency, licensee, uint160(licensee), amount);
    }

    /// @dev Laws 16, 18: sends, or books what could not be sent as payable to `account`. Zero is a payee who cannot be
    /// paid now.
    function _push(address currency, address to, uint256 account, uint256 amount) private {
        // A part that is nothing, not a balance.
        // slither-disable-next-line incorrect-equality
        if (amount == 0) return;
        require(gasleft() >= PUSH_GAS_LEFT, GasTooLow());
        if (to != address(0) && Push.trySend(currency, to, amount, PUSH_GAS)) return;

        _payable[currency][account] += amount;
        emit Deferred(currency, account, amount);
    }
}
