// The contents follow the text: the entry of the section being read is marked.
const toc = document.querySelector(".tz-toc");
if (toc) {
  const wide = matchMedia("(min-width: 80rem)");
  const fold = () => {
    toc.open = wide.matches;
  };
  wide.addEventListener("change", fold);
  fold();
  toc.addEventListener("click", (event) => {
    if (!wide.matches && event.target.closest("a")) toc.open = false;
  });

  const links = new Map();
  for (const link of toc.querySelectorAll('a[href^="#"]')) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target.querySelector("h2, h3, h4, h5, h6") ?? target, link);
  }
  const headings = [...links.keys()];
  let waiting = false;
  const mark = () => {
    waiting = false;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 130);
    for (const [heading, link] of links) {
      if (heading === passed.at(-1)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  addEventListener(
    "scroll",
    () => {
      if (waiting || !wide.matches) return;
      waiting = true;
      requestAnimationFrame(mark);
    },
    { passive: true },
  );
}
