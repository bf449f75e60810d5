// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @title The conflict book
/// @notice Licenses of different licensees, of one twin and one category, never overlap in a use, a market and time
/// if one of them is exclusive.
/// @dev Law 8. Of every grant the book keeps one link of a hash chain, for each twin and category; of exclusive
/// grants also the id, at most eight that have not ended, and bookings only up to four. Every grant is checked
/// against those; an exclusive one opens the whole chain, so its buyer hands in the entries. A grant in between makes
/// the opening stale.
interface IExclusivity {
    /// @notice Another licensee's license stands in the way.
    /// @param licenseId that license
    error ExclusivityConflict(uint256 licenseId);

    /// @notice The entries do not give the book's hash: another license was granted meanwhile, or one is missing.
    /// @param twinId the twin
    /// @param category the industry
    error OpeningStale(uint256 twinId, uint8 category);

    /// @notice Eight exclusive licenses of this twin and category have not ended yet, or four and this is a booking.
    /// @param twinId the twin
    /// @param category the industry
    error ExclusivesFull(uint256 twinId, uint8 category);

    /// @notice The book of one twin and category.
    /// @param twinId the twin
    /// @param category the industry
    /// @return granted hash of the entries
    /// @return exclusives ids of the exclusive licenses in it; some may have ended
    function bookOf(uint256 twinId, uint8 category) external view returns (uint248 granted, uint256[] memory exclusives);
}
