// The search as a reader sees it: a field, filters, results. In a dialog or in search.html.
import { Engine, verified } from "./engine.js";
import { FoundPage } from "./page.js";
import messages from "./messages.js";

const SITE = new URL("../../", import.meta.url);
const BATCH = 10;
const PAUSE_MS = 80;

let engine;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const pieces = (list) => list.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));

export class SearchView {
  constructor({ prefix, onQuery, onLeave }) {
    engine ??= new Engine(new URL("pagefind/", SITE).href);
    Object.assign(this, { prefix, onQuery, onLeave, shown: 0, turn: 0, composing: false });
    this.build();
    this.listen();
  }

  build() {
    const list = `${this.prefix}-results`;
    this.field = element("input", {
      type: "search", class: "tz-seek-field", role: "combobox", autocomplete: "off", autocapitalize: "off",
      spellcheck: "false", enterkeyhint: "search", placeholder: messages.placeholder, "aria-label": messages.search,
      "aria-autocomplete": "list", "aria-controls": list, "aria-expanded": "false",
    });
    this.year = element("select", { class: "tz-seek-filter", "aria-label": messages.year });
    this.tag = element("select", { class: "tz-seek-filter", "aria-label": messages.tag });
    this.filters = element("div", { class: "tz-seek-filters", hidden: "" }, this.year, this.tag);
    this.status = element("p", { class: "tz-seek-status", role: "status" });
    this.list = element("div", { id: list, class: "tz-seek-results", role: "listbox", "aria-label": messages.results });
    this.more = element("button", { type: "button", class: "tz-seek-more", hidden: "" }, messages.more);
    const found = element("div", { class: "tz-seek-found" }, this.list, this.more);
    this.keys = element("p", { class: "tz-seek-keys" }, messages.keys);
    this.root = element("div", { class: "tz-seek" }, this.field, this.filters, this.status, this.keys, found);
  }

  listen() {
    this.field.addEventListener("compositionstart", () => { this.composing = true; });
    this.field.addEventListener("compositionend", () => {
      this.composing = false;
      this.changed();
    });
    this.field.addEventListener("input", (event) => {
      if (!this.composing && !event.isComposing) this.changed();
    });
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.year.addEventListener("change", () => this.run());
    this.tag.addEventListener("change", () => this.run());
    this.more.addEventListener("click", () => this.showMore());
  }

  // Fetches the search before the first letter is typed.
  async prepare() {
    try {
      await engine.load();
      this.fillFilters();
    } catch (error) {
      this.fail(error);
    }
  }

  fillFilters() {
    if (this.year.options.length) return;
    const { year, tag } = engine.facets;
    const option = (value, text) => element("option", { value }, text);
    const counted = ([name, count, word]) => option(word, `${name} (${count})`);
    const language = document.documentElement.lang;
    const years = [...year].reverse();
    const tags = [...tag].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], language));
    this.year.append(option("", messages.allYears), ...years.map(counted));
    this.tag.append(option("", messages.allTags), ...tags.map(counted));
    this.filters.hidden = years.length + tags.length === 0;
  }

  changed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE_MS);
  }

  async run() {
    clearTimeout(this.timer);
    const turn = (this.turn += 1);
    const query = this.field.value.trim();
    this.onQuery?.(query);
    try {
      const filters = [this.year.value, this.tag.value].filter(Boolean);
      const found = query ? await engine.search(query, filters) : null;
      if (turn !== this.turn) return;
      this.fillFilters();
      await this.show(found, turn, query);
    } catch (error) {
      if (turn === this.turn) this.fail(error);
    }
  }

  async show(found, turn, query) {
    this.hits = found?.hits ?? [];
    this.needles = found?.needles ?? [];
    this.asked = found?.asked ?? [];
    const first = await this.pages(0);
    if (turn !== this.turn) return;
    this.list.replaceChildren();
    this.shown = 0;
    this.add(first);
    this.select(null);
    const count = this.hits.length;
    this.keys.hidden = Boolean(query);
    this.status.textContent = !query ? "" : count === 0 ? messages.none.replace("{query}", () => query)
      : count === 1 ? messages.one : messages.many.replace("{count}", count);
    this.root.dataset.query = query;
  }

  async pages(from) {
    const hits = this.hits.slice(from, from + BATCH);
    const pages = await Promise.all(hits.map(async (hit) => new FoundPage(hit, await hit.page())));
    return verified(pages, this.asked);
  }

  async showMore() {
    const turn = this.turn;
    this.more.disabled = true;
    try {
      const pages = await this.pages(this.shown);
      if (turn === this.turn) this.add(pages);
    } finally {
      this.more.disabled = false;
    }
  }

  add(pages) {
    pages.forEach((page, at) => this.list.append(this.result(page, this.shown + at)));
    this.shown += pages.length;
    this.more.hidden = this.shown >= this.hits.length;
    this.field.setAttribute("aria-expanded", String(this.shown > 0));
  }

  result(page, number) {
    const { fragment } = page;
    const address = new URL(fragment.raw_url ?? fragment.url, page.place.site).href;
    const id = `${this.prefix}-${number}`;
    const link = (part, anchor, ...children) =>
      element("a", {
        role: "option", id: `${id}-${part}`, tabindex: "-1", "aria-selected": "false",
        href: address + (anchor ? `#${encodeURIComponent(anchor)}` : ""),
      }, ...children);
    const meta = element("span", { class: "tz-seek-meta" });
    if (page.place.name) meta.append(element("span", { class: "tz-seek-site" }, page.place.name));
    if (fragment.date) meta.append(element("time", { datetime: fragment.date }, fragment.shownDate));
    meta.append(...fragment.tags.map((tag) => element("span", { class: "tz-seek-tag" }, tag)));
    const title = element("span", { class: "tz-seek-title" }, ...pieces(page.titleMarks(this.needles)));
    const group = element("div", { role: "group", class: "tz-seek-page", "aria-label": page.title });
    const sections = page.sections(this.needles);
    const lead = sections[0] && !sections[0].anchor ? sections.shift() : undefined;
    const top = link("page", "", title, ...(meta.childNodes.length ? [meta] : []));
    if (lead) top.append(element("span", { class: "tz-seek-excerpt" }, ...pieces(lead.excerpt)));
    group.append(top);
    sections.forEach((section, at) => {
      const heading = element("span", { class: "tz-seek-heading" }, ...pieces(section.heading));
      const excerpt = element("span", { class: "tz-seek-excerpt" }, ...pieces(section.excerpt));
      group.append(link(at, section.anchor, heading, excerpt));
    });
    return group;
  }

  options() {
    return [...this.list.querySelectorAll('[role="option"]')];
  }

  select(option) {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const options = this.options();
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!options.length) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = at < 0 && step < 0 ? options.length - 1 : at + step;
      this.select(options[next] ?? null);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.open(options[Math.max(at, 0)], event);
    }
  }

  async open(option, event) {
    if (!option || this.root.dataset.query !== this.field.value.trim()) {
      await this.run();
      return;
    }
    if (event.ctrlKey || event.metaKey) window.open(option.href, "_blank", "noopener");
    else {
      this.onLeave?.();
      option.click();
    }
  }

  fail(error) {
    console.error(error);
    this.list.replaceChildren();
    this.more.hidden = true;
    this.status.textContent = messages.failed;
  }
}
