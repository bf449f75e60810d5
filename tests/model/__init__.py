"""The law, written a second time: what each deed does, or the exact error by which it is refused.

Written from the laws and not from the contracts: plain integers, no chain, no ABI, no packed words.
A wallet, a hash and a twin's or license's id are each a number. Every deed is a function of the
name that it has on the chain; it is handed a `World` that it may change and says no by `Refused`.
The order of the checks is part of the law: where two errors apply, people are told the first.

Read `world.py`, then a room: `twins`, `moves`, `licenses`, `cards`, `exclusivity`, `endings`,
`money`, `usage`. `currencies` says how good and bad money behaves; `deeds` lists every deed.
"""
