"""docs/without-us.md does what it says: each of its commands is run, and prints what it shows."""

from __future__ import annotations

import pytest

from tests.docs.page import Step, follow, printed_anew, steps
from tests.docs.reader import PAGE, reader

SHORT = """\
```sh
NAME='you' # put in your own
echo "hello $NAME"
```

```text
hello you
```

<!-- meanwhile: it gets late
LATE=1
-->

```sh
test "$LATE" = 1
```
"""


def test_every_command_prints_what_the_page_shows():
    page = PAGE.read_text(encoding="utf-8")
    with reader() as her:
        printed = her.follows(page)
    assert printed == [step.printed for step in steps(page)], "see `make docs-update`"


def test_a_page_is_read_step_by_step():
    assert [step.printed for step in steps(SHORT)] == ["hello you\n", "", ""]
    assert steps(SHORT)[1] == Step("LATE=1\n", "")


def test_what_the_reader_puts_in_takes_its_place(tmp_path):
    how = {"folder": tmp_path, "path": "/usr/bin:/bin"}
    assert follow(steps(SHORT), given={"NAME": "'her'"}, **how) == ["hello her\n", "", ""]
    with pytest.raises(AssertionError, match="the page sets NAMES 0 times"):
        follow(steps(SHORT), given={"NAMES": "'her'"}, **how)


def test_a_command_that_fails_ends_the_reading(tmp_path):
    with pytest.raises(AssertionError, match="nowhere: No such file"):
        follow([Step("cat nowhere\n", "")], given={}, folder=tmp_path, path="/usr/bin:/bin")


def test_a_page_is_rewritten_with_what_was_printed():
    assert printed_anew(SHORT, ["hello you\n", "", ""]) == SHORT
    changed = printed_anew(SHORT, ["hello her\n", "", "so be it\n"])
    assert [step.printed for step in steps(changed)] == ["hello her\n", "", "so be it\n"]
