import { describe, expect, it } from "vitest";
import type { Answers, Field, Form } from "../schemas.ts";
import { unclear, valueOfAnswer } from "./answer_values.ts";
import { askedNow, type Said } from "./asked.ts";
import { dateOf } from "./values.ts";

const text = (vi: string) => ({ vi, en: vi });
const field = (id: string, type: Field["type"], more: Partial<Field> = {}): Field => ({ id, type, label: text(id), required: false, ...more });
const options = (...values: string[]) => values.map((value) => ({ value, label: text(value) }));
const formOf = (...fields: Field[]): Form => ({ pages: [{ id: "one", title: text("one"), fields: fields.slice(0, 2) }, { id: "two", title: text("two"), fields: fields.slice(2) }] });
const today = "2026-11-20";

const form = formOf(
  field("relation", "choice", { required: true, options: options("parent", "authorised") }),
  field("proxy_name", "text", { required: true, visible_when: 'relation = "authorised"' }),
  field("proxy_kind", "choice", { options: options("person", "post"), visible_when: 'relation = "authorised"' }),
  field("post_number", "text", { visible_when: 'proxy_kind = "post"', required_when: "copies > 2" }),
  field("copies", "integer", { min: 0, max: 50 }),
  field("birth_date", "date", { min: "1900-01-01", max: "today" }),
  field("late_reason", "long_text", { required: true, visible_when: 'today > birth_date + duration("P60D")' }),
  field("remark", "text", { visible_when: "proxy_name != null" }),
  field("children", "text", { visible_when: "count(rows) > 1" }),
  field("rows", "table", {}),
);

const always = ["relation", "copies", "birth_date", "rows"];
const said = (...visible: string[]): Said => ({ visible: visible.length > 0 ? visible : always, required: [], today });
const visible = (answers: Answers, told = said()) => askedNow(form, answers, told).visible;

describe("what is asked while one types", () => {
  it("opens and closes with the answer that it hangs on", () => {
    expect(visible({})).toEqual(always);
    expect(visible({ relation: "authorised" })).toEqual(["relation", "proxy_name", "proxy_kind", "copies", "birth_date", "rows"]);
    expect(visible({ relation: "parent" }, said("relation", "proxy_name", "proxy_kind", "copies", "birth_date", "rows"))).toEqual(always);
  });
  it("goes by no answer of a hidden field", () => {
    expect(visible({ relation: "authorised", proxy_kind: "post" })).toContain("post_number");
    expect(visible({ relation: "parent", proxy_kind: "post" })).not.toContain("post_number");
  });
  it("counts with days, the server's today among them", () => {
    expect(visible({ birth_date: "2026-09-20" })).toContain("late_reason");
    expect(visible({ birth_date: "2026-09-21" })).not.toContain("late_reason");
    expect(visible({ birth_date: "2026-09-20" }, { ...said(), today: "2026-09-21" })).not.toContain("late_reason");
  });
  it("must be answered where the conditions say so", () => {
    const required = (answers: Answers, told = said()) => askedNow(form, answers, told).required;
    expect(required({})).toEqual(["relation"]);
    expect(required({ relation: "authorised" })).toEqual(["relation", "proxy_name"]);
    expect(required({ relation: "authorised", proxy_kind: "post", copies: 3 })).toContain("post_number");
    expect(required({ relation: "authorised", proxy_kind: "post", copies: 2 })).not.toContain("post_number");
    expect(required({ relation: "authorised", proxy_kind: "post", copies: 51 })).not.toContain("post_number");
  });
});

describe("what cannot be told here", () => {
  it("stays as the server said", () => {
    const open = said("relation", "proxy_name", "copies", "remark", "children");
    for (const name of ["remark", "children"]) {
      expect(visible({ relation: "authorised", proxy_name: "Đặng Thị Bưởi" }), name).not.toContain(name);
      expect(visible({ relation: "authorised", proxy_name: "Đặng Thị Bưởi" }, open), name).toContain(name);
    }
  });
  it("is a fault in evaluation", () => {
    // Null + a duration is a fault, not an answer.
    expect(visible({}, said("late_reason"))).toContain("late_reason");
    expect(visible({}, said("copies"))).not.toContain("late_reason");
    expect(visible({ birth_date: "20/8" }, said("late_reason"))).toContain("late_reason");
  });
  it("makes unclear what hangs on it", () => {
    const chain = formOf(
      field("rows", "table", {}),
      field("kind", "choice", { options: options("a"), visible_when: "count(rows) > 0" }),
      field("note", "text", { visible_when: 'kind = "a"' }),
    );
    const answers = { kind: "a" };
    expect(askedNow(chain, answers, { visible: ["rows"], required: [], today }).visible).toEqual(["rows"]);
    expect(askedNow(chain, answers, { visible: ["rows", "kind", "note"], required: [], today }).visible).toEqual(["rows", "kind", "note"]);
  });
  it("is a condition that is no FEEL, and today where the day is none", () => {
    const broken = formOf(field("a", "text", { visible_when: "((" }), field("b", "text", { visible_when: 'today > date("2020-01-01")' }));
    expect(askedNow(broken, {}, { visible: ["a"], required: [], today: "?" }).visible).toEqual(["a"]);
    expect(askedNow(broken, {}, { visible: [], required: [], today }).visible).toEqual(["b"]);
  });
});

describe("an answer, as a condition sees it,", () => {
  const money = field("x", "money", { min: 0, max: 500_000_000_000 });
  it.each([
    [field("x", "boolean"), false, false],
    [field("x", "boolean"), "true", null],
    [field("x", "choice", { options: options("a") }), "a", "a"],
    [field("x", "choice", { options: options("a") }), "b", null],
    [field("x", "multi_choice", { options: options("a", "b") }), ["b", "a", "b"], ["a", "b"]],
    [field("x", "multi_choice", { options: options("a", "b") }), ["c"], null],
    [field("x", "multi_choice", { options: options("a", "b") }), [], null],
    [field("x", "integer", { min: 1 }), 0, null],
    [field("x", "integer"), 5, 5],
    [field("x", "integer"), 5.5, null],
    [field("x", "integer"), "5a", null],
    [money, 500_000_000_000, unclear],
    [money, 500_000_000_001, null],
    [field("x", "date", { max: "today" }), "2026-11-20", dateOf("2026-11-20")],
    [field("x", "date", { max: "today" }), "2026-11-21", null],
    [field("x", "date", { min: "2000-01-01" }), "1999-12-31", null],
    [field("x", "date"), "2026-02-30", unclear],
    [field("x", "date"), "1/2/2026", unclear],
    [field("x", "date"), "9999-01-01", unclear],
    [field("x", "commune"), "16681", "16681"],
    [field("x", "commune"), "truong vinh", unclear],
    [field("x", "text"), "Đỗ", unclear],
    [field("x", "text"), "", null],
    [field("x", "phone"), undefined, null],
    [field("x", "table"), [{}], unclear],
  ] as [Field, unknown, unknown][])("%o: %s", (one, answer, value) => {
    expect(valueOfAnswer(one, answer, today)).toEqual(value);
  });
});
