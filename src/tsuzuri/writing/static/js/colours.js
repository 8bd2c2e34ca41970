// The switch of colours: as the system, light, dark, in turn. head.js has set the first state.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const modes = ["auto", "light", "dark"];

function show(mode) {
  root.dataset.mode = mode;
  root.dataset.theme = mode === "auto" ? (system.matches ? "dark" : "light") : mode;
  const paper = getComputedStyle(document.body).backgroundColor;
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", paper);
  for (const button of document.querySelectorAll(".tz-colours")) {
    button.hidden = false;
    button.title = button.dataset[mode];
    button.querySelector(".tz-sr").textContent = button.dataset[mode];
    for (const icon of button.querySelectorAll("[data-mode]")) {
      icon.hidden = icon.dataset.mode !== mode;
    }
  }
}

function choose() {
  const next = modes[(modes.indexOf(root.dataset.mode) + 1) % modes.length];
  try {
    localStorage.setItem("mode", next);
  } catch {
    // private browsing: the choice holds for this page
  }
  show(next);
}

show(modes.includes(root.dataset.mode) ? root.dataset.mode : "auto");
system.addEventListener("change", () => root.dataset.mode === "auto" && show("auto"));
for (const button of document.querySelectorAll(".tz-colours")) {
  button.addEventListener("click", choose);
}
