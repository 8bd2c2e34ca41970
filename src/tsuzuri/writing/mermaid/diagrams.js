// Draws the page's Mermaid diagrams, once one comes near the screen, in the colours of the page.
const blocks = [...document.querySelectorAll(".tz-diagram")];
const library = new URL("mermaid.tiny.js", import.meta.url);
let loading;
let drawn = 0;

const load = () => {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = () => resolve(globalThis.mermaid);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
};

const dark = () => {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "dark" || chosen === "light") return chosen === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
};

const draw = async (block) => {
  const source = block.querySelector("pre");
  try {
    const mermaid = await load();
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "strict",
      theme: dark() ? "dark" : "neutral",
      fontFamily: getComputedStyle(document.body).fontFamily,
    });
    const { svg } = await mermaid.render(`tz-diagram-${(drawn += 1)}`, source.textContent);
    let picture = block.querySelector(".tz-diagram__picture");
    if (!picture) {
      picture = document.createElement("div");
      picture.className = "tz-diagram__picture";
      picture.setAttribute("role", "img");
      picture.setAttribute("aria-label", block.dataset.label);
      block.prepend(picture);
    }
    picture.innerHTML = svg;
    source.hidden = true;
    block.dataset.drawn = "";
  } catch (error) {
    source.hidden = false;
    console.warn(error);
  }
};

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: "400px" },
);
for (const block of blocks) seen.observe(block);

const again = () => blocks.filter((block) => "drawn" in block.dataset).forEach(draw);
new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
