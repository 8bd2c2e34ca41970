// Put into pages by the live server: follows the files on the disk.
(() => {
  const KEPT = "tsuzuri-live";
  let known;
  let shown;
  let source;
  let busy = Promise.resolve();

  const details = () => [...document.querySelectorAll("details")];
  const place = (item) => [...item.parentNode.querySelectorAll(":scope > details")].indexOf(item) + (item.querySelector("summary")?.textContent ?? "");

  // What a reload would lose.
  function keep() {
    const open = details().filter((item) => item.open).map(place);
    sessionStorage.setItem(KEPT, JSON.stringify({ path: location.pathname, y: scrollY, open }));
  }

  function restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    sessionStorage.removeItem(KEPT);
    if (kept?.path !== location.pathname) return;
    for (const item of details()) if (kept.open.includes(place(item))) item.open = true;
    scrollTo(0, kept.y);
  }

  function reload() {
    keep();
    location.reload();
  }

  const isOurs = (node) => node.nodeType === Node.ELEMENT_NODE && (node.id === "tsuzuri-live" || node.matches("dialog.tz-seek-dialog"));

  // Makes the live node like the fresh one and leaves alone whatever is the same in both.
  function morph(old, fresh) {
    if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName) {
      old.replaceWith(fresh);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
      return;
    }
    const live = old.nodeName === "DETAILS" || old.nodeName === "HTML" || old.nodeName === "BODY" || old.nodeName === "DIALOG";
    if (!live) {
      for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    }
    for (const { name, value } of [...fresh.attributes]) {
      if (live && name in { open: 0, class: 0, "data-theme": 0, "data-mode": 0 }) continue;
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    const before = [...old.childNodes].filter((node) => !isOurs(node));
    const after = [...fresh.childNodes];
    while (before.length && after.length && before[0].isEqualNode(after[0])) {
      before.shift();
      after.shift();
    }
    let next = null;
    while (before.length && after.length && before.at(-1).isEqualNode(after.at(-1))) {
      next = before.pop();
      after.pop();
    }
    const same = Math.min(before.length, after.length);
    for (let at = 0; at < same; at += 1) morph(before[at], after[at]);
    for (const node of before.slice(same)) node.remove();
    for (const node of after.slice(same)) old.insertBefore(node, next);
  }

  const scripts = (root) => [...root.querySelectorAll("script[src], link[rel=stylesheet]")].map((item) => item.getAttribute("src") ?? item.getAttribute("href")).join();

  // Fetches this page again and shows what is new in it.
  async function look() {
    const response = await fetch(location.pathname, { cache: "no-store" });
    const text = await response.text();
    if (shown === undefined || text === shown) {
      shown = text;
      return;
    }
    shown = text;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    if (scripts(document.head) !== scripts(fresh.head)) {
      reload();
      return;
    }
    const y = scrollY;
    document.title = fresh.title;
    morph(document.body, document.adoptNode(fresh.body));
    scrollTo({ top: y, behavior: "instant" });
    document.dispatchEvent(new CustomEvent("tsuzuri-live"));
  }

  // A new image may come after the page that shows it.
  function images() {
    for (const image of document.images) {
      if (image.complete && !image.naturalWidth && image.currentSrc) image.setAttribute("src", image.getAttribute("src"));
    }
  }

  function panel(state) {
    document.getElementById("tsuzuri-live")?.remove();
    const complaints = state.complaints ?? [];
    if (!complaints.length) return;
    const fatal = complaints.some((item) => item.fatal);
    const host = document.createElement("div");
    host.id = "tsuzuri-live";
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent = `
      details { position: fixed; z-index: 9999; inset: auto 0 0; max-height: 60vh; overflow: auto; margin: 0;
        background: ${fatal ? "#7a1712" : "#5c4708"}; color: #fff; font: 15px/1.6 system-ui, sans-serif; box-shadow: 0 0 1rem #0006; }
      summary { padding: .5rem 1rem; font-weight: 700; cursor: pointer; }
      ol { margin: 0; padding: 0 1rem 1rem 2.5rem; }
      code { font: 14px/1.6 ui-monospace, monospace; color: #ffe9b0; }
      pre { margin: 0; white-space: pre-wrap; font: inherit; }`;
    const box = document.createElement("details");
    box.open = fatal;
    const summary = document.createElement("summary");
    summary.textContent = state.headline;
    const list = document.createElement("ol");
    for (const { path, line, text } of complaints) {
      const item = document.createElement("li");
      const where = document.createElement("code");
      where.textContent = path ? (line ? `${path}:${line}` : path) : "";
      const what = document.createElement("pre");
      what.textContent = text;
      item.append(where, what);
      list.append(item);
    }
    box.append(summary, list);
    root.append(style, box);
    document.body.append(host);
  }

  function listen() {
    source = new EventSource("/.tsuzuri/events");
    source.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      const first = known === undefined;
      if (!first && state.assets !== known.assets) {
        reload();
        return;
      }
      if (first || state.build !== known.build) busy = busy.then(look).catch(console.error);
      busy = busy.then(() => panel(state));
      if (!state.building) busy = busy.then(images);
      known = state;
    });
  }

  // A browser opens only six connections to one server: pages that nobody sees wait without one.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) source?.close();
    else listen();
  });
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) listen();
  });
  restore();
  if (!document.hidden) listen();
})();
