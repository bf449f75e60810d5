"""Errors: one class for each error of the ABIs, with its values, one sentence, and an exit code."""

import json
import pickle
import re
import string

import pytest

from twinrights import errors
from twinrights.artifacts import load
from twinrights.errors import ON_CHAIN, Refused, TwinRightsError
from twinrights.terms import Reason

SAMPLES = {
    "address": "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "bytes32": bytes(range(32)),
}


def abi_errors():
    """Return the inputs of each error of the contracts' ABIs, by its name."""
    found = {}
    for contract in ("DigitalTwin", "TwinLicense"):
        for entry in load(contract).abi:
            if entry["type"] == "error":
                inputs = [(value["name"], value["type"]) for value in entry["inputs"]]
                assert found.setdefault(entry["name"], inputs) == inputs
    return found


def classes(root=TwinRightsError):
    for subclass in root.__subclasses__():
        yield subclass
        yield from classes(subclass)


def snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def sample(type_):
    return SAMPLES.get(type_, 1)


def test_every_error_of_the_abis_is_a_class_and_every_class_an_error_of_the_abis():
    assert set(ON_CHAIN) == set(abi_errors())
    assert all(name == error.__name__ for name, error in ON_CHAIN.items())


@pytest.mark.parametrize("name", sorted(ON_CHAIN))
def test_a_refusal_has_the_values_of_the_abi_in_their_order(name):
    assert ON_CHAIN[name].fields() == tuple(snake(field) for field, _ in abi_errors()[name])
    assert issubclass(ON_CHAIN[name], Refused)


@pytest.mark.parametrize("name", sorted(ON_CHAIN))
def test_a_refusal_says_one_plain_sentence_with_its_values(name):
    error = ON_CHAIN[name](*(sample(type_) for _, type_ in abi_errors()[name]))
    sentence = str(error)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not re.search(r"[{}]", sentence)
    assert name not in sentence


@pytest.mark.parametrize("error", sorted(classes(), key=lambda error: error.__name__))
def test_a_sentence_names_only_values_that_the_error_has(error):
    named = {field for _, field, _, _ in string.Formatter().parse(error.sentence) if field}
    assert named <= set(error.fields())


@pytest.mark.parametrize(
    ("branch", "code"),
    [
        (errors.BadInput, 1),
        (errors.Refused, 3),
        (errors.NotReady, 4),
        (errors.NotFound, 5),
        (errors.KeyTrouble, 6),
    ],
)
def test_every_error_of_a_branch_ends_with_its_code(branch, code):
    assert {error.exit_code for error in [branch, *classes(branch)]} == {code}


def test_the_package_gives_every_class_by_its_name():
    ours = {error for error in classes() if error.__module__.startswith("twinrights.errors")}
    assert {error.__name__ for error in ours} <= set(errors.__all__)
    assert all(getattr(errors, name) is not None for name in errors.__all__)


def test_values_are_attributes_and_can_be_given_by_name():
    error = errors.EpochWrong(given=1, current=2)
    assert (error.given, error.current, error.values()) == (1, 2, {"given": 1, "current": 2})
    assert error.args == (1, 2)


def test_values_that_the_error_does_not_have_are_refused():
    with pytest.raises(TypeError, match=r"EpochWrong takes \(given, current\)"):
        errors.EpochWrong(1)
    with pytest.raises(TypeError, match=r"EpochWrong takes \(given, current\)"):
        errors.EpochWrong(1, 2, 3)
    with pytest.raises(TypeError, match=r"EpochWrong takes \(given, current\)"):
        errors.EpochWrong(1, other=2)


def test_an_error_survives_being_pickled():
    error = pickle.loads(pickle.dumps(errors.EpochWrong(1, 2)))
    assert error.values() == {"given": 1, "current": 2}


def test_an_unknown_word_keeps_its_nearest():
    error = errors.UnknownWord("use", "onw_shop", ["own_shop", "shop"])
    assert str(error) == "unknown use 'onw_shop': did you mean own_shop or shop?"
    assert json.loads(json.dumps(error.values()))["nearest"] == ["own_shop", "shop"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            errors.FeeNotQuoted(1_000, 1_200_000),
            "The fee is 1,000 units and the rate card gives 1,200,000 units: "
            "book at what it gives.",
        ),
        (
            errors.UsesOffLimits(1 << 14),
            "The owner's policy does not allow TV: leave it out, or ask her.",
        ),
        (
            errors.DaysOutOfRange(86_400, 2, 30),
            "The rate card sells 2 to 30 whole days, not 1 day: change the term.",
        ),
        (
            errors.OwnerShareTooLow(4_550, 5_000),
            "The shares leave 45.5 % to the owner and her policy keeps at least 50 %: "
            "lower the others' shares.",
        ),
        (
            errors.TermsExpired(0),
            "The terms were valid only until 1970-01-01 00:00:00 UTC: ask the owner for new ones.",
        ),
        (
            errors.MayNotPublish(0xABC << 240, Reason.MARKET),
            "May not be published under license 0x0abc0000…0000: the license does not grant this "
            "market.",
        ),
    ],
)
def test_values_are_said_as_people_read_them(error, sentence):
    assert str(error) == sentence
