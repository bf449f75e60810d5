"""Writes the frozen words into Solidity, from the lists that the client reads.

`python scripts/write_words.py` writes contracts/metadata/Words.sol, `--check` only compares.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from twinrights import words
from twinrights.words.vocabulary import Vocabulary

__all__ = ["WORDS", "main", "solidity"]

ROOT = Path(__file__).resolve().parent.parent
WORDS = ROOT / "contracts" / "metadata" / "Words.sol"
BETWEEN = "|"
PLAIN = re.compile(r"[A-Za-z0-9 '.-]*")
WIDTH = 88

HEAD = """\
// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

// Written by scripts/write_words.py from client/twinrights/words/*.csv: change those, not this.
"""


def solidity() -> str:
    """Return the source of Words.sol."""
    groups = words.market_group_list()
    masks = words.market_groups()
    return "\n".join(
        (
            HEAD,
            "/// @dev Names of the uses, in the order of their bits.",
            _constant("string", "USES", _listed(_by_bit(words.use_list()))),
            "/// @dev Names of the categories, in the order of their numbers; a free one is empty.",
            _constant("string", "CATEGORIES", _listed(_by_bit(words.category_list()))),
            "/// @dev Codes of the markets, two letters each, in the order of their bits.",
            _constant("string", "MARKETS", _quoted(words.market_codes())),
            "/// @dev Names of the market groups.",
            _constant("string", "GROUPS", _listed(group.english for group in groups)),
            "/// @dev The markets of each group, a word of 256 bits each, in the order of GROUPS.",
            _constant("bytes", "GROUP_MASKS", [f'hex"{masks[g.slug]:064x}"' for g in groups]),
        )
    )


def main(argv: list[str] | None = None) -> int:
    """Write the file, or with `--check` compare it; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    if not parser.parse_args(argv).check:
        WORDS.write_text(solidity(), encoding="utf-8")
    elif not WORDS.is_file() or WORDS.read_text(encoding="utf-8") != solidity():
        print(f"{WORDS.name} is stale: run scripts/write_words.py", file=sys.stderr)
        return 1
    return 0


def _by_bit(vocabulary: Vocabulary) -> list[str]:
    """Return the English names of a list by their numbers, "" for a number without a word."""
    known = vocabulary.by_number
    return [known[n].english if n in known else "" for n in range(max(known) + 1)]


def _listed(names: Iterable[str]) -> list[str]:
    """Return names as literals, the separator between each two."""
    first, *rest = names
    if held := [name for name in (first, *rest) if not PLAIN.fullmatch(name)]:
        raise ValueError(f"a list of Solidity cannot hold {held}")
    return _quoted((first, *(BETWEEN + name for name in rest)))


def _quoted(pieces: Iterable[str]) -> list[str]:
    """Return one text as literals of one line each, broken between pieces only."""
    lines = [""]
    for piece in pieces:
        if len(lines[-1] + piece) > WIDTH:
            lines.append("")
        lines[-1] += piece
    return [f'"{line}"' for line in lines]


def _constant(kind: str, name: str, literals: list[str]) -> str:
    body = "\n    ".join(literals)
    return f"{kind} constant {name} = {body};\n"


if __name__ == "__main__":
    sys.exit(main())
