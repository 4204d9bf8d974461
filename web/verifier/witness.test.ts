// @vitest-environment node
import { beforeAll, describe, expect, it } from "vitest";
import { audit } from "./audit.ts";
import { toUtf8 } from "./bytes.ts";
import { parseCheckpoint, parseKeys, type Checkpoint } from "./checkpoint.ts";
import { Refusal } from "./refusal.ts";
import { dice, leafText, makeCheckpoint, makeExport, makeJournal, makeKey, makeRecord, mapSource, type TestJournal } from "./testing_journal.ts";
import { tileNumber, tilePath } from "./tiles.ts";
import { follow } from "./witness.ts";

const key = makeKey("motcua.nghean.example/H41");
const keys = parseKeys(key.vkey);
const whole = makeJournal(600, key);
const beginnings = new Map<number, TestJournal>();
function first(size: number): TestJournal {
  const made = beginnings.get(size) ?? { key, records: whole.records.slice(0, size), leaves: whole.leaves.slice(0, size) };
  beginnings.set(size, made);
  return made;
}
const headOf = (journal: TestJournal): Checkpoint => parseCheckpoint(makeCheckpoint(journal.key, journal.leaves));
const changed = (journal: TestJournal, index: number, record = makeRecord(index, { at: 5 })): TestJournal => ({
  ...journal,
  leaves: journal.leaves.map((leaf, at) => (at === index ? toUtf8(leafText(record)) : leaf)),
});

async function wordOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "good";
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.word;
    throw thrown;
  }
}

it("Tiles stand where C2SP has them", () => {
  expect([0, 67, 999, 1000, 1_234_067].map(tileNumber)).toEqual(["000", "067", "999", "x001/000", "x001/x234/067"]);
  expect(tilePath(1, 4, 256)).toBe("tile/1/004");
  expect(tilePath("entries", 1005, 17)).toBe("tile/entries/x001/005.p/17");
});

describe("a witness", () => {
  it("sees a journal grow from any size to any other", async () => {
    let last: Checkpoint | null = null;
    for (const size of [0, 1, 2, 255, 256, 257, 300, 511, 512, 600]) {
      const followed = await follow(mapSource(makeExport(first(size))), keys, last);
      expect([size, followed.news]).toEqual([size, last ? "grown" : "first"]);
      last = followed.checkpoint;
      expect((await follow(mapSource(makeExport(first(size))), keys, last)).news).toBe("same");
    }
  });

  it("does not need partial tiles once the full ones are there", async () => {
    const files = makeExport(first(400));
    const later = makeExport(first(512));
    files.set("tile/0/001", later.get("tile/0/001")!);
    files.delete("tile/0/001.p/144");
    expect(await wordOf(follow(mapSource(files), keys, headOf(first(300))))).toBe("good");
  });

  it("finds what was done to the past", async () => {
    const last = headOf(first(300));
    const cases: [string, TestJournal][] = [
      ["rolled-back", first(257)],
      ["rolled-back", first(0)],
      ["forked", changed(first(300), 0)],
      ["forked", changed(whole, 299)],
      ["forked", changed(whole, 13)],
      ["forked", { ...whole, leaves: whole.leaves.slice(1) }],
      ["good", changed(whole, 300)],
      ["unknown-key", { ...whole, key: makeKey(key.name, 99) }],
      ["unknown-key", { ...whole, key: makeKey("elsewhere.example", 7) }],
    ];
    for (const [word, journal] of cases) expect([journal.leaves.length, await wordOf(follow(mapSource(makeExport(journal)), keys, last))]).toEqual([journal.leaves.length, word]);
    const both = parseKeys(`${key.vkey}\n${makeKey("elsewhere.example").vkey}`);
    expect(await wordOf(follow(mapSource(makeExport({ ...whole, key: makeKey("elsewhere.example") })), both, last))).toBe("other-journal");
  });

  it("does not take a head that it kept for its own when it is not signed", async () => {
    const forged = { ...headOf(first(300)), signatures: headOf({ ...first(300), key: makeKey("x.example") }).signatures };
    expect(await wordOf(follow(mapSource(makeExport(whole)), keys, forged))).toBe("unknown-key");
  });

  it("says which file is missing", async () => {
    for (const path of ["checkpoint", "tile/0/002.p/88", "tile/0/001"]) {
      const files = makeExport(whole);
      files.delete(path);
      expect([path, await wordOf(follow(mapSource(files), keys, null))]).toEqual([path, "missing"]);
    }
  });

  it("finds a tile that differs", async () => {
    const files = makeExport(whole);
    const tile = files.get("tile/0/001")!;
    files.set("tile/0/001", tile.with(77, tile[77]! ^ 4));
    expect(await wordOf(follow(mapSource(files), keys, headOf(first(300))))).toBe("tile-differs");
    files.set("tile/0/001", tile.subarray(0, 8000));
    expect(await wordOf(follow(mapSource(files), keys, headOf(first(300))))).toBe("tile-differs");
  });
});

describe("an audit", () => {
  let files: Map<string, Uint8Array>;
  beforeAll(() => {
    files = makeExport(whole);
  });

  it("counts every record, and knows older heads again", async () => {
    const older = [600, 0, 256, 1, 511].map((size) => headOf(first(size)));
    const audited = await audit(mapSource(files), keys, { older });
    expect(audited).toMatchObject({ counts: { event: 600, access: 0, calendar: 0 }, subjects: 200 });
  });

  it("of an empty journal is good", async () => {
    expect(await wordOf(audit(mapSource(makeExport(first(0))), keys, { older: [headOf(first(0))] }))).toBe("good");
  });

  it("finds an older head that does not fit", async () => {
    expect(await wordOf(audit(mapSource(files), keys, { older: [headOf(first(300)), headOf(changed(first(511), 510))] }))).toBe("forked");
    expect(await wordOf(audit(mapSource(makeExport(first(300))), keys, { older: [headOf(first(301))] }))).toBe("rolled-back");
  });

  it("finds any one byte that was changed in any file, and any file that is missing", async () => {
    const seed = Number(process.env["MOTCUA_SEED"] ?? Date.now() % 1_000_000);
    const roll = dice(seed);
    const paths = [...files.keys()].filter((path) => path !== "keys");
    for (let round = 0; round < 60; round += 1) {
      const path = paths[round % paths.length]!;
      const bytes = files.get(path)!;
      const at = roll(bytes.length);
      const mutated = new Map(files).set(path, bytes.with(at, bytes[at]! ^ (1 << roll(8))));
      expect(await wordOf(audit(mapSource(mutated), keys)), `seed ${seed}: ${path}, byte ${at}`).not.toBe("good");
    }
    for (const path of paths) {
      const less = new Map(files);
      less.delete(path);
      expect([path, await wordOf(audit(mapSource(less), keys))]).toEqual([path, "missing"]);
    }
  }, 60_000);

  it("names the first leaf that is wrong", async () => {
    const other = makeExport(changed(whole, 577));
    const mixed = new Map(files).set("tile/entries/002.p/88", other.get("tile/entries/002.p/88")!);
    const refusal = await audit(mapSource(mixed), keys).catch((thrown: Refusal) => thrown);
    expect(refusal).toMatchObject({ word: "tile-differs", place: { index: 577 } });
  });

  it("finds a record that stands twice, and one that is missing", async () => {
    const of = (numbers: number[]): TestJournal => ({ key, records: [], leaves: numbers.map((number) => whole.leaves[number]!) });
    expect(await wordOf(audit(mapSource(makeExport(of([0, 1, 2, 1]))), keys))).toBe("sequence-broken");
    expect(await wordOf(audit(mapSource(makeExport(of([0, 2, 3]))), keys))).toBe("sequence-broken");
    expect(await wordOf(audit(mapSource(makeExport(of([0, 2, 3, 1]))), keys))).toBe("good");
  });

  it("finds a leaf that is no leaf, however well it is hashed", async () => {
    const broken = { ...first(3), leaves: [...first(2).leaves, toUtf8("motcua-leaf-v1\nwhatever\n")] };
    expect(await wordOf(audit(mapSource(makeExport(broken)), keys))).toBe("malformed");
  });
});
