"""A page whose commands can be followed: its shell blocks in order, each with what it prints."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Step", "follow", "printed_anew", "steps"]

BLOCK = re.compile(
    r"^```sh\n(?P<shown>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?"
    r"|^<!-- meanwhile: [^\n]*\n(?P<hidden>.*?)^-->\n",
    re.MULTILINE | re.DOTALL,
)
HANGS = 600
"""Seconds after which a page has hung: a busy machine may be slow."""
MARK = "==== end of a step ===="


@dataclass(frozen=True)
class Step:
    """Commands, and what stands below them. Those that happen meanwhile are not shown."""

    commands: str
    printed: str


def steps(page: str) -> list[Step]:
    """The steps of a page, in its order."""
    return [
        Step(
            found["hidden"] if found["hidden"] is not None else found["shown"],
            found["printed"] or "",
        )
        for found in BLOCK.finditer(page)
    ]


def follow(steps: list[Step], *, given: Mapping[str, str], folder: Path, path: str) -> list[str]:
    """Run all steps in one shell with nothing but a PATH; return what each printed.

    `given` replaces what the reader puts in: the value of a variable that the page sets.
    """
    script = "\n".join(f"{step.commands}\necho '{MARK}'" for step in steps)
    for name, value in given.items():
        script, times = re.subn(
            rf"^((?:export )?{name}=)[^\n]*", rf"\g<1>{value}", script, flags=re.M
        )
        assert times == 1, f"the page sets {name} {times} times"
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": path, "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-2000:] + run.stderr
    return run.stdout.split(f"{MARK}\n")[:-1]


def printed_anew(page: str, printed: list[str]) -> str:
    """The page with what its steps print now."""
    prints = iter(printed)

    def rewritten(found: re.Match[str]) -> str:
        output = next(prints)
        if found["hidden"] is not None:
            return found[0]
        below = f"\n```text\n{output}```\n" if output else ""
        return f"```sh\n{found['shown']}```\n{below}"

    return BLOCK.sub(rewritten, page)
