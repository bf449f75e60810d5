"""`twinrights node`, as a person starts it: what it says to do next can be done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from twinrights.chain.node import start_node

COMMAND = [sys.executable, "-m", "twinrights"]
SECONDS = 90


@contextmanager
def node(*options: str, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what a started node says, then stop it as Ctrl-C does."""
    line = [*COMMAND, "node", *options, "--folder", str(folder), "--json"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            yield json.loads(said_by(run))
        finally:
            run.send_signal(signal.SIGINT)
            _, err = run.communicate(timeout=SECONDS)
    assert (run.returncode, err) == (0, "")


def said_by(run: subprocess.Popen[str]) -> str:
    """Return the first JSON object that a process prints while it goes on."""
    assert run.stdout is not None
    lines = []
    for line in run.stdout:
        lines.append(line)
        if line == "}\n":
            break
    return "".join(lines)


def shell(commands: list[str], *, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run commands one after the other in one shell, which ends at the first that fails."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = "\n".join(["set -e", *commands])
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_what_it_says_to_do_next_works(tmp_path: Path) -> None:
    with node(folder=tmp_path / "chain") as told:
        done = shell(told["next"], folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Nothing differs; the money agrees to the last unit." in done.stdout
    assert " 333.33" in done.stdout


def test_the_same_folder_goes_on_with_the_same_chain(tmp_path: Path) -> None:
    with node("--anvil", folder=tmp_path / "chain") as told:
        minted = next(n for n, line in enumerate(told["next"]) if " twin mint " in line)
        assert shell(told["next"][: minted + 1], folder=tmp_path).returncode == 0
    with node("--anvil", folder=tmp_path / "chain") as again:
        exports = [line for line in again["next"] if line.startswith("export ")]
        listed = shell([*exports, "twinrights twin list --json"], folder=tmp_path)
        assert again["chain_id"] == told["chain_id"]
        assert len(json.loads(listed.stdout)) == 1


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with start_node("anvil", folder=tmp_path / "one") as first:
        port = first.url.rpartition(":")[2]
        line = [*COMMAND, "node", "--anvil", "--port", port, "--folder", str(tmp_path / "two")]
        second = subprocess.run(line, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (second.returncode, second.stdout) == (4, "")
    expected = f"twinrights: Port {port} is taken by another program: name a free one.\n"
    assert second.stderr == expected
