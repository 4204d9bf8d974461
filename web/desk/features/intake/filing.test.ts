import { describe, expect, it } from "vitest";
import type { Attachment, Evaluation, Form, ProcedureComponent } from "@shared/schemas.ts";
import { vi } from "../../i18n/vi.ts";
import { emptyIntake, missingComponents, partsToAsk, prepareFiling, type IntakeDraft } from "./filing.ts";

const text = (words: string) => ({ vi: words, en: words });
const form: Form = {
  pages: [
    {
      id: "p",
      title: text("p"),
      fields: [
        { id: "requester_name", type: "text", label: text("tên"), required: true, prefill: "applicant.full_name" },
        { id: "requester_phone", type: "phone", label: text("điện thoại"), required: true, prefill: "applicant.phone" },
        { id: "secret", type: "text", label: text("ẩn"), required: true, conditional: true },
      ],
    },
  ],
};
const component = (id: string, more: Partial<ProcedureComponent> = {}): ProcedureComponent =>
  ({ id, name: text(id), kind: "submit", required: true, originals: 1, copies: 0, ...more }) as ProcedureComponent;
const evaluation = { visible: ["requester_name", "requester_phone"], required: [], problems: [], components: [] } as unknown as Evaluation;
const around = { procedure: "1.001193", form, components: [component("paper")], evaluation, choiceOfAgency: false, duplicates: false };
const draft: IntakeDraft = {
  ...emptyIntake,
  answers: { requester_name: "Nguyễn Văn An", requester_phone: "0912345678", secret: "hidden" },
  ticked: ["paper", "of_another_procedure"],
};

describe("taking in at the counter", () => {
  it("files and receives in one request, with what is visible only", () => {
    expect(prepareFiling(draft, around, vi)).toEqual({
      body: {
        procedure: "1.001193",
        answers: { requester_name: "Nguyễn Văn An", requester_phone: "0912345678" },
        applicant: { name: "Nguyễn Văn An", phone: "0912345678" },
        channel: "counter",
        attachments: [],
        shown_components: ["paper"],
        receive: true,
        return_method: "counter",
      },
    });
  });

  it("does not ask twice what the form asks about the applicant", () => {
    expect(partsToAsk(form, evaluation.visible)).toEqual(["personal_id", "email", "address"]);
  });

  it("asks again for what a hidden field would have told", () => {
    expect(partsToAsk(form, ["requester_phone"])).toContain("name");
  });

  it("wants every required paper ticked or scanned, but none that data replace", () => {
    expect(prepareFiling({ ...draft, ticked: [] }, around, vi)).toEqual({ problem: vi.intake.missingNeeded });
    const scanned = { ...draft, ticked: [], files: [{ id: "f1", component: "paper" } as Attachment] };
    expect(prepareFiling(scanned, around, vi)).toMatchObject({ body: { attachments: ["f1"] } });
    const replaced = component("paper", { replaced_by: { database: text("CSDL"), basis: "66.7", fallback: text("") } });
    expect(missingComponents([replaced, component("extra", { required: false })], { ...draft, ticked: [] })).toEqual([]);
  });

  it("wants a name, an agency where there is a choice, and a look at duplicates", () => {
    expect(prepareFiling({ ...draft, answers: {} }, around, vi)).toEqual({ problem: vi.intake.nameMissing });
    expect(prepareFiling(draft, { ...around, choiceOfAgency: true }, vi)).toEqual({ problem: vi.intake.agencyMissing });
    expect(prepareFiling(draft, { ...around, duplicates: true }, vi)).toEqual({ problem: vi.intake.duplicateNeeded });
    expect(prepareFiling({ ...draft, duplicateSeen: true }, { ...around, duplicates: true }, vi)).toMatchObject({
      body: { duplicate_confirmed: true },
    });
  });

  it("tells an organisation's tax code from a person's number", () => {
    const behalf = (id: string) => prepareFiling({ ...draft, behalf: { ...emptyIntake.behalf, on: true, name: "Công ty A", id } }, around, vi);
    expect(behalf("0100109106")).toMatchObject({ body: { on_behalf_of: { name: "Công ty A", tax_code: "0100109106" } } });
    expect(behalf("040190001234")).toMatchObject({ body: { on_behalf_of: { personal_id: "040190001234" } } });
  });

  it("says as what somebody acts and by which paper, unless that is on record", () => {
    const behalf = { ...emptyIntake.behalf, on: true, name: "Đào Minh An", id: "040215000001", kind: "parent" as const, number: " 55/2015 " };
    expect(prepareFiling({ ...draft, behalf }, around, vi)).toMatchObject({ body: { acting: { kind: "parent", title: "Giấy khai sinh", number: "55/2015" } } });
    const known = prepareFiling({ ...draft, behalf: { ...behalf, known: true } }, around, vi);
    expect("body" in known && known.body.acting).toBeUndefined();
    expect(prepareFiling({ ...draft, behalf: { ...behalf, name: " " } }, around, vi)).toEqual({ problem: vi.intake.behalfMissing });
  });

  it("records how somebody who is helped has agreed", () => {
    const help = { on: true, consent: "witnessed" as const, witness: "" };
    expect(prepareFiling({ ...draft, help }, around, vi)).toEqual({ problem: vi.intake.witnessMissing });
    expect(prepareFiling({ ...draft, help: { ...help, witness: "Lê Thị Đào" } }, around, vi)).toMatchObject({ body: { assistance: { consent: "witnessed", witness: "Lê Thị Đào" } } });
  });
});
