"""What owners sign, as EIP-712 has it.

`schema` is its shape, `hashing` its hash, `wire` its JSON, `abi` its form for the contracts,
`signed` the message with its signature and the file of both. Every message opens with its memo: a
sentence to the wallet, a hash to the chain.
"""

from twinrights.typed_data.abi import pay_abi, prices_abi, scope_abi, shares_abi, to_abi
from twinrights.typed_data.hashing import (
    card_digest,
    digest,
    pay_hash,
    scope_hash,
    scope_hash_of,
    shares_hash,
)
from twinrights.typed_data.schema import Message, is_of_twin, kind_of, memo_of, with_memo
from twinrights.typed_data.signed import Signed, recover, require_signer
from twinrights.typed_data.wire import message_from, shape_of, typed_data

__all__ = [
    "Message",
    "Signed",
    "card_digest",
    "digest",
    "is_of_twin",
    "kind_of",
    "memo_of",
    "message_from",
    "pay_abi",
    "pay_hash",
    "prices_abi",
    "recover",
    "require_signer",
    "scope_abi",
    "scope_hash",
    "scope_hash_of",
    "shape_of",
    "shares_abi",
    "shares_hash",
    "to_abi",
    "typed_data",
    "with_memo",
]
