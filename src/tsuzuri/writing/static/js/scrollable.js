// What scrolls sideways can be scrolled by keyboard.
const boxes = document.querySelectorAll("pre, .pst-scrollable-table-container, .tz-scroll");
const update = () => {
  for (const box of boxes) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
if (boxes.length) {
  new ResizeObserver(update).observe(document.body);
}
