"""The entry: what becomes of a bug, a lost pipe, an interrupt, and a wish for the whole trace."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.world import World, say
from twinrights.cli import look
from twinrights.errors import FileMissing

COMMAND = f"{sys.executable} -m twinrights"


def stumble(*_: object, **__: object) -> None:
    raise ValueError("two\nlines")


def test_a_bug_is_one_line_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "twin_of", stumble)
    said = say("twin show 1")
    line = "twinrights: this is a bug: ValueError: two lines (TWINRIGHTS_DEBUG=1 shows where).\n"
    assert (said.code, said.out, said.err) == (70, "", line)


def test_who_wants_the_trace_gets_it(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TWINRIGHTS_DEBUG", "1")
    with pytest.raises(FileMissing):
        say("twin list --deployment nothing.json")


def test_a_reader_that_has_seen_enough_is_no_error(nowhere: Path) -> None:
    line = f"{COMMAND} license --help | true"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_leaves_no_trace(nowhere: Path) -> None:
    with subprocess.Popen([*COMMAND.split(), "demo", "--json"], stderr=subprocess.PIPE) as run:
        assert run.stderr is not None
        run.stderr.readline()  # the demo is under way
        time.sleep(0.5)
        run.send_signal(signal.SIGINT)
        _, err = run.communicate(timeout=30)
    assert run.returncode == 130
    assert b"Traceback" not in err


def test_the_version_is_said(nowhere: Path) -> None:
    assert say("--version").out.startswith("twinrights ")
