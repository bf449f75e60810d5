"""Own, license and audit AI digital twins of fashion models, paid by the second.

    from twinrights import TwinRights, Wallet

    chain = TwinRights.embedded()                     # or connect(rpc_url, deployment=file)
    twin = chain.twins.mint(consent, payer=anyone)    # anyone may send what the model signed
    offer = chain.sign(terms, signer=model)
    license = chain.licenses.accept(offer, payer=hm)

What is signed is in `twinrights.terms`, what is refused in `twinrights.errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from twinrights.facade import TwinRights as TwinRights
    from twinrights.terms import Terms as Terms
    from twinrights.wallets import Wallet as Wallet

__all__ = ["Terms", "TwinRights", "Wallet"]

_HOMES = {"Terms": "terms", "TwinRights": "facade", "Wallet": "wallets"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for: web3 takes a second, `--help` should not."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
