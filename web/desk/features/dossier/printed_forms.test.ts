import { describe, expect, it } from "vitest";
import { someDossier } from "../../testing.tsx";
import { printedForms } from "./printed_forms.ts";

describe("what of a dossier can be printed", () => {
  it("is the copy of the filing alone before reception", () => {
    const forms = printedForms(someDossier({ received_at: null }));
    expect(forms.map((form) => form.key)).toEqual(["filing"]);
    expect(forms[0]?.form).toBeNull();
  });

  it("is every form that exists, in the order of the law, then receipts and the result", () => {
    const dossier = someDossier({
      supplement: { requested_at: "2026-11-20T09:00:00+07:00", items: [] },
      apology: { state: "signed", number: "3/PXL" },
      status: { national: 8, key: "stopped", label: { vi: "Dừng", en: "Stopped" } },
      numbers: { slip: "1/TTPVHCC", control: "1/PKS", supplement: "2/PBS", end: "9/TBD", book: "Hộ tịch", book_year: "2026", book_number: "7" },
      fee: { total: 8000, lines: [], paid: 8000, outstanding: 0, payments: [{ receipt: "BL-1", kind: "payment" }, { receipt: "BL-2", kind: "refund" }] },
      result: { file: "r", number: "12/KS" },
    });
    expect(printedForms(dossier).map((form) => [form.form, form.key, form.number])).toEqual([
      ["01", "slip", "1/TTPVHCC"],
      ["02", "supplement", "2/PBS"],
      ["04", "apology", "3/PXL"],
      ["05", "stop", "9/TBD"],
      ["06", "control-slip", "1/PKS"],
      [null, "filing", ""],
      [null, "payment-BL-1", "BL-1"],
      [null, "payment-BL-2", "BL-2"],
      [null, "result", "12/KS"],
    ]);
  });

  it("says that an apology is a draft", () => {
    const apology = printedForms(someDossier({ apology: { state: "draft", number: "" } })).find((form) => form.key === "apology");
    expect(apology?.draft).toBe(true);
  });
});
