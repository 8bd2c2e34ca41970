// The words of a query, as words.py files those of a text.
import { fold, needle } from "./folding.js";

const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d\\u309e\\u30a1-\\u30fa\\u30fc-\\u30fe\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}";
const TOKEN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}_+#])+`, "gu");
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
export const isUnspaced = (word) => STARTS_UNSPACED.test(word);
const SPOKEN = /[\p{L}\p{N}]/u;

// The tokens of a text: {letters} for a run without spaces between words, {word} for others.
function tokens(text) {
  const found = [];
  for (const [token] of fold(text).matchAll(TOKEN)) {
    if (STARTS_UNSPACED.test(token)) found.push({ letters: Array.from(token) });
    else if (SPOKEN.test(token)) found.push({ word: token });
  }
  return found;
}

export function indexWords(text) {
  return tokens(text).flatMap(({ word, letters }) =>
    word ? [word] : letters.map((_, at) => letters.slice(at, at + 2).join("")),
  );
}

// Words as Pagefind is given them: see given in words.py.
export const asFiled = (words) =>
  words
    .join(" ")
    .replace(/[\u3041-\u30ff]/g, (letter) =>
      letter.normalize("NFD").length > 1 ? String.fromCharCode(letter.charCodeAt(0) + 0xa000 - 0x3040) : letter,
    );

// What to ask for: *all* must be on a page; where *offsets* are those of a place on the page, the
// words stand there one after the other, which is the text itself. *closer* are more of them, for
// when many pages have these.
export function queryWords(text) {
  const words = indexWords(text);
  const letters = tokens(text).at(-1)?.letters;
  const all = [];
  // in a text the last letter goes on: it is filed alone only where a run ends
  if (letters && words.length > 1) {
    const last = words.pop();
    if (letters.length === 1) all.push(last);
  }
  const places = telling(words);
  const offsets = places.length > ENOUGH ? spread(places, FEW) : places;
  const closer = spread(places, MOST);
  return { all: [...all, ...offsets.map((at) => words[at])], words, offsets, closer, needle: needle(text).trim() };
}

const FEW = 3;
const ENOUGH = 4;
const MOST = 6;
const ONLY_HIRAGANA = /^[ぁ-ゖ]+$/;

// The places of the words that tell a text from others: each asked for takes a file. Pairs of
// hiragana alone, which are everywhere, are left out when there are others.
function telling(words) {
  const isLetter = (at) => STARTS_UNSPACED.test(words[at]) && Array.from(words[at]).length === 1;
  const places = [...words.keys()].filter((at) => words.length === 1 || !isLetter(at));
  const rare = places.filter((at) => !ONLY_HIRAGANA.test(words[at]));
  return rare.length >= FEW ? rare : places;
}

// So many of *places*, far apart; of fewer, the same and no others.
function spread(places, number) {
  const left = new Set(places);
  const picked = [];
  while (left.size && picked.length < number) {
    const far = (at) => Math.min(...picked.map((other) => Math.abs(other - at)));
    const next = [...left].reduce((best, at) => (far(at) > far(best) ? at : best));
    picked.push(next);
    left.delete(next);
  }
  return picked;
}

// Whether words at *offsets* stand one after the other somewhere among *places*.
export function inOrder(places, offsets) {
  if (offsets.length < 2) return true;
  const known = new Set(places);
  const [first, ...rest] = offsets;
  return places.some((place) => rest.every((offset) => known.has(place + offset - first)));
}

// Katakana for hiragana and the other way round; the text itself when it has no such letters.
export const katakana = (text) =>
  text.replace(/[ぁ-ゖゝゞ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));
export const hiragana = (text) =>
  text.replace(/[ァ-ヶヽヾ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));

// The parts of a query: words between spaces, or all between quotation marks.
export function parts(query) {
  const found = [];
  for (const [, quoted, bare] of query.matchAll(/["“”]([^"“”]*)["“”]|([^\s"“”]+)/gu)) {
    const words = queryWords(quoted ?? bare);
    if (words.all.length) found.push({ ...words, text: quoted ?? bare, quoted: quoted !== undefined });
  }
  return found;
}
