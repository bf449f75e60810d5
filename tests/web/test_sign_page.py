"""The page in Chromium: it shows what is signed, asks a wallet, takes the right signature only."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import contract_wallet
from tests.cli.world import (
    DAY,
    FOREVER,
    NEW_YEAR,
    World,
    card_of,
    consent_of,
    hm,
    model,
    rival,
    terms_of,
)
from tests.web.asking import Asked, asked
from tests.web.browser import InjectedWallet
from twinrights import words
from twinrights.terms import Move, Policy, Revocation
from twinrights.typed_data import Signed, recover
from twinrights.wallets import Wallet

AMOUNT, MARKETS = "1,000.00 TUSD", "Norway and Sweden"
DATES = ("1 February 2030", "through 2 March 2030")
MUST_SHOW = (AMOUNT, MARKETS, *DATES, "own shop", "95 %", "950.00 TUSD")


def offer(world: World, **changes: Any) -> Signed:
    """Return an offer that nobody has signed."""
    twin_id = int(world.ids["twin"], 16)
    changed = {"start": NEW_YEAR + 31 * DAY, "markets": words.markets("SE+NO"), **changes}
    return world.chain.draft(terms_of(world, twin_id, hm, **changed))


def wallet_for(paper: Signed, **changes: Any) -> InjectedWallet:
    usual = {"key": model, "chain_id": paper.chain_id, "contract": paper.contract}
    return InjectedWallet(**{**usual, "must_show": MUST_SHOW, **changes})


def visited(page: Page, at: Asked, *wallets: InjectedWallet) -> None:
    for wallet in wallets:
        wallet.into(page)
    page.goto(at.address)


def button(page: Page, name: str = "TestWallet") -> Any:
    return page.get_by_role("button", name=f"Sign with {name}")


def brought(page: Page, at: Asked) -> bytes:
    """Return the signature once the page says so: until then its wallet needs this thread."""
    expect(page.get_by_role("heading", name="Signed.")).to_be_visible()
    return at.signature.result(timeout=10)


def said(page: Page) -> Any:
    return page.get_by_role("status")


def test_an_announced_wallet_signs_what_it_was_shown(world: World, page: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper)
    with asked(world.chain, paper) as at:
        visited(page, at, wallet)
        button(page).click()
        signature = brought(page, at)
    signed = paper.with_signature(signature)
    assert recover(signed) == model.address
    assert wallet.refused == []
    assert wallet.asked == ["eth_requestAccounts", "eth_chainId", "eth_signTypedData_v4"]


def test_so_does_one_that_only_stands_in_the_window(world: World, page: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, is_announced=False)
    with asked(world.chain, paper) as at:
        visited(page, at, wallet)
        button(page, "your wallet").click()
        assert recover(paper.with_signature(brought(page, at))) == model.address
    assert wallet.refused == []


def test_of_several_wallets_one_is_chosen(world: World, desk: Page) -> None:
    paper = offer(world)
    first = wallet_for(paper, name="OtherWallet", key=rival)
    second = wallet_for(paper)
    with asked(world.chain, paper) as at:
        visited(desk, at, first, second)
        expect(said(desk)).to_have_text("Choose the wallet to sign with.")
        button(desk).click()
        brought(desk, at)
    assert (first.asked, second.refused) == ([], [])


@pytest.mark.refusal
@pytest.mark.parametrize("wrong", [{"chain_id": 1}, {"contract": rival.address}], ids=str)
def test_a_wallet_refuses_the_domain_of_others(
    wrong: dict[str, Any], world: World, desk: Page
) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, **wrong, on_chain=paper.chain_id)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        expect(said(desk)).to_contain_text("refused: ")
        assert not at.signature.done()
    assert wallet.refused[0].startswith("domain")


@pytest.mark.refusal
@pytest.mark.parametrize("hidden", ["fee", "markets", "start"])
def test_a_wallet_refuses_a_page_that_hides_something(
    hidden: str, world: World, desk: Page
) -> None:
    # That the wallet of these tests looks at all: hide a field and its sentence, and it says so.
    paper = offer(world)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet_for(paper))
        style = f"#memo, [data-field={hidden}], [data-field=shares] {{ opacity: 0 }}"
        desk.evaluate("text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); "
                      "document.adoptedStyleSheets = [sheet]; }", style)  # fmt: skip
        button(desk).click()
        expect(said(desk)).to_contain_text("refused: [")
        assert not at.signature.done()


@pytest.mark.refusal
def test_a_no_in_the_wallet_can_be_thought_over(world: World, desk: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, rejects=True)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        expect(said(desk)).to_have_text("You said no in the wallet. Nothing was signed.")
        wallet.rejects = False
        button(desk).click()
        assert brought(desk, at)


@pytest.mark.refusal
def test_another_account_is_named_before_it_can_sign(world: World, desk: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, key=rival)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        expect(said(desk)).to_have_text(
            f"The wallet is at the account {rival.address.lower()}, and {model.address} must sign. "
            "Choose that account in the wallet, then try again."
        )
        assert wallet.asked == ["eth_requestAccounts"]


def test_a_wallet_on_another_chain_is_asked_to_change(world: World, desk: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, on_chain=1)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        assert brought(desk, at)
    assert "wallet_switchEthereumChain" in wallet.asked


@pytest.mark.refusal
def test_a_wallet_that_stays_on_another_chain_does_not_sign(world: World, desk: Page) -> None:
    paper = offer(world)
    wallet = wallet_for(paper, on_chain=1, knows_chain=False)
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        expect(said(desk)).to_have_text(
            "The wallet is on chain 1, and this is for chain 31337. Change the chain in the "
            "wallet, then try again."
        )
    assert "eth_signTypedData_v4" not in wallet.asked


def test_a_page_that_was_closed_is_opened_again(world: World, desk: Page) -> None:
    paper = offer(world)
    with asked(world.chain, paper) as at:
        desk.goto(at.address)
        desk.close()
        again = desk.context.new_page()
        visited(again, at, wallet_for(paper))
        button(again).click()
        assert brought(again, at)


@pytest.mark.refusal
def test_who_does_not_sign_says_so(world: World, phone: Page) -> None:
    with asked(world.chain, offer(world)) as at:
        phone.goto(at.address)
        phone.get_by_role("button", name="I do not sign").click()
        expect(phone.get_by_role("heading", name="You did not sign.")).to_be_visible()
        problem = at.signature.exception(timeout=10)
    assert str(problem) == "Nothing was signed: the answer on the page was no."


def test_without_a_wallet_the_page_says_what_to_do(world: World, desk: Page) -> None:
    with asked(world.chain, offer(world)) as at:
        desk.goto(at.address)
        expect(said(desk)).to_contain_text("No wallet was found in this browser.")


def test_a_contract_wallets_key_signs_for_it(world: World, desk: Page) -> None:
    hers = contract_wallet.put_up(world.chain.web3, model)
    paper = world.chain.draft(consent_of(Wallet.elsewhere(hers.address), salt=21))
    wallet = wallet_for(paper, must_show=(hers.address, "30 December 2034"))
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        signed = paper.with_signature(brought(desk, at))
    assert world.chain.signers.check(signed) == hers.address
    assert wallet.refused == []


@pytest.mark.refusal
def test_what_a_contract_wallet_does_not_accept_is_said_on_the_page(
    world: World, desk: Page
) -> None:
    hers = contract_wallet.put_up(world.chain.web3, model)
    paper = world.chain.draft(consent_of(Wallet.elsewhere(hers.address), salt=22))
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet_for(paper, must_show=(), key=rival))
        button(desk).click()
        expect(said(desk)).to_contain_text(f"This is not a signature of {hers.address}")
        assert not at.signature.done()


def test_an_offer_beside_her_rate_card_shows_what_is_unusual(world: World, phone: Page) -> None:
    card = card_of(world, int(world.ids["twin"], 16))
    dear = offer(world, markets=words.markets("SE+US"), term=400 * DAY, fee=1)
    with asked(world.chain, dear, card=card) as at:
        phone.goto(at.address)
        rules = phone.locator("#unusual li")
        expect(rules).to_have_count(4)
        assert [rule.get_attribute("data-rule") for rule in rules.all()] == [
            "term", "outside", "fee", "shares",
        ]  # fmt: skip
        expect(rules.nth(1)).to_be_in_viewport()
    with asked(world.chain, dear) as at:
        phone.goto(at.address)
        expect(phone.locator("#uncompared")).to_be_visible()
        expect(phone.locator("#unusual")).to_have_count(0)


def kinds(world: World) -> dict[str, Any]:
    """Return some message of kinds that the other tests do not show."""
    twin_id = int(world.ids["twin"], 16)
    return {
        "card": card_of(world, twin_id),
        "consent": consent_of(model, salt=20),
        "policy": Policy("", twin_id, 1, 1, 5_000, 1, FOREVER),
        "revocation": Revocation("", twin_id, bytes([9]) * 32, FOREVER),
    }


@pytest.mark.parametrize("kind", ["card", "consent", "policy", "revocation"])
def test_other_kinds_are_signed_on_the_same_page(kind: str, world: World, phone: Page) -> None:
    paper = world.chain.draft(kinds(world)[kind])
    wallet = wallet_for(paper, must_show=("30 December 2034",))
    with asked(world.chain, paper) as at:
        visited(phone, at, wallet)
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        button(phone).click()
        assert recover(paper.with_signature(brought(phone, at))) == model.address
    assert wallet.refused == []


def test_each_who_takes_part_in_a_move_may_sign_it(world: World, desk: Page) -> None:
    move = Move("", int(world.ids["twin"], 16), rival.address, 1, FOREVER)
    paper = world.chain.draft(move)
    wallet = wallet_for(paper, key=rival, must_show=(rival.address, "one of these wallets"))
    with asked(world.chain, paper) as at:
        visited(desk, at, wallet)
        button(desk).click()
        signed = paper.with_signature(brought(desk, at))
    assert world.chain.signers.check(signed) == rival.address
    assert wallet.refused == []


def test_text_from_outside_is_text(world: World, desk: Page) -> None:
    # No field holds free text today, so a wallet's own name and picture must serve.
    paper = offer(world)
    script = """
      const bad = "<img src=x onerror=window.hacked=1>";
      const announce = () => dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail: {
        info: { uuid: "1", name: bad, icon: "javascript:window.hacked=1", rdns: "x" },
        provider: { request: async () => { throw new Error(bad); } } } }));
      addEventListener("eip6963:requestProvider", announce);
    """
    with asked(world.chain, paper) as at:
        desk.add_init_script(script)
        desk.goto(at.address)
        desk.get_by_role("button", name="Sign with <img src=x").click()
        expect(said(desk)).to_have_text("<img src=x onerror=window.hacked=1>")
        assert desk.evaluate("[window.hacked ?? 0, document.images.length]") == [0, 0]


def test_the_page_loads_nothing_and_runs_nothing_else(world: World, browser: Browser) -> None:
    loaded: list[str] = []
    desk = browser.new_page()
    desk.on("request", lambda request: loaded.append(request.url))
    with asked(world.chain, offer(world)) as at:
        desk.goto(at.address)
        expect(said(desk)).to_contain_text("No wallet")
        assert [url for url in loaded if not url.startswith("data:")] == [at.address]
        ran = desk.evaluate("""async () => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 1";
          document.body.append(script);
          const away = await fetch("https://example.org/").then(() => 1, () => 0);
          return [window.ran ?? 0, away];
        }""")
        assert ran == [0, 0]
    desk.close()
