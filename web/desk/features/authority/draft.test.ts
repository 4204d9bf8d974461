import { expect, test } from "vitest";
import type { AuthorityDetails } from "../../api/authority.ts";
import { askedOf, grantAddress } from "./asked.ts";
import { bodyOf, changesOf, changesOfEnding, emptyDraft, momentOf } from "./draft.ts";

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

test("a leave is foreseen as soon as it is known who goes until when; what only gives is not", () => {
  const leave = emptyDraft("absence", { from_officer: "a" });
  expect(changesOf(leave)).toEqual([]);
  const known = { ...leave, until_day: "2026-12-07" };
  expect(changesOf(known)).toEqual([{ kind: "absence", officer: "a", until: "2026-12-07T17:30:00+07:00", deputy: "" }]);
  expect(changesOf({ ...known, from_day: "2026-12-08" }), "the wrong way round").toEqual([]);
  expect(changesOf(emptyDraft("grant", { to_officer: "a", until_day: "2026-12-07" }))).toEqual([]);
});

test("ending a record is foreseen together with what rests on it; a leave without a deputy takes nothing", () => {
  const record = { id: "tq-1", kind: "delegation", to_officer: { id: "b", name: "B" }, resting_on_it: ["tq-2"] } as unknown as AuthorityDetails;
  expect(changesOfEnding(record, null)).toEqual([{ kind: "end", id: "tq-1" }, { kind: "end", id: "tq-2" }]);
  expect(changesOfEnding(record, "2026-12-07T08:00:00+07:00")[1]).toEqual({ kind: "end", id: "tq-2", at: "2026-12-07T08:00:00+07:00" });
  expect(changesOfEnding({ ...record, kind: "absence", to_officer: null }, null)).toEqual([]);
});

test("an address begins a grant with what is known, and nothing else", () => {
  const search = grantAddress("H41.101", "clerk", "o 1").split("?")[1] ?? "";
  expect(askedOf(search)).toEqual({ kind: "grant", known: { agency: "H41.101", role: "clerk", to_officer: "o 1" } });
  expect(askedOf("new=decentralisation")).toBeNull();
  expect(askedOf("")).toBeNull();
});
