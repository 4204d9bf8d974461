// @vitest-environment node
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "./bytes.ts";
import { Frontier, consistencyPath, emptyRoot, hashLeaf, hashNode, inclusionPath, isConsistent, partsOf, rootOfPath, type Node } from "./merkle.ts";
import { dice, leafHash, slowConsistency, slowPath, slowRoot } from "./testing_journal.ts";

// The eight leaves that implementations of RFC 6962 share as their example, and the roots of the first n.
const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map((text) => fromHex(text)!);
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const firstPath = [
  "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
];
const fromSix = [
  "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
];

const whole = (all: Uint8Array[]) => async ({ level, index }: Node) => slowRoot(all.slice(index * 2 ** level, (index + 1) * 2 ** level));
const hexes = (path: Uint8Array[]) => path.map(toHex);

describe("the example of RFC 6962", () => {
  it("has the known roots, leaf by leaf", () => {
    const tree = new Frontier();
    expect(toHex(tree.root())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (const [at, leaf] of leaves.entries()) {
      tree.append(hashLeaf(leaf));
      expect(toHex(tree.root())).toBe(roots[at]);
    }
  });

  it("has the known proofs", async () => {
    expect(hexes(await inclusionPath(0, 8, whole(leaves)))).toEqual(firstPath);
    expect(hexes(await consistencyPath(1, 8, whole(leaves)))).toEqual(firstPath);
    expect(hexes(await consistencyPath(6, 8, whole(leaves)))).toEqual(fromSix);
    expect(isConsistent(6, fromHex(roots[5]!)!, 8, fromHex(roots[7]!)!, fromSix.map((hash) => fromHex(hash)!))).toBe(true);
    expect(toHex(rootOfPath(0, 8, hashLeaf(leaves[0]!), firstPath.map((hash) => fromHex(hash)!))!)).toBe(roots[7]);
  });
});

describe("proofs against the definitions", () => {
  const many = Array.from({ length: 40 }, (_leaf, at) => Uint8Array.of(at, at ^ 0x5a));

  it("leads from every leaf of every tree to its root, and from no other leaf", async () => {
    for (let size = 1; size <= many.length; size += 1) {
      const tree = many.slice(0, size);
      const root = toHex(slowRoot(tree));
      for (let index = 0; index < size; index += 1) {
        const path = await inclusionPath(index, size, whole(tree));
        expect(hexes(path)).toEqual(hexes(slowPath(index, tree)));
        expect(toHex(rootOfPath(index, size, leafHash(tree[index]!), path)!)).toBe(root);
        if (size === 1) continue;
        const other = (index + 1) % size;
        const astray = rootOfPath(other, size, leafHash(tree[index]!), path);
        expect(astray && toHex(astray)).not.toBe(root);
        expect(rootOfPath(index, size, leafHash(tree[index]!), path.slice(1))?.join()).not.toBe(slowRoot(tree).join());
        expect(rootOfPath(index, size, leafHash(tree[index]!), [...path, path[0]!])).toBeNull();
      }
      expect(rootOfPath(size, size, leafHash(many[0]!), [])).toBeNull();
    }
  });

  it("shows every tree to be the beginning of every larger one", async () => {
    for (let size = 0; size <= many.length; size += 1) {
      const tree = many.slice(0, size);
      for (let oldSize = 0; oldSize <= size; oldSize += 1) {
        const old = tree.slice(0, oldSize);
        const path = await consistencyPath(oldSize, size, whole(tree));
        if (oldSize > 0) expect(hexes(path)).toEqual(hexes(slowConsistency(oldSize, tree)));
        expect(isConsistent(oldSize, slowRoot(old), size, slowRoot(tree), path)).toBe(true);
      }
    }
  });

  it("shows nothing of a tree that was changed", async () => {
    const seed = Number(process.env["MOTCUA_SEED"] ?? Date.now() % 1_000_000);
    const roll = dice(seed);
    for (let round = 0; round < 300; round += 1) {
      const size = 2 + roll(many.length - 1);
      const oldSize = 1 + roll(size - 1);
      const changed = roll(oldSize);
      const tree = many.slice(0, size);
      const old = tree.slice(0, oldSize).map((leaf, at) => (at === changed ? Uint8Array.of(255, round & 255) : leaf));
      const told = `seed ${seed}, ${oldSize} of ${size}, leaf ${changed}`;
      const honest = await consistencyPath(oldSize, size, whole(tree));
      const forged = await consistencyPath(oldSize, size, whole([...old, ...tree.slice(oldSize)]));
      expect(isConsistent(oldSize, slowRoot(old), size, slowRoot(tree), honest), told).toBe(false);
      expect(isConsistent(oldSize, slowRoot(old), size, slowRoot(tree), forged), told).toBe(false);
      // A hash too many, one too few, one other.
      const right = slowRoot(tree.slice(0, oldSize));
      expect(isConsistent(oldSize, right, size, slowRoot(tree), [...honest, emptyRoot()]), told).toBe(false);
      if (honest.length > 0) {
        expect(isConsistent(oldSize, right, size, slowRoot(tree), honest.slice(1)), told).toBe(false);
        const at = roll(honest.length);
        expect(isConsistent(oldSize, right, size, slowRoot(tree), honest.map((hash, place) => (place === at ? hashNode(hash, hash) : hash))), told).toBe(false);
      }
    }
  });

  it("takes a tree apart into whole ones", () => {
    for (const size of [0, 1, 2, 3, 255, 256, 257, 1_000_003, 2 ** 40 + 5, Number.MAX_SAFE_INTEGER]) {
      const parts = partsOf(size);
      expect(parts.reduce((sum, { level }) => sum + 2 ** level, 0)).toBe(size);
      expect(parts.map(({ level }) => level)).toEqual([...parts.map(({ level }) => level)].sort((one, other) => other - one));
    }
  });

  it("grows a tree from the parts of another", () => {
    for (let size = 0; size <= many.length; size += 1) {
      const hashes = partsOf(size).map(({ level, index }) => slowRoot(many.slice(index * 2 ** level, (index + 1) * 2 ** level)));
      const tree = Frontier.of(size, hashes);
      for (let more = size; more < many.length; more += 1) tree.append(leafHash(many[more]!));
      expect(toHex(tree.root())).toBe(toHex(slowRoot(many)));
    }
  });
});
