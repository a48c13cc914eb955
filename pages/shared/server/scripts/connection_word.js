// Says a word when the server has not been reached for a while: at first, or in mid visit.
(() => {
  const PATIENCE = 15000;
  const LOOK = 500;
  const INSTEAD = WITHOUT_SERVER;
  let since = Date.now();
  let looked = Date.now();
  let met = false;
  let box = null;

  const state = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};
  const connected = () => state().testConnectionState === "CONNECTED";
  // Some proxies let a WebSocket open, and then nothing through.
  const heard = () => connected() && state().testScriptState !== "initial";

  // The same page with the same numbers, where no server is needed.
  const offer = () => {
    const link = document.createElement("a");
    const top = INSTEAD.endsWith("/") ? INSTEAD : `${INSTEAD}/`;
    link.href = top + location.pathname.split("/").pop() + location.search;
    link.textContent = "Go on without a server, with the same numbers";
    const line = document.createElement("div");
    line.append(link, " (about 12 MB, once).");
    return line;
  };

  const say = () => {
    box = document.createElement("div");
    box.setAttribute("role", "alert");
    box.id = "connection-word";
    box.style.cssText =
      "position:fixed;left:50%;bottom:24px;transform:translateX(-50%);z-index:1000000;" +
      "box-sizing:border-box;width:min(560px,calc(100vw - 32px));padding:16px 20px;" +
      "border:1px solid #8a8f98;border-radius:8px;background:#fffdf7;color:#1f242b;" +
      "font:16px/1.5 sans-serif;box-shadow:0 4px 24px rgba(0,0,0,.18)";
    const title = document.createElement("strong");
    const text = document.createElement("div");
    title.textContent = met ? "The connection is lost." : "No connection yet.";
    text.textContent = met
      ? "What you see stays as it is, and the address keeps your numbers. " +
        "The page goes on by itself as soon as it reaches the server again."
      : "This page talks with its server over a WebSocket, and nothing has come through. Some school " +
        `and office networks block them: another network may help, or ask whoever keeps this one ` +
        `to let WebSockets through to ${location.host}. The page goes on by itself once something does.`;
    box.append(title, text);
    if (INSTEAD) box.append(offer());
    document.body.append(box);
  };

  setInterval(() => {
    const now = Date.now();
    // A machine that slept has not waited.
    if (now - looked > 10 * LOOK) since = now;
    looked = now;
    if (heard()) {
      met = true;
      since = now;
      if (box) box.remove();
      box = null;
    } else if (!box && now - since > (connected() ? 2 : 1) * PATIENCE) {
      say();
    }
  }, LOOK);
})();
