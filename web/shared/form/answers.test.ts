import { describe, expect, it } from "vitest";
import type { Field, FormPage } from "../schemas.ts";
import { applicantFromAnswers, controlId, isEmpty, problemsOfPage, showAnswer, visibleFields, withAnswer } from "./answers.ts";

const text = (vi: string) => ({ vi, en: vi });
const field = (id: string, type: Field["type"], more: Partial<Field> = {}): Field => ({ id, type, label: text(id), required: true, ...more });
const words = { yes: "Có", no: "Không", row: "Dòng" };

describe("answers", () => {
  it("that are no or zero are answers", () => {
    expect(isEmpty(false)).toBe(false);
    expect(isEmpty(0)).toBe(false);
    expect(isEmpty("")).toBe(true);
    expect(isEmpty([])).toBe(true);
  });
  it("are taken out when emptied, without touching the others", () => {
    const before = { a: "1", b: "2" };
    expect(withAnswer(before, "a", "")).toEqual({ b: "2" });
    expect(before).toEqual({ a: "1", b: "2" });
  });
});

describe("visible fields", () => {
  const page: FormPage = { id: "p", title: text("p"), fields: [field("a", "text"), field("b", "text", { conditional: true }), field("c", "text")] };
  it("are those that the server names", () => {
    expect(visibleFields(page, { visible: ["c", "b"] }, {}).map((one) => one.id)).toEqual(["b", "c"]);
  });
  it("are the unconditional ones and those answered, before the server has spoken", () => {
    expect(visibleFields(page, null, {}).map((one) => one.id)).toEqual(["a", "c"]);
    expect(visibleFields(page, null, { b: "x" }).map((one) => one.id)).toEqual(["a", "b", "c"]);
  });
  it("take the problems of their rows along, in the order of the page", () => {
    const problems = ["c[2].name", "elsewhere", "a"].map((one) => ({ field: one, message: text(one) }));
    expect(problemsOfPage(page, problems).map((one) => one.field)).toEqual(["a", "c[2].name"]);
  });
});

describe("shown answers", () => {
  it.each([
    [field("x", "boolean"), false, "Không"],
    [field("x", "date"), "2026-08-20", "20/08/2026"],
    [field("x", "partial_date"), "1987", "1987"],
    [field("x", "money"), 20000, "20.000 đ"],
    [field("x", "choice", { options: [{ value: "a", label: text("Một") }] }), "a", "Một"],
    [field("x", "multi_choice", { options: [{ value: "a", label: text("Một") }, { value: "b", label: text("Hai") }] }), ["a", "b"], "Một; Hai"],
    [field("x", "commune"), "16681", "Phường Thành Vinh"],
    [field("x", "commune"), "99999", "99999"],
    [field("x", "table", { columns: [field("ten", "text"), field("nam", "integer")] }), [{ ten: "An", nam: 2020 }, { ten: "Bình" }], "Dòng 1: ten: An; nam: 2020\nDòng 2: ten: Bình"],
    [field("x", "text"), undefined, ""],
  ] as [Field, unknown, string][])("of %o", (one, value, shown) => {
    expect(showAnswer(one, value, "vi", words, (code) => (code === "16681" ? "Phường Thành Vinh" : undefined))).toBe(shown);
  });
});

describe("the applicant", () => {
  it("is who the form says, by the fields' prefill", () => {
    const form = {
      pages: [
        {
          id: "p",
          title: text("p"),
          fields: [
            field("requester_name", "text", { prefill: "applicant.full_name" }),
            field("requester_phone", "phone", { prefill: "applicant.phone" }),
            field("card_name", "text", { prefill: "id_card.full_name" }),
          ],
        },
      ],
    };
    expect(applicantFromAnswers(form, { requester_name: "An", card_name: "Bình" })).toEqual({ name: "An" });
  });
});

describe("control ids", () => {
  it("are plain and stable for cells of tables", () => {
    expect(controlId("members[2].full_name")).toBe("f-members-2-full_name");
    expect(controlId("child_name")).toBe("f-child_name");
  });
});
