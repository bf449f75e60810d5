"""How the law says no."""

from __future__ import annotations

__all__ = ["Refused", "require"]


class Refused(Exception):
    """A deed is refused: the error's name, and its values in the order of the ABI."""

    def __init__(self, name: str, *values: int) -> None:
        super().__init__(name, *values)
        self.name, self.values = name, values

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(int(value)) for value in self.values)})"


def require(holds: bool, name: str, *values: int) -> None:
    """Refuse unless it holds."""
    if not holds:
        raise Refused(name, *values)
