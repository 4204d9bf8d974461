// content.ts - what a record says, and the salted hash that hides it.
import { sha256 } from "@noble/hashes/sha2.js";
import { fromUtf8, toUtf8 } from "./bytes.ts";
import type { Lines } from "./lines.ts";

export const saltLength = 16;

export interface Opening {
  salt: Uint8Array;
  actor: {
    // As a number: 0 citizen, 1 officer, 2 the system.
    kind: string;
    id: string;
    name: string;
    // Code of the agency.
    agency: string;
  };
  // JSON text, as it is stored.
  payload: string;
}

export function hashContent(opening: Opening): Uint8Array {
  const { actor } = opening;
  const hash = sha256.create().update(toUtf8("motcua-content-v1\n")).update(opening.salt);
  for (const text of [actor.kind, actor.id, actor.name, actor.agency, opening.payload]) {
    const bytes = toUtf8(text);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    hash.update(length).update(bytes);
  }
  return hash.digest();
}

// Text in base64; of an empty one "-".
function readText(lines: Lines, encoded: string): string {
  if (encoded === "-") return "";
  const text = fromUtf8(lines.bytes(encoded));
  if (text === null) lines.refuse("a text is not UTF-8");
  return text;
}

export function readOpening(lines: Lines): Opening {
  const salt = lines.bytesMember("salt", saltLength);
  const actor = lines.member("actor").split(" ", 5);
  if (actor.length !== 4) lines.refuse("the actor is told in four parts");
  const [kind = "", id = "", name = "", agency = ""] = actor.map((part) => readText(lines, part));
  if (!/^(0|[1-9][0-9]{0,8})$/.test(kind)) lines.refuse("the kind of actor is a number");
  const payload = readText(lines, lines.member("payload"));
  return { salt, actor: { kind, id, name, agency }, payload };
}
