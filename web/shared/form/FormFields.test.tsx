import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import type { Answers, Field, FieldProblem } from "../schemas.ts";
import { withAnswer } from "./answers.ts";
import { FormProvider, type Audience } from "./context.tsx";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FormFields } from "./FormFields.tsx";

afterEach(cleanup);

const text = (vi: string) => ({ vi, en: `${vi} (en)` });
const field = (id: string, type: Field["type"], more: Partial<Field> = {}): Field => ({ id, type, label: text(id), required: true, ...more });
const options = (count: number) => Array.from({ length: count }, (_none, index) => ({ value: `v${index}`, label: text(`Mục ${index}`) }));

// A form as a page holds it; `seen` is what the server would get.
function show(fields: Field[], settings: { start?: Answers; problems?: FieldProblem[]; audience?: Audience; language?: "vi" | "en" } = {}) {
  const seen: { answers: Answers } = { answers: settings.start ?? {} };
  const problems = settings.problems ?? [];
  const units = () => Promise.resolve([{ value: "16681", label: "Phường Trường Vinh" }, { value: "16682", label: "Xã Kỳ Sơn" }]);
  function Page() {
    const [answers, setAnswers] = useState<Answers>(settings.start ?? {});
    seen.answers = answers;
    return (
      <FormProvider language={settings.language ?? "vi"} audience={settings.audience ?? "citizen"} loadUnits={units}>
        <ErrorSummary problems={problems} />
        <FormFields fields={fields} answers={answers} evaluation={null} problems={problems} onChange={(id, value) => setAnswers((before) => withAnswer(before, id, value))} />
      </FormProvider>
    );
  }
  render(<Page />);
  return seen;
}

const type = (label: RegExp | string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe("questions", () => {
  it("have a label, and say when they are optional rather than when they are not", () => {
    show([field("Họ và tên", "text"), field("Ghi chú", "long_text", { required: false })]);
    expect(screen.getByLabelText("Họ và tên")).toBeTruthy();
    expect(screen.getByLabelText("Ghi chú (không bắt buộc)").tagName).toBe("TEXTAREA");
  });

  it("are asked in the language chosen", () => {
    show([field("Họ và tên", "text")], { language: "en" });
    expect(screen.getByLabelText("Họ và tên (en)")).toBeTruthy();
  });

  it("turn numbers into numbers and keep what is none", () => {
    const seen = show([field("số", "integer"), field("tiền", "money")]);
    type("số", "12");
    type("tiền", "1.250.000");
    expect(seen.answers).toEqual({ số: 12, tiền: 1250000 });
    type("số", "mười hai");
    expect(seen.answers["số"]).toBe("mười hai");
    type("số", "");
    expect("số" in seen.answers).toBe(false);
  });

  it("of yes or no have no answer until one is chosen", () => {
    const seen = show([field("có không", "boolean")]);
    expect(seen.answers).toEqual({});
    fireEvent.click(screen.getByLabelText("Không"));
    expect(seen.answers).toEqual({ "có không": false });
  });

  it("offer up to six choices at a glance and more in a list", () => {
    show([field("ít", "choice", { options: options(6) }), field("nhiều", "choice", { options: options(7) })]);
    expect(screen.getAllByRole("radio")).toHaveLength(6);
    expect(screen.getByRole("combobox").tagName).toBe("SELECT");
  });

  it("with several answers keep the order of the form", () => {
    const seen = show([field("nhiều", "multi_choice", { options: options(3) })]);
    fireEvent.click(screen.getByLabelText("Mục 2"));
    fireEvent.click(screen.getByLabelText("Mục 0"));
    expect(seen.answers).toEqual({ nhiều: ["v0", "v2"] });
    fireEvent.click(screen.getByLabelText("Mục 2"));
    fireEvent.click(screen.getByLabelText("Mục 0"));
    expect(seen.answers).toEqual({});
  });
});

describe("dates", () => {
  it("are three boxes for citizens", () => {
    const seen = show([field("ngày sinh", "date")]);
    type("Ngày", "5");
    type("Tháng", "9");
    type("Năm", "2026");
    expect(seen.answers).toEqual({ "ngày sinh": "2026-09-05" });
    // What was typed stays as typed.
    expect((screen.getByLabelText("Ngày") as HTMLInputElement).value).toBe("5");
  });
  it("are one box for officers", () => {
    const seen = show([field("ngày sinh", "date")], { audience: "officer" });
    type("ngày sinh", "05092026");
    expect(seen.answers).toEqual({ "ngày sinh": "2026-09-05" });
    fireEvent.blur(screen.getByLabelText("ngày sinh"));
    expect((screen.getByLabelText("ngày sinh") as HTMLInputElement).value).toBe("05/09/2026");
  });
  it("come back into the boxes of a draft opened again", () => {
    show([field("ngày sinh", "date")], { start: { "ngày sinh": "2026-09-05" } });
    expect((screen.getByLabelText("Năm") as HTMLInputElement).value).toBe("2026");
  });
});

describe("communes", () => {
  it("are found without diacritics and chosen with the keyboard", async () => {
    const seen = show([field("xã", "commune")]);
    const box = screen.getByRole("combobox");
    fireEvent.click(box);
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(2));
    fireEvent.change(box, { target: { value: "truong v" } });
    expect(screen.getAllByRole("option")).toHaveLength(1);
    fireEvent.keyDown(box, { key: "ArrowDown" });
    fireEvent.keyDown(box, { key: "Enter" });
    expect(seen.answers).toEqual({ xã: "16681" });
    expect((box as HTMLInputElement).value).toBe("Phường Trường Vinh");
  });
});

describe("tables", () => {
  const table = field("anh em", "table", { required: false, max_rows: 2, columns: [field("tên", "text"), field("năm", "integer")] });
  it("grow and shrink by rows, up to their limit", () => {
    const seen = show([table]);
    fireEvent.click(screen.getByText("Thêm dòng"));
    type("tên", "An");
    type("năm", "2020");
    expect(seen.answers).toEqual({ "anh em": [{ tên: "An", năm: 2020 }] });
    fireEvent.click(screen.getByText("Thêm dòng"));
    expect(screen.queryByText("Thêm dòng")).toBeNull();
    fireEvent.click(screen.getByText("Xóa dòng 1"));
    expect(seen.answers).toEqual({ "anh em": [{}] });
  });
});

describe("problems", () => {
  const problems: FieldProblem[] = [
    { field: "tên", code: "required", severity: "error", message: text("Nhập tên.") },
    { field: "số", code: "unusual_province", severity: "warning", message: text("Xem lại số.") },
  ];
  it("stand at their field, described and marked", () => {
    show([field("tên", "text"), field("số", "personal_id")], { problems });
    const box = screen.getByLabelText("tên");
    expect(box.getAttribute("aria-invalid")).toBe("true");
    const described = (box.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    expect(described.join(" ")).toContain("Lỗi: Nhập tên.");
  });
  it("that only warn neither mark the field nor enter the summary", () => {
    show([field("tên", "text"), field("số", "personal_id")], { problems });
    expect(screen.getByLabelText("số").getAttribute("aria-invalid")).toBeNull();
    expect(screen.getByText(/Xem lại số/).textContent).toContain("Lưu ý:");
    expect(screen.getByRole("alert").textContent).not.toContain("Xem lại số");
  });
  it("are summed up in a box that takes the focus and leads to the field", () => {
    show([field("tên", "text"), field("số", "personal_id")], { problems });
    const summary = screen.getByRole("alert");
    expect(document.activeElement).toBe(summary);
    fireEvent.click(screen.getByRole("link", { name: "Nhập tên." }));
    expect(document.activeElement).toBe(screen.getByLabelText("tên"));
  });
});
