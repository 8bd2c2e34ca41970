// Buttons that copy code: commands without their prompts and output, diffs as they stand.
const status = document.createElement("div");
status.className = "tz-sr";
status.setAttribute("role", "status");

const commands = (pre) => {
  const lines = [];
  for (const prompt of pre.querySelectorAll(".gp")) {
    let text = "";
    for (let node = prompt.nextSibling; node; node = node.nextSibling) {
      if (node.classList?.contains("go") || node.classList?.contains("gp")) break;
      text += node.textContent;
    }
    lines.push(text.trimEnd());
  }
  return lines.join("\n");
};

const code = (pre) => {
  if (pre.querySelector(".gp")) return commands(pre);
  const copy = pre.cloneNode(true);
  for (const number of copy.querySelectorAll(".linenos")) number.remove();
  return copy.textContent.replace(/\n$/, "");
};

const buttons = navigator.clipboard ? document.querySelectorAll(".tz-copy") : [];
for (const button of buttons) {
  const label = button.getAttribute("aria-label");
  const pre = button.parentElement.querySelector("td.code pre, pre");
  if (!pre) continue;
  button.hidden = false;
  button.title = label;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code(pre));
    button.classList.add("tz-copy--done");
    button.title = button.dataset.done;
    status.textContent = button.dataset.done;
    setTimeout(() => {
      button.classList.remove("tz-copy--done");
      button.title = label;
      status.textContent = "";
    }, 2000);
  });
}
if (buttons.length) document.body.append(status);
