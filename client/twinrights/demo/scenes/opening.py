"""Models consent to their twins, say what they allow, and sign what it costs; brands get ready."""

from __future__ import annotations

from twinrights.demo.stage import DAY, Stage
from twinrights.media.pocket_card import PocketCard
from twinrights.terms import Consent, Policy

__all__ = ["consents", "policies", "rate_cards", "treasuries"]

CARD_DAYS = 400
"""How long a rate card is good from the season's beginning."""


def consents(stage: Stage) -> None:
    """Mint a twin for each model by her signed consent; the relayer sends it and pays the gas."""
    chain, cast = stage.chain, stage.cast
    for model in stage.teller.each("models consent, twins minted", stage.given.models):
        wallet = cast.models[model.slug]
        consent = Consent(
            memo="",
            owner=wallet.address,
            # The demo has no replica: a random commitment tells as little as a salted one.
            replica=stage.seed.salt("replica", model.slug),
            guardian=cast.guardians[model.slug].address,
            salt=stage.seed.salt("consent", model.slug),
            deadline=stage.opening + DAY,
        )
        signed = chain.sign(consent, signer=wallet)
        stage.twins[model.slug] = chain.twins.mint(signed, payer=cast.relayer).id
        keep_card(stage, model.slug, consent.guardian)


def keep_card(stage: Stage, slug: str, guardian: str) -> None:
    """Draw a model's pocket card into the folder of a chain that is kept."""
    if stage.manifests is None:
        return
    folder = stage.manifests.with_name("pocket-cards")
    folder.mkdir(parents=True, exist_ok=True)
    deployment = stage.chain.deployment
    card = PocketCard(stage.twins[slug], deployment.chain_id, deployment.twins, guardian)
    (folder / f"{slug}.png").write_bytes(card.png())


def policies(stage: Stage) -> None:
    """Let each model say which uses and categories she allows, and what must be left to her."""
    chain, cast = stage.chain, stage.cast
    for model in stage.teller.each("policies signed and set", stage.given.models):
        twin_id = stage.twins[model.slug]
        policy = Policy(
            memo="",
            twin_id=twin_id,
            uses=model.uses_allowed,
            categories=model.categories_allowed,
            least_owner_bps=model.least_owner_bps,
            nonce=chain.twins.get(twin_id).authority.nonce,
            deadline=stage.opening + DAY,
        )
        signed = chain.sign(policy, signer=cast.models[model.slug])
        chain.twins.set_policy(signed, payer=cast.relayer)


def rate_cards(stage: Stage) -> None:
    """Let each model sign her rate card; nothing of it goes on chain before somebody books."""
    for model in stage.teller.each("rate cards signed", stage.given.models):
        card = model.card(
            twin_id=stage.twins[model.slug],
            currency=stage.currency.address,
            valid_until=stage.season + CARD_DAYS * DAY,
            shares=stage.cast.shares(model),
        )
        wallet = stage.cast.models[model.slug]
        stage.cards[model.slug] = stage.chain.sign(card, signer=wallet)


def treasuries(stage: Stage) -> None:
    """Fill each brand's treasury and let it name who records its usage."""
    chain, cast = stage.chain, stage.cast
    for brand in stage.teller.each("treasuries filled", cast.playing(stage.given)):
        wallet = cast.brands[brand.slug]
        if not stage.plan.is_free:
            chain.fund(wallet.address, brand.treasury, payer=cast.relayer)
        reporter = cast.reporters[brand.slug]
        if reporter.address != wallet.address:
            chain.usage.set_reporter(reporter.address, True, payer=wallet)
