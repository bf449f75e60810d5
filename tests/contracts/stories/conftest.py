from tests.contracts.support.rooms import deployed, desk, lone, odd_desk  # noqa: F401
