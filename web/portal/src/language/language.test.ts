import { describe, expect, it } from "vitest";
import { en as formEnglish } from "@shared/strings/en.ts";
import { vi as formVietnamese } from "@shared/strings/vi.ts";
import { accountEn } from "./account_en.ts";
import { accountVi } from "./account_vi.ts";
import { en } from "./en.ts";
import { verifyEn } from "./verify_en.ts";
import { verifyVi } from "./verify_vi.ts";
import { vi } from "./vi.ts";

// "filing.title" -> the sentence.
function flatten(strings: object, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(strings)) {
    if (typeof value === "string") flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value as object, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((place) => place[1] ?? "").sort();

describe.each([
  ["the portal", vi, en],
  ["the page that checks proofs", verifyVi, verifyEn],
  ["signing in", accountVi, accountEn],
  ["the form renderer", formVietnamese, formEnglish],
])("language files of %s", (_name, vietnamese, english) => {
  const one = flatten(vietnamese);
  const other = flatten(english);
  it("have the same keys", () => {
    expect([...other.keys()]).toEqual([...one.keys()]);
  });
  it("leave no sentence empty", () => {
    expect([...one, ...other].filter(([, text]) => text.trim() === "")).toEqual([]);
  });
  it("fill the same places", () => {
    for (const [key, text] of one) expect([key, places(other.get(key) ?? "")]).toEqual([key, places(text)]);
  });
  it("are written in composed letters, so that search and copying work", () => {
    for (const [key, text] of one) expect([key, text.normalize("NFC") === text]).toEqual([key, true]);
  });
});
