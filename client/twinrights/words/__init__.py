"""The frozen words of licenses, in one place: uses, roles, categories and markets.

Text becomes numbers and masks here, and numbers and masks become text; nothing here knows of
chains. The lists are the CSV files beside this one, and `docs/words.md` explains them.
"""

from twinrights.errors import UnknownWord
from twinrights.words.kinds import (
    categories,
    category,
    category_label,
    category_list,
    category_name,
    category_names,
    category_slugs,
    category_words,
    role,
    role_label,
    role_list,
    role_name,
    role_slugs,
    use_labels,
    use_list,
    use_names,
    use_slugs,
    use_words,
    uses,
)
from twinrights.words.territory import (
    market_codes,
    market_group_list,
    market_groups,
    market_labels,
    market_list,
    market_names,
    market_words,
    markets,
)
from twinrights.words.vocabulary import Language, Vocabulary, Word

__all__ = [
    "Language",
    "UnknownWord",
    "Vocabulary",
    "Word",
    "categories",
    "category",
    "category_label",
    "category_list",
    "category_name",
    "category_names",
    "category_slugs",
    "category_words",
    "market_codes",
    "market_group_list",
    "market_groups",
    "market_labels",
    "market_list",
    "market_names",
    "market_words",
    "markets",
    "role",
    "role_label",
    "role_list",
    "role_name",
    "role_slugs",
    "use_labels",
    "use_list",
    "use_names",
    "use_slugs",
    "use_words",
    "uses",
]
