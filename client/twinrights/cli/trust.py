"""`twinrights trust`: who vouches for a wallet, which wallets a domain names, flagged images."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from twinrights.cli import look, option, papers, read, sending, show, told, trusted
from twinrights.cli.answer import Answer, as_people_read, listed
from twinrights.cli.command import command, family
from twinrights.cli.session import Session
from twinrights.errors import BadInput, BadValue, VouchNotFound
from twinrights.media.images import sha256_of
from twinrights.terms import Flag
from twinrights.trust import PATH, Domain, DomainFile, Statement, Vouch, fetch, opened

__all__ = ["group"]

group = family("trust", "Vouch for wallets, ask domains for theirs, flag images.")

Wallet = Annotated[
    str, typer.Argument(metavar="WALLET", help="The wallet: an address, a key's name, or dev:NAME.")
]
SpokenFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="What `trust statement` wrote, or a domain's twinrights.json."
    ),
]
DomainName = Annotated[str, typer.Argument(metavar="DOMAIN", help="A domain, like hm.com.")]


@command(group, "list")
def every(
    session: Session,
    wallet: Annotated[
        str | None, typer.Argument(metavar="WALLET", help="Only what is said of this wallet.")
    ] = None,
    block: option.Block = None,
) -> Answer:
    """List who vouches for a wallet now, or for any: neither expired nor withdrawn."""
    wanted = () if wallet is None else (session.account(wallet),)
    found = session.chain.trust.vouches(*wanted, block=look.as_of(session, block))
    rows = [{"wallet": vouch.subject, **told.vouch_value(vouch)} for vouch in found]
    if not rows:
        return Answer([], "nobody vouches")
    return listed(rows, "wallet", "voucher", "until", "commitment")


@command(group, "statement")
def statement(
    session: Session,
    wallet: Wallet,
    says: Annotated[str, typer.Option(metavar="TEXT", help="What is said, like 'is our model'.")],
    name: Annotated[str, typer.Option(metavar="TEXT", help="Whose wallet it is, by name.")],
    out: option.Out = None,
) -> Answer:
    """Write down what you say of a wallet. Keep the file: only its salted hash goes on chain."""
    made = Statement.of(session.account(wallet), says=says, name=name)
    return _written(made, out)


@command(group, "vouch")
def vouch(
    session: Session,
    file: SpokenFile,
    until: Annotated[str, typer.Option(metavar="WHEN", help="From then on it is said no longer.")],
    payer: option.Payer,
) -> Answer:
    """Vouch for the wallet of a statement; or, with a domain's file, answer that domain.

    The domain's file must name the sender, whose word is then about itself. Said again, it holds
    until the new time.
    """
    wallet, said = session.wallet(payer), opened(file)
    chain = session.chain
    if isinstance(said, DomainFile) and wallet.address not in said.on(chain.chain_id):
        raise BadValue("FILE", f"{said.domain} does not name {wallet.address} on this chain")
    subject = wallet.address if isinstance(said, DomainFile) else said.subject
    last = read.moment(until, now=chain.now())
    with session.working("vouching"):
        chain.trust.vouch(subject, said.commitment, until=last, payer=wallet)
    return Answer(
        {
            "wallet": subject,
            "voucher": wallet.address,
            "commitment": show.digest(said.commitment),
            "until": show.when(last),
        }
    )


@command(group, "withdraw")
def withdraw(
    session: Session,
    wallet: Wallet,
    payer: option.Payer,
    commitment: Annotated[
        str | None,
        typer.Option(metavar="HASH", help="Which word, if you have given several."),
    ] = None,
) -> Answer:
    """Take your own word about a wallet back."""
    subject, sender = session.account(wallet), session.wallet(payer)
    if commitment is None:
        said = [v for v in session.chain.trust.vouches(subject) if v.voucher == sender.address]
        if len(said) > 1:
            raise BadValue(
                "--commitment", f"you say {len(said)} things of it, see `trust list`: name one"
            )
        if not said:
            raise VouchNotFound(sender.address, subject)
        word = said[0].commitment
    else:
        word = _hash(commitment, field="--commitment")
    session.chain.trust.withdraw(subject, word, payer=sender)
    return Answer({"wallet": subject, "withdrawn": show.digest(word)})


@command(group, "verify")
def verify(session: Session, file: SpokenFile) -> Answer:
    """Say who vouches on chain for exactly what a file says; exit code 1 if nobody does."""
    said, chain = opened(file), session.chain
    wallets = (said.subject,) if isinstance(said, Statement) else said.on(chain.chain_id)
    found = [
        each
        for each in (chain.trust.vouches(*wallets) if wallets else ())
        if each.commitment == said.commitment and _counts(each, said)
    ]
    rows, words = trusted.vouched(found)
    value = {**said.to_json(), "commitment": show.digest(said.commitment)}
    return Answer(
        {**value, "vouched_by": rows},
        as_people_read({**value, "vouched_by": words}),
        exit_code=0 if found else BadInput.exit_code,
    )


@command(group, "domain")
def domain(
    session: Session,
    domain: DomainName,
    wallet: Annotated[
        str | None, typer.Option(metavar="WALLET", help="Say yes or no to this wallet.")
    ] = None,
) -> Answer:
    """Ask a domain which wallets are its own on this chain, and the chain which of them answer.

    Both ways is a proof: the domain names the wallet, and the wallet vouches for the domain. One
    way is the domain's word alone. With --wallet, exit code 1 means that the domain does not name
    it.
    """
    asked = Domain.of(domain)
    wanted = session.account(wallet) if wallet else None
    with session.working(f"asking {asked}"):
        file = fetch(asked)
    named = file.on(session.chain.chain_id)
    said = session.chain.trust.vouches(*named) if named else ()
    answers = {v.subject: v for v in said if v.commitment == file.commitment and _counts(v, file)}
    rows = [_proof(each, answers.get(each)) for each in named]
    value = {
        "domain": asked.address,
        "shown_as": str(asked),
        "name": file.name,
        "chain_id": session.chain.chain_id,
    }
    if wanted is None:
        return Answer({**value, "wallets": rows})
    row = next((each for each in rows if each["wallet"] == wanted), None)
    value |= {"is_named": row is not None, **(row or {"wallet": wanted, "proof": None})}
    return Answer(value, _yes_or_no(asked, wanted, row), exit_code=0 if row else BadInput.exit_code)


@command(group, "template")
def template(
    session: Session,
    domain: DomainName,
    name: Annotated[str, typer.Option(metavar="TEXT", help="The name that people know.")],
    wallets: Annotated[
        list[str],
        typer.Option("--wallet", metavar="WALLET", help="A wallet of yours; again for each."),
    ],
    out: option.Out = None,
) -> Answer:
    """Write the file that a brand puts on its site, at /.well-known/twinrights.json."""
    asked, chain_id = Domain.of(domain), session.chain.chain_id
    named = [(chain_id, session.account(each)) for each in wallets]
    file = DomainFile.of(asked, name=name, wallets=named)
    session.remark(
        f"Publish it as https://{asked.address}{PATH}, sent as application/json. Then each wallet "
        "answers: `trust vouch FILE --until WHEN --as WALLET`."
    )
    return _written(file, out)


@command(group, "flag")
def flag(
    session: Session,
    twin: option.TwinId,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="The image file.")],
    license: Annotated[
        str | None,
        typer.Option(metavar="LICENSE", help="The license that it concerns; none unless given."),
    ] = None,
    deadline: option.Deadline = "+7d",
    sign_as: option.SignAs = None,
    sender: option.Sender = None,
    out: option.Out = None,
) -> Answer:
    """Draft the owner's public doubt about an image of her twin."""
    known = look.twin_of(session, twin)
    message = Flag(
        memo="",
        twin_id=known.id,
        license_id=look.license_of(session, license).id if license else 0,
        image_hash=sha256_of(image).sha256,
        nonce=known.authority.nonce,
        deadline=papers.deadline(session, deadline),
    )
    return sending.act(session, message, sign_as=sign_as, sender=sender, out=out)


@command(group, "flags")
def flags(
    session: Session,
    twin: Annotated[str | None, typer.Option(metavar="TWIN", help="Only of this twin.")] = None,
    license: Annotated[
        str | None, typer.Option(metavar="LICENSE", help="Only of this license.")
    ] = None,
    image: Annotated[
        Path | None, typer.Option(metavar="IMAGE", help="Only of this image file.")
    ] = None,
    block: option.Block = None,
) -> Answer:
    """List the images that owners doubt in public."""
    found = session.chain.trust.flags(
        look.license_of(session, license) if license else None,
        twin_id=look.twin_of(session, twin).id if twin else None,
        image=sha256_of(image).sha256 if image else None,
        block=look.as_of(session, block),
    )
    rows = [{"twin": show.identifier(each.twin_id), **told.flag_value(each)} for each in found]
    return listed(rows, "twin", "license", "image", "time")


def _written(said: Statement | DomainFile, out: Path | None) -> Answer:
    text = json.dumps(said.to_json(), indent=2, ensure_ascii=False)
    value = {
        **said.to_json(),
        "commitment": show.digest(said.commitment),
        "file": str(out) if out else None,
    }
    if out is None:
        return Answer(value, text)
    read.place(out, field="--out").write_text(text + "\n", encoding="utf-8")
    return Answer(value, f"{out}: {value['commitment']}")


def _counts(vouch: Vouch, said: Statement | DomainFile) -> bool:
    """Return whether a word counts: of a domain, the wallet's own; of a statement, another's."""
    return (vouch.voucher == vouch.subject) is isinstance(said, DomainFile)


def _proof(wallet: str, answer: Vouch | None) -> dict[str, Any]:
    return {
        "wallet": wallet,
        "proof": "both ways" if answer else "one way",
        "until": show.when(answer.until) if answer else None,
    }


def _yes_or_no(domain: Domain, wallet: str, row: dict[str, Any] | None) -> str:
    if row is None:
        return f"No. {domain} does not name {wallet}."
    if row["until"] is None:
        return f"Yes, one way: {domain} names {wallet}, which does not vouch for {domain}."
    both = f"{domain} names {wallet}, which vouches for {domain} until {row['until']}"
    return f"Yes, both ways: {both}."


def _hash(text: str, *, field: str) -> bytes:
    if not text.startswith("0x"):
        raise BadValue(field, f"{text!r} is not a hash of 32 bytes")
    return read.hash_of(text, field=field)
