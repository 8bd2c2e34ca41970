// Enlarges an image in a dialog; without this script the link leads to the image's file.

const close = document.querySelector("script[data-close]")?.dataset.close ?? "×";

/** Shows the image that `link` leads to, until it is clicked, or Escape or the button pressed. */
function enlarge(link) {
  const small = link.querySelector("img");
  const dialog = document.createElement("dialog");
  dialog.className = "zoomed";
  dialog.setAttribute("aria-label", small.alt || link.getAttribute("aria-label") || close);

  const image = document.createElement("img");
  image.src = link.href;
  image.alt = small.alt;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", close);
  dialog.append(image, button);

  const caption = link.closest("figure")?.querySelector("figcaption .caption-text");
  if (caption) {
    const text = document.createElement("p");
    text.textContent = caption.textContent;
    dialog.append(text);
  }
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  button.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = plain && event.target instanceof Element && event.target.closest("a.image-zoom");
  if (!link) return; // a click that asks for a new tab gets one
  event.preventDefault();
  enlarge(link);
});
