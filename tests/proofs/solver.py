"""Answers one SMT query of Halmos by whichever of three solvers is first.

yices and bitwuzla decide bits, and find the values that break a mutant. cvc5 reads bits as integers
(`solve-bv-as-int`), and so proves products and quotients at full width, where bits alone never end.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

SECONDS = float(os.environ.get("PROOF_SECONDS", "60"))

PR_SET_PDEATHSIG = 1
"""Of Linux's <sys/prctl.h>: which signal this process gets when its parent has died."""

YICES = ["yices-smt2", "--smt2-model-format", "--bvconst-in-decimal"]

DECLARED = "(declare-fun f_evm_bvmul_256 ((_ BitVec 256) (_ BitVec 256)) (_ BitVec 256))"
COMMUTES = """(declare-fun f_evm_bvmul_sorted ((_ BitVec 256) (_ BitVec 256)) (_ BitVec 256))
(define-fun f_evm_bvmul_256 ((x (_ BitVec 256)) (y (_ BitVec 256))) (_ BitVec 256)
  (ite (bvule x y) (f_evm_bvmul_sorted x y) (f_evm_bvmul_sorted y x)))"""
"""Halmos first takes a product for any function of its factors. That their order does not matter is
true as well, and often enough."""


def main(given: str) -> int:
    """Print the first answer that is one, else `unknown`; return 0."""
    query = given + ".sorted"
    text = Path(given).read_text(encoding="utf-8")
    Path(query).write_text(text.replace(DECLARED, COMMUTES), encoding="utf-8")
    itself = [sys.executable, __file__]
    commands = [[*YICES, query], [*itself, query, "bitwuzla"], [*itself, query, "cvc5"]]
    solvers = [start(command) for command in commands]
    try:
        print(first(solvers), end="", flush=True)
    finally:
        for solver in solvers:
            solver.kill()
        for solver in solvers:
            solver.wait()
    return 0


def start(command: list[str]) -> subprocess.Popen[str]:
    """Start a solver that is not left behind when this process is killed."""
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=end_with_parent,
    )


def end_with_parent() -> None:
    """Have this process end with its parent on Linux, and anywhere when its time is over.

    Both outlast the start of another program (prctl(2), alarm(2)).
    """
    signal.alarm(round(SECONDS) + 1)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def first(solvers: list[subprocess.Popen[str]]) -> str:
    """Return the first answer that is one."""
    end = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as waiting:
        for solver in solvers:
            assert solver.stdout is not None
            waiting.register(solver.stdout, selectors.EVENT_READ, solver)
        while waiting.get_map() and (left := end - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                answer = key.data.stdout.read()
                if answer.startswith(("sat", "unsat")):
                    return answer
                waiting.unregister(key.fileobj)
    return "unknown\n"


def bitwuzla(query: str) -> str:
    """Return what bitwuzla says, with its model in the form that Halmos reads."""
    import bitwuzla as b

    options = b.Options()
    options.set(b.Option.PRODUCE_MODELS, True)
    parser = b.Parser(b.TermManager(), options)
    parser.parse(query, True, True)
    engine = parser.bitwuzla()
    if engine.check_sat() != b.Result.SAT:
        return "unsat\n" if engine.check_sat() == b.Result.UNSAT else "unknown\n"
    lines = []
    for term in parser.get_declared_funs():
        if term.sort().is_bv():
            kind = f"(_ BitVec {term.sort().bv_size()})"
            lines.append(
                f"(define-fun {term.symbol()} () {kind} #b{engine.get_value(term).value(2)})"
            )
        elif term.symbol().startswith("f_evm_"):
            # By this name Halmos knows that a product or quotient was any function.
            lines.append(f"(define-fun {term.symbol()} () Bool true)")
    return "sat\n(\n" + "\n".join(lines) + "\n)\n"


def cvc5(query: str) -> str:
    """Return what cvc5 says of the query as one about integers."""
    import cvc5 as c

    solver = c.Solver()
    solver.setOption("solve-bv-as-int", "sum")
    solver.setOption("produce-models", "true")
    parser = c.InputParser(solver)
    parser.setFileInput(c.InputLanguage.SMT_LIB_2_6, query)
    symbols = parser.getSymbolManager()
    said = ""
    while not (command := parser.nextCommand()).isNull():
        said += command.invoke(solver, symbols)
    return said


if __name__ == "__main__":
    if len(sys.argv) == 2:
        sys.exit(main(sys.argv[1]))
    print({"bitwuzla": bitwuzla, "cvc5": cvc5}[sys.argv[2]](sys.argv[1]), end="", flush=True)
