"""What each wallet earned, was paid and is due, by license and month, from events alone.

The accounts and their sums are the auditor's (`twinrights.audit.ledger`, `twinrights.audit.ties`):
`statement` cuts one wallet's into months, `sheet` writes it for accounts. `docs/statements.md`
explains each column.
"""
