"""Calls that a wallet elsewhere must send, as the file that Safe's Transaction Builder takes."""

from __future__ import annotations

import json
import time

from twinrights.cli.answer import Answer
from twinrights.errors import SendElsewhere

__all__ = ["batch"]


def batch(problem: SendElsewhere) -> Answer:
    """Return the calls as a batch file: each has its target, value 0, and calldata."""
    value = {
        "version": "1.0",
        "chainId": str(problem.chain_id),
        "createdAt": int(time.time() * 1000),
        "meta": {
            "name": "TwinRights",
            "description": "",
            "createdFromSafeAddress": problem.address,
        },
        "transactions": [
            {
                "to": deed.to,
                "value": "0",
                "data": f"0x{deed.data.hex()}",
                "contractMethod": None,
                "contractInputsValues": None,
            }
            for deed in problem.deeds
        ],
    }
    return Answer(value, json.dumps(value, indent=2))
