// Asks Pagefind and ranks its answers: pages with the very phrase before pages with its words.
import { asFiled, hiragana, inOrder, katakana, parts } from "./words.js";
import { needle } from "./folding.js";
import messages from "./messages.js";

const ENOUGH = 10;
const SMALL_WORD = /^[ぁ-ゖ]{1,2}$/;

export class Engine {
  constructor(folder) {
    this.folder = folder;
  }

  // Fetches the search itself; at once when it is there already.
  load() {
    this.loading ??= this.#load().catch((error) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  async #load() {
    const [{ createInstance }, facets] = await Promise.all([
      import(`${this.folder}pagefind.js`),
      fetch(`${this.folder}tsuzuri-facets.json`).then((response) => response.json()),
    ]);
    const html = document.documentElement;
    const language = html.lang;
    // Pagefind takes its language from the page alone, here and now, and would cut Japanese
    // queries into words anew; ours are cut as the index is, whose language is this one.
    html.lang = messages.stemming;
    try {
      this.pagefind = createInstance();
    } finally {
      html.lang = language;
    }
    await this.pagefind.init();
    this.facets = facets;
  }

  // {hits, needles}: each hit an id, its rank and how to get its page; null when nothing is asked.
  // *filters* are the words under which pages are filed that may be found.
  async search(query, filters = []) {
    await this.load();
    const asked = parts(query.slice(0, 200));
    if (!asked.length) return null;
    const hits = new Map();
    const needles = new Set(asked.map((part) => part.needle));
    let tier = await this.#gather(hits, asked, filters, 0);
    for (const other of respelled(asked, hits.size)) {
      for (const part of other) needles.add(part.needle);
      tier = await this.#gather(hits, other, filters, tier);
    }
    if (hits.size < ENOUGH && !asked.some((part) => part.quoted)) {
      const apart = asked.flatMap((part) => inWords(part.text));
      if (apart.length > asked.length) {
        const before = hits.size;
        await this.#gather(hits, apart, filters, tier);
        if (hits.size > before) for (const part of apart) needles.add(part.needle);
      }
    }
    const ranked = [...hits.values()].sort((a, b) => a.tier - b.tier || b.score - a.score || (a.id < b.id ? -1 : 1));
    return { hits: ranked, needles: [...needles] };
  }

  // Adds the pages that have all of *asked*, those with the very text at *tier*; returns the next tier.
  async #gather(hits, asked, filters, tier) {
    const all = [...new Set(asked.flatMap((part) => part.all))];
    const { results } = await this.pagefind.search([asFiled(all), ...filters].join(" "));
    for (const result of results) {
      const having = asked.map((part) => inOrder(result.words, part.offsets));
      if (having.some((has, at) => !has && asked[at].quoted) || hits.has(result.id)) continue;
      hits.set(result.id, {
        id: result.id,
        score: result.score,
        tier: having.every(Boolean) ? tier : tier + 1,
        page: () => result.data(),
      });
    }
    return tier + 2;
  }
}

// The same query in the other kana: hiragana may always be meant as katakana, which one has to
// convert to; katakana is tried as hiragana only when nothing else is found (デモ is not でも).
function respelled(asked, found) {
  const changed = (respell) => {
    const texts = asked.map((part) => respell(part.text));
    if (texts.every((text, at) => text === asked[at].text)) return [];
    return [asked.flatMap((part, at) => parts(part.quoted ? `"${texts[at]}"` : texts[at]))];
  };
  return [...changed(katakana), ...(found ? [] : changed(hiragana))];
}

// The words inside a run of Japanese, as the browser parts them, without particles.
function inWords(text) {
  if (!Intl.Segmenter) return parts(text);
  const segments = new Intl.Segmenter("ja", { granularity: "word" }).segment(text);
  const words = Array.from(segments).filter((item) => item.isWordLike && !SMALL_WORD.test(item.segment));
  return words.flatMap((item) => parts(item.segment));
}

// Puts pages that have all needles first, where the index alone could not tell.
export function verified(pages, needles) {
  const has = (page) => needles.every((wanted) => page.haystacks().some((hay) => hay.folded.includes(needle(wanted))));
  return [...pages].sort((a, b) => a.tier - b.tier || has(b) - has(a) || b.score - a.score);
}
