"""The main job through the facade, the same on py-evm, Ganache and Anvil."""

import pytest

from tests.client.stage import DAY, DOLLAR, FEE
from twinrights import words
from twinrights.errors import (
    BadSignedFile,
    BadValue,
    ExclusivityConflict,
    LicenseNotFound,
    MayNotPublish,
    NothingPayable,
    TwinNotFound,
)
from twinrights.terms import (
    ZERO_ADDRESS,
    Decline,
    EpochRaise,
    GuardianChange,
    Kind,
    LapseEnd,
    MoveDrop,
    Notice,
    Reason,
    Retirement,
    Revocation,
    SerialRaise,
)
from twinrights.typed_data import prices_abi
from twinrights.wallets import Wallet

FAR = 2**40 - 1


@pytest.fixture
def images(tmp_path):
    folder = tmp_path / "images"
    folder.mkdir()
    for i in range(5):
        (folder / f"look-{i}.jpg").write_bytes(b"picture %d" % i)
    return folder


def test_a_model_without_coin_gets_her_twin(any_stage):
    model = Wallet.new()
    consent = any_stage.chain.sign(any_stage.consent(owner=model.address), signer=model)
    twin = any_stage.chain.twins.mint(consent, payer=any_stage.stranger)
    assert (twin.owner, twin.authority.uses, twin.authority.nonce) == (model.address, 0, 0)
    assert twin.id == int.from_bytes(consent.digest, "big")
    assert any_stage.chain.web3.eth.get_balance(model.address) == 0
    assert any_stage.chain.twins.all(owner=model.address) == (twin,)


def test_a_policy_is_what_its_owner_signed(any_stage):
    policy = any_stage.policy(uses=3, categories=4, least_owner_bps=6_000, nonce=any_stage.nonce)
    authority = any_stage.chain.twins.set_policy(
        any_stage.sign(policy), payer=any_stage.stranger
    ).authority
    assert (authority.uses, authority.categories, authority.least_owner_bps) == (3, 4, 6_000)


def test_epoch_and_least_serial_rise(any_stage):
    twins, twin_id = any_stage.chain.twins, any_stage.twin_id
    act = any_stage.sign(EpochRaise("", twin_id, any_stage.nonce, FAR))
    assert twins.raise_epoch(act, payer=any_stage.stranger).authority.epoch == 1
    act = any_stage.sign(SerialRaise("", twin_id, 7, any_stage.nonce, FAR))
    assert twins.raise_least_serial(act, payer=any_stage.stranger).authority.least_serial == 7


def test_a_model_who_lost_her_phone_is_paid_at_the_new_one(any_stage):
    chain, model, new = any_stage.chain, any_stage.model, any_stage.new_phone
    license = any_stage.license()
    assert chain.recovery.guardian(any_stage.twin_id) == any_stage.guardian.address
    pending = any_stage.rescue()
    assert (pending.to, pending.by_guardian) == (new.address, True)
    assert chain.recovery.pending(any_stage.twin_id) == pending

    had = chain.balance("TUSD", model.address), chain.balance("TUSD", new.address)
    chain.clock.move_to(license.start + DAY)
    owners = chain.royalties.pay_out(license, payer=any_stage.stranger).parts[-1]
    assert (owners.is_deferred, owners.role) == (True, 0)

    chain.clock.move_to(pending.ready_at)
    chain.recovery.complete_move(any_stage.twin_id, payer=any_stage.stranger)
    twin = chain.twins.get(any_stage.twin_id)
    assert (twin.owner, twin.authority.epoch) == (new.address, 1)
    assert chain.recovery.pending(any_stage.twin_id) is None
    token = any_stage.usd
    chain.royalties.withdraw(token, any_stage.twin_id, payer=any_stage.stranger)
    later = chain.royalties.pay_out(license, payer=any_stage.stranger).parts[-1]
    assert (later.is_deferred, later.payee) == (False, new.address)
    assert chain.balance("TUSD", model.address) == had[0]
    assert chain.balance("TUSD", new.address) - had[1] == owners.amount + later.amount


def test_owner_and_guardian_together_move_a_twin_at_once(any_stage):
    any_stage.move_at_once()
    assert any_stage.chain.twins.get(any_stage.twin_id).owner == any_stage.new_phone.address


def test_the_owner_drops_a_move_names_another_guardian_and_retires(any_stage):
    chain, twin_id = any_stage.chain, any_stage.twin_id
    any_stage.rescue()
    drop = any_stage.sign(MoveDrop("", twin_id, any_stage.nonce, FAR))
    chain.recovery.drop_move(drop, payer=any_stage.stranger)
    assert chain.recovery.pending(twin_id) is None
    change = GuardianChange("", twin_id, ZERO_ADDRESS, any_stage.nonce, FAR)
    chain.recovery.set_guardian(any_stage.sign(change), payer=any_stage.stranger)
    assert chain.recovery.guardian(twin_id) is None
    retirement = Retirement("", twin_id, any_stage.nonce, FAR)
    chain.recovery.retire(any_stage.sign(retirement), payer=any_stage.stranger)
    assert chain.recovery.is_retired(twin_id)


def test_copies_of_different_moves_are_not_sent(any_stage):
    with pytest.raises(BadSignedFile, match="different moves"):
        any_stage.chain.recovery.propose_move(
            any_stage.sign(any_stage.move()),
            acceptance=any_stage.sign(any_stage.move(deadline=FAR - 1), signer=any_stage.new_phone),
            payer=any_stage.stranger,
        )


def test_an_offer_becomes_a_license_that_pays_by_the_second(any_stage):
    chain = any_stage.chain
    license = any_stage.license()
    assert (license.deposited, license.paid_through) == (FEE, license.end)
    assert license.end - license.start == 90 * DAY

    chain.clock.move_to(license.start + 9 * DAY)
    before = {wallet: chain.balance("TUSD", wallet.address) for wallet in payees(any_stage)}
    paid = chain.royalties.pay_out(license, payer=any_stage.stranger)
    earned = chain.royalties.earned(license)
    assert paid.total == earned
    assert FEE // 10 <= earned <= FEE // 10 + FEE * 30 // (90 * DAY)
    assert [part.role for part in paid.parts] == [1, 3, 0]
    for part, (wallet, had) in zip(paid.parts, before.items(), strict=True):
        assert part.payee == wallet.address
        assert chain.balance("TUSD", wallet.address) - had == part.amount
    assert (paid.refund, paid.is_settled) == (0, False)


def test_the_end_settles_and_gives_every_unit_to_somebody(any_stage):
    license = any_stage.license()
    any_stage.chain.clock.move_to(license.end)
    paid = any_stage.chain.royalties.pay_out(license, payer=any_stage.stranger)
    assert (paid.total, paid.refund, paid.is_settled) == (FEE, 0, True)
    assert [part.amount for part in paid.parts] == [
        1_000 * DOLLAR,
        250 * DOLLAR,
        3_750 * DOLLAR,
    ]
    assert any_stage.chain.balance("TUSD", any_stage.chain.deployment.licenses) == 0


def test_a_booking_costs_what_the_card_gives(any_stage):
    chain = any_stage.chain
    card = any_stage.sign(any_stage.card())
    asked = {"days": 30, "uses": "own_shop+email", "markets": "SE+DE", "quota": 20}
    quote = chain.licenses.quote(card, **asked)
    assert quote.fee == (10 * 30 * 3 // 2 * 3 + 20) * DOLLAR
    license = any_stage.booking(card, **asked)
    assert (license.is_booking, license.deposited) == (True, quote.fee)
    grant = chain.licenses.terms(license)
    assert (grant.pay.fee, grant.is_booking) == (quote.fee, True)
    priced = any_stage.ask("quote", grant.scope_abi, grant.pay_abi, prices_abi(card.message))
    assert priced == quote.fee


def test_a_part_is_deposited_and_topped_up(any_stage):
    chain = any_stage.chain
    license = any_stage.license(deposit=1_000 * DOLLAR)
    assert license.paid_through == license.start + 18 * DAY
    for _ in range(2):
        chain.royalties.top_up(license, 2_000 * DOLLAR, payer=any_stage.hm)
    license = chain.licenses.get(license)
    assert (license.deposited, license.images_left) == (2_000 * DOLLAR, 40)
    spent = 1_000_000 * DOLLAR - chain.balance("TUSD", any_stage.hm.address)
    assert spent == 2_000 * DOLLAR


def test_images_are_recorded_and_proven(any_stage, images, tmp_path):
    chain, license = any_stage.chain, any_stage.license()
    asked = {"payer": any_stage.hm, "uses": "email", "markets": "SE"}
    first = chain.usage.record(license, images, manifest_path=tmp_path / "1.json", **asked)
    chain.usage.record(license, images / "look-0.jpg", manifest_path=tmp_path / "2.json", **asked)
    third = chain.usage.record(license, images, kind=Kind.REMOVED, **asked)

    assert first.manifest_path == tmp_path / "1.json"
    assert [batch.batch.number for batch in first.batches + third.batches] == [1, 3]
    assert chain.licenses.get(license).images_left == 94
    for manifest, image in (("1.json", "look-3.jpg"), ("2.json", "look-0.jpg")):
        proof = chain.usage.prove(license, images / image, tmp_path / manifest)
        assert proof.is_recorded
    assert chain.usage.prove(license, images / "look-4.jpg", third.manifest).is_recorded
    history = chain.usage.history(license)
    assert [entry.batch.images for entry in history] == [5, 1, 5]
    assert history == chain.usage.history(twin_id=any_stage.twin_id)
    assert history == chain.usage.history(licensee=any_stage.hm.address)
    assert history == chain.usage.history()
    assert chain.usage.history(licensee=any_stage.rival.address) == ()


def test_a_group_picture_is_recorded_under_every_license_at_once(any_stage, images):
    chain = any_stage.chain
    licenses = [any_stage.license(), any_stage.license()]
    recorded = chain.usage.record(
        licenses, images / "look-1.jpg", payer=any_stage.hm, uses="email", markets="SE"
    )
    assert [batch.license_id for batch in recorded.batches] == [one.id for one in licenses]
    assert len({batch.batch.root for batch in recorded.batches}) == 1
    for license in licenses:
        proof = chain.usage.prove(license, images / "look-1.jpg", recorded.manifest)
        assert proof.is_recorded


def test_nothing_is_recorded_of_a_group_if_one_license_refuses(any_stage, images):
    chain = any_stage.chain
    licenses = [any_stage.license(), any_stage.license(markets=words.markets("DE"))]
    with pytest.raises(MayNotPublish) as caught:
        chain.usage.record(licenses, images, payer=any_stage.hm, uses="email", markets="SE")
    assert caught.value.values() == {"license_id": licenses[1].id, "reason": Reason.MARKET}
    assert chain.usage.history() == ()


def test_a_group_names_each_license_once(stage, images):
    license = stage.license()
    for group in ([], [license, license.id]):
        with pytest.raises(BadValue, match="each once"):
            stage.chain.usage.record(group, images, payer=stage.hm, uses="email", markets="SE")


def test_a_reporter_records_until_it_is_dismissed(any_stage, images):
    chain, license = any_stage.chain, any_stage.license()
    asked = {"payer": any_stage.reporter, "uses": "email", "markets": "SE"}
    chain.usage.set_reporter(any_stage.reporter.address, True, payer=any_stage.hm)
    assert chain.usage.is_reporter(any_stage.hm.address, any_stage.reporter.address)
    recorded = chain.usage.record(license, images, **asked)
    assert recorded.batches[0].reporter == any_stage.reporter.address
    chain.usage.set_reporter(any_stage.reporter.address, False, payer=any_stage.hm)
    with pytest.raises(MayNotPublish) as caught:
        chain.usage.record(license, images, **asked)
    assert caught.value.reason is Reason.NOT_YOURS


def test_one_question_says_whether_an_image_may_be_published(any_stage):
    chain, license = any_stage.chain, any_stage.license(deposit=1_000 * DOLLAR)
    asked = {"who": any_stage.hm.address, "uses": "email", "markets": "SE", "images": 20}
    may = chain.licenses.may_publish
    assert may(license, **asked) is Reason.NONE
    assert may(license, **{**asked, "images": 21}) is Reason.IMAGES
    assert may(license, **{**asked, "uses": "tv"}) is Reason.USE
    assert may(license, **{**asked, "markets": "JP"}) is Reason.MARKET
    assert may(license, **asked, at=license.paid_through) is Reason.UNPAID
    assert may(license, **asked, at=license.end) is Reason.ENDED
    assert may(license, **{**asked, "who": any_stage.rival.address}) is Reason.NOT_YOURS
    assert may(7, **asked) is Reason.UNKNOWN
    assert chain.licenses.is_live(license)
    assert not chain.licenses.is_live(license, at=license.end)


def test_notice_ends_a_license_and_the_rest_is_refunded(any_stage):
    chain, license = any_stage.chain, any_stage.license()
    act = any_stage.sign(Notice("", license.id, any_stage.nonce, FAR))
    noticed = chain.licenses.give_notice(act, payer=any_stage.stranger)
    assert noticed.is_noticed
    assert noticed.end == chain.now() + 30 * DAY
    chain.clock.move_to(noticed.end)
    paid = chain.royalties.pay_out(license, payer=any_stage.stranger)
    assert paid.is_settled
    assert paid.total + paid.refund == FEE
    assert paid.refund == FEE - FEE * (noticed.end - license.start) // (90 * DAY)


def test_a_surrender_pays_what_is_committed(any_stage):
    license = any_stage.license()
    paid = any_stage.chain.licenses.surrender(license, payer=any_stage.hm)
    assert (paid.total, paid.refund, paid.is_settled) == (500 * DOLLAR, 4_500 * DOLLAR, True)


def test_a_declined_booking_is_refunded_whole(any_stage):
    chain = any_stage.chain
    had = chain.balance("TUSD", any_stage.hm.address)
    license = any_stage.booking()
    act = any_stage.sign(Decline("", license.id, any_stage.nonce, FAR))
    declined = chain.licenses.decline(act, payer=any_stage.stranger)
    assert (declined.is_settled, declined.deposited) == (True, 0)
    assert chain.balance("TUSD", any_stage.hm.address) == had


def test_a_license_that_lapsed_for_a_week_can_be_ended(any_stage):
    chain, license = any_stage.chain, any_stage.license(deposit=500 * DOLLAR)
    chain.clock.move_to(license.paid_through + 7 * DAY + 1)
    act = any_stage.sign(LapseEnd("", license.id, any_stage.nonce, FAR))
    ended = chain.licenses.end_lapsed(act, payer=any_stage.stranger)
    assert ended.end <= chain.now()


def test_an_exclusive_license_opens_the_book_from_the_events(any_stage):
    chain = any_stage.chain
    any_stage.license(any_stage.hm, markets=words.markets("SE"), term=DAY)
    any_stage.license(any_stage.hm, markets=words.markets("NO"))
    for _ in range(2):
        any_stage.license(any_stage.rival, markets=words.markets("DE"), exclusive=True)
        chain.clock.advance(2 * DAY)
    assert len(chain.licenses.opening(any_stage.twin_id, 0)) == 3
    with pytest.raises(ExclusivityConflict):
        any_stage.license(any_stage.hm, markets=words.markets("DE"))
    any_stage.license(any_stage.rival, markets=words.markets("DE"), exclusive=True)


def test_a_revoked_offer_is_known_as_revoked(any_stage):
    chain, offer = any_stage.chain, any_stage.offer()
    assert not chain.licenses.is_revoked(any_stage.twin_id, offer.digest)
    act = any_stage.sign(Revocation("", any_stage.twin_id, offer.digest, FAR))
    chain.licenses.revoke(act, payer=any_stage.stranger)
    assert chain.licenses.is_revoked(any_stage.twin_id, offer.digest)


def test_readers_answer_for_the_block_that_is_named(any_stage):
    chain = any_stage.chain
    license = any_stage.license(deposit=1_000 * DOLLAR)
    block = chain.web3.eth.block_number
    chain.royalties.top_up(license, FEE, payer=any_stage.hm)
    any_stage.license()
    assert chain.licenses.get(license, block=block).deposited == 1_000 * DOLLAR
    assert len(chain.licenses.all(block=block)) == 1
    assert len(chain.licenses.all()) == 2
    assert chain.royalties.earned(license, at=license.end, block=block) == 1_000 * DOLLAR
    assert chain.royalties.earned(license, at=license.end) == FEE


def test_what_is_not_there_is_said_to_be_not_there(any_stage, images):
    chain = any_stage.chain
    with pytest.raises(TwinNotFound):
        chain.twins.get(7)
    for look in (chain.licenses.get, chain.licenses.terms, chain.royalties.earned):
        with pytest.raises(LicenseNotFound) as caught:
            look(7)
        assert caught.value.license_id == 7
    with pytest.raises(LicenseNotFound):
        chain.usage.record(7, images, payer=any_stage.hm, uses="email", markets="SE")
    assert chain.royalties.payable(any_stage.usd, any_stage.agency.address) == 0
    with pytest.raises(NothingPayable):
        chain.royalties.withdraw(any_stage.usd, any_stage.twin_id, payer=any_stage.stranger)


def payees(stage):
    return (stage.agency, stage.photographer, stage.model)
