"""Does the deeds of tests/invariants, counts them, and fails if one never succeeded.

forge draws the deeds, and `afterInvariant` writes a line for each life, which is summed here: a
deed that never succeeded has proven nothing. Without a time there is one seed, the same every
time; with one there are new seeds on every processor until it is over.
"""

import argparse
import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

ROOT = Path(__file__).parents[1]
MADE = ROOT / "build" / "fuzz"
FIXED_SEED = "0x7477696e"

LIVES, DEEDS, LOOKED_EVERY = 64, 150, 5
"""Without a time: lives, deeds in each, and after how many of them every law is looked at."""

SEED_SECONDS = 300
"""After so long another seed begins."""


class Failed(Exception):
    """A law was broken, a deed did not do what it must, or forge could not run."""


def forge() -> str:
    """The binary itself: npm's wrapper of it exits with 0, whatever happens."""
    return str(next(ROOT.glob("node_modules/@foundry-rs/forge-*/bin/forge")).relative_to(ROOT))


def live(seed: str, seconds: int | None) -> tuple[int, list[list[int]]]:
    """How many deeds one seed drew, and for each life two counts of each: done, refused."""
    counts = MADE / f"{seed}.txt"
    counts.unlink(missing_ok=True)
    # forge lives a failure of before again first; here a seed means the same every time.
    shutil.rmtree(MADE / seed, ignore_errors=True)
    settings = {
        "TWINRIGHTS_DEEDS": str(counts.relative_to(ROOT)),
        "FOUNDRY_INVARIANT_RUNS": str(10**9 if seconds else LIVES),
        "FOUNDRY_INVARIANT_DEPTH": str(DEEDS),
        "FOUNDRY_INVARIANT_CHECK_INTERVAL": str(LOOKED_EVERY),
        "FOUNDRY_INVARIANT_FAILURE_PERSIST_DIR": str(MADE / seed),
    }
    if seconds:
        settings["FOUNDRY_INVARIANT_TIMEOUT"] = str(seconds)
    # Each law can be run by a name of its own, too; it would draw the same deeds again.
    which = "--match-test=invariant_everyLaw" if seconds else "--no-match-test=invariant_law"
    command = [forge(), "test", which, "--fuzz-seed", seed]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    calls = re.search(r"invariant_everyLaw\(\) \(runs: \d+, calls: (\d+)", done.stdout)
    if done.returncode or calls is None:
        again = [f"{name}={value}" for name, value in settings.items() if "DEEDS" not in name]
        raise Failed(f"{done.stdout}{done.stderr}\nAgain: {' '.join(again + command)}")
    # The last life is written twice, because forge lives it again for its report.
    lines = counts.read_text().splitlines()[:-1]
    counts.unlink()
    return int(calls[1]), [[int(count) for count in line.split()] for line in lines]


def live_until(end: float, stop: Event) -> tuple[int, int, list[list[int]]]:
    """How many new seeds were tried until a time, how many deeds they drew, and their counts."""
    seeds, drawn = 0, 0
    lives: list[list[int]] = []
    while not stop.is_set() and ((left := int(end - time.monotonic())) > 1 or not seeds):
        seed = hex(secrets.randbits(64))
        try:
            more, counts = live(seed, min(max(left, 2), SEED_SECONDS))
        except Failed:
            stop.set()
            raise
        print(f"seed {seed}: {more:,} deeds, every law held", flush=True)
        seeds, drawn, lives = seeds + 1, drawn + more, lives + counts
    return seeds, drawn, lives


def names_of_deeds() -> list[str]:
    """What is counted, in the order of the counts."""
    source = (ROOT / "tests/invariants/World.sol").read_text()
    body = re.search(r"enum Deed \{(.*?)\}", source, re.S)
    assert body is not None
    return [name.strip() for name in body[1].split(",")]


def main() -> int:
    """0 if every law held and every deed was done; prints how often."""
    parser = argparse.ArgumentParser(description="Deeds by chance, against the laws.")
    parser.add_argument("--seconds", type=float, help="new seeds for so long, on every processor")
    seconds = parser.parse_args().seconds
    MADE.mkdir(parents=True, exist_ok=True)
    subprocess.run([forge(), "build", "--quiet"], cwd=ROOT, check=True)

    try:
        if seconds:
            end, stop = time.monotonic() + seconds, Event()
            processors = os.cpu_count() or 1
            with ThreadPoolExecutor(processors) as pool:
                workers = [pool.submit(live_until, end, stop) for _ in range(processors)]
                parts = [worker.result() for worker in workers]
        else:
            parts = [(1, *live(FIXED_SEED, None))]
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1

    seeds, drawn = sum(part[0] for part in parts), sum(part[1] for part in parts)
    lives = [life for part in parts for life in part[2]]
    names, total = names_of_deeds(), [sum(column) for column in zip(*lives, strict=True)]
    print(f"{'deed':<17} {'done':>9} {'refused':>9}")
    for name, done, refused in zip(names, total[::2], total[1::2], strict=True):
        print(f"{name:<17} {done:>9,} {refused:>9,}")
    print(f"{drawn:,} deeds in {len(lives):,} lives of {seeds} seeds; every law held", flush=True)
    never = [name for name, done in zip(names, total[::2], strict=True) if not done]
    if never:
        print(f"never done, so nothing is known of it: {', '.join(never)}", file=sys.stderr)
    return 1 if never else 0


if __name__ == "__main__":
    sys.exit(main())
