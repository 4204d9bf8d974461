import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { vi } from "./vi.ts";

// Every leaf as "path: kind", so that a text that became a function is noticed too.
function leaves(value: unknown, path = ""): string[] {
  if (typeof value === "function") return [`${path}: function/${value.length}`];
  if (typeof value !== "object" || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

describe("the language files", () => {
  it("have the same keys in both languages", () => {
    expect(leaves(en)).toEqual(leaves(vi));
  });

  it("leave no text empty", () => {
    const empty = (value: unknown): boolean =>
      typeof value === "string" ? value.trim() === "" : typeof value === "object" && value !== null && Object.values(value).some(empty);
    expect(empty(vi)).toBe(false);
    expect(empty(en)).toBe(false);
  });
});
