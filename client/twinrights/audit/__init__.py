"""The auditor: history and money rebuilt from events alone, then held against the chain.

`run.audit` does it all. `events` and `headers` read, `rebuild` and `replay` rebuild and judge by
the laws, `observe` asks the chain, `compare` and `vault` name every difference, `report` says it.
What rebuilds borrows nothing from the client and asks the contracts nothing.
"""
