"""The journal of a campaign that is being bought: what was decided, before anything is sent.

A license's id is the digest of its terms, so it is known before: what stands here and is on the
chain was bought, whatever happened to whoever bought it. The file keeps the salts of the references
and is private.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from eth_utils.crypto import keccak

from twinrights.campaign.plan import Line
from twinrights.campaign.wish import Wish
from twinrights.chain.deployment import Deployment
from twinrights.errors import BadFile, BadRow, BadValue

__all__ = ["Journal"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one wish: its start and reference, then its paper and license."""

    text: str
    twin_id: str
    row: int
    start: int
    reference: str
    salt: str
    paper: str | None = None
    license_id: str | None = None

    @property
    def ref(self) -> bytes:
        """The reference as it stands in the terms: salted, so that nobody can guess it."""
        return keccak(bytes.fromhex(self.salt) + self.reference.encode())


@dataclass(frozen=True, slots=True)
class Journal:
    """The decisions on a sheet, wish by wish, for one licensee on one deployment."""

    path: Path
    chain_id: int
    contract: str
    licensee: str
    decisions: tuple[Decision, ...]

    @classmethod
    def beside(cls, sheet: Path) -> Path:
        """Return where the journal of a sheet is kept."""
        return sheet.with_name(f"{sheet.name}.bought.json")

    @classmethod
    def begin(
        cls, sheet: Path, wishes: Sequence[Wish], deployment: Deployment, licensee: str
    ) -> Journal:
        """Return a journal with a fresh salt for each wish; nothing is written yet."""
        decisions = tuple(
            Decision(
                text=wish.text,
                twin_id=f"0x{wish.twin_id:064x}",
                row=wish.row,
                start=wish.start,
                reference=wish.reference,
                salt=secrets.token_hex(32),
            )
            for wish in wishes
        )
        return cls(cls.beside(sheet), deployment.chain_id, deployment.licenses, licensee, decisions)

    @classmethod
    def of(
        cls, sheet: Path, wishes: Sequence[Wish], deployment: Deployment, licensee: str
    ) -> Journal | None:
        """Return the journal of a sheet that was begun; None if it was not.

        Raises:
            BadFile: it is no journal.
            BadValue: it is of another licensee or deployment.
            BadRow: the sheet has been changed since.
        """
        path = cls.beside(sheet)
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data.pop("campaign") != FORMAT:
                raise ValueError("campaign")
            decisions = tuple(Decision(**one) for one in data.pop("decisions"))
            journal = cls(path=path, decisions=decisions, **data)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadFile(str(path), "it is no journal of a campaign") from error
        own = (deployment.chain_id, deployment.licenses, licensee)
        if (journal.chain_id, journal.contract, journal.licensee) != own:
            raise BadValue(
                str(path), "it is of another licensee or chain: buy from a copy of the sheet"
            )
        journal._check(sheet, wishes)
        return journal

    def _check(self, sheet: Path, wishes: Sequence[Wish]) -> None:
        found = [(wish.text, wish.twin_id) for wish in wishes]
        known = [(one.text, int(one.twin_id, 16)) for one in self.decisions]
        if found == known:
            return
        same = sum(1 for _ in _same(found, known))
        row = wishes[same].row if same < len(wishes) else self.decisions[same].row
        raise BadRow(
            str(sheet),
            row,
            f"it was changed since its buying began ({self.path.name}): "
            "put it back, and buy what is new from another sheet",
        )

    def pinned(self, wishes: Sequence[Wish]) -> tuple[Wish, ...]:
        """Return the wishes with the start and the reference that were decided."""
        return tuple(
            replace(wish, start=one.start, ref=one.ref)
            for wish, one in zip(wishes, self.decisions, strict=True)
        )

    @property
    def decided(self) -> dict[int, tuple[int, bytes]]:
        """Which license was to be bought, and by which paper, by the place of the wish."""
        return {
            place: (int(one.license_id, 16), bytes.fromhex(one.paper))
            for place, one in enumerate(self.decisions)
            if one.license_id and one.paper
        }

    def with_lines(self, lines: Sequence[Line]) -> Journal:
        """Return it with what is decided now; what was decided before stays."""
        decisions = []
        for one, line in zip(self.decisions, lines, strict=True):
            if one.license_id is None and line.is_open and line.paper and line.license_id:
                paper, license_id = line.paper.digest.hex(), f"0x{line.license_id:064x}"
                one = replace(one, paper=paper, license_id=license_id)
            decisions.append(one)
        return replace(self, decisions=tuple(decisions))

    def save(self) -> None:
        """Write it down, whole or not at all."""
        data = {
            "campaign": FORMAT,
            "chain_id": self.chain_id,
            "contract": self.contract,
            "licensee": self.licensee,
            "decisions": [asdict(one) for one in self.decisions],
        }
        written = self.path.with_name(f"{self.path.name}.new")
        handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(written, self.path)


def _same(found: Sequence[object], known: Sequence[object]) -> list[object]:
    """Return what two lists begin with alike."""
    alike = []
    for one, other in zip(found, known, strict=False):
        if one != other:
            break
        alike.append(one)
    return alike
