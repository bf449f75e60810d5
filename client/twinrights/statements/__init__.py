"""What each wallet earned, was paid and is due, by license and month, from events alone.

`ledger` turns a replayed history into accounts that tie to the unit, `statement` cuts one wallet's
into months, `sheet` writes it for an accountant. `docs/statements.md` says what each column means.
"""
