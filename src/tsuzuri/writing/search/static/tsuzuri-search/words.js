// The words of a query, as words.py files those of a text.
import { fold, needle } from "./folding.js";

const UNSPACED =
  "\\u3005-\\u3007\\u3041-\\u3096\\u309d\\u309e\\u30a1-\\u30fa\\u30fc-\\u30fe\\u31f0-\\u31ff" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}";
const TOKEN = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{N}_+#])+`, "gu");
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
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

// Words as Pagefind is given them: see as_filed in words.py.
export const asFiled = (words) =>
  words
    .join(" ")
    .replace(/[\u3041-\u30ff]/g, (letter) =>
      letter.normalize("NFD").length > 1 ? String.fromCharCode(letter.charCodeAt(0) + 0xa000 - 0x3040) : letter,
    );

// What to ask for: *all* must be on a page; *phrase*, in this order, is the text itself.
export function queryWords(text) {
  const found = tokens(text);
  const phrase = indexWords(text);
  const last = found.at(-1);
  if (last?.letters?.length > 1 || (last?.letters && found.length > 1)) phrase.pop();
  const all = found.flatMap(({ word, letters }, at) => {
    if (word) return [word];
    if (letters.length === 1) return letters;
    return cover(letters);
  });
  return { all: [...new Set(all)], phrase, needle: needle(text).trim() };
}

const OVERLAP_UP_TO = 6;

// Pairs that cover the letters: all of a short run, for a long one only so many as touch each letter.
function cover(letters) {
  const step = letters.length > OVERLAP_UP_TO ? 2 : 1;
  const pairs = [];
  for (let at = 0; at < letters.length - 1; at += step) pairs.push(letters[at] + letters[at + 1]);
  if (step > 1) pairs.push(letters.at(-2) + letters.at(-1));
  return pairs;
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
