"""The file of a demo that was begun on a node and has not ended, so that it can go on."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eth_utils.crypto import keccak
from web3 import Web3

from twinrights.demo.given import Given
from twinrights.errors import BadFile, BadValue
from twinrights.media.images import sha256_of

__all__ = ["FILE", "Begun", "Place", "input_of"]

FILE = Path("twinrights-demo.unfinished.json")
"""Where it is kept, in the folder in which the demo runs."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chain is kept: its node, the folder beside it, the process if it was started here."""

    rpc: str
    folder: str
    process: int | None


@dataclass(slots=True)
class Begun:
    """What a second telling of the story must know of the first.

    `seed` is what all its keys and salts come from, `block` and `hash` are the chain's head before
    it, `sent` its transactions in order. `snapshot` is what must be put back before it goes on.
    """

    path: Path
    seed: str
    input: str
    block: int = 0
    hash: str = ""
    place: Place | None = None
    sent: list[str] = field(default_factory=list)
    snapshot: Any = None

    @classmethod
    def on(cls, web3: Web3, path: Path, given: Given, place: Place | None) -> Begun:
        """Return what was begun on this chain; else what will be, once it begins.

        Raises:
            BadFile: the file is no such file.
            BadValue: it was begun there with other input.
        """
        begun = cls.load(path)
        if begun is not None and begun._is_of(web3):
            begun._check_input(given)
            return begun
        return cls(path, secrets.token_bytes(32).hex(), input_of(given), place=place)

    @classmethod
    def load(cls, path: Path) -> Begun | None:
        """Return what a file tells; None where there is none.

        Raises:
            BadFile: it is no such file.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            place = data.pop("place")
            return cls(path=path, place=Place(**place) if place else None, **data)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadFile(str(path), "it is no demo that was begun: remove it") from error

    def save(self) -> None:
        """Write it down, whole or not at all."""
        data = asdict(self)
        del data["path"]
        written = self.path.with_name(f"{self.path.name}.new")
        written.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        os.replace(written, self.path)

    def begin(self, web3: Web3) -> None:
        """Begin at the chain's head, and write it down."""
        head = web3.eth.get_block("latest")
        self.block, self.hash = head["number"], Web3.to_hex(head["hash"])
        self.save()

    def end(self) -> None:
        """Take the file away: the story has been told to its end."""
        self.path.unlink(missing_ok=True)

    def _is_of(self, web3: Web3) -> bool:
        """Return whether it was begun on this chain, which has gone on from there."""
        if not self.hash or web3.eth.block_number < self.block:
            return False
        return Web3.to_hex(web3.eth.get_block(self.block)["hash"]) == self.hash

    def _check_input(self, given: Given) -> None:
        """Do nothing if it was begun with this input; raises BadValue."""
        if self.input != input_of(given):
            problem = f"the demo of {self.path} was begun with other tables or pictures"
            raise BadValue("input", f"{problem}: give those, or remove that file to begin anew")


def input_of(given: Given) -> str:
    """Return a hash of all that the demo is given, the pictures' bytes included."""
    pictures = [sha256_of(picture.path).sha256.hex() for picture in given.pictures]
    return keccak(text=repr((given, pictures))).hex()
