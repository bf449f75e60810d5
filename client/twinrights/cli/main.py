"""The entry: runs a command line and turns whatever goes wrong into one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from twinrights.errors import TwinRightsError

__all__ = ["main"]

BAD_USAGE = 1
NO_NODE = 4
NODE_MODULES = {"requests", "urllib3", "web3"}
"""Whose exceptions mean that a node was lost on the way, or answered what no node should."""

BUG = 70
"""EX_SOFTWARE of BSD's sysexits.h: the program is wrong, not what it was given."""

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; `arguments` are the process's unless given.

    `TWINRIGHTS_DEBUG=1` lets errors through with their trace.
    """
    from twinrights.cli.app import command_tree

    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        outcome = command_tree()(args=given, prog_name="twinrights", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # who read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if os.environ.get("TWINRIGHTS_DEBUG") == "1":
            raise
        sentence, code = _told(problem)
        sys.stderr.write(f"twinrights: {sentence}\n")
        return code


def _told(problem: Exception) -> tuple[str, int]:
    """Return what to say of a problem, on one line, and the exit code."""
    if isinstance(problem, TwinRightsError):
        return _one_line(str(problem)), problem.exit_code
    if message := getattr(problem, "format_message", None):  # bad usage, as the parser says it
        context = getattr(problem, "ctx", None)
        path = context.command_path if context else "twinrights"
        return f"{_one_line(message()).rstrip('.')}. Try `{path} --help`.", BAD_USAGE
    if type(problem).__module__.partition(".")[0] in NODE_MODULES:
        return f"the node does not answer as it should: {_one_line(str(problem))}", NO_NODE
    if isinstance(problem, OSError) and problem.strerror:
        where = f"{problem.filename}: " if problem.filename else ""
        return _one_line(f"{where}{problem.strerror}."), BAD_USAGE
    if type(problem).__name__ == "Abort":
        return "stopped: no answer was given.", BAD_USAGE
    what = _one_line(f"{type(problem).__name__}: {problem}")
    return f"this is a bug: {what} (TWINRIGHTS_DEBUG=1 shows where).", BUG


def _one_line(text: str) -> str:
    return " ".join(text.split())
