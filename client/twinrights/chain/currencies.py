"""The currencies of a chain, by our own list: a token's word for its symbol counts nothing."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from twinrights.chain.deployment import Deployment
from twinrights.errors import UnknownCurrency
from twinrights.money import Currency

__all__ = ["currencies", "currency", "in_words"]


def currencies(deployment: Deployment) -> tuple[Currency, ...]:
    """Return the deployment's own currencies, then those on the list of its chain."""
    return deployment.currencies + _listed().get(deployment.chain_id, ())


def currency(deployment: Deployment, name: str) -> Currency:
    """Return the currency of that symbol or address.

    Raises:
        UnknownCurrency: neither the deployment nor the list of its chain has it.
    """
    wanted = name.strip().lower()
    for known in currencies(deployment):
        if wanted in (known.symbol.lower(), known.address.lower()):
            return known
    raise UnknownCurrency(name, deployment.chain_id)


def in_words(deployment: Deployment, address: str, *amounts: int) -> tuple[str, ...]:
    """Return amounts as people write them, then the symbol; units of an unknown currency."""
    try:
        known = currency(deployment, address)
    except UnknownCurrency:
        return (*(f"{amount:,}" for amount in amounts), f"units of {address}")
    return (*(known.format(amount) for amount in amounts), known.symbol)


@cache
def _listed() -> dict[int, tuple[Currency, ...]]:
    data = json.loads(files(__package__).joinpath("currencies.json").read_text(encoding="utf-8"))
    return {
        int(chain_id): tuple(Currency(**entry) for entry in entries)
        for chain_id, entries in data.items()
    }
