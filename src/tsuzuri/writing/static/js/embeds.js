// What other sites show is loaded when the reader asks for it, and not before.
for (const button of document.querySelectorAll(".tz-embed__load")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = button.dataset.frame;
    frame.title = button.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media; clipboard-write";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    frame.sandbox =
      "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms allow-presentation";
    button.closest(".tz-embed").querySelector("img")?.remove();
    button.replaceWith(frame);
    frame.focus();
  });
}
