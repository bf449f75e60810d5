"""A small world on one Anvil node that every test of the command line starts from.

Ids are always the same: the chain's clock begins at a fixed second and salts are fixed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from eth_utils import to_hex
from web3 import Web3
from web3.types import RPCEndpoint

from tests.client.agreements import FIELDS as NAMES
from twinrights import words
from twinrights.agreement import Agreement, Annex, with_agreement
from twinrights.chain.node import Node
from twinrights.cli import main
from twinrights.facade import TwinRights
from twinrights.store import FolderStore, Kind
from twinrights.terms import (
    ZERO_ADDRESS,
    Consent,
    MarketRate,
    Move,
    MoveAtOnce,
    Pay,
    Policy,
    RateCard,
    Scope,
    Share,
    Terms,
    UseRate,
)
from twinrights.typed_data import Message, Signed
from twinrights.wallets import Wallet, dev_wallet

NEW_YEAR = 1_893_456_000
"""2030-01-01T00:00:00Z, when the world begins."""

DAY, HOUR = 86_400, 3_600
CAMPAIGN = """twin,uses,markets,start,days,quota,exclusive,category,reference
1,own_shop,SE+NO,2030-03-01,30,5,,,spring
1,own_shop,SE+NO,2030-03-01,30,5,,,spring
1,own_social,DK,2030-03-01,14,10,yes,fashion,summer
"""
"""A sheet of three licenses, two of them equal."""

PASSWORD = "correct horse"
FOREVER = NEW_YEAR + 5 * 365 * DAY

model, other_model = dev_wallet("model"), dev_wallet("other_model")
hm, rival, deployer = dev_wallet("hm"), dev_wallet("rival"), dev_wallet("deployer")
guardian, new_phone = dev_wallet("guardian"), dev_wallet("new_phone")
agency, stylist, reporter = dev_wallet("agency"), dev_wallet("stylist"), dev_wallet("reporter")


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The one JSON value on stdout."""
        return json.loads(self.out)


def say(line: str, *more: str) -> Said:
    """Run a command line in this process; `more` are arguments that may hold spaces."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*line.split(), *more])
    return Said(code, out.getvalue(), err.getvalue())


@dataclass
class World:
    """A chain with twins, licenses and recorded images, and a folder with everything signed."""

    node: Node
    chain: TwinRights
    folder: Path
    ids: dict[str, str] = field(default_factory=dict)

    def sign(self, message: Message, by: Wallet) -> Signed:
        """Return a message signed by a wallet, with its memo."""
        return self.chain.sign(message, signer=by)

    def keep(self, name: str, signed: Signed) -> Signed:
        """Write a signed message into the folder."""
        signed.save(self.folder / name)
        return signed

    def ask(self, method: str, *values: Any) -> Any:
        """Ask the node itself."""
        return self.chain.web3.manager.request_blocking(RPCEndpoint(method), list(values))

    @property
    def env(self) -> dict[str, str]:
        """What a shell must export for these commands."""
        return {
            "TWINRIGHTS_RPC": self.node.url,
            "TWINRIGHTS_DEPLOYMENT": str(self.node.deployment_file),
            "TWINRIGHTS_KEYSTORE": str(self.folder / "keys"),
            "TWINRIGHTS_PASSWORD_FILE": str(self.folder / "password"),
            "TWINRIGHTS_DEBUG": "",
            "TWINRIGHTS_STORE": "",
        }

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Put chain and folder back as they were."""
        snapshot = self.ask("evm_snapshot")
        files = {path: path.read_bytes() for path in self.files()}
        try:
            yield
        finally:
            self.ask("evm_revert", snapshot)
            for path in self.files():
                if path not in files:
                    path.unlink()
            for path, content in files.items():
                path.write_bytes(content)

    def files(self) -> list[Path]:
        """Return every file of the folder."""
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def state(self) -> tuple[str, str]:
        """Return the head of the chain and a hash over the folder."""
        return head_of(self.chain.web3), hash_of(self.folder)


def head_of(web3: Web3) -> str:
    """Return the hash of the newest block."""
    return to_hex(web3.eth.get_block("latest")["hash"])


def hash_of(folder: Path) -> str:
    """Return a hash over names and contents of all files."""
    content = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content.update(f"{path}:{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return content.hexdigest()


def consent_of(owner: Wallet, *, salt: int, deadline: int = FOREVER) -> Consent:
    return Consent(
        memo="",
        owner=owner.address,
        replica=bytes([7]) * 32,
        guardian=guardian.address,
        salt=bytes([salt]) * 32,
        deadline=deadline,
    )


def terms_of(world: World, twin_id: int, licensee: Wallet, **changed: Any) -> Terms:
    """Return ordinary terms, with some fields of scope and pay or the shares changed."""
    scope = Scope(
        memo="",
        licensee=licensee.address,
        epoch=0,
        valid_until=FOREVER,
        start=0,
        category=words.category("fashion"),
        exclusive=False,
        uses=words.uses("own_shop"),
        markets=words.markets("SE"),
        notice=30 * DAY,
    )
    dollar = world.chain.currency("TUSD")
    pay = Pay(twin_id, dollar.address, 1_000_000_000, 100_000_000, 30 * DAY, 10)
    shares = changed.pop("shares", (Share(stylist.address, 500, words.role("stylist")),))
    of_scope = {name: changed.pop(name) for name in list(changed) if hasattr(scope, name)}
    return Terms(replace(scope, **of_scope), replace(pay, **changed), tuple(shares))


def card_of(world: World, twin_id: int, **changed: Any) -> RateCard:
    """Return an ordinary rate card, with some fields changed."""
    card = RateCard(
        memo="",
        twin_id=twin_id,
        licensee=ZERO_ADDRESS,
        epoch=0,
        serial=0,
        valid_until=FOREVER,
        category=words.category("fashion"),
        currency=world.chain.currency("TUSD").address,
        notice=30 * DAY,
        agreement=bytes(32),
        floor=100_000_000,
        day_rate=420_000_000,
        image_rate=18_000_000,
        exclusive_factor=25_000,
        min_days=7,
        max_days=365,
        max_quota=80,
        lead_time=DAY,
        uses=(UseRate(0, 1_100), UseRate(2, 900)),
        markets=(MarketRate(words.markets("NORDICS"), 10_000),),
        shares=(Share(agency.address, 1_000, words.role("agency_commission")),),
    )
    return replace(card, **changed)


def build(node: Node, folder: Path) -> World:
    """Return the world: chain and folder filled."""
    world = World(node, TwinRights.connect(node.url, deployment=node.deployment_file), folder)
    world.chain.clock.move_to(NEW_YEAR)
    _twins(world)
    _papers(world)
    _licenses(world)
    _keys(world)
    (folder / "replica.json").write_text('{"scan": "none", "salt": "1f"}\n')
    return world


def _twins(world: World) -> None:
    chain = world.chain
    for name, owner, salt in (("twin", model, 1), ("other_twin", other_model, 2)):
        twin = chain.twins.mint(
            world.keep(f"{name}.consent.json", world.sign(consent_of(owner, salt=salt), owner)),
            payer=deployer,
        )
        world.ids[name] = f"0x{twin.id:064x}"
        policy = Policy(
            "", twin.id, words.uses("own_shop+own_social+email"), 1 << 0, 5_000, 0, FOREVER
        )
        policy = replace(policy, categories=1 << words.category("fashion"))
        chain.twins.set_policy(world.sign(policy, owner), payer=deployer)


def _papers(world: World) -> None:
    twin_id = int(world.ids["twin"], 16)
    third = dev_wallet("third_model")
    move = Move("", twin_id, new_phone.address, 1, FOREVER)
    for name, who in {"owner": model, "guardian": guardian, "new": new_phone, "hm": hm}.items():
        world.keep(f"move.{name}.json", world.sign(move, who))
    at_once = MoveAtOnce("", twin_id, new_phone.address, 1, FOREVER)
    for name, who in {"owner": model, "guardian": guardian, "new": new_phone}.items():
        world.keep(f"at_once.{name}.json", world.sign(at_once, who))
    world.keep("move.draft.json", world.chain.draft(move))
    world.keep("consent.json", world.sign(consent_of(third, salt=3), third))
    world.keep("offer.json", world.sign(terms_of(world, twin_id, hm), model))
    world.keep("card.json", world.sign(card_of(world, twin_id), model))
    (world.folder / "campaign.csv").write_text(CAMPAIGN)
    draft = world.sign(terms_of(world, twin_id, hm, quota=11), model)
    world.keep("draft.json", replace(draft, signature=b""))
    (world.folder / "signature").write_text(to_hex(draft.signature))


def _licenses(world: World) -> None:
    chain, twin_id = world.chain, int(world.ids["twin"], 16)
    images = world.folder / "images"
    images.mkdir()
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (images / name).write_bytes(name.encode() * 40)
    terms = _agreed(world, terms_of(world, twin_id, hm, quota=20, start=NEW_YEAR + HOUR))
    live = chain.licenses.accept(world.sign(terms, model), payer=hm, deposit=500_000_000)
    booking = chain.licenses.book(
        world.sign(card_of(world, twin_id), model),
        payer=hm,
        start=NEW_YEAR + 40 * DAY,
        days=30,
        uses="own_shop",
        markets="SE",
        quota=5,
    )
    chain.clock.move_to(NEW_YEAR + 2 * HOUR)
    chain.usage.record(
        live,
        [images / "a.jpg", images / "b.jpg"],
        payer=hm,
        uses="own_shop",
        markets="SE",
        manifest_path=world.folder / "manifest.json",
    )
    world.ids |= {"live": f"0x{live.id:064x}", "booking": f"0x{booking.id:064x}"}


def _agreed(world: World, terms: Terms) -> Terms:
    """Return terms with an agreement, which is written into the folder with its annex."""
    named = Annex.of(NAMES, random=lambda size: b"\x01" * size)
    place = {"chain_id": world.chain.chain_id, "contract": world.chain.deployment.licenses}
    agreement = Agreement.of(terms, named, currency=world.chain.currency("TUSD"), **place)
    (world.folder / "names.json").write_text(json.dumps(NAMES))
    (world.folder / "annex.json").write_bytes(named.to_bytes())
    (world.folder / "agreement.json").write_bytes(agreement.to_bytes())
    FolderStore(world.folder / "store").put(Kind.AGREEMENT, agreement.to_bytes())
    world.ids["agreement"] = to_hex(agreement.hash)
    return with_agreement(terms, agreement.hash)


def owe(world: World) -> None:
    """Let a pay-out fail: while the currency refuses everything, what is earned must wait."""
    dollar = world.chain.currency("TUSD").address
    code = to_hex(world.chain.web3.eth.get_code(dollar))
    world.chain.clock.advance(DAY)
    world.ask("anvil_setCode", dollar, "0x60006000fd")
    world.chain.royalties.pay_out(int(world.ids["live"], 16), payer=deployer)
    world.ask("anvil_setCode", dollar, code)


def _keys(world: World) -> None:
    keys = world.folder / "keys"
    (world.folder / "password").write_text(f"{PASSWORD}\n")
    (world.folder / "new_password").write_text("clear as day\n")
    (world.folder / "wrong_password").write_text("battery staple\n")
    (world.folder / "key").write_text("0x" + "11" * 32 + "\n")
    Wallet.from_key("22" * 32).to_keystore(keys / "treasury.json", PASSWORD)
    (keys / "broken.json").write_text('{"address": "00", "crypto": {"kdf": "rot13"}}\n')
