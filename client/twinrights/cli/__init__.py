"""The command line `twinrights`: every deed and question of the facade, for shells and people.

    main      the entry: one line and an exit code for whatever goes wrong
    app       the tree: one module per group
    command   how a typed function becomes a command
    session   the chain, wallets and files that a command asks for
    answer    what a command says: one JSON value, or words and tables
    read      text into values: dates, shares, weights, ids
    show      values into text: licenses, terms, money, as JSON and for people
    papers    drafts and signed messages: files, signing, sending
    option    the options that several commands share

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 bad input, 2 the audit found
a difference, 3 a contract refused, 4 no node or other contracts, 5 not found, 6 trouble with a key.
"""

from twinrights.cli.main import main

__all__ = ["main"]
