// What scrolls sideways can be scrolled by keyboard; a table is then a region, named by its caption or head.
const boxes = document.querySelectorAll("pre, .pst-scrollable-table-container, .tz-scroll");
const update = () => {
  for (const box of boxes) {
    const scrolls = box.scrollWidth > box.clientWidth + 1;
    if (scrolls) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
    const name = box.querySelector("caption, thead")?.innerText.replace(/\s+/g, " ").trim();
    if (scrolls && name) {
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", name);
    } else if (name) {
      box.removeAttribute("role");
      box.removeAttribute("aria-label");
    }
  }
};
if (boxes.length) {
  new ResizeObserver(update).observe(document.body);
}
