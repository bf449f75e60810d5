"""`brownie run deploy` puts up what the client puts up, on both local networks."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.test_chain_connect import free_port
from twinrights.chain.deployment import Deployment

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def project(tmp_path):
    """This project with nodes on a port of its own: Brownie resets whatever listens on its port."""
    for path in ROOT.iterdir():
        if path.name != "brownie-config.yaml" and not path.name.startswith("."):
            (tmp_path / path.name).symlink_to(path)
    config = (ROOT / "brownie-config.yaml").read_text()
    config = re.sub(r"port: \d+", f"port: {free_port()}", config)
    (tmp_path / "brownie-config.yaml").write_text(config)
    return tmp_path


@pytest.mark.parametrize(("network", "chain_id"), [("anvil", 31337), ("ganache-cli", 1337)])
def test_brownie_deploys_through_the_client(project, network, chain_id):
    programs = (ROOT / "node_modules" / ".bin", Path(sys.executable).parent, os.environ["PATH"])
    run = subprocess.run(
        [str(Path(sys.executable).parent / "brownie"), "run", "deploy", "--network", network],
        cwd=project,
        env={
            **os.environ,
            "PATH": os.pathsep.join(map(str, programs)),
            "SOLCX_BINARY_PATH": str(ROOT / "scripts" / "solc"),
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    told = json.loads(run.stdout[run.stdout.index("{") : run.stdout.rindex("}") + 1])
    file = ROOT / "build" / f"deployment-{chain_id}.json"
    assert f"written to {file.relative_to(ROOT)}" in run.stdout
    deployment = Deployment.load(file)
    assert (told["chain_id"], told["twins"]) == (chain_id, deployment.twins)
    assert deployment.chain_id == chain_id
