// The menu of a small screen: a link to the sidebar until this makes it a popover.
const side = document.getElementById("tz-side");
const opener = document.querySelector(".tz-menu");
if (side && opener && side.showPopover) {
  const small = matchMedia("(max-width: 79.99rem)");
  const adapt = () => {
    if (small.matches) side.popover = "auto";
    else side.removeAttribute("popover");
  };
  small.addEventListener("change", adapt);
  adapt();

  opener.setAttribute("role", "button");
  opener.setAttribute("aria-controls", side.id);
  opener.setAttribute("aria-expanded", "false");
  const closer = side.querySelector(".tz-side__close");
  closer.setAttribute("role", "button");
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    side.togglePopover();
  });
  closer.addEventListener("click", (event) => {
    event.preventDefault();
    side.hidePopover();
    opener.focus();
  });
  for (const button of [opener, closer]) {
    button.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      button.click();
    });
  }
  side.addEventListener("toggle", (event) => {
    const open = event.newState === "open";
    opener.setAttribute("aria-expanded", String(open));
    if (open) closer.focus();
  });
  side.addEventListener("click", (event) => {
    if (event.target.closest("a:not(.tz-side__close)")) side.hidePopover();
  });
}
