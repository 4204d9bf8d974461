import { describe, expect, it } from "vitest";
import type { Attachment } from "@shared/schemas.ts";
import { vi } from "../../../i18n/vi.ts";
import { someDossier } from "../../../testing.tsx";
import { prepareAssign } from "./assign.tsx";
import { prepareCorrect } from "./correct.tsx";
import { prepareResult } from "./issue_result.tsx";
import { preparePayment, prepareRefund, refundable } from "./payment.ts";
import { prepareReason } from "./reason_field.tsx";
import { prepareReturn } from "./return_result.tsx";
import { prepareSupplement } from "./supplement.tsx";

describe("what an action sends", () => {
  it("is nothing without a reason where one is needed", () => {
    expect(prepareReason("  vì ", vi.common.reasonTooShort, {})).toEqual({ problem: vi.common.reasonTooShort });
    expect(prepareReason(" Không đúng thẩm quyền ", "", { task: "3" })).toEqual({ body: { task: "3", reason: "Không đúng thẩm quyền" } });
  });

  it("reassigns only with a reason, assigns without", () => {
    expect(prepareAssign("3", "me", "", false, vi)).toEqual({ body: { task: "3", officer: "me" } });
    expect(prepareAssign("3", "o2", "", true, vi)).toEqual({ problem: vi.common.reasonTooShort });
    expect(prepareAssign("3", "", "", false, vi)).toEqual({ problem: vi.actions.assign.chooseOfficer });
  });

  it("corrects only what changes", () => {
    expect(prepareCorrect("child_name", "Ánh", "Ánh", "Gõ nhầm dấu", vi)).toEqual({ problem: vi.actions.correct.same });
    expect(prepareCorrect("child_name", "Ánh", "Anh", "Gõ nhầm dấu", vi)).toEqual({
      body: { field: "child_name", value: "Anh", reason: "Gõ nhầm dấu" },
    });
    expect(prepareCorrect("note", "Thừa", undefined, "Gõ nhầm ô", vi)).toMatchObject({ body: { value: null } });
  });

  it("issues a generated result or a PDF, nothing else", () => {
    const draft = { source: "generate", file: null, number: " 12/2026 ", note: "" } as const;
    expect(prepareResult("4", draft, vi)).toEqual({ body: { task: "4", number: "12/2026" } });
    expect(prepareResult("4", { ...draft, source: "attach" }, vi)).toEqual({ problem: vi.actions.issueResult.chooseFile });
    const picture = { id: "f1", media_type: "image/png" } as Attachment;
    expect(prepareResult("4", { ...draft, source: "attach", file: picture }, vi)).toEqual({ problem: vi.actions.issueResult.notPdf });
  });

  it("names who received a result at the counter", () => {
    expect(prepareReturn("5", "counter", " ", "", "needed")).toEqual({ problem: "needed" });
    expect(prepareReturn("5", "post", "", "", "needed")).toEqual({ body: { task: "5", method: "post" } });
  });

  it("supplements with what really changed", () => {
    const before = { name: "An", phone: "091" };
    expect(prepareSupplement(before, { name: "An", phone: "0912345678" }, [], "", vi)).toEqual({ body: { answers: { phone: "0912345678" } } });
    expect(prepareSupplement(before, { name: "An" }, [], " ", vi)).toEqual({ problem: vi.actions.supplement.nothing });
  });

  it("takes whole dong, with a reference for a transfer and a reason for too much", () => {
    const cash = { amount: 16000, method: "cash", reference: "", reason: "" } as const;
    expect(preparePayment(cash, 16000, vi)).toEqual({ body: { amount: 16000, method: "cash" } });
    expect(preparePayment({ ...cash, amount: 0.5 }, 16000, vi)).toEqual({ problem: vi.actions.payment.amountInvalid });
    expect(preparePayment({ ...cash, method: "transfer" }, 16000, vi)).toEqual({ problem: vi.actions.payment.referenceMissing });
    expect(preparePayment({ ...cash, amount: 20000 }, 16000, vi)).toHaveProperty("problem");
  });

  it("refunds at most what a receipt has left", () => {
    const dossier = someDossier({
      fee: {
        total: 16000, lines: [], paid: 10000, outstanding: 6000,
        payments: [
          { receipt: "BL-1", kind: "payment", amount: 16000, method: "cash", at: "", by: "" },
          { receipt: "HT-1", kind: "refund", amount: 6000, method: "cash", at: "", by: "", reference: "BL-1" },
        ],
      },
    });
    const [left] = refundable(dossier);
    expect(left).toEqual({ receipt: "BL-1", amount: 10000 });
    expect(prepareRefund(left, 12000, "Thu thừa một bản", vi)).toEqual({ problem: vi.actions.refund.tooMuch });
    expect(prepareRefund(left, 8000, "Thu thừa một bản", vi)).toEqual({ body: { receipt: "BL-1", amount: 8000, reason: "Thu thừa một bản" } });
  });
});
