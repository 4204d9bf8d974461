// tiles.ts - the tree as static files: where a tile stands, and what is in it.
//
// Layout: C2SP tlog-tiles, as told in docs/formats/journal.md.
import { equal } from "./bytes.ts";
import { largestLeaf } from "./leaf.ts";
import { hashLength, hashNode, type Node } from "./merkle.ts";
import { Refusal } from "./refusal.ts";

// Leaves of a bundle, hashes of a tile.
export const tileWidth = 256;
const levelsOfTile = 8;

// Where the files are: a folder, a web server.
export interface Source {
  // Null where there is no such file.  A file of more than `most` bytes is a fault.
  read(path: string, most: number): Promise<Uint8Array | null>;
  // For messages.
  name: string;
}

// "x001/x234/067" of 1234067.
export function tileNumber(number: number): string {
  const groups: string[] = [];
  for (let left = number; groups.length === 0 || left > 0; left = Math.floor(left / 1000)) groups.unshift(String(left % 1000).padStart(3, "0"));
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join("/");
}

// `level` is of tiles: hashes of 256^level leaves.
export const tilePath = (level: number | "entries", number: number, width: number): string =>
  `tile/${level}/${tileNumber(number)}${width === tileWidth ? "" : `.p/${width}`}`;

export class Tiles {
  private kept = new Map<string, Uint8Array[]>();
  private judged = new Set<string>();

  constructor(
    readonly source: Source,
    // Leaves of the tree.
    readonly size: number,
  ) {}

  // How many hashes of a tile's level there are in all.
  countOf(level: number): number {
    return Math.floor(this.size / tileWidth ** level);
  }

  // How many of them are in that tile, and how many leaves in that bundle.
  widthOf(level: number, number: number): number {
    return Math.max(0, Math.min(tileWidth, this.countOf(level) - number * tileWidth));
  }

  async hashes(level: number, number: number): Promise<Uint8Array[]> {
    const width = this.widthOf(level, number);
    const path = tilePath(level, number, width);
    const kept = this.kept.get(path);
    if (kept) return kept;
    const bytes = await this.readTile(level, number, width, tileWidth * hashLength);
    if (bytes.length % hashLength !== 0 || bytes.length < width * hashLength) {
      throw new Refusal("tile-differs", `${path} of ${this.source.name} holds ${bytes.length} bytes, not ${width} hashes`);
    }
    const hashes = Array.from({ length: width }, (_hash, at) => bytes.subarray(at * hashLength, (at + 1) * hashLength));
    // A few at the right edge are asked for again and again.
    if (this.kept.size > 64) this.kept.clear();
    this.kept.set(path, hashes);
    return hashes;
  }

  // The same, once it is sure that a full tile is what the tile above it says.  What stands at the right
  // edge has no tile above it: whoever relies on this compares the root.
  async trueHashes(level: number, number: number): Promise<Uint8Array[]> {
    const hashes = await this.hashes(level, number);
    const path = tilePath(level, number, hashes.length);
    if (hashes.length < tileWidth || this.judged.has(path)) return hashes;
    const above = await this.trueHashes(level + 1, Math.floor(number / tileWidth));
    if (!equal(rootOfTile(hashes), above[number % tileWidth]!)) {
      throw new Refusal("tile-differs", `${path} of ${this.source.name} is not what the tile above it says`, { index: number * tileWidth ** (level + 1) });
    }
    this.judged.add(path);
    return hashes;
  }

  // The leaves of a bundle.
  async leaves(number: number): Promise<Uint8Array[]> {
    const width = this.widthOf(0, number);
    const path = tilePath("entries", number, width);
    const bytes = await this.readTile("entries", number, width, tileWidth * (largestLeaf + 2));
    const leaves: Uint8Array[] = [];
    for (let at = 0; at < bytes.length && leaves.length < width; ) {
      const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      if (at + 2 + length > bytes.length) break;
      leaves.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
    if (leaves.length !== width) {
      const index = number * tileWidth + leaves.length;
      throw new Refusal("tile-differs", `${path} of ${this.source.name} ends within leaf ${index}`, { index });
    }
    return leaves;
  }

  // Hash of a whole subtree.
  async hashOf(node: Node): Promise<Uint8Array> {
    const level = Math.floor(node.level / levelsOfTile);
    const width = 2 ** (node.level % levelsOfTile);
    const first = node.index * width;
    const hashes = await this.trueHashes(level, Math.floor(first / tileWidth));
    return rootOfTile(hashes.slice(first % tileWidth, (first % tileWidth) + width));
  }

  // A partial tile may have been taken away once the full one was there; that begins with it.
  private async readTile(level: number | "entries", number: number, width: number, most: number): Promise<Uint8Array> {
    const path = tilePath(level, number, width);
    const bytes = (await this.source.read(path, most)) ?? (width < tileWidth ? await this.source.read(tilePath(level, number, tileWidth), most) : null);
    if (!bytes) throw new Refusal("missing", `${path} of ${this.source.name} is not there`);
    return bytes;
  }
}

function pairsOf(row: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: row.length / 2 }, (_pair, at) => hashNode(row[2 * at]!, row[2 * at + 1]!));
}

// Root of the hashes of a full tile, or of a part of it: a power of two of them.
export function rootOfTile(hashes: readonly Uint8Array[]): Uint8Array {
  let row = [...hashes];
  while (row.length > 1) row = pairsOf(row);
  return row[0]!;
}
