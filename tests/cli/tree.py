"""The command tree as the parser holds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from twinrights.cli.app import command_tree


def leaves(node: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command with its path: ("twin", "mint")."""
    node = node or get_command(command_tree())
    children = getattr(node, "commands", None)
    if children is None:
        yield path, node
        return
    for name, child in children.items():
        yield from leaves(child, (*path, name))


def groups(node: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every group with its path, the root first."""
    node = node or get_command(command_tree())
    if (children := getattr(node, "commands", None)) is not None:
        yield path, node
        for name, child in children.items():
            yield from groups(child, (*path, name))
