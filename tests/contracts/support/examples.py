"""Hypothesis for tests on one chain that goes on from example to example.

Brownie's own `given` puts the chain back after each, in half a second; licenses stand beside each
other and need no putting back. Examples are the same in every run.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.core import given

__all__ = ["given", "some"]


def some(count: int) -> Any:
    """Draw so many examples."""
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=HealthCheck.all(),
    )
