"""The plan of a campaign: for each wish its price, or the plain reason why it cannot be had.

Everything is judged as the contract would (laws 3 to 8), from what was read of one block; nothing
is sent. An offer that is exactly what is wished goes before a rate card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from twinrights import memo, words
from twinrights.booking import booking_terms
from twinrights.campaign.ground import Ground
from twinrights.campaign.wish import Wish
from twinrights.errors import (
    BadValue,
    CategoryOffLimits,
    DaysOutOfRange,
    EpochWrong,
    ExclusivesFull,
    InTheWay,
    LicenseExists,
    NothingFits,
    OtherContract,
    OwnerShareTooLow,
    SerialTooLow,
    SignatureRevoked,
    StartInPast,
    StartNotSold,
    TermsExpired,
    TwinRightsError,
    UsesOffLimits,
    WrongChain,
)
from twinrights.facade import TwinRights
from twinrights.grants import Grant
from twinrights.purchases import Acceptance, Booking, Purchase
from twinrights.terms import WHOLE_BPS, RateCard, Terms
from twinrights.typed_data import Signed, digest, recover

__all__ = ["Line", "Plan", "plan"]

DAY = 86_400
MAX_EXCLUSIVES = 8
MAX_BOOKED_EXCLUSIVES = 4
"""As in `Exclusivity.sol`."""


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one wish: terms and what they are bought from, or what stands against it."""

    wish: Wish
    terms: Terms | None = None
    paper: Signed | None = None
    against: TwinRightsError | None = None
    grant: Grant | None = None
    """The license, where it was bought already."""

    @property
    def is_open(self) -> bool:
        """Whether it can be bought."""
        return self.against is None and self.grant is None

    @property
    def license_id(self) -> int | None:
        """The id of the license, or that it will have; None where there are no terms."""
        if self.grant is not None:
            return self.grant.license_id
        if self.terms is None or self.paper is None:
            return None
        return _id_of(self.terms, self.paper)

    @property
    def least(self) -> int:
        """What must be paid in at the grant: what is committed, all of an exclusive license."""
        if self.terms is None:
            return 0
        pay = self.terms.pay
        return pay.fee if self.terms.scope.exclusive else pay.committed

    def purchase(self, *, least: bool) -> Purchase:
        """Return how it is bought: the whole fee paid in, or the least."""
        assert self.paper is not None
        assert self.terms is not None
        wish, deposit = self.wish, self.least if least else None
        if isinstance(self.paper.message, Terms):
            return Acceptance(offer=self.paper, deposit=deposit)
        return Booking(
            card=self.paper,
            start=wish.start,
            days=wish.term // DAY,
            uses=wish.uses,
            markets=wish.markets,
            quota=wish.quota,
            exclusive=wish.exclusive,
            ref=wish.ref,
            fee=self.terms.pay.fee,
            deposit=deposit,
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign, line by line, as of one block."""

    licensee: str
    block: int
    now: int
    lines: tuple[Line, ...]

    @property
    def refused(self) -> tuple[Line, ...]:
        """The lines that cannot be bought."""
        return tuple(line for line in self.lines if line.against is not None)

    @property
    def open(self) -> tuple[Line, ...]:
        """The lines that can be bought and have not been."""
        return tuple(line for line in self.lines if line.is_open)


def plan(
    chain: TwinRights,
    wishes: Sequence[Wish],
    papers: Sequence[Signed],
    licensee: str,
    *,
    decided: Mapping[int, tuple[int, bytes]] | None = None,
) -> Plan:
    """Return the plan of a campaign for a licensee, from the offers and rate cards given.

    `decided` says of a wish (by its place) which license was to be bought, by which paper's digest:
    so what was begun is never bought by another paper a second time.

    Raises:
        TwinNotFound: a twin is not there.
    """
    ground = Ground.read(chain, [wish.twin_id for wish in wishes])
    judge = _Judge(chain, ground, papers, licensee)
    before = decided or {}
    lines = [judge.line(wish, before.get(place)) for place, wish in enumerate(wishes)]
    return Plan(licensee, ground.block, ground.now, tuple(lines))


@dataclass
class _Judge:
    chain: TwinRights
    ground: Ground
    papers: Sequence[Signed]
    licensee: str
    exclusives: dict[tuple[int, int], int] = field(default_factory=dict)
    taken: set[bytes] = field(default_factory=set)
    flaws: dict[bytes, TwinRightsError | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {grant.license_id: grant for grant in self.ground.grants}
        self.by_twin: defaultdict[int, list[Signed]] = defaultdict(list)
        for paper in sorted(self.papers, key=_freshest_first):
            if isinstance(paper.message, Terms):
                self.by_twin[paper.message.pay.twin_id].append(paper)
            elif isinstance(paper.message, RateCard):
                self.by_twin[paper.message.twin_id].append(paper)
        self.by_book: defaultdict[tuple[int, int], list[Grant]] = defaultdict(list)
        for grant in self.ground.grants:
            self.by_book[grant.twin_id, grant.scope.category].append(grant)

    def line(self, wish: Wish, decided: tuple[int, bytes] | None) -> Line:
        """Return what becomes of a wish: the cheapest that nothing stands against."""
        if decided and decided[0] in self.by_id:
            grant = self.by_id[decided[0]]
            return Line(wish, grant.terms, grant=grant)
        fitting = [
            paper
            for paper in self.by_twin[wish.twin_id]
            if (decided is None or paper.digest == decided[1]) and self._fits(paper, wish)
        ]
        offers = [paper for paper in fitting if isinstance(paper.message, Terms)]
        cards = [paper for paper in fitting if isinstance(paper.message, RateCard)]
        lines = [self._judged(wish, paper) for paper in offers]
        if all(line.against for line in lines):
            if (several := _ambiguous(wish, cards)) is not None:
                return Line(wish, against=several)
            lines += [self._judged(wish, paper) for paper in cards]
        good = [line for line in lines if line.against is None]
        if good:
            return self._chosen(min(good, key=_fee))
        return lines[0] if lines else Line(wish, against=NothingFits(wish.twin_id))

    def _chosen(self, line: Line) -> Line:
        """Remember what a line takes from those after it: an offer is accepted once."""
        assert line.terms is not None
        assert line.paper is not None
        self.taken.add(line.paper.digest)
        if line.terms.scope.exclusive:
            book = (line.terms.pay.twin_id, line.terms.scope.category)
            self.exclusives[book] = self._exclusives(book) + 1
        return line

    def _fits(self, paper: Signed, wish: Wish) -> bool:
        """Return whether a paper is about what is wished; whether it sells it is said later."""
        message = paper.message
        if isinstance(message, RateCard):
            return wish.category in (None, message.category)
        if not isinstance(message, Terms) or paper.digest in self.taken:
            return False
        scope, pay = message.scope, message.pay
        return (
            scope.licensee.lower() == self.licensee.lower()
            and wish.category in (None, scope.category)
            and (scope.uses, scope.markets, scope.exclusive)
            == (wish.uses, wish.markets, wish.exclusive)
            and (scope.start, pay.term, pay.quota) == (wish.start, wish.term, wish.quota)
        )

    def _judged(self, wish: Wish, paper: Signed) -> Line:
        terms = None
        try:
            self._check_paper(paper)
            terms = self._terms(wish, paper)
            for problem in self._against(terms, paper):
                raise problem
        except TwinRightsError as problem:
            return Line(wish, terms, paper, problem)
        return Line(wish, terms, paper)

    def _check_paper(self, paper: Signed) -> None:
        """Raise what is wrong with a paper whatever is wished; it is looked at once."""
        if paper.digest not in self.flaws:
            try:
                self._check_here(paper)
                memo.check(paper.message, currencies=self.chain.currencies)
                self._check_signer(paper)
                self.flaws[paper.digest] = None
            except TwinRightsError as problem:
                self.flaws[paper.digest] = problem
        if (flaw := self.flaws[paper.digest]) is not None:
            raise flaw

    def _check_here(self, paper: Signed) -> None:
        deployment = self.chain.deployment
        if paper.chain_id != deployment.chain_id:
            raise WrongChain(deployment.chain_id, paper.chain_id)
        if paper.contract.lower() != deployment.licenses.lower():
            raise OtherContract(paper.contract, deployment.licenses)

    def _check_signer(self, paper: Signed) -> None:
        message = paper.message
        assert isinstance(message, Terms | RateCard)
        twin_id = message.pay.twin_id if isinstance(message, Terms) else message.twin_id
        try:
            if recover(paper) == self.ground.authority(twin_id).owner:
                return
        except BadValue:
            pass
        self.chain.signers.check(paper)  # a contract wallet's, or it says whose it is

    def _terms(self, wish: Wish, paper: Signed) -> Terms:
        """Return the terms of a wish under a paper, whose own bounds it keeps."""
        now, message = self.ground.now, paper.message
        if isinstance(message, Terms):
            _require(message.scope.valid_until > now, TermsExpired(message.scope.valid_until))
            start = message.scope.start
            _require(start == 0 or start >= now, StartInPast(start))
            return message
        assert isinstance(message, RateCard)
        card = message
        _require(card.valid_until > now, TermsExpired(card.valid_until))
        days, rest = divmod(wish.term, DAY)
        _require(not rest, DaysOutOfRange(wish.term, card.min_days, card.max_days))
        terms = booking_terms(
            card,
            chain_id=paper.chain_id,
            contract=paper.contract,
            licensee=self.licensee,
            start=wish.start,
            days=days,
            uses=wish.uses,
            markets=wish.markets,
            quota=wish.quota,
            exclusive=wish.exclusive,
            ref=wish.ref,
        )
        start, earliest = wish.start or now, now + card.lead_time
        sold = earliest <= start <= card.valid_until
        _require(sold, StartNotSold(start, earliest, card.valid_until))
        return terms

    def _against(self, terms: Terms, paper: Signed) -> Iterator[TwinRightsError]:
        """Yield what the contract would refuse terms for, in its order."""
        scope, twin_id = terms.scope, terms.pay.twin_id
        owner = self.ground.authority(twin_id)
        if (license_id := _id_of(terms, paper)) in self.by_id:
            yield LicenseExists(license_id)
        if scope.epoch != owner.epoch:
            yield EpochWrong(scope.epoch, owner.epoch)
        if (twin_id, paper.digest) in self.ground.revoked:
            yield SignatureRevoked(paper.digest)
        message = paper.message
        if isinstance(message, RateCard) and message.serial < owner.least_serial:
            yield SerialTooLow(message.serial, owner.least_serial)
        if off_limits := scope.uses & ~owner.uses:
            yield UsesOffLimits(off_limits)
        if not owner.categories >> scope.category & 1:
            yield CategoryOffLimits(scope.category)
        left = WHOLE_BPS - sum(share.bps for share in terms.shares)
        if left < owner.least_owner_bps:
            yield OwnerShareTooLow(left, owner.least_owner_bps)
        yield from self._in_the_way(terms)
        if scope.exclusive:
            most = MAX_BOOKED_EXCLUSIVES if any(scope.card) else MAX_EXCLUSIVES
            if self._exclusives((twin_id, scope.category)) >= most:
                yield ExclusivesFull(twin_id, scope.category)

    def _in_the_way(self, terms: Terms) -> Iterator[TwinRightsError]:
        """Yield the last of the licenses that stand in the way (law 8, in both directions)."""
        scope = terms.scope
        start = scope.start or self.ground.now
        end = start + terms.pay.term
        meeting = [
            (present, grant.license_id)
            for grant in self.by_book[terms.pay.twin_id, scope.category]
            if (scope.exclusive or grant.scope.exclusive)
            and grant.licensee.lower() != self.licensee.lower()
            and grant.scope.uses & scope.uses
            and grant.scope.markets & scope.markets
            and grant.start < end
            and start < grant.end
            and max(start, grant.start) < (present := self.ground.end_of(grant))
        ]
        if meeting:
            until, license_id = max(meeting)
            yield InTheWay(license_id, until)

    def _exclusives(self, book: tuple[int, int]) -> int:
        """Return how many exclusive licenses of a twin and category have not ended."""
        if book not in self.exclusives:
            now = self.ground.now
            self.exclusives[book] = sum(
                grant.scope.exclusive and grant.end > now and self.ground.end_of(grant) > now
                for grant in self.by_book[book]
            )
        return self.exclusives[book]


def _id_of(terms: Terms, paper: Signed) -> int:
    """Return the id that a license has: the digest of its terms."""
    whole = digest(terms, chain_id=paper.chain_id, contract=paper.contract)
    return int.from_bytes(whole, "big")


def _fee(line: Line) -> int:
    return line.terms.pay.fee if line.terms else 0


def _ambiguous(wish: Wish, papers: Sequence[Signed]) -> BadValue | None:
    """Return what must be said more exactly where prices cannot be compared."""
    cards = [paper.message for paper in papers if isinstance(paper.message, RateCard)]
    categories = sorted({words.category_name(card.category) for card in cards})
    if wish.category is None and len(categories) > 1:
        names = " and ".join(categories)
        return BadValue("category", f"rate cards for {names} were given: name one")
    if len({card.currency for card in cards}) > 1:
        return BadValue("papers", "rate cards in several currencies were given: give one of them")
    return None


def _freshest_first(paper: Signed) -> int:
    return -paper.message.serial if isinstance(paper.message, RateCard) else 0


def _require(holds: bool, problem: TwinRightsError) -> None:
    if not holds:
        raise problem
