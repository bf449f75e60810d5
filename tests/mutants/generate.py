"""Prints every mutant that universalmutator makes of the named files, as JSON, a mutant a line.

Runs in the environment of the tool, which the tests do not need.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

from universalmutator.mutator import mutants_regexp

RULES = ["universal.rules", "solidity.rules", "c_like.rules"]
"""What the tool's own command takes for Solidity."""


def main(files):
    for file in files:
        source = Path(file).read_text(encoding="utf-8").splitlines(keepends=True)
        with contextlib.redirect_stdout(io.StringIO()):  # it tells of itself
            found = mutants_regexp(source, RULES, ignorePatterns=[], ignoreStringOnly=True)
        for line, mutated, *_ in found:
            print(json.dumps([file, line, source[line - 1], mutated]))


if __name__ == "__main__":
    main(sys.argv[1:])
