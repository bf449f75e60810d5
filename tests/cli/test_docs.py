"""`docs/cli.md` is what the commands say of themselves; this module, run by itself, writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.cli.tree import groups, leaves

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"

OPENING = """# The command line

What every command says of itself with `--help`; `python -m tests.cli.test_docs` writes this page.

* Results go to stdout, everything else to stderr. `--json` prints one JSON value: ids and hashes as
  hexadecimal text, times in ISO 8601, money as `{amount, currency, units}` with both as text.
* Exit codes: 0 done, 1 bad input, 2 the audit found a difference, 3 a contract refused (or a
  `may-publish` is no), 4 no node or other contracts, 5 not found, 6 trouble with a key, 70 a bug.
* TWIN and LICENSE are whole ids, the first digits of one, or its number in `twin list` and
  `license list`. WALLET is the name of a key in the keystore, `dev:NAME` on a local chain, or,
  where nothing is signed, an address.
* `--as 0x…` sends nothing: it tries the deed out and prints its calls (target, value 0, calldata)
  as the file that Safe's Transaction Builder takes. The owner of a twin may be such a contract
  (ERC-1271).
* WHEN is a day (its first second in UTC), a day and time, `now`, or `+30d` from now.
* What an owner signs goes through files: a command drafts it, `sign` has it signed, and who pays
  the gas sends it. `sign FILE` shows [a page](sign-page.png) and asks the wallet in the browser
  (`pip install 'twinrights[web]'`); `sign export` and `sign import` serve any other wallet.
  `--sign-as` and `--as` do all of it at once.
"""


def page() -> str:
    """Return the page as the command tree gives it now."""
    parts = [OPENING, "## Everywhere\n", options_of(common_options())]
    summaries = {path: group.help for path, group in groups() if path}
    shown: set[tuple[str, ...]] = set()
    for path, command in leaves():
        group = path[:-1]
        if group not in shown:
            shown.add(group)
            title = group[0] if group else path[0]
            parts.append(f"## {title}\n\n{flat(summaries[group])}\n" if group else f"## {title}\n")
        parts.append(section(path, command))
    return "\n".join(parts)


def section(path: tuple[str, ...], command: Any) -> str:
    """Return what one command says of itself."""
    own = [option for option in command.params if option.name not in COMMON]
    arguments = [option for option in own if option.param_type_name == "argument"]
    words = ["twinrights", *usual(path), *(option.metavar for option in arguments)]
    if len(own) > len(arguments):
        words.append("[OPTIONS]")
    says = f"### `{' '.join(words)}`\n\n{flat(command.help)}\n"
    return f"{says}\n{options_of(own)}" if own else says


def usual(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return how a command is usually typed: `sign FILE`, `node`."""
    return path[:1] if path in {("sign", "file"), ("node", "start"), ("store", "serve")} else path


def options_of(options: list[Any]) -> str:
    """Return a list of arguments and options."""
    return "".join(f"{line}\n" for option in options for line in lines_of(option))


def lines_of(option: Any) -> Iterator[str]:
    """Yield the line of an argument or an option."""
    if option.param_type_name == "argument":
        yield f"* `{option.metavar}`: {flat(option.help)}"
        return
    metavar = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
    variable = f" (`{option.envvar}`)" if option.envvar else ""
    has_preset = not option.is_flag and option.default is not None
    preset = f" `{option.default}` unless given." if has_preset else ""
    needed = " Needed." if option.required else ""
    yield f"* `{', '.join(option.opts)}{metavar}`{variable}: {flat(option.help)}{needed}{preset}"


def flat(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def common_options() -> list[Any]:
    _, command = next(leaves())
    return [option for option in command.params if option.name in COMMON]


COMMON = ("rpc", "deployment", "keystore", "password_file", "store", "store_token", "as_json")


def test_the_page_is_what_the_commands_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
