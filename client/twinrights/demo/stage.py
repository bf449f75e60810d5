"""What the scenes share: chain, cast and plan, and what has happened so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from twinrights.demo.begun import Begun
from twinrights.demo.cast import Cast
from twinrights.demo.deals import Deal, Fate, Plan, Shoot, fee_of
from twinrights.demo.given import Given, Model
from twinrights.demo.seed import Seed
from twinrights.demo.teller import Teller
from twinrights.errors import Refused
from twinrights.facade import TwinRights
from twinrights.money import Currency
from twinrights.payouts import PayOut
from twinrights.typed_data import Signed
from twinrights.wallets import Wallet

__all__ = ["DAY", "Ending", "Refusal", "Rescue", "Stage"]

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Refusal:
    """A deed that a contract refused: the error's name and its sentence."""

    deed: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a license that did not just run: figures as the chain gave them."""

    fate: str
    deal: Deal
    license_id: int
    words: str


@dataclass
class Rescue:
    """A twin that its guardian moves to the model's new phone."""

    model: Model
    phone: Wallet
    ready_at: int
    waited: int = 0
    """What was due to the owner meanwhile, paid when the twin had moved."""


@dataclass
class Stage:
    """One run of the demo."""

    chain: TwinRights
    given: Given
    plan: Plan
    cast: Cast
    seed: Seed
    currency: Currency
    teller: Teller
    opening: int
    """The second in which the demo began, in the chain's time."""
    begun: Begun | None = None
    """The file by which the demo goes on if it is interrupted."""
    manifests: Path | None = None
    """The folder that keeps the lists of images, if the chain is to be kept."""
    twins: dict[str, int] = field(default_factory=dict)
    cards: dict[str, Signed] = field(default_factory=dict)
    licenses: dict[tuple[str, str, bool], int] = field(default_factory=dict)
    recorded: list[Shoot] = field(default_factory=list)
    settled: set[int] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    rescue: Rescue | None = None

    @property
    def chain_name(self) -> str:
        """What runs the chain: py-evm, ganache, anvil, or what the node calls itself."""
        client = self.chain.web3.client_version.partition("/")[0].lower()
        return {"ethereumtester": "py-evm"}.get(client, client)

    @property
    def can_wait(self) -> bool:
        """Whether this chain's clock can be moved."""
        return self.chain.clock.is_movable

    @property
    def season(self) -> int:
        """The midnight (UTC) at which every booking starts: no model asks for more lead time."""
        lead_days = -(-max(model.lead_hours for model in self.given.models) // 24)
        return (self.opening // DAY + lead_days + 2) * DAY

    def wait_until(self, time: int, what: str) -> None:
        """Let time pass."""
        self.chain.clock.move_to(time)
        self.teller.say(what)

    def deals(self) -> Iterable[Deal]:
        """Yield the deals of the brands that take part."""
        return (deal for deal in self.plan.deals if deal.brand.slug in self.cast.brands)

    def shoots(self) -> Iterable[Shoot]:
        """Yield what the brands that take part record."""
        return (one for one in self.plan.shoots if one.deals[0].brand.slug in self.cast.brands)

    def license_of(self, deal: Deal) -> int:
        """Return the id of the license that a deal became."""
        return self.licenses[deal.key]

    def first(self, wanted: Callable[[Deal], bool]) -> Deal | None:
        """Return the first deal that is wanted; None if there is none."""
        return next(filter(wanted, self.deals()), None)

    def fee(self, deal: Deal) -> int:
        """Return what a deal costs, in the smallest unit."""
        return 0 if self.plan.is_free else fee_of(deal)

    def deal_of(self, fate: Fate) -> Deal | None:
        """Return the deal of a fate that became a license; None if there is none."""
        deal = self.plan.of(fate)
        return deal if deal is not None and deal.key in self.licenses else None

    def date(self, time: int) -> str:
        """Return the day (UTC) of a second as people say it."""
        day = datetime.fromtimestamp(time, timezone.utc)
        return f"{day.day} {day:%b %Y}"

    def money(self, units: int) -> str:
        """Return an amount as people write it."""
        return self.currency.words(units)

    def refused(self, error: type[Refused], deed: str, act: Callable[[], object]) -> None:
        """Try what a contract must refuse with that very error, and keep what it said.

        Raises:
            RuntimeError: it was not refused, or the client refused it without asking the chain.
        """
        try:
            act()
        except error as refusal:
            if refusal.__cause__ is None:
                raise RuntimeError(f"no contract was asked: {deed}") from refusal
            self.refusals.append(Refusal(deed, error.__name__, str(refusal)))
            self.teller.say(f"refused, {error.__name__}: {deed}")
        else:
            raise RuntimeError(f"the contract did not refuse: {deed}")

    def ended(self, deal: Deal, words: str) -> None:
        """Keep what became of a license."""
        self.endings.append(Ending(deal.fate.value, deal, self.license_of(deal), words))
        self.teller.say(f"{deal.fate.value}: {deal.model.name} for {deal.brand.name}, {words}")

    def settle(self, paid: PayOut) -> None:
        """Remember that a license has been settled, if it was."""
        if paid.is_settled:
            self.settled.add(paid.license_id)
