"""The wallets of the demo: models with fresh keys and no coin, crews to be paid, brands to buy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from twinrights.demo.given import Brand, Given, Model
from twinrights.demo.seed import Seed
from twinrights.errors import BadValue
from twinrights.terms import Share
from twinrights.wallets import Wallet, dev_wallet
from twinrights.words import role

__all__ = ["Cast", "alone", "local"]

FUNDED = 10
"""So many development accounts have coin on any local node."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who signs, who buys, who reports and who is paid. Models and payees never need coin."""

    relayer: Wallet
    """Sends what models have signed and pays the gas for it."""
    models: Mapping[str, Wallet]
    guardians: Mapping[str, Wallet]
    """Who helps each model after a loss: a key on paper, say."""
    brands: Mapping[str, Wallet]
    """The licensees by the slugs of their brands; a brand that is not here takes no part."""
    reporters: Mapping[str, Wallet]
    """Who records usage, by the slug of the brand."""
    payees: Mapping[tuple[str, str], str]
    """Addresses by slug and role: an agency has one for its commission, one for its fee."""

    def shares(self, model: Model) -> tuple[Share, ...]:
        """Return the shares of a model's fees, in the order of her row."""
        return tuple(
            Share(self.payees[model.payee(name), name], bps, role(name))
            for name, bps in model.shares.items()
        )

    def names(self, given: Given) -> dict[str, str]:
        """Return what the accounts are called for people, by their addresses."""
        names = {self.brands[one.slug].address: one.name for one in self.playing(given)}
        names |= {self.models[model.slug].address: model.name for model in given.models}
        return names | {
            address: given.crews[slug].name for (slug, _), address in self.payees.items()
        }

    def playing(self, given: Given) -> tuple[Brand, ...]:
        """Return the brands that take part."""
        return tuple(brand for brand in given.brands if brand.slug in self.brands)


def local(given: Given, seed: Seed) -> Cast:
    """Return a cast for a local chain: brands and their reporters are development accounts.

    Raises:
        BadValue: there are more brands and reporters than funded accounts.
    """
    reporting = list(dict.fromkeys(brand.reporter for brand in given.brands))
    if len(given.brands) + len(reporting) >= FUNDED:
        raise BadValue("brands", f"with their reporters they may be {FUNDED - 1} at most")
    reporters = {slug: dev_wallet(FUNDED - 1 - place) for place, slug in enumerate(reporting)}
    return Cast(
        relayer=dev_wallet(0),
        models=models_of(given, seed),
        guardians=guardians_of(given, seed),
        brands={brand.slug: dev_wallet(1 + place) for place, brand in enumerate(given.brands)},
        reporters={brand.slug: reporters[brand.reporter] for brand in given.brands},
        payees=payees_of(given, seed),
    )


def alone(given: Given, seed: Seed, wallet: Wallet) -> Cast:
    """Return a cast for a chain where one wallet has coin: it relays, and plays the first brand."""
    first = given.brands[0].slug
    return Cast(
        relayer=wallet,
        models=models_of(given, seed),
        guardians=guardians_of(given, seed),
        brands={first: wallet},
        reporters={first: wallet},
        payees=payees_of(given, seed),
    )


def models_of(given: Given, seed: Seed) -> dict[str, Wallet]:
    return {model.slug: seed.wallet("model", model.slug) for model in given.models}


def guardians_of(given: Given, seed: Seed) -> dict[str, Wallet]:
    return {model.slug: seed.wallet("guardian", model.slug) for model in given.models}


def payees_of(given: Given, seed: Seed) -> dict[tuple[str, str], str]:
    """Return a fresh wallet's address for everybody who is paid, in each role of an agency."""
    wanted = [(model.payee(name), name) for model in given.models for name in model.shares]
    return {key: seed.wallet("payee", *key).address for key in dict.fromkeys(wanted)}
