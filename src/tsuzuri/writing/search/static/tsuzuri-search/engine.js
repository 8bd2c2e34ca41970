// Asks Pagefind and ranks its answers: pages with the very phrase before pages with its words.
import { asFiled, hiragana, inOrder, katakana, parts } from "./words.js";
import { FoundPage } from "./page.js";
import messages from "./messages.js";

const ENOUGH = 10;
const LAST = "\u9fff";
const CONVERTED = /[ァ-ヺ㐀-鿿]/;
const PLACE = "place";
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
      facetsIn(this.folder),
    ]);
    const html = document.documentElement;
    const language = html.lang;
    // Pagefind takes its language from the page alone, here and now, and would cut Japanese
    // queries into words anew; ours are cut as the index is, whose language is this one.
    html.lang = messages.stemming;
    try {
      // without a worker: what it finds, all places of all words, takes longer to hand over than to find
      this.pagefind = createInstance({ noWorker: true });
    } finally {
      html.lang = language;
    }
    await this.pagefind.init();
    this.facets = facets;
    this.places = [{ name: "", site: new URL("../", this.folder).href, words: filterWords(facets) }];
    await Promise.all(Object.entries(messages.merged).map(([name, address]) => this.#merge(name, address)));
  }

  // Searches another site's index too; one that can't be had takes nothing from the site's own.
  async #merge(name, address) {
    const site = new URL(address, this.places[0].site).href;
    try {
      const facets = await facetsIn(`${site}pagefind/`);
      await this.pagefind.mergeIndex(`${site}pagefind/`, { mergeFilter: { [PLACE]: site } });
      for (const kind of Object.keys(this.facets)) this.facets[kind] = together(this.facets[kind], facets[kind]);
      this.places.push({ name, site, words: filterWords(facets) });
    } catch (error) {
      console.warn(`The search of ${site} could not be loaded.`, error);
    }
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
    return { hits: ranked, needles: [...needles], asked: asked.map((part) => part.needle) };
  }

  // Adds the pages that have all of *asked*, those with the very text at *tier*; returns the next tier.
  async #gather(hits, asked, filters, tier) {
    const tiers = this.places.map((place) => this.#gatherFrom(place, hits, asked, filters, tier));
    return Math.max(...(await Promise.all(tiers)));
  }

  async #gatherFrom(place, hits, asked, filters, tier) {
    const wanted = asked.flatMap((part) => part.all);
    const results = await this.#ask(place, wanted, filters);
    if (!(await isTrue(results, wanted))) return tier;
    const inPlace = (places) => (result) => [result.id, asked.map((part) => inOrder(result.words, part[places]))];
    let having = new Map(results.map(inPlace("offsets")));
    const isClose = results.filter(({ id }) => having.get(id).every(Boolean)).length <= ENOUGH;
    if (!isClose && asked.some(({ closer, offsets }) => closer.length > offsets.length)) {
      const words = asked.flatMap((part) => [...part.all, ...part.closer.map((at) => part.words[at])]);
      having = new Map((await this.#ask(place, words, filters)).map(inPlace("closer")));
    }
    for (const { id, score, data } of results) {
      const has = having.get(id) ?? asked.map(() => false);
      if (hits.has(id) || has.some((yes, at) => !yes && asked[at].quoted)) continue;
      hits.set(id, { id, place, score, tier: has.every(Boolean) ? tier : tier + 1, page: () => data() });
    }
    return tier + 2;
  }

  // The pages of *place* that have all *words* and are filed under all *filters*.
  // Each place is asked by itself: a word that one of them lacks is taken for its beginning there.
  async #ask(place, words, filters) {
    if (!filters.every((word) => place.words.has(word))) return [];
    const different = [...new Set(words)];
    // words that begin with the letter are found too, but only in files that are there: the last as well
    if (different.length === 1 && Array.from(different[0]).length === 1) {
      await this.pagefind.preload(asFiled([different[0] + LAST]));
    }
    const [own, ...others] = this.places;
    const only = place === own ? { not: { [PLACE]: { any: others.map(({ site }) => site) } } } : { [PLACE]: place.site };
    const options = others.length ? { filters: only } : {};
    const { results } = await this.pagefind.search([asFiled(different), ...filters].join(" "), options);
    return results.map((result) => ({ ...result, id: `${place.site}${result.id}` }));
  }
}

// Pagefind takes a word that is on no page for its beginning (語句 for 語); the first page tells.
async function isTrue([first], wanted) {
  return !first || new FoundPage(first, await first.data()).hasWords(wanted);
}

async function facetsIn(folder) {
  const response = await fetch(`${folder}tsuzuri-facets.json`);
  if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
  return response.json();
}

const filterWords = (facets) => new Set(Object.values(facets).flatMap((list) => list.map(([, , word]) => word)));

// Two lists of [value, count, word], in the order of the values, what is in both counted once.
function together(own, others = []) {
  const all = new Map(own.map(([value, count, word]) => [value, [value, count, word]]));
  for (const [value, count, word] of others) {
    all.set(value, [value, (all.get(value)?.[1] ?? 0) + count, word]);
  }
  return [...all.values()].sort(([a], [b]) => (a < b ? -1 : 1));
}

// The same query in the other kana: what is typed in hiragana alone may always be meant as katakana,
// which one has to convert to; the rest is tried only when nothing is found (デモ is not でも).
function respelled(asked, found) {
  const changed = (respell, isMeant) => {
    const texts = asked.map((part) => (isMeant(part.text) ? respell(part.text) : part.text));
    if (texts.every((text, at) => text === asked[at].text)) return [];
    return [asked.flatMap((part, at) => parts(part.quoted ? `"${texts[at]}"` : texts[at]))];
  };
  const any = () => true;
  if (found) return changed(katakana, (text) => !CONVERTED.test(text));
  return [...changed(katakana, any), ...changed(hiragana, any)];
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
  const has = new Map(
    pages.map((page) => [page, needles.every((wanted) => page.haystacks().some((hay) => hay.folded.includes(wanted)))]),
  );
  return [...pages].sort((a, b) => a.tier - b.tier || has.get(b) - has.get(a) || b.score - a.score);
}
