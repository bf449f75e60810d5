"""What people see at the end, on stdout: tables of twins, prices, money, refusals, endings, audit."""

from __future__ import annotations
from twinrights.demo.ended import Ended


def tables(ended: Ended) -> None:
    pass


def value(ended):
    return ended.value
