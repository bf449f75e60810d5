"""A deployment is known by its file, and believed only if this package's code stands there."""

from dataclasses import replace

import pytest

from twinrights.artifacts import load
from twinrights.chain.deploy import deploy
from twinrights.chain.deployment import Deployment, check_code
from twinrights.chain.send import Deed, send
from twinrights.errors import BadFile, FileMissing, NoContract, OtherCode, WrongChain
from twinrights.facade import TwinRights
from twinrights.wallets import dev_wallet


def put_up(web3, name, *values, change=lambda code: code):
    artifact = load(name)
    contract = web3.eth.contract(abi=list(artifact.abi), bytecode=change(artifact.bytecode))
    data = contract.constructor(*values).data_in_transaction
    receipt = send(web3, Deed(None, bytes.fromhex(data[2:])), dev_wallet(0))
    return receipt["contractAddress"]


def test_a_file_gives_back_the_deployment_that_was_saved(any_stage, tmp_path):
    deployment = any_stage.chain.deployment
    file = deployment.save(tmp_path / "new" / "deployment.json")
    assert Deployment.load(file) == deployment
    assert TwinRights(any_stage.chain.web3, Deployment.load(str(file))).now() > 0


def test_a_local_deployment_has_a_test_stablecoin(stage):
    (dollar,) = stage.chain.deployment.currencies
    assert (dollar.symbol, dollar.decimals) == ("TUSD", 6)
    assert stage.ask("symbol") == "LICENSE"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("not json", "it is no deployment file"),
        ("[]", "it is no deployment file"),
        ('{"chain_id": 1}', "'twins' is missing"),
        ('{"chain_id": 1, "twins": "0x12"}', "it is no deployment file"),
    ],
)
def test_a_file_that_is_no_deployment_is_refused(tmp_path, text, problem):
    file = tmp_path / "deployment.json"
    file.write_text(text)
    with pytest.raises(BadFile) as caught:
        Deployment.load(file)
    assert caught.value.path == str(file)
    assert problem in str(caught.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FileMissing) as caught:
        Deployment.load(tmp_path / "deployment.json")
    assert caught.value.path == str(tmp_path / "deployment.json")


def test_another_chain_is_refused(any_stage):
    elsewhere = replace(any_stage.chain.deployment, chain_id=1)
    with pytest.raises(WrongChain) as caught:
        TwinRights(any_stage.chain.web3, elsewhere)
    assert caught.value.values() == {"chain_id": any_stage.chain.chain_id, "expected": 1}


@pytest.mark.parametrize(
    ("field", "name"),
    [("twins", "DigitalTwin"), ("licenses", "TwinLicense"), ("metadata", "TokenMetadata")],
)
def test_an_address_without_code_is_refused(any_stage, field, name):
    nobody = "0x000000000000000000000000000000000000dEaD"
    with pytest.raises(NoContract) as caught:
        check_code(any_stage.chain.web3, replace(any_stage.chain.deployment, **{field: nobody}))
    assert caught.value.values() == {"name": name, "address": nobody}


@pytest.mark.parametrize(
    ("field", "name"),
    [("twins", "DigitalTwin"), ("licenses", "TwinLicense"), ("metadata", "TokenMetadata")],
)
def test_other_code_is_refused(any_stage, field, name):
    other = any_stage.usd
    with pytest.raises(OtherCode) as caught:
        check_code(any_stage.chain.web3, replace(any_stage.chain.deployment, **{field: other}))
    assert caught.value.values() == {"name": name, "address": other}


def test_our_license_contract_that_trusts_another_twin_contract_is_refused(stage):
    web3, deployment = stage.chain.web3, stage.chain.deployment
    false_twins = put_up(web3, "DigitalTwin", deployment.metadata)
    licenses = put_up(web3, "TwinLicense", false_twins, deployment.metadata)
    with pytest.raises(OtherCode) as caught:
        check_code(web3, replace(deployment, licenses=licenses))
    assert caught.value.name == "TwinLicense"
    check_code(web3, replace(deployment, twins=false_twins, licenses=licenses))


def test_our_twin_contract_with_other_metadata_is_refused(stage):
    web3, deployment = stage.chain.web3, stage.chain.deployment
    twins = put_up(web3, "DigitalTwin", stage.usd)
    with pytest.raises(OtherCode) as caught:
        check_code(web3, replace(deployment, twins=twins))
    assert caught.value.name == "DigitalTwin"


def test_one_changed_byte_of_code_is_found(stage):
    def flipped(code):
        place = len(code) - 40
        return code[:place] + bytes([code[place] ^ 1]) + code[place + 1 :]

    metadata = put_up(stage.chain.web3, "TokenMetadata", change=flipped)
    with pytest.raises(OtherCode):
        check_code(stage.chain.web3, replace(stage.chain.deployment, metadata=metadata))


def test_two_deployments_stand_side_by_side(stage):
    web3 = stage.chain.web3
    second = deploy(web3, dev_wallet(0))
    assert second.block > stage.chain.deployment.block
    assert TwinRights(web3, second).twins.all() == ()
    assert len(stage.chain.twins.all()) == 1
