// Two comforts, on pages with formulas only; the formulas themselves need no script.

/** The LaTeX of a rendered formula. */
const sourceOf = (formula) =>
  formula.querySelector('annotation[encoding="application/x-tex"]')?.textContent ?? "";

// What is copied holds the source of each formula, between dollars, not its scattered glyphs.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !event.clipboardData) return;
  const range = selection.getRangeAt(0).cloneRange();
  for (const edge of ["Start", "End"]) {
    const node = range[`${edge.toLowerCase()}Container`];
    const inside = (node instanceof Element ? node : node.parentElement)?.closest(".katex");
    if (inside) range[edge === "Start" ? "setStartBefore" : "setEndAfter"](inside);
  }
  const part = range.cloneContents();
  const formulas = part.querySelectorAll(".katex");
  if (!formulas.length) return;
  for (const formula of formulas) {
    const fence = formula.closest(".katex-display") ? "$$" : "$";
    formula.replaceWith(`${fence}${sourceOf(formula)}${fence}`);
  }
  const holder = document.createElement("div");
  holder.append(part);
  // innerText needs layout to know where lines end
  holder.style.cssText = "position:fixed;opacity:0;pointer-events:none;white-space:normal";
  document.body.append(holder);
  event.clipboardData.setData("text/plain", holder.innerText);
  event.clipboardData.setData("text/html", holder.innerHTML);
  holder.remove();
  event.preventDefault();
});

// A formula wider than the text can be scrolled with the keyboard.
const reach = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth + 1;
    if (scrolls) {
      target.tabIndex = 0;
      target.setAttribute("role", "region");
      target.setAttribute("aria-label", target.querySelector("annotation").textContent);
    } else {
      for (const name of ["tabindex", "role", "aria-label"]) target.removeAttribute(name);
    }
  }
});
for (const formula of document.querySelectorAll("div.math > .katex-display")) {
  reach.observe(formula);
}
