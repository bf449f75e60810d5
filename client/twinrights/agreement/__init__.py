"""The agreement: what people read and sign beside the terms, in English or Swedish.

template   the fixed words of a version in a language, as data
saying     the terms and the annex as texts in a language
annex      whom and what it is about, in names: private, salted
document   the file whose hash stands in the terms, and its words
against    where an agreement says something else than terms
"""

from twinrights.agreement.against import Difference, differences
from twinrights.agreement.annex import Annex
from twinrights.agreement.document import Agreement, is_agreement, with_agreement
from twinrights.agreement.template import LANGUAGES, language_of

__all__ = [
    "LANGUAGES",
    "Agreement",
    "Annex",
    "Difference",
    "differences",
    "is_agreement",
    "language_of",
    "with_agreement",
]
