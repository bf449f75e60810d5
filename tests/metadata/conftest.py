"""One Anvil for the room: it draws forty times as fast as the chain in the process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.metadata.drawn import Drawing
from twinrights.chain.connect import connect
from twinrights.chain.node import start_program


@pytest.fixture(scope="session")
def drawing(tmp_path_factory) -> Iterator[Drawing]:
    with start_program("anvil", folder=tmp_path_factory.mktemp("anvil")) as node:
        yield Drawing(connect(node.url))
