// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {LicenseState} from "./LicenseState.sol";
import {IExclusivity} from "./interfaces/IExclusivity.sol";
import {Entry} from "./types/License.sol";
import {Live} from "./types/Live.sol";
import {Status} from "./types/Status.sol";

/// @title The conflict book of TwinLicense
/// @dev Flat for a non-exclusive grant (at most eight licenses are read); linear in the entries for an exclusive one.
/// There is one `end`, the license's own: a notice, a surrender or a decline frees its place without a word here.
abstract contract Exclusivity is LicenseState, IExclusivity {
    /// @dev `granted` is a hash chain of every grant since the last opening, cut to 248 bits.
    struct Book {
        uint248 granted;
        uint8 count;
        uint256[8] exclusives;
    }

    /// @dev Exclusive licenses of one twin and category that have not ended.
    uint256 internal constant MAX_EXCLUSIVES = 8;

    /// @dev Bookings fill at most half of the places: whoever may book from a card cannot keep the owner from selling
    /// exclusivity by an offer.
    uint256 internal constant MAX_BOOKED_EXCLUSIVES = 4;

    mapping(uint256 twinId => mapping(uint8 category => Book)) private _books;

    /// @inheritdoc IExclusivity
    function bookOf(uint256 twinId, uint8 category)
        external
        view
        returns (uint248 granted, uint256[] memory exclusives)
    {
        Book storage book = _books[twinId][category];
        granted = book.granted;
        exclusives = new uint256[](book.count);
        for (uint256 i; i < exclusives.length; ++i) {
            exclusives[i] = book.exclusives[i];
        }
    }

    /// @dev Law 8: enters a grant that conflicts with nothing, or reverts. The license itself is not written yet.
    /// `most` is how many exclusive licenses there may be with an exclusive one, or 0 for another.
    function _enter(
        uint256 twinId,
        uint8 category,
        address licensee,
        uint256 most,
        Entry memory entry,
        Entry[] calldata opening
    ) internal {
        Book storage book = _books[twinId][category];
        (uint248 granted, uint8 count) = (book.granted, book.count);

        if (most != 0) {
            granted = _open(granted, twinId, category, licensee, entry, opening);
            count = _dropEnded(book, count);
            require(count < most, ExclusivesFull(twinId, category));
            book.exclusives[count++] = entry.licenseId;
        } else {
            for (uint256 i; i < count; ++i) {
                uint256 other = book.exclusives[i];
                if (_meets(other, licensee, entry) && _sharesWhere(other, entry)) revert ExclusivityConflict(other);
            }
        }

        (book.granted, book.count) = (_link(granted, entry), count);
    }

    /// @dev Law 8: checks a new exclusive entry against all that the book holds. Returns the hash of those that have
    /// not passed their end as granted: the others can conflict with nothing any more.
    // Hashes are equal or are not.
    // slither-disable-next-line incorrect-equality
    function _open(
        uint248 granted,
        uint256 twinId,
        uint8 category,
        address licensee,
        Entry memory entry,
        Entry[] calldata opening
    ) private view returns (uint248 kept) {
        // The chain begins at zero.
        // slither-disable-next-line uninitialized-local
        uint248 all;
        for (uint256 i; i < opening.length; ++i) {
            Entry calldata other = opening[i];
            uint248 before = all;
            all = _linkCalldata(before, other);
            if (other.end <= block.timestamp) continue;

            // As long as nothing was dropped, both chains are one.
            kept = kept == before ? all : _linkCalldata(kept, other);
            // Markets differ more often than uses.
            bool sharesWhere = other.markets & entry.markets != 0 && other.uses & entry.uses != 0;
            if (sharesWhere && _meets(other.licenseId, licensee, entry)) revert ExclusivityConflict(other.licenseId);
        }
        require(all == granted, OpeningStale(twinId, category));
    }

    /// @dev Law 8: whether another licensee's license overlaps an entry in time, by its present end.
    function _meets(uint256 other, address licensee, Entry memory entry) private view returns (bool) {
        Status status = _statusOf(other);
        (uint256 start, uint256 end) = (status.start(), status.end());
        // A license that ended before its start covers no time at all.
        return start < end && start < entry.end && entry.start < end && _ownerOf(other) != licensee;
    }

    function _sharesWhere(uint256 other, Entry memory entry) private view returns (bool) {
        Live live = _live[other];
        return live.uses() & entry.uses != 0 && _marketsIn[live.marketSet()] & entry.markets != 0;
    }

    /// @dev Drops the exclusive licenses that have ended; the order of the others does not matter.
    function _dropEnded(Book storage book, uint8 count) private returns (uint8) {
        for (uint8 i = count; i > 0; --i) {
            if (_statusOf(book.exclusives[i - 1]).end() > block.timestamp) continue;
            book.exclusives[i - 1] = book.exclusives[--count];
        }
        return count;
    }

    function _link(uint248 granted, Entry memory entry) private pure returns (uint248) {
        return _cut(keccak256(abi.encode(granted, entry.licenseId, entry.start, entry.end, entry.uses, entry.markets)));
    }

    /// @dev The same for an entry in calldata, hashed as it lies there. Only entries of the book give its hash, so a
    /// word with dirty high bits cannot pass.
    // slither-disable-next-line assembly
    function _linkCalldata(uint248 granted, Entry calldata entry) private pure returns (uint248) {
        bytes32 result;
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore(at, granted)
            calldatacopy(add(at, 0x20), entry, 0xa0)
            result := keccak256(at, 0xc0)
        }
        return _cut(result);
    }

    /// @dev 248 bits: still beyond any collision.
    function _cut(bytes32 hash) private pure returns (uint248) {
        return uint248(uint256(hash));
    }
}
