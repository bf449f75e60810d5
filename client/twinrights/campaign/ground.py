"""What the chain says of the twins of a campaign at one block: read once, judged many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from twinrights.errors import TwinNotFound
from twinrights.facade import TwinRights
from twinrights.grants import Grant
from twinrights.terms import Authority

__all__ = ["Ground"]


@dataclass(slots=True)
class Ground:
    """Owners and policies, withdrawals and grants of some twins, as of one block."""

    block: int
    now: int
    authorities: Mapping[int, Authority]
    revoked: frozenset[tuple[int, bytes]]
    grants: tuple[Grant, ...]
    _chain: TwinRights = field(repr=False)
    _ends: dict[int, int] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, chain: TwinRights, twin_ids: Iterable[int]) -> Ground:
        """Return what is known of these twins now: two reads of events, a view for each twin.

        Raises:
            TwinNotFound: one is not there.
        """
        twins = sorted(set(twin_ids))
        head = chain.web3.eth.get_block("latest")
        block = head["number"]
        return cls(
            block=block,
            now=head["timestamp"],
            authorities={twin: chain.twins.get(twin, block=block).authority for twin in twins},
            revoked=chain.licenses.revoked(twins, block=block),
            grants=chain.licenses.all(twin_id=twins, block=block),
            _chain=chain,
        )

    def authority(self, twin_id: int) -> Authority:
        """Return what is known of a twin; raises TwinNotFound."""
        if twin_id not in self.authorities:
            raise TwinNotFound(twin_id)
        return self.authorities[twin_id]

    def end_of(self, grant: Grant) -> int:
        """Return the present end of a license, which is asked of the chain when it matters."""
        if grant.license_id not in self._ends:
            license = self._chain.licenses.get(grant.license_id, block=self.block)
            self._ends[grant.license_id] = license.end
        return self._ends[grant.license_id]
