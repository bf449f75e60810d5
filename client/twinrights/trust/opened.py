"""Opening what can be vouched for: a statement about a wallet, or a domain's own file."""

from __future__ import annotations

from pathlib import Path

from twinrights.errors import BadFile, BadValue, FileMissing
from twinrights.trust.domain_file import DomainFile
from twinrights.trust.statement import Statement
from twinrights.trust.strict import parsed

__all__ = ["opened"]


def opened(path: Path | str) -> Statement | DomainFile:
    """Return what a file says.

    Raises:
        FileMissing, BadFile.
    """
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(str(path)) from error
    except OSError as error:
        raise BadFile(str(path), error.strerror or "it cannot be opened") from error
    try:
        data = parsed(content)
        kind = DomainFile if "twinrights" in data else Statement
        return kind.from_json(data)
    except BadValue as error:
        raise BadFile(str(path), f"{error.field}: {error.problem}") from error
