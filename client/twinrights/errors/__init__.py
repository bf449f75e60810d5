"""Everything that this package raises.

    TwinRightsError
    ├── BadInput      1  what was given cannot be right (`inputs`)
    ├── Refused       3  a contract said no, one class per error of its ABI
    │   ├── of a twin or a signature          (`twins`)
    │   ├── of a grant: terms, policy, shares (`grants`)
    │   ├── of a booking from a rate card     (`cards`)
    │   ├── of a license: money, end, usage   (`deeds`)
    │   └── RevertedOtherwise                 no error of ours
    ├── NotReady      4  no node, another chain, other code (`readiness`)
    ├── NotFound      5  what was asked for is not there (`missing`)
    └── KeyTrouble    6  a key cannot be had or must not be used here (`keys`)

The number is the exit code of the command line; 2 is an audit that found a difference.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from twinrights.errors import cards, deeds, grants, inputs, keys, missing, readiness, twins
from twinrights.errors.base import (
    BadInput,
    KeyTrouble,
    NotFound,
    NotReady,
    Refused,
    TwinRightsError,
)
from twinrights.errors.cards import *  # noqa: F403
from twinrights.errors.deeds import *  # noqa: F403
from twinrights.errors.grants import *  # noqa: F403
from twinrights.errors.inputs import *  # noqa: F403
from twinrights.errors.keys import *  # noqa: F403
from twinrights.errors.missing import *  # noqa: F403
from twinrights.errors.readiness import *  # noqa: F403
from twinrights.errors.twins import *  # noqa: F403

__all__ = [
    "ON_CHAIN",
    "BadInput",
    "KeyTrouble",
    "NotFound",
    "NotReady",
    "Refused",
    "RevertedOtherwise",
    "TwinRightsError",
]
__all__ += cards.__all__
__all__ += deeds.__all__
__all__ += grants.__all__
__all__ += inputs.__all__
__all__ += keys.__all__
__all__ += missing.__all__
__all__ += readiness.__all__
__all__ += twins.__all__


class RevertedOtherwise(Refused):
    """A revert that is none of this package's errors: another contract's, or a panic."""

    reason: str
    data: bytes
    sentence = "The transaction was refused: {reason}."


def _classes(*modules: ModuleType) -> dict[str, type[Refused]]:
    return {name: getattr(module, name) for module in modules for name in module.__all__}


ON_CHAIN: Mapping[str, type[Refused]] = MappingProxyType(_classes(twins, grants, cards, deeds))
"""The exception of each error of the contracts' ABIs, by its name."""
