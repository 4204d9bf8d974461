// timestamp.ts - what an RFC 3161 time-stamp token says: over which hash, and when.
//
// The signature of the authority is not judged: that needs its certificate and those above it.
// `openssl ts -verify` does it.
import { Refusal } from "./refusal.ts";

export interface Timestamp {
  // SHA-256 of what was stamped.
  hash: Uint8Array;
  at: Date;
}

interface Element {
  tag: number;
  content: Uint8Array;
}

function refuse(): never {
  throw new Refusal("malformed", "the time stamp is not an RFC 3161 token over a SHA-256 hash");
}

// The elements that stand one after the other in DER `bytes`, at most as many as are wanted.
function elementsOf(bytes: Uint8Array, most: number): Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length && elements.length < most) {
    const tag = bytes[at] ?? 0;
    let length = bytes[at + 1] ?? refuse();
    at += 2;
    if (length >= 0x80) {
      const count = length - 0x80;
      if (count < 1 || count > 4) refuse();
      length = 0;
      for (let byte = 0; byte < count; byte += 1) length = length * 256 + (bytes[at + byte] ?? refuse());
      at += count;
    }
    if (at + length > bytes.length) refuse();
    elements.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return elements;
}

const sequence = 0x30;
const octets = 0x04;
const explicit = 0xa0;
const objectId = 0x06;
const generalizedTime = 0x18;

function only(elements: Element[], at: number, tag: number): Uint8Array {
  const element = elements[at];
  return element?.tag === tag ? element.content : refuse();
}

const same = (bytes: Uint8Array, ...wanted: number[]): boolean => bytes.length === wanted.length && wanted.every((byte, at) => bytes[at] === byte);

export function readTimestamp(token: Uint8Array): Timestamp {
  // ContentInfo: id-signedData, SignedData
  const info = elementsOf(only(elementsOf(token, 2), 0, sequence), 2);
  if (!same(only(info, 0, objectId), 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02)) refuse();
  const signed = elementsOf(only(elementsOf(only(info, 1, explicit), 1), 0, sequence), 3);
  // EncapsulatedContentInfo: id-ct-TSTInfo, TSTInfo
  const wrapped = elementsOf(only(signed, 2, sequence), 2);
  if (!same(only(wrapped, 0, objectId), 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04)) refuse();
  const inner = only(elementsOf(only(wrapped, 1, explicit), 1), 0, octets);
  // TSTInfo: version, policy, messageImprint, serialNumber, genTime ...
  const stamp = elementsOf(only(elementsOf(inner, 1), 0, sequence), 5);
  const imprint = elementsOf(only(stamp, 2, sequence), 2);
  const algorithm = only(elementsOf(only(imprint, 0, sequence), 1), 0, objectId);
  const hash = only(imprint, 1, octets);
  if (!same(algorithm, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01) || hash.length !== 32) refuse();
  const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(String.fromCharCode(...only(stamp, 4, generalizedTime).subarray(0, 40)));
  if (!time) refuse();
  const at = new Date(`${time[1]}-${time[2]}-${time[3]}T${time[4]}:${time[5]}:${time[6]}${(time[7] ?? "").slice(0, 4)}Z`);
  return Number.isNaN(at.getTime()) ? refuse() : { hash, at };
}
