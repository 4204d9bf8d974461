import { describe, expect, it } from "vitest";
import { vi } from "../../../i18n/vi.ts";
import { emptySupplementDraft, prepareSupplementRequest, type SupplementDraft } from "./supplement_request.ts";

const whole: SupplementDraft = {
  components: { birth_paper: { verdict: "needed", what: " Bản rõ hơn " }, id_card: { verdict: "fine", what: "" } },
  fields: { phone: "Thiếu một chữ số" },
  other: "",
  reason: "Chưa đủ căn cứ",
  repeatReason: "",
};
const all = ["birth_paper", "id_card"];

describe("a request for a supplement", () => {
  it("names everything that is missing, once", () => {
    expect(prepareSupplementRequest(whole, all, false, vi)).toEqual({
      body: {
        items: [
          { component: "birth_paper", what: "Bản rõ hơn" },
          { field: "phone", what: "Thiếu một chữ số" },
        ],
        reason: "Chưa đủ căn cứ",
      },
    });
  });

  it("is not sent before every paper has been looked at", () => {
    const draft = { ...whole, components: { birth_paper: whole.components["birth_paper"]! } };
    expect(prepareSupplementRequest(draft, all, false, vi)).toEqual({ problem: vi.actions.requestSupplement.reviewAll });
  });

  it("is not sent when nothing is needed", () => {
    const draft = { ...emptySupplementDraft, reason: "Chưa đủ căn cứ" };
    expect(prepareSupplementRequest(draft, [], false, vi)).toEqual({ problem: vi.actions.requestSupplement.noItems });
  });

  it("wants words for every item", () => {
    const draft = { ...whole, fields: { phone: "  " } };
    expect(prepareSupplementRequest(draft, all, false, vi)).toEqual({ problem: vi.actions.requestSupplement.whatMissing });
  });

  it("wants a reason of its own the second time", () => {
    expect(prepareSupplementRequest(whole, all, true, vi)).toEqual({ problem: vi.common.reasonTooShort });
    const again = { ...whole, repeatReason: "Luật chuyên ngành yêu cầu" };
    expect(prepareSupplementRequest(again, all, true, vi)).toMatchObject({ body: { repeat_reason: "Luật chuyên ngành yêu cầu" } });
  });
});
