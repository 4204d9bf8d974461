import { describe, expect, it } from "vitest";
import { judgeable, type Names, type Type } from "./subset.ts";

const names: Names = new Map<string, Type>([
  ["relation", "text"], ["married", "boolean"], ["copies", "number"], ["amount", "number"],
  ["birth_date", "date"], ["today", "date"], ["proofs", "texts"],
]);

describe("a condition that the browser may judge", () => {
  it.each([
    ['relation = "authorised"', ["relation"]],
    ["married", ["married"]],
    ["relation != null and not(married = true)", ["relation", "married"]],
    ['today > birth_date + duration("P60D")', ["today", "birth_date"]],
    ['birth_date + @"P18Y" <= today', ["birth_date", "today"]],
    ['birth_date between date("2020-01-01") and @"2026-01-01"', ["birth_date"]],
    ["copies between 1 and 5", ["copies"]],
    ["2000 * (copies - 2) > amount", null],
    ["2000 * copies - 2 > amount", ["copies", "amount"]],
    ['relation in ("parent", "authorised")', ["relation"]],
    ["copies in [1..5]", ["copies"]],
    ['if married then copies > 1 else relation = "parent"', ["married", "copies", "relation"]],
    ['list contains(proofs, "paper")', ["proofs"]],
    ['starts with(relation, "pa")', ["relation"]],
    ["(married)", ["married"]],
  ] as [string, string[] | null][])("%s", (condition, reads) => {
    expect(judgeable(condition, names)?.reads ?? null).toEqual(reads);
  });
});

describe("a condition that is the server's", () => {
  it.each([
    "copies > 0.5", "copies / 2 > 1", "copies * amount > 1", "copies ** 2 > 1", "copies > 9999999999999999",
    "copies", '"married"', "null",
    "relation = 1", "relation < \"b\"", "proofs = \"paper\"", "proofs = null or true and relation",
    "copies between 1 and null", "copies between 5 and 1", "copies between 1 and amount", "birth_date between @\"2026-01-01\" and today", "copies in [5..1]", "copies in (1, null)", "copies in (1, amount)", "relation in [\"a\"..\"z\"]", "null in (1)",
    "some proof in proofs satisfies proof = \"paper\"", "every proof in proofs satisfies proof = \"paper\"", "count(proofs) > 1",
    "for proof in proofs return proof", "proofs[1] = \"paper\"", "today.year > 2000", "today - birth_date > duration(\"P1D\")",
    "birth_date instance of date", "lower case(relation) = \"x\"", "today() > birth_date", "now() = now()", "is(copies, 1)",
    "contains(match: \"x\", string: relation)", "contains(relation)",
    "unknown_name = 1", "relation.x = 1", "relation = \"a\\u0041\"", "relation = \"a\u0300\"",
    "birth_date + duration(relation) < today", "birth_date < date(\"2020-02-30\")", "birth_date < date(\"0999-01-01\")", "birth_date + duration(\"PT5H\") < today",
    "married and", "married // comment", "", "(", "married = true = true or [", "not(married", "< 5",
    `${"married and ".repeat(3)}proofs`, `copies ${"+ copies ".repeat(9)}> 1`,
  ])("%s", (condition) => {
    expect(judgeable(condition, names)).toBeNull();
  });
});
