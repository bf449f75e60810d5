"""What TwinLicense refuses to grant: terms, policy, shares, exclusivity."""

from __future__ import annotations

from twinrights.errors.base import Refused

__all__ = [
    "CategoryOffLimits",
    "CommittedOverFee",
    "EpochWrong",
    "ExclusivesFull",
    "ExclusivityConflict",
    "LicenseExists",
    "NotLicensee",
    "NothingGranted",
    "OpeningStale",
    "OwnerShareTooLow",
    "PayeeInvalid",
    "SharesOverWhole",
    "SharesTooMany",
    "SignatureRevoked",
    "StartInPast",
    "TermOutOfRange",
    "TermsExpired",
    "UsesOffLimits",
]


class LicenseExists(Refused):
    """These terms have been granted already."""

    license_id: int
    sentence = (
        "These terms have been granted already, as license {license_id:id}: terms are granted "
        "once; another license needs another reference."
    )


class NotLicensee(Refused):
    """Only the licensee named in the terms accepts, books or surrenders."""

    sender: str
    licensee: str
    sentence = "Only the licensee {licensee} may do this, not {sender}: send it from that wallet."


class TermsExpired(Refused):
    """The terms could be accepted or booked only before this second."""

    valid_until: int
    sentence = "The terms were valid only until {valid_until:time}: ask the owner for new ones."


class SignatureRevoked(Refused):
    """The owner has withdrawn this offer or this card."""

    digest: bytes
    sentence = "The owner has withdrawn this signature ({digest:id}): ask her for a new one."


class EpochWrong(Refused):
    """The terms carry another epoch than the twin has now."""

    given: int
    current: int
    sentence = (
        "The terms were signed in epoch {given} and the twin is in epoch {current}: the owner made "
        "all older signatures void; ask her to sign again."
    )


class StartInPast(Refused):
    """A license cannot start before it is granted."""

    start: int
    sentence = "The license would start at {start:time}, which has passed: choose a later start."


class TermOutOfRange(Refused):
    """The term must be at least one second and at most five years."""

    term: int
    sentence = "A license lasts at least one second and at most five years, not {term:span}."


class NothingGranted(Refused):
    """A license must grant at least one use, one market and one image."""

    sentence = "A license must grant at least one use, one market and one image: name them."


class UsesOffLimits(Refused):
    """The owner's policy does not allow these uses."""

    uses: int
    sentence = "The owner's policy does not allow {uses:uses}: leave it out, or ask her."


class CategoryOffLimits(Refused):
    """The owner's policy does not allow this category."""

    category: int
    sentence = "The owner's policy does not allow the category {category:category}: ask her first."


class OwnerShareTooLow(Refused):
    """The owner's policy keeps more for her."""

    bps: int
    least: int
    sentence = (
        "The shares leave {bps:percent} to the owner and her policy keeps at least "
        "{least:percent}: lower the others' shares."
    )


class SharesOverWhole(Refused):
    """The shares are more than the whole."""

    bps: int
    sentence = "The shares sum to {bps:percent}: lower them to 100 % or less."


class SharesTooMany(Refused):
    """At most 15 others share a fee."""

    count: int
    sentence = "{count} payees share the fee beside the owner: at most 15 can."


class PayeeInvalid(Refused):
    """A payee must be a wallet other than zero and this contract, named once, with a part."""

    payee: str
    sentence = (
        "{payee} cannot be a payee as named: each is a wallet, named once, with a share above zero."
    )


class CommittedOverFee(Refused):
    """A license commits at most its fee."""

    committed: int
    fee: int
    sentence = "The committed sum {committed:units} is more than the fee {fee:units}: lower it."


class ExclusivityConflict(Refused):
    """Another licensee's license stands in the way."""

    license_id: int
    sentence = (
        "License {license_id:id} of another licensee stands in the way: choose other uses, markets "
        "or days."
    )


class OpeningStale(Refused):
    """The entries do not give the book's hash: another license was granted meanwhile."""

    twin_id: int
    category: int
    sentence = (
        "Another license of twin {twin_id:id} in {category:category} was granted meanwhile: try "
        "again."
    )


class ExclusivesFull(Refused):
    """Eight exclusive licenses of this twin and category have not ended yet."""

    twin_id: int
    category: int
    sentence = (
        "Twin {twin_id:id} has eight exclusive licenses in {category:category} that have not "
        "ended: wait until one has."
    )
