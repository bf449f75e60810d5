"""The model and the contracts, driven side by side: what one does, the other must do.

`model/` says what each deed does or by which error it is refused. Here Anvil, with the contracts
that the Python package ships, is asked the same; after each deed the whole state is compared.
"""
