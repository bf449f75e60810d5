"""What every answer about wallets and images says beside: who vouches, and what is flagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType

from twinrights.cli import look, show, told
from twinrights.cli.answer import Answer, as_people_read
from twinrights.cli.session import Session

if TYPE_CHECKING:
    from twinrights.trust import Flagged, Vouch

__all__ = ["answer", "rows", "worded"]

Vouches = Mapping[str, Sequence["Vouch"]]


def answer(
    session: Session,
    value: show.Value,
    *wallets: str,
    flags: Sequence[Flagged] | None = None,
    block: int | None = None,
) -> Answer:
    """Answer with a value, and with who vouches for the wallets in its fields of these names.

    The first is followed by `vouched_by`, others by `<name>_vouched_by`.
    """
    as_of = look.as_of(session, block)
    said = session.chain.trust.vouched_by([value[name] for name in wallets], block=as_of)
    vouches = {_field(name, wallets): said[value[name]] for name in wallets}
    told_too: show.Value = {}
    for name, field in value.items():
        told_too[name] = field
        if name in wallets:
            key = _field(name, wallets)
            told_too[key] = [told.vouch_value(vouch) for vouch in vouches[key]]
    if flags is not None:
        told_too["flagged"] = [told.flag_value(each) for each in flags]
    return Answer(told_too, worded(told_too, vouches))


def rows(
    session: Session, values: Iterable[show.Value], wallet: str, *, block: int | None = None
) -> list[show.Value]:
    """Return rows with who vouches for the wallet of each, all read at once."""
    listed = list(values)
    as_of = look.as_of(session, block)
    said = session.chain.trust.vouched_by([row[wallet] for row in listed], block=as_of)
    return [
        {**row, "vouched_by": [told.vouch_value(vouch) for vouch in said[row[wallet]]]}
        for row in listed
    ]


def worded(value: show.Value, vouches: Vouches) -> RenderableType:
    """Return a value as people read it, with the words for who vouches in place of lists."""
    from twinrights.trust import vouched_words

    words = {name: vouched_words(said) for name, said in vouches.items()}
    return as_people_read(value | words)


def _field(name: str, wallets: Sequence[str]) -> str:
    return "vouched_by" if name == wallets[0] else f"{name}_vouched_by"
