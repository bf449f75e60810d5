"""Chromium, driven by Playwright, and a wallet in its pages whose key stays in the test."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from twinrights.wallets import Wallet

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--no-sandbox",
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REJECTED, UNKNOWN_CHAIN = 4001, 4902

PROVIDER = """
(() => {
  const seen = () => {
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement, range = document.createRange();
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect(), style = getComputedStyle(parent);
      const isIn = box.width > 1 && box.height > 8 && box.left >= 0 && box.right <= innerWidth;
      if (isIn && parseFloat(style.fontSize) >= 12) texts.push(node.textContent.trim());
    }
    return texts.join(" ").replace(/\\s+/g, " ");
  };
  const provider = {
    async request({ method, params = [] }) {
      const answer = await window[NAME](method, JSON.stringify(params), seen());
      if (answer.error) throw answer.error;
      return answer.result;
    },
  };
  const icon = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>";
  const info = Object.freeze({ uuid: NAME, name: NAME, icon, rdns: "test.wallet" });
  if (!IS_ANNOUNCED) { window.ethereum = provider; return; }
  const announce = () => window.dispatchEvent(
    new CustomEvent("eip6963:announceProvider", { detail: Object.freeze({ info, provider }) }),
  );
  window.addEventListener("eip6963:requestProvider", announce);
  announce();
})();
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield the system's Chromium; skip the test where there is none."""
    found = os.environ.get("TWINRIGHTS_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), ""
    )
    if not found:
        pytest.skip("no Chromium is here: `make browser` installs it, or says how")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield browser
        browser.close()


@dataclass
class InjectedWallet:
    """A browser's wallet: it signs for the domain that it expects, once it was shown what it must.

    `must_show` are texts that the page must show visibly before anything is signed.
    """

    key: Wallet
    chain_id: int
    contract: str
    must_show: tuple[str, ...]
    name: str = "TestWallet"
    is_announced: bool = True
    rejects: bool = False
    knows_chain: bool = True
    """Whether it can change to the chain that a page asks for."""

    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    on_chain: int = 0

    def into(self, page: Page) -> None:
        """Put the wallet into whatever the page opens."""
        self.on_chain = self.on_chain or self.chain_id
        page.expose_function(self.name, self.answer)
        script = PROVIDER.replace("NAME", json.dumps(self.name))
        page.add_init_script(script.replace("IS_ANNOUNCED", json.dumps(self.is_announced)))

    def answer(self, method: str, params: str, seen: str) -> dict[str, Any]:
        """Answer what a page asks of a wallet (EIP-1193); `seen` is what the page shows."""
        self.asked.append(method)
        if method == "eth_requestAccounts":
            return {"result": [self.key.address.lower()]}
        if method == "eth_chainId":
            return {"result": hex(self.on_chain)}
        if method == "wallet_switchEthereumChain":
            return self._switched(int(json.loads(params)[0]["chainId"], 16))
        assert method == "eth_signTypedData_v4"
        account, text = json.loads(params)
        assert account == self.key.address.lower()
        if self.rejects:
            return {"error": {"code": REJECTED, "message": "User rejected the request."}}
        data = json.loads(text)
        domain = data["domain"]
        here = (domain["chainId"], domain["verifyingContract"])
        self.refused += [] if here == (self.chain_id, self.contract) else [f"domain {here}"]
        self.refused += [text for text in self.must_show if text not in seen]
        if self.refused:
            return {"error": {"code": -32000, "message": f"refused: {self.refused}"}}
        return {"result": f"0x{self.key.sign_typed_data(data).hex()}"}

    def _switched(self, chain_id: int) -> dict[str, Any]:
        if not self.knows_chain:
            return {"error": {"code": UNKNOWN_CHAIN, "message": "Unrecognized chain ID."}}
        self.on_chain = chain_id
        return {"result": None}
