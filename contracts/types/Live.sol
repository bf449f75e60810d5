// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

using LiveBits for Live global;

/// @dev The second slot of a license: deposited 96 | paidThrough 40 | imagesLeft 32 | batches 24 | uses 32 |
/// marketSet 32. `deposited` is what was paid in less what was refunded; `paidThrough` the second from which that no
/// longer covers the license; `imagesLeft` the images that it covers and that are not yet declared (a settlement leaves
/// both as they were); `batches` how many were recorded; `marketSet` the number of the set of markets.
type Live is uint256;

/// @title Reading and changing a Live
/// @dev Packed by hand: one read and one write where a struct has six.
library LiveBits {
    uint256 private constant MONEY = type(uint256).max << 88;

    function from(uint96 deposited_, uint40 paidThrough_, uint32 imagesLeft_, uint32 uses_, uint32 marketSet_)
        internal
        pure
        returns (Live)
    {
        return Live.wrap(
            (uint256(deposited_) << 160) | (uint256(paidThrough_) << 120) | (uint256(imagesLeft_) << 88)
                | (uint256(uses_) << 32) | marketSet_
        );
    }

    function deposited(Live live) internal pure returns (uint96) {
        return uint96(Live.unwrap(live) >> 160);
    }

    function paidThrough(Live live) internal pure returns (uint40) {
        return uint40(Live.unwrap(live) >> 120);
    }

    function imagesLeft(Live live) internal pure returns (uint32) {
        return uint32(Live.unwrap(live) >> 88);
    }

    function batches(Live live) internal pure returns (uint24) {
        return uint24(Live.unwrap(live) >> 64);
    }

    function uses(Live live) internal pure returns (uint32) {
        return uint32(Live.unwrap(live) >> 32);
    }

    function marketSet(Live live) internal pure returns (uint32) {
        return uint32(Live.unwrap(live));
    }

    /// @dev The same license after money moved.
    function paid(Live live, uint96 deposited_, uint40 paidThrough_, uint32 imagesLeft_) internal pure returns (Live) {
        uint256 money = (uint256(deposited_) << 160) | (uint256(paidThrough_) << 120) | (uint256(imagesLeft_) << 88);
        return Live.wrap(money | (Live.unwrap(live) & ~MONEY));
    }

    /// @dev The same license after a batch. The caller has made sure that `images` are left and that `batches` is
    /// below its maximum, so neither field runs into its neighbour.
    function recorded(Live live, uint32 images) internal pure returns (Live) {
        return Live.wrap(Live.unwrap(live) - (uint256(images) << 88) + (1 << 64));
    }
}
