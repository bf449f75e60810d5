"""The artifacts in the package are what the sources compile to, byte for byte."""

import json
import shutil

import pytest

from scripts import compile as compiling
from twinrights import artifacts


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    folder = tmp_path_factory.mktemp("artifacts")
    compiling.compile_to(folder)
    return folder


def test_the_package_carries_what_the_sources_compile_to(fresh):
    assert compiling.check(fresh) == []


@pytest.mark.parametrize("name", compiling.CONTRACTS)
def test_one_flipped_byte_in_a_packaged_file_is_found(fresh, tmp_path, name):
    shipped = shutil.copytree(compiling.ARTIFACTS, tmp_path / "shipped")
    file = shipped / f"{name}.json"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert compiling.check(fresh, shipped) == [file.name]


def test_a_file_too_many_in_the_package_is_found(fresh, tmp_path):
    shipped = shutil.copytree(compiling.ARTIFACTS, tmp_path / "shipped")
    (shipped / "Stowaway.json").write_text("{}")
    assert compiling.check(fresh, shipped) == ["Stowaway.json"]


def test_another_compiler_than_the_pinned_one_is_refused(monkeypatch, tmp_path):
    pin = tmp_path / "soljson.sha256"
    pin.write_text(f"{'0' * 64}  node_modules/solc/soljson.js\n")
    monkeypatch.setattr(compiling, "SOLC_PIN", pin)
    with pytest.raises(
        compiling.CompileError, match=rf"soljson\.js has sha256 \w+, pinned is {'0' * 64}"
    ):
        compiling.compile_to(tmp_path)


@pytest.mark.parametrize("name", compiling.CONTRACTS)
def test_the_loader_gives_what_the_file_says(name):
    artifact = artifacts.load(name)
    data = json.loads((compiling.ARTIFACTS / f"{name}.json").read_text())
    assert artifact.name == name
    assert list(artifact.abi) == data["abi"]
    assert "0x" + artifact.bytecode.hex() == data["bytecode"]
    assert "0x" + artifact.deployed_bytecode.hex() == data["deployedBytecode"]
    assert all(
        artifact.deployed_bytecode[start : start + length] == bytes(length)
        for start, length in artifact.immutable_references
    )
    assert artifacts.load(name) is artifact


@pytest.mark.parametrize("name", compiling.CONTRACTS)
def test_every_contract_fits_the_limit_of_eip_170(name):
    assert len(artifacts.load(name).deployed_bytecode) <= 24_576


def test_a_contract_that_is_not_carried_is_refused():
    with pytest.raises(FileNotFoundError, match=r"Nothing\.json"):
        artifacts.load("Nothing")


def test_every_error_left_out_of_an_abi_is_one_of_the_libraries():
    source = (compiling.ROOT / "node_modules/solady/src/tokens/ERC721.sol").read_text()
    for name in set().union(*compiling.UNREACHABLE_ERRORS.values()):
        assert f"error {name}(" in source
