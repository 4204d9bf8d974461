// merkle.ts - the tree of RFC 6962, section 2.1: leaves, nodes, roots and the two kinds of proof.
//
// Sizes go up to 2^53 - 1, so halves are taken by division and not by shifts of 32 bits.
import { sha256 } from "@noble/hashes/sha2.js";
import { equal } from "./bytes.ts";

export const hashLength = 32;
// Of any tree whose size has 63 bits.
export const longestPath = 63;

export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(0)).update(leaf).digest();
}

export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256.create().update(Uint8Array.of(1)).update(left).update(right).digest();
}

export const emptyRoot = (): Uint8Array => sha256(new Uint8Array());

const half = (number: number): number => Math.floor(number / 2);
const odd = (number: number): boolean => number % 2 === 1;

// The root that the path leads to; null where a path in a tree of `size` cannot look like that.
//
// Source: RFC 9162, section 2.1.3.2.
export function rootOfPath(index: number, size: number, leafHash: Uint8Array, path: readonly Uint8Array[]): Uint8Array | null {
  if (index >= size) return null;
  let place = index;
  let last = size - 1;
  let root = leafHash;
  for (const sibling of path) {
    if (last === 0) return null;
    if (odd(place) || place === last) {
      root = hashNode(sibling, root);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      root = hashNode(root, sibling);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 ? root : null;
}

// Does the path show that the tree of `oldSize` is the beginning of the tree of `size`?
//
// Source: RFC 9162, section 2.1.4.2.
export function isConsistent(oldSize: number, oldRoot: Uint8Array, size: number, root: Uint8Array, path: readonly Uint8Array[]): boolean {
  if (oldSize > size) return false;
  if (oldSize === size) return path.length === 0 && equal(oldRoot, root);
  if (oldSize === 0) return path.length === 0 && equal(oldRoot, emptyRoot());
  let place = oldSize - 1;
  let last = size - 1;
  while (odd(place)) {
    place = half(place);
    last = half(last);
  }
  // A tree of a whole power of two is itself the first node.
  const nodes = place === 0 ? [oldRoot, ...path] : [...path];
  const first = nodes.shift();
  if (!first) return false;
  let oldMade = first;
  let made = first;
  for (const node of nodes) {
    if (last === 0) return false;
    if (odd(place) || place === last) {
      oldMade = hashNode(node, oldMade);
      made = hashNode(node, made);
      while (!odd(place) && place !== 0) {
        place = half(place);
        last = half(last);
      }
    } else {
      made = hashNode(made, node);
    }
    place = half(place);
    last = half(last);
  }
  return last === 0 && equal(oldMade, oldRoot) && equal(made, root);
}

// A tree that grows: keeps only the roots of its whole parts.
export class Frontier {
  private parts: { level: number; hash: Uint8Array }[] = [];
  size = 0;

  append(leafHash: Uint8Array): void {
    let hash = leafHash;
    let level = 0;
    for (let last = this.parts.at(-1); last?.level === level; last = this.parts.at(-1)) {
      hash = hashNode(last.hash, hash);
      level += 1;
      this.parts.pop();
    }
    this.parts.push({ level, hash });
    this.size += 1;
  }

  // Whole parts of a tree made elsewhere, the largest first.
  static of(size: number, hashes: readonly Uint8Array[]): Frontier {
    const made = new Frontier();
    made.parts = partsOf(size).map(({ level }, at) => ({ level, hash: hashes[at]! }));
    made.size = size;
    return made;
  }

  root(): Uint8Array {
    const last = this.parts.at(-1);
    if (!last) return emptyRoot();
    return this.parts.slice(0, -1).reduceRight((right, part) => hashNode(part.hash, right), last.hash);
  }
}

export interface Node {
  // Leaves below: 2^level.
  level: number;
  // Place among those of its level, from 0.
  index: number;
}

// The whole subtrees of which a tree of `size` is made, from the left, the largest first.
export function partsOf(size: number): Node[] {
  const parts: Node[] = [];
  let begin = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const width = 2 ** level;
    if (size - begin < width) continue;
    parts.push({ level, index: begin / width });
    begin += width;
  }
  return parts;
}

// Hash of a whole subtree.
export type NodeHash = (node: Node) => Promise<Uint8Array>;

// Hash of the leaves from `begin` up to `end` as a tree of their own.
async function hashOfRange(begin: number, end: number, hashOf: NodeHash): Promise<Uint8Array> {
  const width = largestBelow(end - begin + 1);
  if (width === end - begin) return hashOf({ level: Math.round(Math.log2(width)), index: begin / width });
  return hashNode(await hashOfRange(begin, begin + width, hashOf), await hashOfRange(begin + width, end, hashOf));
}

// The largest power of two that is smaller than `number` (at least 2).
function largestBelow(number: number): number {
  let power = 1;
  while (power * 2 < number) power *= 2;
  return power;
}

// Source: RFC 6962, section 2.1.1.  Requires: index < size.
export async function inclusionPath(index: number, size: number, hashOf: NodeHash): Promise<Uint8Array[]> {
  const path: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + largestBelow(end - begin);
    if (index < middle) {
      path.push(await hashOfRange(middle, end, hashOf));
      end = middle;
    } else {
      path.push(await hashOfRange(begin, middle, hashOf));
      begin = middle;
    }
  }
  return path.reverse();
}

// Source: RFC 6962, section 2.1.2.  Requires: oldSize <= size.
export async function consistencyPath(oldSize: number, size: number, hashOf: NodeHash): Promise<Uint8Array[]> {
  if (oldSize === 0 || oldSize === size) return [];
  const path: Uint8Array[] = [];
  let begin = 0;
  let end = size;
  // The part that is wholly old and reaches to the old end needs no telling where it is the old tree itself.
  while (oldSize !== end) {
    const middle = begin + largestBelow(end - begin);
    if (oldSize <= middle) {
      path.push(await hashOfRange(middle, end, hashOf));
      end = middle;
    } else {
      path.push(await hashOfRange(begin, middle, hashOf));
      begin = middle;
    }
  }
  if (begin !== 0) path.push(await hashOfRange(begin, end, hashOf));
  return path.reverse();
}
