"""The demo counted again, from raw logs and CSV rows: borrows nothing that the demo counts with."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from fractions import Fraction
from typing import Any

from web3 import Web3

from twinrights import words
from twinrights.artifacts import load
from twinrights.demo.roster import DATA

ROLES = {
    "owner",
    "agency_commission",
    "agency_service_fee",
    "photographer",
    "stylist",
    "hair",
    "make_up",
}


class Recount:
    """Every event of the demo's contracts, decoded by their ABI alone."""

    def __init__(self, web3: Web3, *, twins: str, licenses: str, dollar: str) -> None:
        self.web3 = web3
        self.licenses_address = licenses
        self._twins = web3.eth.contract(address=twins, abi=load("DigitalTwin").abi)
        self._licenses = web3.eth.contract(address=licenses, abi=load("TwinLicense").abi)
        self._dollar = web3.eth.contract(address=dollar, abi=load("TestDollar").abi)

        self.minted = self._all(self._twins, "TwinMinted")
        self.granted = self._all(self._licenses, "LicenseGranted")
        self.batches = self._all(self._licenses, "UsageRecorded")
        self.paid = self._all(self._licenses, "PaidOut")
        self.settled = {
            event["args"]["licenseId"]: event["args"]
            for event in self._all(self._licenses, "Settled")
        }
        self.transfers = self._all(self._dollar, "Transfer")

    def _all(self, contract: Any, name: str) -> list[Any]:
        return list(contract.events[name].get_logs(from_block=0))

    @property
    def images(self) -> int:
        """Different images: a tree counts once, whatever it was recorded under."""
        batches = [event["args"]["batch"] for event in self.batches]
        return sum({batch["root"]: batch["images"] for batch in batches}.values())

    @property
    def streamed(self) -> int:
        """The last total that each license paid out."""
        totals = [event["args"] for event in self.paid]
        return sum({paid["licenseId"]: paid["collected"] for paid in totals}.values())

    def received(self) -> dict[str, int]:
        """What each account received from the license contract."""
        sums: dict[str, int] = defaultdict(int)
        for event in self.transfers:
            if event["args"]["from"] == self.licenses_address:
                sums[event["args"]["to"]] += event["args"]["amount"]
        return sums

    def license_of(self, license_id: int) -> Any:
        """What the contract itself says of a license, as a dict of its ABI's names."""
        outputs = self._licenses.functions.licenseOf(license_id).abi["outputs"][0]["components"]
        answer = self._licenses.functions.licenseOf(license_id).call()
        return dict(zip((part["name"] for part in outputs), answer, strict=True))

    def terms_of(self, license_id: int) -> Any:
        """The terms that the grant of a license published."""
        return next(e for e in self.granted if e["args"]["licenseId"] == license_id)["args"][
            "terms"
        ]


def price(row: dict[str, str], terms: Any) -> int:
    """What a row of the roster asks for the terms of a booking, in millionths, by fractions."""
    pay, scope = terms["pay"], terms["scope"]
    uses = Fraction(0)
    for pair in row["uses"].split("+"):
        name, weight = pair.split(":")
        if words.uses(name) & scope["uses"]:
            uses += Fraction(int(weight), 10_000)
    markets, left = Fraction(0), scope["markets"]
    for pair in row["market_groups"].split("|"):
        names, weight = pair.rsplit(":", 1)
        if words.markets(names) & left:
            markets += Fraction(int(weight), 10_000)
            left &= ~words.markets(names)
    factor = Fraction(row["exclusivity"]) if scope["exclusive"] else 1
    days = Fraction(pay["term"], 86_400)
    by_time = math.ceil(Fraction(row["day_rate"]) * days * uses * markets * factor * 10**6)
    by_images = Fraction(row["image_rate"]) * pay["quota"] * 10**6
    return max(int(Fraction(row["floor"]) * 10**6), by_time + int(by_images))


def shipped_rows() -> dict[str, dict[str, str]]:
    """The shipped roster, by the twins' short names."""
    with (DATA / "roster.csv").open(encoding="utf-8", newline="") as file:
        return {row["twin"]: row for row in csv.DictReader(file)}
