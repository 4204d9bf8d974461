// leaf.ts - what the tree commits to of one record.  It holds nothing personal.
import { fromHex, fromUtf8 } from "./bytes.ts";
import { Lines } from "./lines.ts";
import { Refusal } from "./refusal.ts";

// In bytes.
export const largestLeaf = 4096;

export type Kind = "event" | "access" | "calendar";

export interface Leaf {
  tenant: string;
  kind: Kind;
  // Id of the dossier; of an access "access/" and its day; of a calendar "calendar/" and its office.
  subject: string;
  // 1, 2 ... within the subject.
  sequence: number;
  // Milliseconds since 1970.
  at: number;
  type: string;
  // Allotted by the record: the code of the dossier, the number of a receipt.
  number: string | null;
  contentHash: Uint8Array;
}

export function readLeaf(lines: Lines): Leaf {
  lines.exact("motcua-leaf-v1");
  const tenant = lines.textMember("tenant");
  const kind = lines.member("kind");
  if (kind !== "event" && kind !== "access" && kind !== "calendar") lines.refuse("there is no such kind of record");
  const subject = lines.textMember("subject");
  const sequence = lines.numberMember("sequence");
  const at = lines.numberMember("at");
  const type = lines.textMember("type");
  const number = lines.textMember("number");
  const contentHash = fromHex(lines.member("content"));
  if (contentHash?.length !== 32) lines.refuse("the content hash is not 64 hexadecimal digits");
  return { tenant, kind, subject, sequence, at, type, number: number === "-" ? null : number, contentHash };
}

// A leaf that stands alone.
export function parseLeaf(bytes: Uint8Array): Leaf {
  const text = bytes.length > largestLeaf ? null : fromUtf8(bytes);
  if (text === null) throw new Refusal("malformed", "the leaf is not a text of at most 4,096 bytes");
  const lines = new Lines(text);
  const leaf = readLeaf(lines);
  lines.end();
  return leaf;
}
