// audit.ts - looks at every record of an exported journal, from the leaves up to the signed head.
import { equal } from "./bytes.ts";
import { checkSignatures, type Checkpoint, type VerifierKey } from "./checkpoint.ts";
import { parseLeaf, type Leaf } from "./leaf.ts";
import { Frontier, hashLeaf } from "./merkle.ts";
import { Refusal } from "./refusal.ts";
import { Tiles, rootOfTile, tilePath, tileWidth, type Source } from "./tiles.ts";
import { readNewest } from "./witness.ts";

export interface Audited {
  checkpoint: Checkpoint;
  key: VerifierKey;
  // Records by kind.
  counts: Record<Leaf["kind"], number>;
  subjects: number;
}

// The records of each subject must be 1, 2 ... n, each once; concurrent ones may stand in another order.
class Sequences {
  private subjects = new Map<string, { upTo: number; beyond: Set<number> }>();

  get count(): number {
    return this.subjects.size;
  }

  add(leaf: Leaf, index: number): void {
    const name = `${leaf.tenant}\n${leaf.kind}\n${leaf.subject}`;
    const seen = this.subjects.get(name) ?? { upTo: 0, beyond: new Set() };
    this.subjects.set(name, seen);
    if (leaf.sequence <= seen.upTo || seen.beyond.has(leaf.sequence)) {
      throw new Refusal("sequence-broken", `leaf ${index}: record ${leaf.sequence} of ${leaf.kind} ${leaf.subject} stands twice`, { index });
    }
    seen.beyond.add(leaf.sequence);
    while (seen.beyond.delete(seen.upTo + 1)) seen.upTo += 1;
  }

  end(): void {
    for (const [name, { upTo, beyond }] of this.subjects) {
      if (beyond.size === 0) continue;
      const [, kind, subject] = name.split("\n");
      throw new Refusal("sequence-broken", `record ${upTo + 1} of ${kind} ${subject} is missing, later ones are there`);
    }
  }
}

export interface AuditOptions {
  // Heads that were kept: the tree must have had these roots.
  older?: readonly Checkpoint[];
  // Called after every bundle.
  onProgress?: (done: number, size: number) => void;
}

export async function audit(source: Source, keys: readonly VerifierKey[], options: AuditOptions = {}): Promise<Audited> {
  const { checkpoint, key } = await readNewest(source, keys);
  const older = [...(options.older ?? [])].sort((one, other) => one.size - other.size);
  for (const head of older) {
    checkSignatures(head, keys);
    if (head.origin !== checkpoint.origin) throw new Refusal("other-journal", `an older head is of ${head.origin}, the journal of ${checkpoint.origin}`);
    if (head.size > checkpoint.size) {
      throw new Refusal("rolled-back", `the newest head has ${checkpoint.size} records, an older one had ${head.size}`, { index: checkpoint.size });
    }
  }
  const tiles = new Tiles(source, checkpoint.size);
  const tree = new Frontier();
  const sequences = new Sequences();
  const counts = { event: 0, access: 0, calendar: 0 };
  const compareRoots = () => {
    for (; older[0]?.size === tree.size; older.shift()) {
      if (equal(older[0].root, tree.root())) continue;
      throw new Refusal("forked", `the older head of size ${tree.size} has another root than the first ${tree.size} records`);
    }
  };
  compareRoots();
  for (let number = 0; number * tileWidth < checkpoint.size; number += 1) {
    const leaves = await tiles.leaves(number);
    const hashes = await tiles.hashes(0, number);
    for (const [at, bytes] of leaves.entries()) {
      const index = number * tileWidth + at;
      const hash = hashLeaf(bytes);
      if (!equal(hash, hashes[at]!)) throw new Refusal("tile-differs", `leaf ${index} does not hash to what its tile says`, { index });
      const leaf = readableLeaf(bytes, index);
      sequences.add(leaf, index);
      counts[leaf.kind] += 1;
      tree.append(hash);
      compareRoots();
    }
    options.onProgress?.(tree.size, checkpoint.size);
  }
  if (!equal(tree.root(), checkpoint.root)) {
    throw new Refusal("tile-differs", `the records do not make the signed root of the tree of ${checkpoint.size}`);
  }
  await checkUpperTiles(tiles);
  sequences.end();
  return { checkpoint, key, counts, subjects: sequences.count };
}

function readableLeaf(bytes: Uint8Array, index: number): Leaf {
  try {
    return parseLeaf(bytes);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    throw new Refusal("malformed", `leaf ${index}, ${thrown.sentence}`, { index });
  }
}

// Nothing rests on the tiles above, but a witness reads them.
async function checkUpperTiles(tiles: Tiles): Promise<void> {
  for (let level = 1; tiles.countOf(level) > 0; level += 1) {
    const count = tiles.countOf(level);
    for (let index = 0; index < count; index += 1) {
      const number = Math.floor(index / tileWidth);
      const told = (await tiles.hashes(level, number))[index % tileWidth]!;
      if (equal(told, rootOfTile(await tiles.hashes(level - 1, index)))) continue;
      throw new Refusal("tile-differs", `${tilePath(level, number, tiles.widthOf(level, number))}: hash ${index % tileWidth} is not the root of the tile below it`, {
        index: index * tileWidth ** level,
      });
    }
  }
}
