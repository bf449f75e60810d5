"""The room of TwinLicense where licenses begin and end: offers, bookings, notice, decline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web3.types import TxReceipt

from twinrights.acts import brought
from twinrights.asks import LicenseLike, Words, license_id_of, market_mask, use_mask
from twinrights.chain.send import Deed
from twinrights.errors import BadValue, OpeningStale
from twinrights.grants import grant_of
from twinrights.license_views import LicenseViews
from twinrights.money import quote
from twinrights.payments import send_paying
from twinrights.payouts import PayOut, read_pay_out
from twinrights.purchases import Acceptance, Booking, Purchase, granting, with_openings
from twinrights.terms import (
    ZERO_HASH,
    Decline,
    LapseEnd,
    License,
    Notice,
    RateCard,
    Revocation,
)
from twinrights.typed_data import Signed, to_abi
from twinrights.wallets import Wallet

__all__ = ["Licenses", "Quote"]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a booking would cost: `fee` in the smallest unit of `currency`, for the whole term."""

    fee: int
    currency: str
    days: int
    uses: int
    markets: int
    quota: int
    exclusive: bool


class Licenses(LicenseViews):
    """Licenses on one chain: granted, ended, and asked about."""

    def accept(
        self, offer: Signed, *, payer: Wallet, deposit: int | None = None, approve: bool = True
    ) -> License:
        """Make a license of an offer and pay its first deposit (the whole fee if not named).

        The payer must be the licensee. What it does not allow yet goes with the deed as a permit.

        Raises:
            InsufficientBalance, InsufficientAllowance: nothing was sent.
            Refused: the contract refuses the grant or the deposit.
        """
        purchase = Acceptance(offer=offer, deposit=deposit)
        return self.together([purchase], payer=payer, approve=approve)[0]

    def book(
        self,
        card: Signed,
        *,
        payer: Wallet,
        start: datetime | int,
        days: int,
        uses: Words,
        markets: Words,
        quota: int,
        exclusive: bool = False,
        ref: bytes = ZERO_HASH,
        fee: int | None = None,
        deposit: int | None = None,
        approve: bool = True,
    ) -> License:
        """Make a license under a rate card at what the card gives, and pay its first deposit.

        The payer is the licensee. `start` 0 is the second of the grant; `ref` (32 bytes, salted)
        keeps equal bookings apart; `fee` is the price that was agreed, refused if it is another.

        Raises:
            InsufficientBalance, InsufficientAllowance: nothing was sent.
            Refused: the card does not sell it (FeeNotQuoted: not at this fee), or the contract
                refuses the grant or the deposit.
        """
        purchase = Booking(
            card=card,
            start=start,
            days=days,
            uses=uses,
            markets=markets,
            quota=quota,
            exclusive=exclusive,
            ref=ref,
            fee=fee,
            deposit=deposit,
        )
        return self.together([purchase], payer=payer, approve=approve)[0]

    def together(
        self, purchases: Sequence[Purchase], *, payer: Wallet, approve: bool = True
    ) -> tuple[License, ...]:
        """Accept and book all of these in one transaction, or none; return the licenses in order.

        The payer is the licensee of each. What it does not allow yet goes along as one permit for
        each currency.

        Raises:
            InsufficientBalance, InsufficientAllowance: nothing was sent.
            BadValue: nothing was asked for, or in an order that one transaction cannot have.
            Refused: a card does not sell it, or the contract refuses one of them and so all.
        """
        if not purchases:
            raise BadValue("together", "there is nothing to buy")
        grantings = [granting(self._contracts, one, payer.address) for one in purchases]
        amounts: Counter[str] = Counter()
        for one in grantings:
            amounts[one.terms.pay.currency] += one.paid

        def attempt() -> TxReceipt:
            deeds = with_openings(self._contracts, grantings, self.opening)
            return send_paying(self._contracts, deeds, payer, amounts=amounts, approve=approve)

        try:
            receipt = attempt()
        except OpeningStale:
            # Another license was granted between the reading and the sending.
            receipt = attempt()
        events = self._contracts.happened(receipt, self._contract, "LicenseGranted")
        grants = [grant_of(granted) for granted in events]
        for grant in grants:
            self._grants.learn(grant)
        return tuple(self.get(grant.license_id) for grant in grants)

    def quote(
        self,
        card: RateCard | Signed,
        *,
        days: int,
        uses: Words,
        markets: Words,
        quota: int,
        exclusive: bool = False,
    ) -> Quote:
        """Return what a rate card gives for a booking; nothing is sent and no node is asked.

        Raises:
            UsesNotSold, MarketsNotSold, ExclusiveNotSold: the card does not sell it.
        """
        message = card.message if isinstance(card, Signed) else card
        if not isinstance(message, RateCard):
            raise TypeError(f"a RateCard is quoted from, not a {type(message).__name__}")
        use_bits, market_bits = use_mask(uses), market_mask(markets)
        fee = quote(
            message,
            days=days,
            uses=use_bits,
            markets=market_bits,
            exclusive=exclusive,
            quota=quota,
        )
        return Quote(fee, message.currency, days, use_bits, market_bits, quota, exclusive)

    def revoke(self, act: Signed, *, payer: Wallet) -> None:
        """Withdraw one offer or rate card by its owner's signed act.

        Raises:
            TwinUnknown, SignatureExpired, SignatureInvalid.
        """
        message, signature = brought(self._contracts, act, Revocation, self._contract)
        self._send(self._deed("revoke", to_abi(message), signature), payer)

    def give_notice(self, act: Signed, *, payer: Wallet) -> License:
        """End a license after its notice, by the owner's signed act; return the license.

        Raises:
            LicenseNotFound: no license has the act's id.
            LicenseOver, NoticeGivenBefore, SignatureExpired, NonceWrong, SignatureInvalid.
        """
        return self._end("giveNotice", act, Notice, payer)

    def end_lapsed(self, act: Signed, *, payer: Wallet) -> License:
        """End a license that has been unpaid for more than seven days; return it.

        Raises:
            LicenseNotFound: no license has the act's id.
            LicenseOver, NotLapsed, SignatureExpired, NonceWrong, SignatureInvalid.
        """
        return self._end("endLapsed", act, LapseEnd, payer)

    def decline(self, act: Signed, *, payer: Wallet) -> License:
        """Decline a booking before its start, everything refunded; return the license.

        Raises:
            LicenseNotFound: no license has the act's id.
            LicenseOver, NotBooking, LicenseStarted, SignatureExpired, NonceWrong,
            SignatureInvalid.
        """
        return self._end("decline", act, Decline, payer)

    def surrender(self, license_id: LicenseLike, *, payer: Wallet) -> PayOut:
        """End a license early as its licensee; return what was paid out and refunded.

        Raises:
            LicenseNotFound: no license has this id.
            NotLicensee, LicenseOver, GasTooLow.
        """
        grant = self._grants.of(license_id_of(license_id))
        deed = self._deed("surrender", grant.scope_hash, grant.pay_abi, grant.shares_abi)
        return read_pay_out(self._contracts, self._send(deed, payer), grant)

    def _end(self, name: str, act: Signed, kind: type[Any], payer: Wallet) -> License:
        message, signature = brought(self._contracts, act, kind, self._contract)
        grant = self._grants.of(message.license_id)
        deed = self._deed(
            name, to_abi(message), grant.scope_abi, grant.pay_abi, grant.shares_hash, signature
        )
        self._send(deed, payer)
        return self.get(grant.license_id)

    def _deed(self, name: str, *values: Any) -> Deed:
        return self._contracts.deed(self._contract, name, *values)

    def _send(self, deed: Deed, payer: Wallet) -> TxReceipt:
        return self._contracts.send(deed, payer)
