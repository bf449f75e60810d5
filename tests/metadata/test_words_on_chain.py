"""The contract's words are the client's: written from the same lists, and never by hand."""

import pytest

from scripts import write_words
from twinrights.words.vocabulary import Vocabulary, Word


def test_the_contract_has_the_words_of_the_lists():
    assert write_words.main(["--check"]) == 0


def test_one_changed_word_is_found(tmp_path, monkeypatch, capsys):
    changed = tmp_path / "Words.sol"
    changed.write_text(write_words.solidity().replace("own shop", "own shpo"))
    monkeypatch.setattr(write_words, "WORDS", changed)
    assert write_words.main(["--check"]) == 1
    assert capsys.readouterr().err == "Words.sol is stale: run scripts/write_words.py\n"


@pytest.mark.parametrize("name", ['a"b', "a|b", "a~b", "a\\b", "a\nb", "mode över allt", "a<b"])
def test_a_name_that_could_break_the_contract_is_not_written(name, monkeypatch):
    words = Vocabulary("use", 32, (Word(0, "odd", name, ""),))
    monkeypatch.setattr(write_words.words, "use_list", lambda: words)
    with pytest.raises(ValueError, match="a list of Solidity cannot hold"):
        write_words.solidity()


def test_writing_makes_the_file_that_checking_wants(tmp_path, monkeypatch):
    monkeypatch.setattr(write_words, "WORDS", tmp_path / "Words.sol")
    assert write_words.main([]) == 0
    assert write_words.main(["--check"]) == 0
