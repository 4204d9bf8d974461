// receipt_pdf.ts - the proof file that is attached to a receipt's PDF.
//
// Not a reader of PDF: every stream is looked at, plain or deflated, and the last one that begins as a
// proof file does is taken.  What comes out is judged like any other text.
import { firstLine, largestProof } from "./proof.ts";

export const largestPdf = 25 << 20;
const mostStreams = 20_000;
const longestDictionary = 2000;

// Bytes as letters of the same number, so that places in one are places in the other.
const asLetters = (bytes: Uint8Array): string => new TextDecoder("windows-1252").decode(bytes);

export const isPdf = (bytes: Uint8Array): boolean => asLetters(bytes.subarray(0, 1024)).includes("%PDF-");

// Null where it does not inflate, or to more than a proof may be.
async function inflated(bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate"));
    const reader = stream.getReader();
    const parts: Uint8Array[] = [];
    let length = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.length;
      if (length > largestProof) {
        await reader.cancel();
        return null;
      }
      parts.push(read.value);
    }
    return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  } catch {
    return null;
  }
}

// The line end that a writer puts before "endstream" is not part of the file, whose last line is never empty.
function trimmed(bytes: Uint8Array): Uint8Array {
  const text = asLetters(bytes);
  const ending = /\n(\r?\n|\r)$/.exec(text);
  return ending ? bytes.subarray(0, text.length - ending[1]!.length) : bytes;
}

export async function proofInPdf(pdf: Uint8Array): Promise<Uint8Array | null> {
  if (pdf.length > largestPdf) return null;
  const text = asLetters(pdf);
  let found: Uint8Array | null = null;
  let at = 0;
  for (let count = 0; count < mostStreams; count += 1) {
    const keyword = text.indexOf("stream", at);
    if (keyword < 0) break;
    const begin = text.startsWith("stream\r\n", keyword) ? keyword + 8 : text.startsWith("stream\n", keyword) ? keyword + 7 : -1;
    if (begin < 0) {
      at = keyword + 6;
      continue;
    }
    const end = text.indexOf("endstream", begin);
    if (end < 0) break;
    at = end + 9;
    const dictionary = text.slice(Math.max(0, keyword - longestDictionary), keyword).split("obj").pop() ?? "";
    const data = pdf.subarray(begin, end);
    if (text.startsWith(`${firstLine}\n`, begin)) {
      found = trimmed(data);
    } else if (dictionary.includes("/EmbeddedFile") && dictionary.includes("/FlateDecode")) {
      const length = /\/Length (\d+)(?! \d+ R)/.exec(dictionary);
      const whole = await inflated(trimmedBinary(data, length ? Number(length[1]) : null));
      if (whole && asLetters(whole.subarray(0, firstLine.length + 1)) === `${firstLine}\n`) found = whole;
    }
  }
  return found;
}

// Deflated bytes end anywhere: by the length that is told, else without one line end.
function trimmedBinary(data: Uint8Array, length: number | null): Uint8Array {
  if (length !== null && length <= data.length) return data.subarray(0, length);
  const last = data.length - (data.at(-1) === 10 ? (data.at(-2) === 13 ? 2 : 1) : 0);
  return data.subarray(0, last);
}
