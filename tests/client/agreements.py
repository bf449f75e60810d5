"""An annex and an agreement for the people of the tests."""

from __future__ import annotations

from typing import Any

from tests.client.samples import TUSD, offer
from twinrights.agreement import Agreement, Annex

PLACE = {"chain_id": 1337, "contract": "0x" + "22" * 20}

FIELDS: dict[str, Any] = {
    "model": "Alva Lindqvist, Stockholm",
    "licensee": "Example Fashion AB, 556000-0000, Stockholm",
    "brand_shown": "Example",
    "product_line": "Denim, spring 2027",
    "purpose": "Pictures of denim garments on the twin in city streets, to launch the collection.",
    "alterations": ["crop", "background", "garment"],
    "agents_and_retailers": ["Example Nordic AS", "Studio Norr AB"],
    "represented_by": "counsel",
    "representative": "Maria Ek, Ek Advokatbyrå",
    "law_and_court": "Swedish law; the District Court of Stockholm",
}


def annex(**changes: Any) -> Annex:
    return Annex.of({**FIELDS, **changes}, random=lambda size: b"\x01" * size)


def agreement(message: Any = None, **changes: Any) -> Agreement:
    given = {"annex": annex(), "currency": TUSD, **PLACE, **changes}
    return Agreement.of(offer() if message is None else message, given.pop("annex"), **given)
