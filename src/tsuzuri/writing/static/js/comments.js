// Comments load when a reader asks for them, in the colours of the page.
const colours = () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light");

for (const button of document.querySelectorAll(".tz-comments__load")) {
  button.addEventListener("click", () => {
    const script = document.createElement("script");
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.giscus))) {
      script.setAttribute(name, value);
    }
    if (!script.dataset.theme) script.dataset.theme = colours();
    script.src = "https://giscus.app/client.js";
    script.crossOrigin = "anonymous";
    script.async = true;
    button.replaceWith(script);
  });
}

new MutationObserver(() => {
  const frame = document.querySelector("iframe.giscus-frame");
  const message = { giscus: { setConfig: { theme: colours() } } };
  frame?.contentWindow.postMessage(message, "https://giscus.app");
}).observe(document.documentElement, { attributeFilter: ["data-theme"] });
