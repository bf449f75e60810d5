"""What was asked for and is not there."""

from __future__ import annotations

from twinrights.errors.base import NotFound

__all__ = [
    "DomainFileMissing",
    "FileMissing",
    "LicenseNotFound",
    "NotInStore",
    "NotRecorded",
    "TwinNotFound",
    "VouchNotFound",
]


class TwinNotFound(NotFound):
    """No twin has this id on this chain."""

    twin_id: int
    sentence = "No twin has the id {twin_id:id} here."


class LicenseNotFound(NotFound):
    """No license has this id on this chain."""

    license_id: int
    sentence = "No license has the id {license_id:id} here."


class FileMissing(NotFound):
    """A file or folder that is not there."""

    path: str
    sentence = "{path} is not there."


class NotRecorded(NotFound):
    """A file that is not in the manifest it was looked up in."""

    path: str
    manifest: str
    sentence = "{path} is not among the images of {manifest}."


class DomainFileMissing(NotFound):
    """A domain that publishes nothing about wallets."""

    domain: str
    sentence = "{domain} names no wallets: it has no /.well-known/twinrights.json."


class VouchNotFound(NotFound):
    """A word about a wallet that is not said now: never, no longer, or taken back."""

    voucher: str
    subject: str
    sentence = "{voucher} does not say this of {subject} now."


class NotInStore(NotFound):
    """A file that a store does not have, or not for whoever asks."""

    store: str
    kind: str
    name: str
    sentence = "{store} has no {kind} {name}."
