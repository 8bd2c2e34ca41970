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

// The folded letters of a text, each with the place in the text where it came from.
function foldLetters(text) {
  const letters = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    for (const letter of foldCluster(cluster)) letters.push([letter, index, index + cluster.length]);
  }
  const out = [];
  let run = 0;
  let before = "";
  letters.forEach(([letter, start, end], at) => {
    const folded = foldLetter(before, letter, letters[at + 1]?.[0] ?? "", run);
    for (const one of folded) out.push([one, start, end]);
    run = KATAKANA.test(letter) || letter === LONG ? run + 1 : 0;
    before = letter;
  });
  return out;
}

export function fold(text) {
  return foldLetters(text).map(([letter]) => letter).join("");
}

const lower = (letter) => {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
};

// A text to look for needles in: finding gives places in the text as it was written.
export class Haystack {
  constructor(text) {
    this.text = text;
    this.starts = [];
    this.ends = [];
    let folded = "";
    for (const [letter, start, end] of foldLetters(text)) {
      folded += lower(letter);
      for (let unit = 0; unit < letter.length; unit += 1) {
        this.starts.push(start);
        this.ends.push(end);
      }
    }
    this.folded = folded;
  }

  // [start, end] of each place of *needle*, which must be folded and in lower case.
  find(needle) {
    const places = [];
    if (!needle) return places;
    for (let at = this.folded.indexOf(needle); at >= 0; at = this.folded.indexOf(needle, at + needle.length)) {
      places.push([this.starts[at], this.ends[at + needle.length - 1]]);
    }
    return places;
  }
}

export const needle = (text) => Array.from(fold(text), lower).join("");
