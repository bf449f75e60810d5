"""What each wallet earned, was paid and is due, by license and month, from events alone.

The accounts are the auditor's (`twinrights.audit.ledger`): `statement` cuts one wallet's into
months, `ties` sums everybody's, `sheet` writes it for accounts. `docs/statements.md` explains all.
"""
