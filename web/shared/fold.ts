// fold.ts - Vietnamese text without diacritics and case, so that "ha noi" finds "Hà Nội".
//
// NFC and NFD spellings fold to the same text; đ becomes d.

export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

// Whether every word of the query begins a word of the text.
export function matches(text: string, query: string): boolean {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u);
  return fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .every((wanted) => words.some((word) => word.startsWith(wanted)));
}
