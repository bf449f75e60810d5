"""The memos of consents, policies, and the acts by which an owner ends or withdraws something."""

from __future__ import annotations

from twinrights import words
from twinrights.memo.phrases import Purse, id_words, is_zero, percent, until, wallet_words
from twinrights.terms import (
    Consent,
    Decline,
    EpochRaise,
    Flag,
    GuardianChange,
    LapseEnd,
    Move,
    MoveAtOnce,
    MoveDrop,
    Notice,
    Policy,
    Retirement,
    Revocation,
    SerialRaise,
)

__all__ = [
    "consent",
    "decline",
    "epoch_raise",
    "flag",
    "guardian_change",
    "lapse_end",
    "move",
    "move_at_once",
    "move_drop",
    "notice",
    "policy",
    "retirement",
    "revocation",
    "serial_raise",
]


AFTER_A_MOVE = (
    "Licenses that exist go on. Every offer and rate card that was signed before is void."
)


def consent(message: Consent, _: Purse) -> list[str]:
    """Return the sentences of a consent."""
    guardian = "It has no guardian."
    if not is_zero(message.guardian):
        guardian = (
            f"Its guardian is the wallet {wallet_words(message.guardian)}, who helps to move it if "
            "I lose mine."
        )
    return [
        "I consent to a digital twin of me: the replica whose description has the hash "
        f"{id_words(message.replica)}.",
        f"It belongs to my wallet {wallet_words(message.owner)} and is not for sale.",
        guardian,
        "Nobody may use it until I allow a use and license it.",
        _sent(message.deadline),
    ]


def policy(message: Policy, _: Purse) -> list[str]:
    """Return the sentences of a policy."""
    twin = id_words(message.twin_id)
    if not message.uses or not message.categories:
        allowed = f"I allow no new license of my digital twin {twin} at all."
    else:
        allowed = (
            f"New licenses of my digital twin {twin} may only be for these uses: "
            f"{words.use_words(message.uses)}; only in these categories: "
            f"{words.category_words(message.categories)}; and only if at least "
            f"{percent(message.least_owner_bps)} of the fee is mine."
        )
    return [
        allowed,
        "This replaces what I allowed before and changes no license that exists.",
        _sent(message.deadline),
    ]


def epoch_raise(message: EpochRaise, _: Purse) -> list[str]:
    """Return the sentences of an act that voids every older signature."""
    return [
        "I make every offer and every rate card void that I have signed for my digital twin "
        f"{id_words(message.twin_id)} so far.",
        "Licenses that exist go on.",
        _sent(message.deadline),
    ]


def serial_raise(message: SerialRaise, _: Purse) -> list[str]:
    """Return the sentences of an act that voids older rate cards."""
    return [
        f"I make every rate card of my digital twin {id_words(message.twin_id)} void whose number "
        f"is below {message.least_serial}.",
        "Licenses that exist go on.",
        _sent(message.deadline),
    ]


def guardian_change(message: GuardianChange, _: Purse) -> list[str]:
    """Return the sentences of a change of guardian."""
    twin = id_words(message.twin_id)
    named = f"From now on my digital twin {twin} has no guardian."
    if not is_zero(message.guardian):
        named = (
            f"From now on the guardian of my digital twin {twin} is the wallet "
            f"{wallet_words(message.guardian)}, who helps to move it if I lose mine."
        )
    return [
        named,
        "Who was guardian before is none any more, and a move that it proposed is dropped.",
        _sent(message.deadline),
    ]


def move(message: Move, _: Purse) -> list[str]:
    """Return the sentences of a move that waits, the same for all who sign it."""
    return [
        _moves(message),
        "It waits 7 days if the owner signs this, 14 days if the guardian does, and the owner can "
        "drop it until it is completed. What is due to the owner waits meanwhile and is paid to "
        "the new wallet.",
        AFTER_A_MOVE,
        _sent(message.deadline),
    ]


def move_at_once(message: MoveAtOnce, _: Purse) -> list[str]:
    """Return the sentences of a move without delay, the same for the three who sign it."""
    return [
        _moves(message),
        "Owner and guardian both sign this, so it moves at once. What is due to the owner is paid "
        "to the new wallet.",
        AFTER_A_MOVE,
        _sent(message.deadline),
    ]


def _moves(message: Move | MoveAtOnce) -> str:
    return (
        f"The digital twin {id_words(message.twin_id)} moves to the wallet "
        f"{wallet_words(message.to)}, which accepts it and is its owner then."
    )


def move_drop(message: MoveDrop, _: Purse) -> list[str]:
    """Return the sentences of the owner's no to a move."""
    return [
        f"I drop the move of my digital twin {id_words(message.twin_id)} that is pending: it stays "
        "in my wallet.",
        _sent(message.deadline),
    ]


def retirement(message: Retirement, _: Purse) -> list[str]:
    """Return the sentences of a retirement."""
    return [
        f"I retire my digital twin {id_words(message.twin_id)}: it is never licensed again, and "
        "this cannot be undone.",
        "Licenses that exist go on, and what is due to me is paid to me.",
        _sent(message.deadline),
    ]


def flag(message: Flag, _: Purse) -> list[str]:
    """Return the sentences of a public doubt."""
    concerns = "I name no license."
    if message.license_id:
        concerns = f"It concerns the license {id_words(message.license_id)}."
    return [
        f"I doubt in public the image whose SHA-256 is {id_words(message.image_hash)}: it shows my "
        f"digital twin {id_words(message.twin_id)}.",
        concerns,
        _sent(message.deadline),
    ]


def notice(message: Notice, _: Purse) -> list[str]:
    """Return the sentences of a notice."""
    return [
        f"I give notice to the license {id_words(message.license_id)}.",
        "It ends when the notice in its terms has passed, at most 90 days after this is sent; what "
        "was deposited and is not earned by then goes back to the licensee.",
        _sent(message.deadline),
    ]


def lapse_end(message: LapseEnd, _: Purse) -> list[str]:
    """Return the sentences of the end of an unpaid license."""
    return [
        f"I end the license {id_words(message.license_id)} at once, because it has been unpaid for "
        "more than 7 days.",
        _sent(message.deadline),
    ]


def decline(message: Decline, _: Purse) -> list[str]:
    """Return the sentences of a no to a booking."""
    return [
        f"I decline the booking {id_words(message.license_id)} before its start.",
        "Everything that was deposited goes back to the licensee, and I receive nothing.",
        _sent(message.deadline),
    ]


def revocation(message: Revocation, _: Purse) -> list[str]:
    """Return the sentences of a withdrawal."""
    return [
        f"I withdraw the offer or rate card {id_words(message.digest)} of my digital twin "
        f"{id_words(message.twin_id)}.",
        "Licenses that exist go on.",
        _sent(message.deadline),
    ]


def _sent(deadline: int) -> str:
    return f"This can be sent {until(deadline)}."
