// On every page: waits for Ctrl/⌘+K, "/" or a search button, and fetches the search only then.
// A classic script, so that it can be a part of another in _static.
(() => {
  const BUTTONS = ".search-button__button, [data-tz-search]";
  const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
  const here = new URL(".", document.currentScript.src);
  const folder = here.pathname.endsWith("/tsuzuri-search/") ? here : new URL("tsuzuri-search/", here);
  let styled;

  function style() {
    styled ??= new Promise((resolve) => {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL("search.css", folder).href;
      link.addEventListener("load", resolve);
      link.addEventListener("error", resolve);
      document.head.append(link);
    });
    return styled;
  }

  const module = (name) => Promise.all([import(new URL(name, folder).href), style()]).then(([loaded]) => loaded);

  function open() {
    const field = document.querySelector("[data-tz-search-page] input");
    if (field) field.focus();
    else module("dialog.js").then((dialog) => dialog.open(), console.error);
  }

  window.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.altKey) return;
      const command = event.ctrlKey || event.metaKey;
      const asked = command ? !event.shiftKey && event.key.toLowerCase() === "k" : event.key === "/" && !event.target.closest?.(TYPING);
      if (!asked) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      open();
    },
    { capture: true },
  );

  document.addEventListener(
    "click",
    (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || !event.target.closest?.(BUTTONS)) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    },
    { capture: true },
  );

  const place = document.querySelector("[data-tz-search-page]");
  if (place) module("dialog.js").then((dialog) => dialog.fill(place), console.error);
})();
