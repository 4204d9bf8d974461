import { expect, test } from "vitest";
import { bodyOf, emptyDraft, momentOf } from "./draft.ts";

test("a day and a time are a moment of Vietnam, to the minute", () => {
  expect(momentOf("2026-08-20", "8:05")).toBe("2026-08-20T08:05:00+07:00");
  expect(momentOf("2026-08-20", "nonsense")).toBe("2026-08-20T00:00:00+07:00");
  expect(momentOf("", "08:00")).toBeNull();
});

test("an absence sends who is away and his deputy, and nothing of other kinds", () => {
  const body = bodyOf(emptyDraft("absence", { from_officer: "a", to_officer: "b", from_day: "2026-08-20", role: "leader", agency: "H41", further: true }));
  expect(body).toMatchObject({ kind: "absence", from_officer: "a", to_officer: "b", from: "2026-08-20T08:00:00+07:00" });
  for (const other of ["role", "agency", "procedures", "further", "until"]) expect(body).not.toHaveProperty(other);
});

test("a delegation of some procedures sends their codes", () => {
  const body = bodyOf(emptyDraft("delegation", { from_officer: "a", to_agency: "H41.002", role: "leader", agency: "H41", scope: "codes", codes: ["1.001193"] }));
  expect(body).toMatchObject({ role: "leader", agency: "H41", to_agency: "H41.002", procedures: { all: false, codes: ["1.001193"] } });
});

test("a grant names no giver", () => {
  expect(bodyOf(emptyDraft("grant", { from_officer: "a", from_agency: "H41", to_officer: "b" }))).not.toHaveProperty("from_officer");
});
