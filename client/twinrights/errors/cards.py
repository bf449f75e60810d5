"""What TwinLicense refuses to book: whatever the rate card does not sell."""

from __future__ import annotations

from twinrights.errors.base import Refused

__all__ = [
    "CardDiffers",
    "CardNotForSender",
    "DaysOutOfRange",
    "ExclusiveNotSold",
    "FeeNotQuoted",
    "MarketsNotSold",
    "QuotaOverCard",
    "SerialTooLow",
    "StartNotSold",
    "UsesNotSold",
]


class SerialTooLow(Refused):
    """The card's serial is below the twin's least."""

    serial: int
    least: int
    sentence = (
        "The rate card has serial {serial} and only those from {least} up are good: ask for the "
        "present card."
    )


class CardDiffers(Refused):
    """The terms name another card: a field of the card was changed, or an offer names a card."""

    card: bytes
    expected: bytes
    sentence = (
        "The terms name the card {card:id} and their fields make {expected:id}: take the card's "
        "own fields unchanged, and no card in an offer."
    )


class CardNotForSender(Refused):
    """The card is for another licensee."""

    licensee: str
    sentence = "This rate card is for {licensee} alone: ask the owner for one of your own."


class FeeNotQuoted(Refused):
    """The fee is not what the card gives; both in the smallest unit."""

    fee: int
    quoted: int
    sentence = (
        "The fee is {fee:units} and the rate card gives {quoted:units}: book at what it gives."
    )


class UsesNotSold(Refused):
    """The card does not sell these uses."""

    uses: int
    sentence = "The rate card does not sell {uses:uses}: leave it out, or ask for an offer."


class MarketsNotSold(Refused):
    """The card does not sell these markets."""

    markets: int
    sentence = "The rate card does not sell {markets:markets}: leave it out, or ask for an offer."


class ExclusiveNotSold(Refused):
    """The card does not sell exclusivity."""

    sentence = "The rate card does not sell exclusivity: book without it, or ask for an offer."


class DaysOutOfRange(Refused):
    """A booking is of whole days, within the card's bounds."""

    term: int
    min_days: int
    max_days: int
    sentence = (
        "The rate card sells {min_days} to {max_days} whole days, not {term:span}: change the term."
    )


class QuotaOverCard(Refused):
    """The card sells fewer images."""

    quota: int
    max_quota: int
    sentence = "The rate card sells at most {max_quota} images, not {quota}: ask for fewer."


class StartNotSold(Refused):
    """A booking starts no sooner than the card's lead time allows, nor after it is valid."""

    start: int
    earliest: int
    latest: int
    sentence = (
        "The rate card sells starts from {earliest:time} to {latest:time}, not {start:time}: "
        "choose another start."
    )
