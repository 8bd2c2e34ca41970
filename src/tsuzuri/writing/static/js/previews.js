// A card with title, date and description beside a link to a post: on hover and on focus.
const data = document.getElementById("tz-previews");
const canHover = matchMedia("(hover: hover)");
let card = null;
let timer = 0;

function hide() {
  clearTimeout(timer);
  card?.link.removeAttribute("aria-describedby");
  card?.element.remove();
  card = null;
}

function line(name, text) {
  const element = document.createElement(name === "title" ? "strong" : "span");
  element.className = `tz-preview__${name}`;
  element.textContent = text;
  return element;
}

function show(link, preview) {
  hide();
  const element = document.createElement("div");
  element.className = "tz-preview";
  element.id = "tz-preview";
  element.setAttribute("role", "tooltip");
  for (const name of ["title", "date", "lead"]) {
    if (preview[name]) element.append(line(name, preview[name]));
  }
  document.body.append(element);
  const at = link.getClientRects()[0];
  const room = document.documentElement.clientWidth - element.offsetWidth - 16;
  const below = at.bottom + element.offsetHeight + 12 < innerHeight;
  element.style.left = `${scrollX + Math.max(16, Math.min(at.left, room))}px`;
  element.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - element.offsetHeight - 6)}px`;
  element.addEventListener("mouseenter", () => clearTimeout(timer));
  element.addEventListener("mouseleave", hide);
  link.setAttribute("aria-describedby", element.id);
  card = { link, element };
}

if (data) {
  const previews = JSON.parse(data.textContent);
  for (const link of document.querySelectorAll("a.tz-post-link")) {
    const preview = previews[link.getAttribute("href").split("#")[0]];
    if (!preview) continue;
    link.addEventListener("mouseenter", () => {
      clearTimeout(timer);
      if (canHover.matches) timer = setTimeout(() => show(link, preview), 250);
    });
    link.addEventListener("mouseleave", () => {
      clearTimeout(timer);
      timer = setTimeout(hide, 150);
    });
    link.addEventListener("focus", () => {
      if (link.matches(":focus-visible")) show(link, preview);
    });
    link.addEventListener("blur", hide);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
}
