"""Runs Halmos with one change: the key of a mapping is the value that it has.

Halmos 0.3.3 takes a key that is a hash apart, and so keeps what is stored under it in another array
than what is stored under a number that may be that hash. A license's id is the hash of its terms:
what `topUp` writes under one would never be what a proof reads under any id. `SolidityStorage`, of
the same Halmos, leaves keys whole, too.
"""

from __future__ import annotations

import sys
from typing import Any

from halmos.__main__ import main
from halmos.sevm import GenericStorage, f_sha3_512_name, normalize
from z3 import Concat, Extract, simplify

_decode = GenericStorage.decode


def decode(ex: Any, loc: Any) -> Any:
    """Return the place that a slot stands for: of a mapping's, its key beside its own place."""
    loc = normalize(loc)
    if loc.decl().name() != f_sha3_512_name:
        return _decode(ex, loc)
    key, base = (simplify(Extract(high, high - 255, loc.arg(0))) for high in (511, 255))
    return GenericStorage.simple_hash(Concat(key, GenericStorage.decode(ex, base)))


if __name__ == "__main__":
    GenericStorage.decode = decode
    sys.exit(main())
