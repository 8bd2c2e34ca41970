// A found page: which of its sections to show, and what of them.
import { Haystack } from "./folding.js";
import { isUnspaced } from "./words.js";

const BEFORE = 24;
const LENGTH = 96;
const SECTIONS = 3;

export class FoundPage {
  constructor(hit, fragment) {
    Object.assign(this, { tier: hit.tier, score: hit.score, id: hit.id, place: hit.place, fragment });
  }

  get title() {
    return this.fragment.meta.title;
  }

  // Whether the page has each of *words*: pairs as they are, of other words the half that endings leave.
  hasWords(words) {
    this.tags ??= this.fragment.tags.map((tag) => new Haystack(tag));
    return words.every((word) => {
      const wanted = isUnspaced(word) ? word : word.slice(0, Math.ceil(word.length / 2)).toLowerCase();
      return [...this.haystacks(), ...this.tags].some(({ folded }) => folded.includes(wanted));
    });
  }

  // One haystack for the title, then one for each heading and one for each text.
  haystacks() {
    this.hays ??= [this.title, ...this.fragment.sections.flatMap(([, heading, text]) => [heading, text])].map(
      (text) => new Haystack(text),
    );
    return this.hays;
  }

  titleMarks(needles) {
    return marked(this.haystacks()[0], needles);
  }

  // {anchor, heading, excerpt} of the sections with most of the words; the beginning if none has any.
  sections(needles) {
    const hays = this.haystacks();
    const found = this.fragment.sections
      .map(([anchor], at) => {
        const heading = hays[1 + 2 * at];
        const text = hays[2 + 2 * at];
        const having = needles.filter((needle) => heading.folded.includes(needle) || text.folded.includes(needle));
        return { anchor, heading, text, at, weight: having.reduce((sum, needle) => sum + needle.length, 0) };
      })
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.at - b.at)
      .slice(0, SECTIONS)
      .sort((a, b) => a.at - b.at);
    if (!found.length && this.fragment.sections.length) {
      const at = Math.max(0, this.fragment.sections.findIndex(([, , text]) => text));
      found.push({ anchor: "", heading: new Haystack(""), text: hays[2 + 2 * at] });
    }
    return found.map(({ anchor, heading, text }) => ({
      anchor,
      heading: marked(heading, needles),
      excerpt: excerpt(text, needles),
    }));
  }
}

// The places of all needles in a haystack, in order, joined where they overlap.
function places(hay, needles) {
  const found = needles.flatMap((needle) => hay.find(needle)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const joined = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

// A text as pieces: [text, isMarked].
function pieces(text, found, from, to) {
  const out = [];
  let at = from;
  for (const [start, end] of found) {
    if (end <= from || start >= to) continue;
    if (start > at) out.push([text.slice(at, start), false]);
    out.push([text.slice(Math.max(start, at), Math.min(end, to)), true]);
    at = Math.min(end, to);
  }
  if (at < to) out.push([text.slice(at, to), false]);
  return out;
}

function marked(hay, needles) {
  return pieces(hay.text, places(hay, needles), 0, hay.text.length);
}

// Whether *at* is inside a word of Latin letters, which is not to be cut.
const isInWord = (text, at) => /^[\p{Script=Latin}\p{N}]{2}$/u.test(text.slice(at - 1, at + 1));

function excerpt(hay, needles) {
  const found = places(hay, needles);
  const first = found[0]?.[0] ?? 0;
  let from = Math.max(0, first - BEFORE);
  const sentence = Math.max(...["。", "\n", ". "].map((end) => hay.text.lastIndexOf(end, first - 1)));
  if (sentence >= from - 1 && sentence >= 0) from = sentence + 1;
  if (/[\udc00-\udfff]/.test(hay.text[from] ?? "")) from -= 1;
  while (from < first && isInWord(hay.text, from)) from += 1;
  let to = Math.min(hay.text.length, from + LENGTH);
  let end = to;
  while (end > first && to - end < BEFORE && isInWord(hay.text, end)) end -= 1;
  if (!isInWord(hay.text, end)) to = end;
  if (/[\udc00-\udfff]/.test(hay.text[to] ?? "")) to += 1;
  const out = pieces(hay.text, found, from, to);
  if (from > 0 && from !== sentence + 1) out.unshift(["…", false]);
  if (to < hay.text.length) out.push(["…", false]);
  return out;
}
