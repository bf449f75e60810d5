"""What answers about wallets and images say beside: who vouches, and what is flagged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from twinrights.cli import look, show, told
from twinrights.cli.answer import Answer, as_people_read
from twinrights.cli.session import Session

if TYPE_CHECKING:
    from web3.types import BlockIdentifier

    from twinrights.terms import License
    from twinrights.trust import Flagged, Vouch

__all__ = ["answer", "beside", "flags_of", "rows", "vouched"]

Words = dict[str, str]


def answer(
    session: Session,
    value: show.Value,
    *wallets: str,
    block: int | None = None,
    exit_code: int = 0,
) -> Answer:
    """Answer with a value and with who vouches for the wallets in its fields of these names."""
    whole, words = beside(session, value, *wallets, block=look.as_of(session, block))
    return Answer(whole, as_people_read(whole | words), exit_code)


def beside(
    session: Session, value: show.Value, *wallets: str, block: BlockIdentifier = "latest"
) -> tuple[show.Value, Words]:
    """Return a value in which each of these wallets is followed by who vouches for it, and words.

    The first wallet's are called `vouched_by`, those of others `<name>_vouched_by`. The words are
    what people read in place of these lists.
    """
    said = session.chain.trust.vouched_by([value[name] for name in wallets], block=block)
    whole: show.Value = {}
    words: Words = {}
    for name, field in value.items():
        whole[name] = field
        if name in wallets:
            key = "vouched_by" if name == wallets[0] else f"{name}_vouched_by"
            whole[key], words[key] = vouched(said[field])
    return whole, words


def vouched(vouches: Sequence[Vouch]) -> tuple[list[show.Value], str]:
    """Return vouches for machines, and for people."""
    from twinrights.trust import vouched_words

    return [told.vouch_value(vouch) for vouch in vouches], vouched_words(vouches)


def rows(
    session: Session, values: Iterable[show.Value], wallet: str, *, block: int | None = None
) -> list[show.Value]:
    """Return rows with who vouches for the wallet of each, all read at once."""
    listed = list(values)
    as_of = look.as_of(session, block)
    said: Mapping[str, Sequence[Vouch]] = session.chain.trust.vouched_by(
        [row[wallet] for row in listed], block=as_of
    )
    return [{**row, "vouched_by": vouched(said[row[wallet]])[0]} for row in listed]


def flags_of(session: Session, license: License, *, block: int | None = None) -> list[show.Value]:
    """Return the images that the twin's owner doubts under a license."""
    found: Sequence[Flagged] = session.chain.trust.flags(license, block=look.as_of(session, block))
    return [told.flag_value(each) for each in found]
