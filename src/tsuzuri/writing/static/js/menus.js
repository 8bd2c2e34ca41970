// The theme's dropdown menus (repository, launch, download), without Bootstrap.
const toggles = document.querySelectorAll('[data-bs-toggle="dropdown"]');

function close(except) {
  for (const toggle of toggles) {
    if (toggle === except) continue;
    toggle.setAttribute("aria-expanded", "false");
    toggle.parentElement.querySelector(".dropdown-menu")?.classList.remove("show");
  }
}

for (const toggle of toggles) {
  toggle.addEventListener("click", () => {
    close(toggle);
    const shown = toggle.parentElement.querySelector(".dropdown-menu")?.classList.toggle("show");
    toggle.setAttribute("aria-expanded", String(Boolean(shown)));
  });
}
if (toggles.length) {
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".dropdown")) close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector('[data-bs-toggle="dropdown"][aria-expanded="true"]');
    close();
    open?.focus();
  });
  window.toggleFullScreen = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
}
