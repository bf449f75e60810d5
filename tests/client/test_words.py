"""The frozen lists: no word moves, words and masks turn into each other, typos are named."""

from __future__ import annotations

import hashlib
import pickle
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twinrights import words
from twinrights.words import UnknownWord, Vocabulary, Word

# Numbers, slugs and names as published: memos and agreements are written with them. A word may be
# appended (then its list's hash follows); none may ever move or change.
FROZEN = {
    "uses": "827fbb2e35b40bb91bf99a3af433b7f8c64d613ed377d6351017a5ab3780e5d7",
    "roles": "87ea487ddc703fc4f7e535aff2fa84aef71a56292b7865cc5d9ce88f96c5c404",
    "categories": "7430f509e66b0d7b354dc4179991b4c861b2358ca7679979a134e44253609939",
    "markets": "5f541fbf0a027047ef4e508fce238dc50e7804260589bb6052b3b51762bb8866",
    "market_groups": "bd1723600311aadd9b4a4e722d6807ecc14e55bf6190fc86aaebf04652626d35",
}
LISTS = [words.use_list, words.role_list, words.category_list, words.market_list]
PAGE = Path(__file__).parents[2] / "docs" / "words.md"


def frozen_hash(numbered: list[tuple[int, Word]]) -> str:
    text = "\n".join(
        f"{number} {word.slug} {word.english} {word.swedish}" for number, word in numbered
    )
    return hashlib.sha256(text.encode()).hexdigest()


def order_of(vocabulary: Vocabulary) -> str:
    return frozen_hash([(word.number, word) for word in vocabulary.words])


@pytest.mark.parametrize(
    ("name", "vocabulary"), list(zip(FROZEN, LISTS, strict=False)), ids=list(FROZEN)[:4]
)
def test_no_word_ever_moves(name, vocabulary):
    assert order_of(vocabulary()) == FROZEN[name]


def test_no_group_ever_changes_its_countries():
    masks = words.market_groups()
    groups = [(masks[group.slug], group) for group in words.market_group_list()]
    assert frozen_hash(groups) == FROZEN["market_groups"]


@pytest.mark.parametrize("vocabulary", LISTS)
def test_each_number_and_each_spelling_belongs_to_one_word(vocabulary):
    listed = vocabulary().words
    assert len({word.number for word in listed}) == len(listed)
    assert [word.number for word in listed] == sorted(word.number for word in listed)
    assert listed[-1].number < vocabulary().width
    keys = [{words.vocabulary.key_of(each) for each in word.spellings} for word in listed]
    assert len(set.union(*keys)) == sum(len(each) for each in keys)


@pytest.mark.parametrize("vocabulary", LISTS)
def test_each_spelling_is_read_as_its_word(vocabulary):
    for word in vocabulary().words:
        for spelling in word.spellings:
            assert vocabulary().find(f"  {spelling.upper()} ") == word


@pytest.mark.parametrize("vocabulary", [*LISTS[:3], words.market_group_list])
def test_each_word_is_explained_in_one_line_and_named_in_swedish(vocabulary):
    listed = vocabulary() if isinstance(vocabulary(), tuple) else vocabulary().words
    for word in listed:
        assert word.definition
        assert "\n" not in word.definition + word.english + word.swedish
        assert word.swedish.strip()


def test_uses_have_the_bits_that_the_design_gives_them():
    assert words.use_slugs()[0] == "own_shop"
    assert words.uses("ai_training") == 1 << 19
    assert len(words.use_slugs()) == 20


def test_roles_and_categories_begin_and_end_where_they_should():
    assert [words.role("owner"), words.role("other")] == [0, 8]
    assert [words.category("fashion"), words.category("other")] == [0, 31]


@pytest.mark.parametrize(
    "text",
    [
        "own_shop+email",
        "own shop, e-mail",
        "OWN-SHOP | Email",
        ["own_shop", "e mail"],
        "own shop and e-mail",
        "egen butik på nätet och e-post",
        "email+own_shop+own_shop,",
    ],
)
def test_a_set_of_uses_is_read_however_it_is_written(text):
    assert words.uses(text) == 0b1000001


def test_a_name_that_holds_an_and_is_one_word():
    named = "games and XR and packaging & tags and TV"
    assert words.use_names(words.uses(named)) == ["packaging_and_tags", "tv", "games_xr"]


def test_nothing_written_is_nothing_granted():
    assert words.uses("") == words.markets(" ") == words.categories([]) == 0
    assert words.use_words(0) == ""
    assert words.market_words(0) == "nowhere"


def test_no_word_but_its_own_grants_ai_training():
    others = [slug for slug in words.use_slugs() if slug != "ai_training"]
    assert not words.uses(others) & words.uses("AI training")


@given(st.integers(0, 2**20 - 1), st.sampled_from(["en", "sv"]))
def test_uses_come_back_from_their_names_and_their_words(mask, language):
    assert words.uses(words.use_names(mask)) == mask
    assert words.uses(words.use_words(mask, language=language)) == mask


@given(st.sets(st.sampled_from(words.category_slugs())))
def test_categories_come_back_from_their_names_and_their_words(slugs):
    mask = words.categories(slugs)
    assert words.categories(words.category_names(mask)) == mask
    assert words.categories(words.category_words(mask)) == mask
    assert {words.category_name(words.category(slug)) for slug in slugs} == slugs


def test_roles_come_back_from_their_numbers():
    for number, slug in enumerate(words.role_slugs()):
        assert words.role_name(words.role(slug)) == slug
        assert words.role(words.role_label(number, language="sv")) == number


def test_labels_are_in_english_unless_swedish_is_asked_for():
    assert words.use_labels(words.uses("tv+email")) == ["e-mail", "TV"]
    assert words.use_labels(words.uses("tv+email"), language="sv") == ["e-post", "tv"]
    assert words.category_label(words.category("hair_care"), language="sv") == "hårvård"
    assert words.market_labels(words.markets("SE"), language="sv") == ["Sverige"]


def test_a_number_without_a_word_is_shown_and_never_left_out():
    assert words.use_names(1 | 1 << 27) == ["own_shop", "use_27"]
    assert words.use_words(1 | 1 << 27) == "own shop and use_27"
    assert words.category_name(28) == "category_28"
    assert words.role_name(12) == "role_12"
    assert words.market_names(1 << 250) == ["market_250"]
    assert words.market_words(1 << 250 | words.markets("EU")) == "EU and market_250"


@pytest.mark.parametrize("mask", [-1, 1 << 32])
def test_a_mask_that_cannot_stand_on_chain_is_refused(mask):
    with pytest.raises(ValueError, match="is not a mask of 32 bits"):
        words.use_names(mask)


def test_a_number_outside_its_list_is_refused():
    with pytest.raises(ValueError, match=r"category 32 is not in 0\.\.31"):
        words.category_name(32)


def test_world_is_every_country_listed():
    assert len(words.market_codes()) == 249
    assert words.markets("WORLD") == words.markets(words.market_codes()) == 2**249 - 1


def test_bits_of_countries_follow_the_alphabet_of_codes():
    codes = words.market_codes()
    assert list(codes) == sorted(codes)
    assert [words.markets("AD"), words.markets("ZW")] == [1, 1 << 248]


def test_groups_hold_listed_countries_only_and_those_they_should():
    groups = words.market_groups()
    world = groups["WORLD"]
    assert all(mask and not mask & ~world for mask in groups.values())
    assert len(words.market_names(groups["EU"])) == 27
    assert words.market_names(groups["EEA"] & ~groups["EU"]) == ["IS", "LI", "NO"]
    assert words.market_names(groups["NORDICS"]) == ["DK", "FI", "IS", "NO", "SE"]
    assert words.market_names(groups["DACH"]) == ["AT", "CH", "DE"]
    assert words.market_names(groups["BENELUX"]) == ["BE", "LU", "NL"]
    assert words.market_names(groups["NORTH_AMERICA"]) == ["CA", "US"]
    assert words.market_names(groups["UK_IE"]) == ["GB", "IE"]


def test_no_group_is_spelled_like_a_country_it_is_not():
    for group in words.market_group_list():
        for spelling in group.spellings:
            assert words.vocabulary.key_of(spelling) not in words.market_list().by_key


@pytest.mark.parametrize(
    ("text", "spoken", "swedish"),
    [
        ("WORLD", "world", "hela världen"),
        ("NORDICS+DE", "Nordics and DE", "Norden och DE"),
        ("SE+DE", "DE and SE", "DE och SE"),
        ("world without KP+RU", "world without KP and RU", "hela världen utan KP och RU"),
        ("EEA+CH", "EEA and CH", "EES och CH"),
        ("EU+NORDICS", "EU and Nordics", "EU och Norden"),
        ("EU without FR", "EU without FR", "EU utan FR"),
        ("UK+IE+US", "UK and Ireland and US", "Storbritannien och Irland och US"),
        ("Trinidad and Tobago and Germany", "DE and TT", "DE och TT"),
    ],
)
def test_markets_are_spoken_of_as_shortly_as_can_be(text, spoken, swedish):
    mask = words.markets(text)
    assert words.market_words(mask) == spoken
    assert words.market_words(mask, language="sv") == swedish


@given(
    st.sets(st.sampled_from([*words.market_groups(), *words.market_codes()]), min_size=1),
    st.sampled_from(["en", "sv"]),
    st.booleans(),
)
def test_markets_come_back_from_their_names_and_their_words(places, language, names):
    mask = words.markets(places)
    assert words.markets(words.market_names(mask)) == mask
    assert words.markets(words.market_words(mask, language=language, names=names)) == mask


@pytest.mark.parametrize("group", words.market_groups())
def test_a_group_is_spoken_of_by_its_name_also_when_one_country_is_missing(group):
    whole = words.market_groups()[group]
    assert words.markets(words.market_words(whole)) == whole
    assert len(words.market_words(whole).split(",")) == 1
    less = whole & (whole - 1)
    assert words.markets(words.market_words(less, names=True)) == less


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (words.uses, "own shpo", "unknown use 'own shpo': did you mean own_shop or own_social?"),
        (words.uses, "tv+zzzz", "unknown use 'zzzz'"),
        (words.uses, "e-mail TV", "unknown use 'e-mail TV': did you mean email?"),
        (words.markets, "world - XX", "unknown market 'world - XX': did you mean WORLD?"),
        (words.category, "fasion", "unknown category 'fasion': did you mean fashion?"),
        (words.role, "stilist", "unknown role 'stilist': did you mean stylist?"),
        (words.markets, "XX", "unknown market 'XX'"),
        (words.markets, "SE+NORDIX", "unknown market 'NORDIX': did you mean NORDICS?"),
        (words.markets, "SW", "unknown market 'SW': did you mean SA, SB or SC?"),
        (words.markets, "world without ZQ", "unknown market 'ZQ': did you mean ZA, ZM or ZW?"),
    ],
)
def test_an_unknown_word_is_named_with_the_nearest(read, text, message):
    with pytest.raises(UnknownWord) as caught:
        read(text)
    assert str(caught.value) == message


def test_an_unknown_word_keeps_what_was_asked_also_through_a_pickle():
    with pytest.raises(UnknownWord) as caught:
        words.categories(["beauty", "fasion"])
    for error in (caught.value, pickle.loads(pickle.dumps(caught.value))):
        assert (error.kind, error.word, error.nearest) == ("category", "fasion", ("fashion",))


def table(listed: tuple[Word, ...], number: str) -> str:
    lines = [f"| {number} | slug | English | Swedish | meaning |", "|---:|---|---|---|---|"]
    lines += [
        f"| {word.number} | `{word.slug}` | {word.english} | {word.swedish} | {word.definition} |"
        for word in listed
    ]
    return "\n".join(lines)


def group_table() -> str:
    lines = ["| slug | English | Swedish | countries | meaning |", "|---|---|---|---:|---|"]
    for group in words.market_group_list():
        size = len(words.market_names(words.market_groups()[group.slug]))
        names = f"`{group.slug}` | {group.english} | {group.swedish}"
        lines.append(f"| {names} | {size} | {group.definition} |")
    return "\n".join(lines)


def test_the_page_shows_the_lists_as_they_are():
    page = PAGE.read_text(encoding="utf-8")
    for vocabulary, number in zip(LISTS[:3], ("bit", "number", "number"), strict=True):
        assert table(vocabulary().words, number) in page
    assert group_table() in page


def test_the_lists_travel_with_the_package():
    for name in FROZEN:
        assert files("twinrights.words").joinpath(f"{name}.csv").is_file()
