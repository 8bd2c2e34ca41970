// The theme's version switcher: its list is fetched when it is opened, not by every page view.
function entry({ name, version, url }, { root, match }) {
  const link = document.createElement("a");
  link.className = "dropdown-item";
  link.textContent = name ?? version;
  const home = new URL(url.endsWith("/") ? url : `${url}/`, window.location);
  link.href = home.href;
  if (version === match) link.setAttribute("aria-current", "true");
  // the same page of that version, when it has one
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const page = window.location.pathname.slice(new URL(root, window.location).pathname.length);
    const same = new URL(page, home).href;
    const found = await fetch(same, { method: "HEAD" }).then(({ ok }) => ok, () => false);
    window.location.href = found ? same : home.href;
  });
  return link;
}

for (const box of document.querySelectorAll(".tz-versions")) {
  box.hidden = false;
  const menu = box.querySelector(".dropdown-menu");
  box.querySelector("button").addEventListener("click", async () => {
    if (menu.childElementCount) return;
    try {
      const response = await fetch(box.dataset.list);
      const versions = await response.json();
      menu.replaceChildren(...versions.map((version) => entry(version, box.dataset)));
    } catch (error) {
      console.warn(error);
      menu.textContent = box.dataset.failed;
    }
  });
}
