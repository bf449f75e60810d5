"use strict";
(() => {
  const request = JSON.parse(document.getElementById("request").textContent);
  const status = document.getElementById("status");
  const wallets = document.getElementById("wallets");
  const no = document.getElementById("no");
  const known = new Map();
  const PATIENCE = 400; // milliseconds in which wallets announce themselves
  const REJECTED = 4001, BUSY = -32002; // EIP-1193, EIP-1474

  function say(text, isProblem = false) {
    status.textContent = text;
    status.classList.toggle("problem", isProblem);
  }

  function offer(id, name, icon, provider) {
    if (known.has(id)) return;
    const button = document.createElement("button");
    button.type = "button";
    if (typeof icon === "string" && icon.startsWith("data:image/")) {
      const image = document.createElement("img");
      image.src = icon;
      image.alt = "";
      button.append(image);
    }
    button.append(`Sign with ${name}`);
    button.addEventListener("click", () => sign(provider));
    known.set(id, button);
    wallets.append(button);
    say(known.size > 1 ? "Choose the wallet to sign with." : "");
  }

  // EIP-6963: every wallet of this browser says that it is here, whenever it is ready.
  window.addEventListener("eip6963:announceProvider", (event) => {
    const { info, provider } = event.detail ?? {};
    if (!provider || typeof info?.uuid !== "string") return;
    offer(info.uuid, String(info.name).slice(0, 60), info.icon, provider);
  });
  window.dispatchEvent(new Event("eip6963:requestProvider"));

  // EIP-1193: a wallet that only stands in the window, as older ones do.
  setTimeout(() => {
    if (!known.size && window.ethereum) offer("window", "your wallet", null, window.ethereum);
    if (!known.size) {
      say(
        "No wallet was found in this browser. Open this address in the browser that has yours, or " +
          "take the message to your wallet with `twinrights sign export`.",
        true,
      );
    }
  }, PATIENCE);

  async function sign(provider) {
    rest(true);
    try {
      const account = await accountOf(provider);
      await onItsChain(provider);
      say("Look at your wallet: it shows the same words and asks you to sign.");
      const signature = await provider.request({
        method: "eth_signTypedData_v4",
        params: [account, JSON.stringify(request.typedData)],
      });
      say("Checking the signature …");
      await bring("signature", { signature });
      end("Signed.");
    } catch (problem) {
      say(wordsOf(problem), true);
      rest(false);
    }
  }

  async function accountOf(provider) {
    say("Look at your wallet: it asks whether this page may see your account.");
    const accounts = await provider.request({ method: "eth_requestAccounts" });
    const wanted = request.signers.map((account) => account.toLowerCase());
    const right = accounts.find((account) => wanted.includes(account.toLowerCase()));
    if (right) return right;
    if (request.byContract && accounts.length) return accounts[0];
    throw new Error(
      `The wallet is at the account ${accounts[0] ?? "of nobody"}, and ` +
        `${request.signers.join(" or ")} must sign. Choose that account in the wallet, then try again.`,
    );
  }

  async function onItsChain(provider) {
    const here = async () => Number(await provider.request({ method: "eth_chainId" }));
    if ((await here()) === request.chainId) return;
    say("Look at your wallet: it asks whether to change to the right chain.");
    try {
      await provider.request({
        method: "wallet_switchEthereumChain",
        params: [{ chainId: `0x${request.chainId.toString(16)}` }],
      });
    } catch (problem) {
      if (problem?.code === REJECTED) throw problem;
    }
    const found = await here();
    if (found !== request.chainId) {
      throw new Error(
        `The wallet is on chain ${found}, and this is for chain ${request.chainId}. ` +
          "Change the chain in the wallet, then try again.",
      );
    }
  }

  async function bring(what, value) {
    let answer;
    try {
      answer = await fetch(what, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(value),
      });
    } catch {
      throw new Error("Nobody waits for the answer any more: ask for a new page.");
    }
    if (!answer.ok) throw new Error((await answer.json()).problem);
  }

  function wordsOf(problem) {
    if (problem?.code === REJECTED) return "You said no in the wallet. Nothing was signed.";
    if (problem?.code === BUSY) return "The wallet is waiting for you already: open it.";
    return String(problem?.message || "The wallet gave no signature.").slice(0, 400);
  }

  function rest(isBusy) {
    for (const button of [...known.values(), no]) button.disabled = isBusy;
  }

  function end(word) {
    document.querySelector(".sign").hidden = true;
    const done = document.getElementById("done");
    done.querySelector("h2").textContent = word;
    done.hidden = false;
    done.scrollIntoView({ block: "center" });
  }

  no.addEventListener("click", async () => {
    rest(true);
    try {
      await bring("no", {});
      end("You did not sign. Nothing happens.");
    } catch (problem) {
      say(wordsOf(problem), true);
      rest(false);
    }
  });
})();
