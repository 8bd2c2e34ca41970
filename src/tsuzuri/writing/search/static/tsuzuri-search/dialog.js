// The two places of the search: a dialog on any page, and the page search.html.
import { SearchView } from "./view.js";
import messages from "./messages.js";

let dialog;
let view;
let back;

function build() {
  view = new SearchView({ prefix: "tz-seek", onLeave: () => dialog.close() });
  dialog = document.createElement("dialog");
  dialog.className = "tz-seek-dialog";
  dialog.setAttribute("aria-label", messages.search);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "tz-seek-close";
  close.textContent = messages.close;
  close.addEventListener("click", () => dialog.close());
  dialog.append(view.root, close);
  dialog.addEventListener("cancel", (event) => {
    if (view.composing) event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (back?.isConnected) back.focus({ preventScroll: true });
  });
  document.body.append(dialog);
}

export function open() {
  if (!dialog) build();
  if (dialog.open) return;
  back = document.activeElement;
  dialog.showModal();
  view.field.focus();
  view.field.select();
  view.prepare();
}

export function fill(place) {
  const address = new URL(window.location.href);
  const page = new SearchView({
    prefix: "tz-seek-page",
    onQuery: (query) => {
      if (query) address.searchParams.set("q", query);
      else address.searchParams.delete("q");
      window.history.replaceState(window.history.state, "", address);
    },
  });
  place.replaceChildren(page.root);
  page.field.focus();
  page.field.value = address.searchParams.get("q") ?? "";
  page.prepare().then(() => page.run());
}
