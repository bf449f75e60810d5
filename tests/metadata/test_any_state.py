"""Whatever the state, what is drawn of it can be read, and says the same as the client's words."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twinrights import words

BITS = {
    **dict.fromkeys(("start", "end", "paidThrough"), 40),
    **dict.fromkeys(("deposited", "collected"), 96),
    **dict.fromkeys(("imagesLeft", "uses"), 32),
    "markets": 256,
    "batches": 24,
}
TWIN_BITS = {
    **dict.fromkeys(("epoch", "nonce", "leastSerial", "uses", "categories"), 32),
    "leastOwnerBps": 16,
}
MARKS = ("isBooking", "isNoticed", "isSettled")
EACH = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def uints(bits: dict[str, int]) -> dict[str, st.SearchStrategy[int]]:
    """Numbers of any size that fits, so that small and large ones both come up."""
    return {
        name: st.integers(0, width).flatmap(lambda size: st.integers(0, 2**size - 1))
        for name, width in bits.items()
    }


@EACH
@given(
    license_id=st.integers(0, 2**256 - 1),
    state=st.fixed_dictionaries({**uints(BITS), **dict.fromkeys(MARKS, st.booleans())}),
)
def test_a_license(drawing, license_id, state):
    told = drawing.license(license_id, **state)
    assert told.traits("Use") == words.use_labels(state["uses"])
    assert told.trait("Markets").split() == words.market_names(state["markets"])
    assert told.trait("Deposited") == str(state["deposited"])
    assert (told.trait("Start"), told.trait("End")) == (state["start"], state["end"])
    assert told.trait("State") in told.words
    assert all(len(line) <= 42 for line in told.words)


@EACH
@given(
    twin_id=st.integers(0, 2**256 - 1),
    state=st.fixed_dictionaries({**uints(TWIN_BITS), "isRetired": st.booleans()}),
)
def test_a_twin(drawing, twin_id, state):
    told = drawing.twin(twin_id, **state)
    assert told.traits("Allowed use") == words.use_labels(state["uses"])
    numbers = [n for n in range(32) if state["categories"] >> n & 1]
    assert told.traits("Allowed category") == [words.category_label(n) for n in numbers]
    assert told.trait("Epoch") == state["epoch"]
    assert told.trait("State") in told.words
    assert all(len(line) <= 42 for line in told.words)
