// authority_words.ts - a record in a few words: who to whom, what, for how long.
import { formatDateTime } from "@shared/format.ts";
import type { Text } from "@shared/schemas.ts";
import type { Authority } from "../../api/authority.ts";
import type { Texts } from "../../i18n/vi.ts";

type Words = Texts["authority"];
type Say = (text: Text | null | undefined) => string;

export const giverOf = (one: Authority, say: Say): string => one.from_officer?.name ?? (one.from_agency ? say(one.from_agency.name) : "");

export function receiverOf(one: Authority, words: Words, say: Say): string {
  if (one.to_officer) return one.to_officer.name;
  if (one.to_agency) return say(one.to_agency.name);
  return one.to_level ?? (one.kind === "absence" ? words.nobody : "");
}

export function scopeText(one: Authority, words: Words): string {
  if (one.procedures.all) return words.allProcedures;
  const parts: string[] = [];
  if (one.procedures.fields?.length) parts.push(words.fieldsOf(one.procedures.fields.join(", ")));
  if (one.procedures.codes?.length) parts.push(one.procedures.codes.join(", "));
  return parts.join("; ");
}

export const rolesText = (one: Authority, say: Say): string => one.roles.map((each) => say(each.title)).join(", ");

export function periodText(one: Authority, words: Words): string {
  const from = one.from ? formatDateTime(one.from) : words.fromNow;
  const until = one.until ? formatDateTime(one.until) : words.noEnd;
  return `${from} – ${until}`;
}

// Where it really ends otherwise than it says.
export function realEnd(one: Authority, words: Words): string | null {
  if (one.counts_from === null && one.counts_until === null) return words.never;
  if (one.counts_until === one.until || one.counts_until === null) return null;
  return words.countsUntil(formatDateTime(one.counts_until));
}
