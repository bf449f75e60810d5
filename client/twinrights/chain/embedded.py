"""The chain inside this process: py-evm as eth-tester runs it, and an index where that has none.

Apart from `connect`, because it needs the extra `embedded`.
"""

from __future__ import annotations

from typing import Any

from eth.exceptions import HeaderNotFound, TransactionNotFound
from eth_tester import PyEVMBackend
from eth_tester.backends.pyevm.serializers import serialize_transaction_receipt

__all__ = ["IndexedBackend"]


class IndexedBackend(PyEVMBackend):  # type: ignore[misc]
    """Finds a transaction by py-evm's index; eth-tester decodes every block from the head back.

    A search for logs asks for each receipt of its blocks: so it takes a second, not half a minute.
    """

    def get_transaction_receipt(self, transaction_hash: bytes) -> Any:
        """Return the receipt of a transaction."""
        try:
            number, index = self.chain.get_canonical_transaction_index(transaction_hash)
            block = self.chain.get_canonical_block_by_number(number)
        except (TransactionNotFound, HeaderNotFound):
            return super().get_transaction_receipt(transaction_hash)
        here = block.transactions[index : index + 1]
        if number >= self.chain.get_block().number or not here or here[0].hash != transaction_hash:
            # The chain was put back to an earlier state, the index was not.
            return super().get_transaction_receipt(transaction_hash)
        receipts = block.get_receipts(self.chain.chaindb)
        return serialize_transaction_receipt(
            block, receipts, here[0], index, False, self.chain.get_vm()
        )
