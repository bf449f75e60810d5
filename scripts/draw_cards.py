"""Draws docs/cards: what wallets show, asked of the deployed contracts about lives lived on Anvil.

`python scripts/draw_cards.py` writes the pictures, `--check` only compares.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from typing import Any

from twinrights import TwinRights, words
from twinrights.chain.connect import connect
from twinrights.chain.contracts import Contracts
from twinrights.chain.node import start_program
from twinrights.terms import (
    ZERO_ADDRESS,
    ZERO_HASH,
    Consent,
    MarketRate,
    Move,
    Notice,
    Pay,
    Policy,
    RateCard,
    Retirement,
    Scope,
    Terms,
    UseRate,
)
from twinrights.typed_data import Message, Signed
from twinrights.wallets import dev_wallet

__all__ = ["CARDS", "drawn", "main", "shown"]

ROOT = Path(__file__).resolve().parent.parent
CARDS = ROOT / "docs" / "cards"

BORN = datetime(2026, 1, 1, tzinfo=timezone.utc)
DRAWN = datetime(2026, 3, 15, 12, tzinfo=timezone.utc)
# What happens between happens at noon: the seconds that a node needs must not change a day.
DAY = 86_400
FOREVER = 2**40 - 1
DOLLAR = 10**6
SHOP = "own_shop+own_social+email"


def shown(uri: str) -> dict[str, Any]:
    """Return the metadata in a data URI, its picture as the SVG that it is."""
    metadata = _unpacked(uri, "application/json")
    told: dict[str, Any] = json.loads(metadata)
    told["image"] = _unpacked(told["image"], "image/svg+xml")
    return told


def drawn() -> dict[str, str]:
    """Return the SVG of each card by its name."""
    with _stage() as stage:
        twins, licenses = stage.live()
        stage.chain.clock.move_to(DRAWN)
        return {
            **{name: stage.picture("twins", twin) for name, twin in twins.items()},
            **{name: stage.picture("licenses", id) for name, id in licenses.items()},
        }


class Stage:
    """The chain on which the cards' twins and licenses live."""

    def __init__(self, chain: TwinRights) -> None:
        self.chain = chain
        self._model, self._hm = dev_wallet("model"), dev_wallet("hm")
        self._salts = (number.to_bytes(32, "big") for number in count(1))

    def live(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Let everything happen before the day of the drawing; return twins and licenses."""
        chain, hm = self.chain, self._hm
        chain.fund(hm.address, 10**6 * DOLLAR, payer=hm)
        fresh, twin, wide = self._mint(), self._mint(), self._mint()
        self._allow(twin, "own_shop+retailers_shops+own_social+email+editorial+catalogue+in_store")
        self._allow(wide, words.use_slugs())
        licenses = {
            "live": self._accept(twin, start=_on(2, 1), deposit=3_400),
            "not-started": self._book(twin, start=_on(4, 1)),
            "unpaid": self._accept(twin, start=_on(2, 1), deposit=1_500),
            "ended": self._accept(twin, start=_on(1, 10), markets="NORDICS+DE"),
            "settled": self._accept(twin, start=_on(1, 10), markets="DACH"),
            "everything": self._accept(
                wide,
                start=_on(2, 1),
                days=1_826,
                uses=words.use_slugs(),
                markets="world without KP and RU",
            ),
        }
        chain.clock.move_to(_on(2, 1, hour=12))
        notice = Notice("", licenses["ended"], self._nonce(twin), FOREVER)
        chain.licenses.give_notice(self._signed(notice), payer=hm)
        chain.clock.move_to(_on(2, 20, hour=12))
        chain.licenses.surrender(licenses["settled"], payer=hm)
        chain.royalties.pay_out(licenses["live"], payer=hm)
        retired, moving = self._mint(), self._mint()
        self._allow(retired, SHOP)
        retirement = Retirement("", retired, self._nonce(retired), FOREVER)
        chain.recovery.retire(self._signed(retirement), payer=hm)
        self._allow(moving, SHOP)
        # The seven days of a proposal, and thirty to complete it, are not over on the day.
        chain.clock.move_to(_on(3, 10, hour=12))
        move = Move("", moving, dev_wallet("agency").address, self._nonce(moving), FOREVER)
        accepted = chain.sign(move, signer=dev_wallet("agency"))
        chain.recovery.propose_move(self._signed(move), acceptance=accepted, payer=hm)
        twins = {
            "twin": twin,
            "twin-new": fresh,
            "twin-retired": retired,
            "twin-moving": moving,
        }
        return twins, licenses

    def picture(self, room: str, token: int) -> str:
        """Return the SVG of a token of DigitalTwin (`twins`) or of TwinLicense (`licenses`)."""
        contracts = Contracts(self.chain.web3, self.chain.deployment)
        return str(shown(contracts.ask(getattr(contracts, room), "tokenURI", token))["image"])

    def _signed(self, message: Message) -> Signed:
        return self.chain.sign(message, signer=self._model)

    def _nonce(self, twin: int) -> int:
        return self.chain.twins.get(twin).authority.nonce

    def _mint(self) -> int:
        salt = next(self._salts)
        consent = Consent("", self._model.address, salt, ZERO_ADDRESS, salt, FOREVER)
        return self.chain.twins.mint(self._signed(consent), payer=self._hm).id

    def _allow(self, twin: int, uses: Any) -> None:
        categories = words.categories("fashion+footwear+bags_and_accessories+sportswear+beauty")
        policy = Policy("", twin, words.uses(uses), categories, 6_000, 0, FOREVER)
        self.chain.twins.set_policy(self._signed(policy), payer=self._hm)

    def _accept(
        self,
        twin: int,
        *,
        start: datetime,
        days: int = 90,
        deposit: int = 4_500,
        uses: Any = SHOP,
        markets: str = "EU",
    ) -> int:
        scope = Scope(
            memo="",
            licensee=self._hm.address,
            epoch=0,
            valid_until=FOREVER,
            start=int(start.timestamp()),
            category=0,
            exclusive=False,
            uses=words.uses(uses),
            markets=words.markets(markets),
            notice=30 * DAY,
            agreement=ZERO_HASH,
            ref=next(self._salts),
        )
        pay = Pay(twin, self._dollar, 4_500 * DOLLAR, 500 * DOLLAR, days * DAY, 60)
        offer = self._signed(Terms(scope, pay, ()))
        payer, paid = self._hm, deposit * DOLLAR
        return self.chain.licenses.accept(offer, payer=payer, deposit=paid).id

    def _book(self, twin: int, *, start: datetime) -> int:
        card = RateCard(
            memo="",
            twin_id=twin,
            licensee=self._hm.address,
            epoch=0,
            serial=1,
            valid_until=FOREVER,
            category=0,
            currency=self._dollar,
            notice=30 * DAY,
            agreement=ZERO_HASH,
            floor=500 * DOLLAR,
            day_rate=20 * DOLLAR,
            image_rate=5 * DOLLAR,
            exclusive_factor=0,
            min_days=7,
            max_days=365,
            max_quota=100,
            lead_time=DAY,
            uses=tuple(UseRate(use, 10_000) for use in (0, 2, 6)),
            markets=(MarketRate(words.markets("NORDICS"), 10_000),),
            shares=(),
        )
        return self.chain.licenses.book(
            self._signed(card),
            payer=self._hm,
            start=start,
            days=30,
            uses=SHOP,
            markets="NORDICS",
            quota=20,
            ref=next(self._salts),
        ).id

    @property
    def _dollar(self) -> str:
        return self.chain.currency("TUSD").address


def main(argv: list[str] | None = None) -> int:
    """Write the pictures, or with `--check` compare them; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    checking = parser.parse_args(argv).check
    fresh = drawn()
    kept = {file.stem: file.read_text(encoding="utf-8") for file in CARDS.glob("*.svg")}
    if checking and fresh != kept:
        stale = sorted(n for n in fresh.keys() | kept if fresh.get(n) != kept.get(n))
        print(f"not what the contract draws: {', '.join(stale)}", file=sys.stderr)
        return 1
    if not checking:
        CARDS.mkdir(exist_ok=True)
        for name, svg in fresh.items():
            (CARDS / f"{name}.svg").write_text(svg, encoding="utf-8")
    return 0


@contextmanager
def _stage() -> Iterator[Stage]:
    with (
        tempfile.TemporaryDirectory() as folder,
        start_program("anvil", folder=folder, born=int(BORN.timestamp())) as node,
    ):
        yield Stage(TwinRights.deploy(connect(node.url), payer=dev_wallet(0)))


def _on(month: int, day: int, hour: int = 0) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=timezone.utc)


def _unpacked(uri: str, kind: str) -> str:
    head, _, body = uri.partition(",")
    if head != f"data:{kind};base64":
        raise ValueError(f"not a data URI of {kind}: {head}")
    return base64.b64decode(body, validate=True).decode()


if __name__ == "__main__":
    sys.exit(main())
