import { describe, expect, it } from "vitest";
import type { Field, Form } from "@shared/schemas.ts";
import { answersFromCard, type IdCard } from "./card.ts";

const text = (vi: string) => ({ vi, en: vi });
const field = (id: string, prefill: string | undefined, more: Partial<Field> = {}): Field => ({
  id,
  type: "text",
  label: text(id),
  required: true,
  ...(prefill ? { prefill } : {}),
  ...more,
});
const sexes = [
  { value: "male", label: { vi: "Nam", en: "Male" } },
  { value: "female", label: { vi: "Nữ", en: "Female" } },
];
const form: Form = {
  pages: [
    {
      id: "requester",
      title: text("Người yêu cầu"),
      fields: [
        field("requester_name", "applicant.full_name"),
        field("requester_id", "id_card.personal_id"),
        field("requester_birth", "id_card.birth_date"),
        field("requester_sex", "id_card.sex", { type: "choice", options: sexes }),
        field("requester_phone", "applicant.phone"),
        field("child_name", undefined),
      ],
    },
  ],
};
const card: IdCard = { personal_id: "040190001234", name: "Nguyễn Văn An", birth_date: "1990-05-02", sex: "Nam", address: "Nghệ An" };

describe("an ID card", () => {
  it("fills the fields of the person at the counter and no others", () => {
    expect(answersFromCard(form, card)).toEqual({
      requester_name: "Nguyễn Văn An",
      requester_id: "040190001234",
      requester_birth: "1990-05-02",
      requester_sex: "male",
    });
  });

  it("chooses the option however the sex is spelt", () => {
    for (const [said, value] of [["Nữ", "female"], ["nu", "female"], ["male", "male"], ["Male", "male"]] as const) {
      expect(answersFromCard(form, { ...card, sex: said })["requester_sex"]).toBe(value);
    }
  });

  it("leaves out what it does not say", () => {
    expect(answersFromCard(form, { ...card, sex: "không rõ", birth_date: null })).not.toHaveProperty("requester_sex");
    expect(answersFromCard(form, { ...card, birth_date: null })).not.toHaveProperty("requester_birth");
  });
});
