from tests.contracts.support.people import *  # noqa: F403
from tests.contracts.support.rooms import deployed, desk, lone, odd_desk, put_back  # noqa: F401
