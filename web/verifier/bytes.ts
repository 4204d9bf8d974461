// bytes.ts - texts and bytes into each other, each in exactly one way.
//
// What two people could write differently could be changed without being noticed: base64 is taken in its
// canonical form only, hexadecimal in lower case, UTF-8 without a byte-order mark being swallowed.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

const sixBits = new Int8Array(128).fill(-1);
for (let value = 0; value < 64; value += 1) sixBits[alphabet.charCodeAt(value)] = value;

// Null where `text` is not base64, padded, with its unused bits zero.
export function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0) return null;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const letters = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let letter = 0; letter < letters; letter += 1) {
    const code = text.charCodeAt(letter);
    const value = code < 128 ? (sixBits[code] ?? -1) : -1;
    if (value < 0) return null;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = (held >> bits) & 0xff;
      at += 1;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : null;
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let letter = 0; letter < 4; letter += 1) text += letter <= left ? alphabet.charAt((three >> (18 - 6 * letter)) & 63) : "=";
  }
  return text;
}

// Null where `text` is not lower-case hexadecimal of whole bytes.
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_byte, at) => parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

export const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const toUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

// Null where the bytes are not UTF-8.  A byte-order mark stays a letter.
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const equal = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, at) => byte === other[at]);

export function joined(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
