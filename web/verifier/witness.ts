// witness.ts - follows the journal of another agency: every head that it publishes must continue the last.
//
//   const { checkpoint, news } = await follow(source, keys, last);   // throws a Refusal
//   ... keep checkpoint.text as the next `last`
//
// What is believed rests on the signature and on hashes alone: the tiles may come from anywhere.
import { equal } from "./bytes.ts";
import { checkSignatures, compareHeads, largestCheckpoint, parseCheckpoint, type Checkpoint, type VerifierKey } from "./checkpoint.ts";
import { Frontier, consistencyPath, isConsistent, partsOf } from "./merkle.ts";
import { Refusal } from "./refusal.ts";
import { Tiles, tileWidth, type Source } from "./tiles.ts";


export interface Followed {
  checkpoint: Checkpoint;
  key: VerifierKey;
  // first: there was no older head; grown: the old tree is the beginning of the new one.
  news: "first" | "same" | "grown";
}

export async function readNewest(source: Source, keys: readonly VerifierKey[]): Promise<{ checkpoint: Checkpoint; key: VerifierKey }> {
  const bytes = await source.read("checkpoint", largestCheckpoint);
  if (!bytes) throw new Refusal("missing", `checkpoint of ${source.name} is not there`);
  const checkpoint = parseCheckpoint(bytes);
  return { checkpoint, key: checkSignatures(checkpoint, keys) };
}

export async function follow(source: Source, keys: readonly VerifierKey[], last: Checkpoint | null): Promise<Followed> {
  const { checkpoint, key } = await readNewest(source, keys);
  if (last) {
    checkSignatures(last, keys);
    if (compareHeads(checkpoint, last) === "same") return { checkpoint, key, news: "same" };
    if (checkpoint.size < last.size) {
      throw new Refusal("rolled-back", `the newest head has ${checkpoint.size} records, one seen before had ${last.size}`, { index: checkpoint.size });
    }
  }
  const tiles = new Tiles(source, checkpoint.size);
  // First that the tiles are those of the new head: then a past that differs is the journal's doing.
  const parts = await Promise.all(partsOf(checkpoint.size).map((node) => tiles.hashOf(node)));
  if (!equal(Frontier.of(checkpoint.size, parts).root(), checkpoint.root)) throw unlikeTheHead(tiles);
  if (last) {
    const path = await consistencyPath(last.size, checkpoint.size, (node) => tiles.hashOf(node));
    if (!isConsistent(last.size, last.root, checkpoint.size, checkpoint.root, path)) {
      throw new Refusal("forked", `the tree of ${checkpoint.size} is not a continuation of the tree of ${last.size} that was seen before`);
    }
  }
  await growFrom(last?.size ?? 0, tiles, checkpoint);
  return { checkpoint, key, news: last ? "grown" : "first" };
}

// Lays every new leaf's hash upon the old tree: once more the signed root, by another way.
async function growFrom(oldSize: number, tiles: Tiles, checkpoint: Checkpoint): Promise<void> {
  const parts = await Promise.all(partsOf(oldSize).map((node) => tiles.hashOf(node)));
  const tree = Frontier.of(oldSize, parts);
  for (let number = Math.floor(oldSize / tileWidth); number * tileWidth < checkpoint.size; number += 1) {
    const hashes = await tiles.trueHashes(0, number);
    for (const hash of hashes.slice(tree.size - number * tileWidth)) tree.append(hash);
  }
  if (!equal(tree.root(), checkpoint.root)) throw unlikeTheHead(tiles);
}

const unlikeTheHead = (tiles: Tiles): Refusal =>
  new Refusal("tile-differs", `the tiles of ${tiles.source.name} do not make the signed root of the tree of ${tiles.size}`);
