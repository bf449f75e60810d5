"""What TwinLicense refuses to a license that exists: endings, money, usage."""

from __future__ import annotations

from twinrights.errors.base import Refused

__all__ = [
    "AtInPast",
    "BatchEmpty",
    "BatchNumberWrong",
    "DepositOutOfRange",
    "EndingDiffers",
    "GasTooLow",
    "LicenseOver",
    "LicenseSettled",
    "LicenseStarted",
    "LicenseUnknown",
    "MayNotPublish",
    "NotBooking",
    "NotLapsed",
    "NotReporter",
    "NothingPayable",
    "NoticeGivenBefore",
    "PaymentFailed",
    "PaymentInexact",
    "WithdrawalFailed",
]


class LicenseUnknown(Refused):
    """No license has these terms."""

    license_id: int
    sentence = "No license has the id {license_id:id}: check the terms and the chain."


class LicenseOver(Refused):
    """The license has ended."""

    license_id: int
    end: int
    sentence = "License {license_id:id} ended at {end:time}: nothing more can be done with it."


class LicenseSettled(Refused):
    """The license has been settled; nothing more is paid from it."""

    license_id: int
    sentence = "License {license_id:id} has been settled: all its money has been paid out."


class LicenseStarted(Refused):
    """A booking can be declined only before its start."""

    license_id: int
    start: int
    sentence = (
        "License {license_id:id} started at {start:time}: it can be declined only before; give "
        "notice instead."
    )


class NotBooking(Refused):
    """Only a booking can be declined, not an offer that the owner signed."""

    license_id: int
    sentence = (
        "License {license_id:id} comes from an offer that the owner signed and cannot be declined: "
        "give notice instead."
    )


class NoticeGivenBefore(Refused):
    """The owner has given notice already."""

    license_id: int
    sentence = "Notice was given to license {license_id:id} before: it is given once."


class NotLapsed(Refused):
    """A license can be ended as unpaid only after seven unpaid days."""

    license_id: int
    paid_through: int
    sentence = (
        "License {license_id:id} is paid through {paid_through:time}: it can be ended as unpaid "
        "only seven days later."
    )


class EndingDiffers(Refused):
    """The signed act is for another license."""

    given: int
    license_id: int
    sentence = (
        "The act was signed for license {given:id}, the terms are those of {license_id:id}: bring "
        "the act for this license."
    )


class DepositOutOfRange(Refused):
    """What is deposited in all must lie within these bounds, in the smallest unit."""

    deposited: int
    least: int
    most: int
    sentence = (
        "Between {least:units} and {most:units} can be deposited in all, not {deposited:units}."
    )


class PaymentFailed(Refused):
    """The currency took nothing from the sender; the amount is in the smallest unit."""

    currency: str
    payer: str
    amount: int
    sentence = (
        "The currency {currency} did not take {amount:units} from {payer}: check its balance "
        "and its allowance."
    )


class PaymentInexact(Refused):
    """Another amount arrived than was asked for, in the smallest unit."""

    currency: str
    amount: int
    arrived: int
    sentence = (
        "The currency {currency} delivered {arrived:units} instead of {amount:units}: a token "
        "that takes a cut cannot be used."
    )


class NothingPayable(Refused):
    """Nothing is payable to this account in this currency."""

    currency: str
    account: int
    sentence = "Nothing waits for account {account:#x} in the currency {currency}."


class WithdrawalFailed(Refused):
    """The currency refused to send what is payable; it stays payable."""

    currency: str
    payee: str
    amount: int
    sentence = (
        "The currency {currency} refused to send {amount:units} to {payee}: it stays payable; "
        "try again when the currency lets that wallet receive."
    )


class GasTooLow(Refused):
    """Too little gas to give every payee's transfer its full allowance."""

    sentence = "Too little gas was sent for every payee's transfer: send it with a higher limit."


class MayNotPublish(Refused):
    """The licensee may not declare these images now."""

    license_id: int
    reason: int
    sentence = "May not be published under license {license_id:id}: {reason:reason}."


class BatchNumberWrong(Refused):
    """A batch must name the license's next number, so that a retry cannot count twice."""

    given: int
    expected: int
    sentence = (
        "Batch {given} is not the license's next, which is {expected}: it was recorded before, or "
        "another came first."
    )


class BatchEmpty(Refused):
    """A batch must hold at least one image."""

    license_id: int
    sentence = "A batch for license {license_id:id} must hold at least one image."


class NotReporter(Refused):
    """Only the licensee and its reporters record usage."""

    license_id: int
    sender: str
    sentence = (
        "{sender} may not record usage of license {license_id:id}: only its licensee may, and the "
        "reporters it has named."
    )


class AtInPast(Refused):
    """The past is not answered from the present: ask the block of then."""

    at: int
    sentence = "{at:time} has passed: ask for now or later, or name the block of then."
