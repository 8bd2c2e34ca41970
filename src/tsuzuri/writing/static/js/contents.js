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
  const seen = new Set();
  const mark = () => {
    const headings = [...links.keys()];
    const top = headings.filter((heading) => heading.getBoundingClientRect().top < 120).pop();
    const current = top ?? headings.find((heading) => seen.has(heading));
    for (const [heading, link] of links) {
      if (heading === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      mark();
    },
    { rootMargin: "-100px 0px -60% 0px" },
  );
  for (const heading of links.keys()) observer.observe(heading);
}
