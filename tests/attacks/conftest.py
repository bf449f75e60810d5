"""The ground of the attacks: the shipped contracts on an Anvil of its own, as the model's is."""

import pytest

from tests.attacks.ground import Ground


@pytest.fixture(scope="session")
def made():
    made = Ground()
    yield made
    made.stage.node.stop()


@pytest.fixture
def ground(made):
    made.begin()
    return made


@pytest.fixture
def fresh():
    """A ground of its own, for what changes the past: Anvil finds no state before an undone one."""
    fresh = Ground()
    yield fresh
    fresh.stage.node.stop()
