"""The pocket card: what its QR code and its words say, and that a phone can read it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from twinrights.media.pocket_card import PocketCard

TWIN, CONTRACT = (1 << 256) - 1, "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
GUARDIAN = "0x71bE63f3384f5fb98995898A86B02Fb2426c5788"


def card(guardian: str | None = GUARDIAN) -> PocketCard:
    return PocketCard(TWIN, 1337, CONTRACT.lower(), guardian)


def picture(drawn: PocketCard) -> Image.Image:
    return Image.open(io.BytesIO(drawn.png()))


@pytest.mark.parametrize("guardian", [GUARDIAN, None])
def test_a_phone_reads_the_twin_and_who_helps(guardian):
    zxing = pytest.importorskip("zxingcpp")
    (code,) = zxing.read_barcodes(picture(card(guardian)))
    assert code.text.splitlines() == [
        "TwinRights digital twin",
        f"eip155:1337/erc721:{CONTRACT}/{TWIN}",
        f"guardian: {guardian or 'none'}",
    ]


def test_it_has_the_size_of_a_bank_card():
    drawn = picture(card())
    assert drawn.size == (1011, 638)
    assert [round(side) for side in drawn.info["dpi"]] == [300, 300]


def test_it_says_what_to_do():
    assert "14 days" in card().steps[2]
    assert "no guardian" in card(None).steps[0]


def test_it_is_drawn_the_same_each_time():
    assert card().png() == card().png()
    assert card().png() != card(None).png()
