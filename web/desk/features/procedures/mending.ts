// mending.ts - what a mending changes, and where a fault stands, in words.  Pure.
import { formatMoney } from "@shared/format.ts";
import type { Language } from "@shared/language.ts";
import type { Finding } from "../../api/catalogue.ts";
import type { Texts } from "../../i18n/vi.ts";

type Words = Texts["catalogue"];

/** "5wd" as "5 ngày làm việc"; what is no limit stays as it is. */
export function limitInWords(text: string, words: Words, language: Language): string {
  if (text === "same-day") return words.sameDay;
  const read = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(text);
  const unit = words.units[read?.[2] ?? ""];
  const number = read?.[1] ?? "";
  return unit ? `${language === "vi" ? number.replace(".", ",") : number} ${unit}` : text;
}

export interface BeforeAfter {
  before: string;
  after: string;
}

/** Null where only a person can mend it, at its source. */
export function mendingInWords(finding: Finding, words: Words, language: Language): BeforeAfter | null {
  const mending = finding.mending;
  if (!mending) return null;
  const from = mending.from || finding.published;
  const to = mending.to ?? "";
  switch (mending.change) {
    case "channel_limit":
      return { before: from, after: limitInWords(to, words, language) };
    case "fee_amount":
      return { before: from, after: /^\d+$/.test(to) ? formatMoney(Number(to)) : to };
    case "component_instruction":
      return { before: from, after: words.changes.instruction };
    case "component_drop":
      return { before: from, after: words.changes.dropped };
    case "component_copies": {
      const [originals = "0", copies = "0"] = to.split("/");
      return { before: from, after: words.changes.copies(originals, copies) };
    }
    case "cases_by_limit":
      return { before: from, after: to.split("|").map((each) => limitInWords(each, words, language)).join("; ") };
    default:
      return { before: from, after: to };
  }
}

/** "channels/0/fees/1" as "cách nộp 1, phí 2": people count from one. */
export function placeInWords(where: string, words: Words): string {
  const told: string[] = [];
  for (const part of where.split("/").filter((each) => each !== "")) {
    const last = told.length - 1;
    if (/^\d+$/.test(part) && last >= 0) told[last] = `${told[last] ?? ""} ${Number(part) + 1}`;
    else told.push(words.places[part] ?? part);
  }
  return told.join(", ");
}
