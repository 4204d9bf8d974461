// world.ts - the variables that generated expressions read: like the answers of a form, and some more.
import type { Json } from "../../shared/feel/values.ts";
import type { Type } from "../../shared/feel/subset.ts";
import type { Random } from "./random.ts";

// What the grammar can make an expression of.
export type Kind = "number" | "text" | "boolean" | "date" | "time" | "moment" | "months" | "span" | "numbers" | "texts" | "rows" | "address";

export interface World {
  // Tagged JSON, see shared/feel/values.ts.
  context: { [name: string]: Json };
  kinds: Map<string, Kind>;
}

const words = [
  "Nguyễn Văn Ánh", "Đặng Thị Bưởi", "Trường Vinh", "đường Lê Lợi", "hộ kinh doanh Phở Đức", "CÔNG TY ĐỖ GIA", "Cửa Lò", "abandoned", "registered",
  "birth_paper", "ordinary", "", "a", "à", "đ", "Đ", "𠀋 tên", "ß", "İ",
];

export function someText(random: Random): string {
  const text = random.pick(words);
  return random.chance(0.25) ? text.normalize("NFD") : text.normalize("NFC");
}

const two = (digits: number): string => String(digits).padStart(2, "0");

export function someDay(random: Random): string {
  const month = random.whole(1, 12);
  const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 28;
  const day = random.chance(0.3) ? last : random.whole(1, last);
  return random.chance(0.05) ? "2024-02-29" : `${random.whole(1980, 2030)}-${two(month)}-${two(day)}`;
}

export const someTime = (random: Random): string =>
  `${two(random.whole(0, 23))}:${two(random.whole(0, 59))}:${two(random.whole(0, 59))}${random.pick(["", "", "+07:00", "Z"])}`;

export const someMoment = (random: Random): string => `${someDay(random)}T${someTime(random)}`;

export const someMonths = (random: Random): string => random.pick(["P1Y", "P6M", "P18Y", "P1Y2M", "P0M", "-P3M", "P14M"]);

export const someSpan = (random: Random): string => random.pick(["P1D", "P60D", "PT2H", "P1DT12H", "PT0S", "-P2D", "PT90M", "P7D"]);

export function someNumber(random: Random): number {
  if (random.chance(0.2)) return random.pick([0.1, 0.2, 0.5, 1.5, 2.25, -0.75]);
  return random.chance(0.3) ? random.whole(-5, 5) : random.pick([0, 1, 2, 3, 7, 18, 60, 100, 2000, 16000, 500000]);
}

const tagged = (text: string): Json => `@"${text}"`;

function valueOf(kind: Kind, random: Random): Json {
  switch (kind) {
    case "number":
      return someNumber(random);
    case "text":
      return someText(random);
    case "boolean":
      return random.chance(0.5);
    case "date":
      return tagged(someDay(random));
    case "time":
      return tagged(someTime(random));
    case "moment":
      return tagged(someMoment(random));
    case "months":
      return tagged(someMonths(random));
    case "span":
      return tagged(someSpan(random));
    case "numbers":
      return random.some(0, 4, () => (random.chance(0.1) ? null : someNumber(random)));
    case "texts":
      return random.some(0, 4, () => someText(random));
    case "rows":
      return random.some(0, 3, () => ({
        full_name: someText(random),
        share: random.chance(0.15) ? null : someNumber(random),
        birth_date: random.chance(0.15) ? null : tagged(someDay(random)),
        resident: random.chance(0.5),
      }));
    case "address":
      return { commune: random.pick(["16681", "16690"]), detail: someText(random), place: { house: random.whole(1, 99), street: someText(random) } };
  }
}

const names: [string, Kind][] = [
  ["so_ban_sao", "number"], ["amount", "number"], ["age", "number"],
  ["full_name", "text"], ["relation", "text"], ["purpose", "text"],
  ["by_proxy", "boolean"], ["married", "boolean"],
  ["child_birth_date", "date"], ["today_there", "date"],
  ["opens_at", "time"], ["filed_at", "moment"], ["validity", "months"], ["delay", "span"],
  ["figures", "numbers"], ["proofs", "texts"], ["members", "rows"], ["address", "address"],
];

export function someWorld(random: Random): World {
  const context: World["context"] = {};
  for (const [name, kind] of names) context[name] = random.chance(0.12) ? null : valueOf(kind, random);
  return { context, kinds: new Map(names) };
}

// A world as a form makes it: whole numbers, texts in NFC, lists that are never empty; see
// shared/feel/answer_values.ts.
const asked: [string, Type, (random: Random) => Json][] = [
  ["copies", "number", (random) => random.whole(0, 20)],
  ["amount", "number", (random) => random.pick([0, 16000, 500000, 100_000_000_000, 99_999_999_999])],
  ["relation", "text", (random) => random.pick(["parent", "authorised", "other"])],
  ["purpose", "text", (random) => random.pick(["marriage", "property", "other"])],
  ["by_proxy", "boolean", (random) => random.chance(0.5)],
  ["married", "boolean", (random) => random.chance(0.5)],
  ["birth_date", "date", (random) => tagged(someDay(random))],
  ["today", "date", (random) => tagged(someDay(random))],
  ["proofs", "texts", (random) => random.pick([["paper"], ["witness"], ["paper", "witness"]])],
];

export interface FormWorld {
  context: { [name: string]: Json };
  types: Map<string, Type>;
}

export function someFormWorld(random: Random): FormWorld {
  const context: FormWorld["context"] = {};
  for (const [name, , make] of asked) context[name] = random.chance(0.2) && name !== "today" ? null : make(random);
  return { context, types: new Map(asked.map(([name, type]) => [name, type])) };
}
