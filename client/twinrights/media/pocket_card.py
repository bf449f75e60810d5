"""The pocket card: what a model keeps on paper, so that a lost phone does not lose her twin.

A PNG of the size of a bank card (ISO/IEC 7810 ID-1, 85.6 by 54 mm at 300 dots an inch). Its QR code
holds in plain text what the card says: the twin, as CAIP-19 names a token, and the guardian.
Nothing on it is secret, and no name is on it.
See https://chainagnostic.org/CAIPs/caip-19.
"""

from __future__ import annotations

import io
import textwrap
from dataclasses import dataclass
from typing import Any

from eth_utils.address import to_checksum_address

from twinrights.errors import ExtraMissing

__all__ = ["PocketCard"]

WIDTH, HEIGHT, DOTS = 1011, 638, 300
EDGE = 48
CODE = 350
"""Side of the QR code, which stands at the right."""

COLORS = 32
"""Enough for smooth letters, and a tenth of the file."""

PAPER, INK, FAINT, LINE = "#fbfaf7", "#1c1b19", "#6d6a63", "#d9d5cb"


@dataclass(frozen=True, slots=True)
class PocketCard:
    """Which twin it is, where it is kept, and who helps; `guardian` is None where nobody does."""

    twin_id: int
    chain_id: int
    contract: str
    guardian: str | None

    @property
    def text(self) -> str:
        """What the QR code holds."""
        contract = to_checksum_address(self.contract)
        return (
            f"TwinRights digital twin\neip155:{self.chain_id}/erc721:{contract}/{self.twin_id}\n"
            f"guardian: {self.guardian or 'none'}"
        )

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do when the phone is lost."""
        if self.guardian is None:
            return (
                "This twin has no guardian: without the key nobody can move it.",
                "Name a guardian while you have your key.",
            )
        return (
            "1.  Make a new wallet. Nobody needs the old phone.",
            "2.  Let your guardian sign the move of this twin to it; the new wallet signs, too.",
            "3.  After 14 days anybody can complete the move. What you earn waits for you.",
            "Found the old key? You can drop the move until then.",
        )

    def png(self) -> bytes:
        """Return the card as a picture.

        Raises:
            ExtraMissing: the extra `media` is not installed.
        """
        try:
            import segno
            from PIL import Image, ImageDraw
        except ImportError as error:
            raise ExtraMissing("media") from error

        card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        code = io.BytesIO()
        drawn = segno.make(self.text, error="m", micro=False)
        drawn.save(code, kind="png", scale=10, border=0, dark=INK, light=PAPER)
        square = Image.open(code).convert("RGB").resize((CODE, CODE), Image.Resampling.LANCZOS)
        card.paste(square, (WIDTH - EDGE - CODE, EDGE))
        self._write(ImageDraw.Draw(card))

        out = io.BytesIO()
        card.quantize(COLORS).save(out, "PNG", dpi=(DOTS, DOTS), optimize=True)
        return out.getvalue()

    def _write(self, pen: Any) -> None:
        """Write the words: what it is at the left of the code, what to do below both."""
        from PIL import ImageFont

        def line(at: tuple[float, float], text: str, size: int, color: str = INK) -> None:
            pen.text(at, text, font=ImageFont.load_default(size), fill=color)

        line((EDGE, EDGE - 8), "My digital twin", 46)
        y = EDGE + 76
        for label, digits in self._fields():
            line((EDGE, y), label, 20, FAINT)
            half = -(-len(digits) // 2) if digits.startswith("0x") else len(digits)
            for row in textwrap.wrap(digits, half):
                y += 28
                line((EDGE, y), row, 23)
            y += 44

        y = EDGE + CODE + 24
        pen.line([(EDGE, y), (WIDTH - EDGE, y)], fill=LINE, width=2)
        line((EDGE, y + 14), "If the phone is lost", 26)
        for number, step in enumerate(self.steps):
            line((EDGE, y + 54 + 29 * number), step, 22)
        line((EDGE, HEIGHT - 32), "Nobody who helps you needs a key or a secret phrase.", 18, FAINT)

    def _fields(self) -> tuple[tuple[str, str], ...]:
        return (
            ("Twin", f"0x{self.twin_id:064x}"),
            ("Guardian", self.guardian or "none"),
            (f"Kept by, on chain {self.chain_id}", to_checksum_address(self.contract)),
        )
