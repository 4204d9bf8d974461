import { describe, expect, it } from "vitest";
import { explainedStep } from "./explanation.ts";

const step = (vi: string, article: string) => ({ text: { vi, en: vi }, article });

describe("a step of a derivation", () => {
  it("stands apart from the article that it follows from", () => {
    const text = "Không tính ngày tiếp nhận: thứ Năm 20/08/2026 (Bộ luật Dân sự 2015, điều 147 khoản 2).";
    expect(explainedStep(step(text, "Bộ luật Dân sự 2015, điều 147 khoản 2"), "vi")).toEqual({
      sentence: "Không tính ngày tiếp nhận: thứ Năm 20/08/2026.",
      source: "Bộ luật Dân sự 2015, điều 147 khoản 2",
    });
  });

  it("keeps a parenthesis that belongs to the name of a day", () => {
    const text = "Không tính thứ Hai 03/05/2027: nghỉ bù: Ngày Quốc tế lao động (thứ Bảy 01/05/2027) (Bộ luật Lao động 2019, điều 111 khoản 3).";
    expect(explainedStep(step(text, "Bộ luật Lao động 2019, điều 111 khoản 3"), "vi")).toEqual({
      sentence: "Không tính thứ Hai 03/05/2027: nghỉ bù: Ngày Quốc tế lao động (thứ Bảy 01/05/2027).",
      source: "Bộ luật Lao động 2019, điều 111 khoản 3",
    });
  });

  it("names the act that is in the sentence, not the general one", () => {
    const text = "Tính 1 ngày làm việc: thứ Bảy 22/08/2026, ngày làm bù (Quyết định hoán đổi (lần 2) năm 2026).";
    expect(explainedStep(step(text, "Bộ luật Dân sự 2015, điều 148 khoản 1"), "vi").source).toBe("Quyết định hoán đổi (lần 2) năm 2026");
  });

  it("is left as it is where there is no article, or the article stands beside it", () => {
    expect(explainedStep(step("Hạn trả: 17:30 (giờ Việt Nam).", ""), "vi")).toEqual({ sentence: "Hạn trả: 17:30 (giờ Việt Nam).", source: "" });
    expect(explainedStep(step("Không tính ngày đầu.", "điều 147"), "vi")).toEqual({ sentence: "Không tính ngày đầu.", source: "điều 147" });
    expect(explainedStep(step("Theo điều 147, không tính ngày đầu.", "điều 147"), "vi").source).toBe("");
  });
});
