"""`twinrights store` in a process of its own, used by those who record, sign and audit."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.test_agreement import OFFER, drafted
from tests.cli.world import NAMES, World, say
from twinrights.media.manifest import Manifest
from twinrights.store import FolderStore, Kind

RECORD = "usage record 1 --images images/c.jpg --uses own_shop --markets SE --as dev:hm"


@contextmanager
def served(folder: str) -> Iterator[str]:
    """Run `twinrights store` until it is no longer needed; give its address."""
    command = [sys.executable, "-m", "twinrights", "store", "--store", folder, "--port", "0"]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "}\n")
            yield json.loads("".join(lines) + "}")["store"]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
            process.stdout.close()


def picture(world: World) -> None:
    Image.new("RGB", (900, 600), (200, 30, 60)).save(world.folder / "images" / "c.jpg")


def test_a_brand_records_through_a_server_and_an_auditor_reads_it(world: World) -> None:
    picture(world)
    assert say("store token hm --write --out hm.token --store store").code == 0
    assert say("store token auditor --out auditor.token --store store").code == 0
    with served("store") as url:
        recorded = say(f"{RECORD} --store {url} --store-token hm.token --json")
        audited = say(f"audit run --store {url} --store-token auditor.token --json")
        refused = say(f"{RECORD} --store {url} --store-token auditor.token --json")

    assert recorded.code == 0, recorded.err
    (batch,) = recorded.value["batches"]
    store = FolderStore(world.folder / "store")
    manifest = Manifest.from_bytes(store.get(Kind.MANIFEST, bytes.fromhex(batch["manifest"][2:])))
    assert manifest == Manifest.load(recorded.value["manifest"])
    assert store.get(Kind.THUMBNAIL, manifest.entries[0].thumbnail)[:2] == b"\xff\xd8"
    assert (audited.code, audited.value["findings"], audited.value["files_held"]) == (0, [], 2)
    assert (
        f"{url} does not have 1 of the manifests that the chain names."
        in (audited.value["not_judged"])
    )
    assert (refused.code, refused.out) == (4, "")
    assert "this token may read and not write" in refused.err


def test_what_is_to_be_signed_is_shown_with_its_agreement(world: World) -> None:
    files = drafted(OFFER, "--store", "kept")
    unread = say(f"sign {files['offer']} --as dev:model --out a.json")
    elsewhere = say(f"sign {files['offer']} --as dev:model --out b.json --store store")
    read = say(f"sign {files['offer']} --as dev:model --out c.json --store kept")

    assert f"The agreement {files['agreement']} was not read: no --store is named." in unread.err
    assert "was not read: store does not have it." in elsewhere.err
    assert "# Agreement on a license of a digital twin" in read.err
    assert [unread.code, elsewhere.code, read.code] == [0, 0, 0]


def test_a_draft_puts_agreement_annex_and_proposal_into_the_store(world: World) -> None:
    files = drafted(OFFER, "--store", "kept")
    digest = files["digest"]
    assert say(f"store get proposal {digest} --store kept --out back.json").code == 0
    assert say("sign back.json --as dev:model --json").value["digest"] == digest
    shown = say(f"agreement show {files['agreement']} --store kept --annex {files['annex']}")
    assert NAMES["model"] in shown.out
    held = say(f"store get annex 0x{'00' * 32} --store kept --out none.json")
    assert held.code == 5


def test_an_agreement_signed_elsewhere_is_kept_by_its_hash_and_said_to_be_unread(
    world: World,
) -> None:
    (world.folder / "contract.pdf").write_bytes(b"%PDF-1.7")
    kept = say("store put agreement contract.pdf --store kept --json").value["hash"]
    assert (
        say(f"{OFFER} --agreement contract.pdf --out plain.json --json").value["agreement"] == kept
    )
    signed = say("sign plain.json --as dev:model --store kept --out signed.json")
    assert "it is a file that was not made here, to be read by itself" in signed.err
    assert signed.code == 0


def test_an_audit_without_a_store_says_so_and_with_one_counts_what_it_held(world: World) -> None:
    without, with_ = say("audit run --json"), say("audit run --store store --json")
    said = "No store was named: what agreements and manifests say was not read."
    assert (without.code, without.value["files_held"]) == (0, 0)
    assert said in without.value["not_judged"]
    assert (with_.code, with_.value["files_held"]) == (0, 1)
    assert said not in with_.value["not_judged"]
    assert say("audit run").err == f"{said}\n"


def test_an_audit_names_a_store_that_lies(world: World) -> None:
    said = say("audit run --store liar --json")
    assert said.code == 2
    (finding,) = said.value["findings"]
    assert (finding["code"], finding["subject"]["id"]) == ("StoreDiffers", world.ids["live"])
    assert said.value["reconciled"] is True


def test_an_audit_goes_on_where_a_store_does_not_answer(world: World) -> None:
    said = say("audit run --store http://127.0.0.1:9 --json")
    assert (said.code, said.value["findings"]) == (0, [])
    assert any("No store answers at" in sentence for sentence in said.value["not_judged"])


def test_a_token_is_shown_nowhere_and_its_users_alone(world: World) -> None:
    said = [
        say("store token hm --out hm.token --store store"),
        say("store token hm --remove --store store"),
    ]
    token = (world.folder / "hm.token").read_text().strip()
    assert [run.code for run in said] == [0, 0]
    assert not any(token in run.out + run.err for run in said)
    assert (world.folder / "hm.token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["manifest", "agreement"])
def test_the_store_of_the_environment_is_used(
    kind: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWINRIGHTS_STORE", str(world.folder / "mine"))
    kept = say(f"store put {kind} {kind}.json --json").value["hash"]
    assert Path("mine", kind, kept).read_bytes() == Path(f"{kind}.json").read_bytes()
