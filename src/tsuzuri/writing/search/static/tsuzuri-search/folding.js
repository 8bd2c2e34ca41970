// One spelling for words that readers hold to be the same: folding.py explains the rules.
import data from "./folding-data.js";

const pairs = (text) => {
  const letters = Array.from(text);
  const table = new Map();
  for (let at = 0; at < letters.length; at += 2) table.set(letters[at], letters[at + 1]);
  return table;
};
const tables = Object.fromEntries(Object.entries(data).map(([name, text]) => [name, pairs(text)]));

const LONG = "ー";
const LONG_TAKES = 3;
const CLUSTER = /.[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*/gsu;
const ACCENT = /[\u0300-\u036f]/g;
const KATAKANA = /^[ァ-ヺ]/;
const HAN = /^[一-鿿]/;
const DIGIT = /^[0-9]/;

function foldCluster(cluster) {
  if (/^[\x00-\x7f]*$/.test(cluster)) return cluster;
  let wide = cluster.normalize("NFKC");
  const bare = wide.normalize("NFD");
  if (bare.search(ACCENT) >= 0) wide = bare.replace(ACCENT, "").normalize("NFC");
  return Array.from(wide, (letter) => tables.old.get(letter) ?? letter).join("");
}

function foldLetter(before, letter, after, run) {
  const { small, voiced, counters } = tables;
  if (small.has(letter)) {
    const large = small.get(letter);
    return before === "ヴ" && voiced.has(large) ? voiced.get(large) : large;
  }
  if (letter === "ヴ") return voiced.has(small.get(after)) ? "" : "ブ";
  if (letter === "・" && run && KATAKANA.test(after)) return "";
  if (letter === LONG && run >= LONG_TAKES && !KATAKANA.test(after)) return "";
  if (counters.has(letter) && DIGIT.test(before) && HAN.test(after)) return counters.get(letter);
  return letter;
}

// Stretches of letters that stand for themselves whatever is beside them: most of any text.
const MARKS = "\\u0300-\\u036f\\u3099\\u309a\\uff9e\\uff9f";
const SAME = new RegExp(
  `(?:(?![${[...tables.old.keys()].join("")}])[\\x00-\\x7f\\u3001-\\u3003\\u3008-\\u3011\\u3041-\\u3096\\u4e00-\\u9fff](?![${MARKS}]))+`,
  "gu",
);

// A text in pieces, [folded, start, end]: such stretches whole, all between them letter by letter.
function foldPieces(text) {
  const out = [];
  let at = 0;
  for (const { 0: stretch, index } of text.matchAll(SAME)) {
    if (index > at) foldBetween(text, at, index, out);
    at = index + stretch.length;
    out.push([stretch, index, at]);
  }
  if (at < text.length) foldBetween(text, at, text.length, out);
  return out;
}

function foldBetween(text, from, to, out) {
  const letters = [];
  for (const { 0: cluster, index } of text.slice(from, to).matchAll(CLUSTER)) {
    const start = from + index;
    for (const letter of foldCluster(cluster)) letters.push([letter, start, start + cluster.length]);
  }
  let run = 0;
  let before = text[from - 1] ?? "";
  letters.forEach(([letter, start, end], at) => {
    const folded = foldLetter(before, letter, letters[at + 1]?.[0] ?? text[to] ?? "", run);
    if (folded) out.push([folded, start, end]);
    run = KATAKANA.test(letter) || letter === LONG ? run + 1 : 0;
    before = letter;
  });
}

export function fold(text) {
  return foldPieces(text).map(([folded]) => folded).join("");
}

// Lower case, but where that would change the number of letters.
const lower = (letters) => {
  const small = letters.toLowerCase();
  return small.length === letters.length ? small : letters;
};

// A text to look for needles in: finding gives places in the text as it was written.
export class Haystack {
  constructor(text) {
    this.text = text;
    this.pieces = foldPieces(text);
    this.folded = this.pieces.map(([folded]) => lower(folded)).join("");
  }

  // [start, end] of each place of *needle*, which must be folded and in lower case.
  find(needle) {
    const places = [];
    if (!needle) return places;
    for (let at = this.folded.indexOf(needle); at >= 0; at = this.folded.indexOf(needle, at + needle.length)) {
      const { starts, ends } = this.#places();
      places.push([starts[at], ends[at + needle.length - 1]]);
    }
    return places;
  }

  // Where each folded letter came from; few haystacks have a needle, so only when asked.
  #places() {
    if (this.starts) return this;
    this.starts = new Uint32Array(this.folded.length);
    this.ends = new Uint32Array(this.folded.length);
    let at = 0;
    for (const [folded, start, end] of this.pieces) {
      const isStretch = folded.length === end - start;
      for (let unit = 0; unit < folded.length; unit += 1, at += 1) {
        this.starts[at] = isStretch ? start + unit : start;
        this.ends[at] = isStretch ? start + unit + 1 : end;
      }
    }
    return this;
  }
}

export const needle = (text) => Array.from(fold(text), lower).join("");
