import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../../i18n/vi.ts";
import { renderOnDesk, serveWith, someDossier, type Answer, type SentRequest } from "../../../testing.tsx";
import type { ActionProps } from "./action_props.ts";
import { AnswerEscalation } from "./answer_escalation.tsx";
import { prepareSignature } from "./apology_draft.ts";
import { DraftApology } from "./draft_apology.tsx";
import { Pause } from "./pause.tsx";
import { Resume } from "./resume.tsx";
import { SignApology } from "./sign_apology.tsx";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const done = { id: "d1", code: "H41.101-261120-0001", version: 6 };
const day = (on: string, works = true, why = "") => ({ on, works, kind: works ? "work" : "holiday", intervals: [], reception: [], why: why === "" ? null : { vi: why, en: why }, act: "", provisional: false });
const year = { office: "H41.101", year: 2026, days: [day("2026-12-01"), day("2026-12-02", false, "Nghỉ lễ")] };
const apology = {
  state: "draft", due_at: "2026-11-23T17:30:00+07:00", new_due_at: "2026-12-01T17:30:00+07:00", reason: "Chờ xác minh hộ tịch", drafted_by: "",
  drafted_at: "2026-11-20T07:30:00+07:00", sign_by: "2099-11-20T17:30:00+07:00", number: "", signed_at: null, signed_by: "", position: "", in_time: false,
};

function open(Form: (props: ActionProps) => React.ReactNode, change: object = {}, answer: () => Answer | undefined = () => ({ body: done })) {
  const sent = serveWith((request) => (request.path.includes("/calendars/") ? { body: year } : answer()));
  const onDone = mock.fn();
  renderOnDesk(<Form dossier={someDossier(change)} task={undefined} onDone={onDone} onCancel={() => undefined} />);
  const commands = (): SentRequest[] => sent.filter((request) => request.method === "POST");
  const type = (name: string | RegExp, value: string) => {
    const box = screen.getByRole("textbox", { name });
    fireEvent.change(box, { target: { value } });
    fireEvent.blur(box);
  };
  const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
  return { commands, onDone, type, press };
}

describe("pausing the clock", () => {
  it("asks for cause, legal basis and day before anything is sent", async () => {
    const page = open(Pause);
    page.press(vi.pause.submit);
    expect(screen.getByRole("alert").textContent).toContain(vi.pause.chooseCause);
    fireEvent.click(screen.getByRole("radio", { name: vi.pauseCauses.outside_consultation }));
    page.press(vi.pause.submit);
    expect(screen.getByRole("alert").textContent).toContain(vi.pause.basisMissing);
    page.type(vi.pause.basis, "Luật Đất đai 2024, điều 12");
    page.press(vi.pause.submit);
    expect(screen.getByRole("alert").textContent).toContain(vi.pause.expected);
    page.type(vi.pause.expected, "1/12/2026");
    page.press(vi.pause.submit);
    await waitFor(() => expect(page.onDone).toHaveBeenCalledWith(done));
    expect(page.commands()[0]).toMatchObject({
      path: "/api/v1/dossiers/d1/pause",
      body: { cause: "outside_consultation", basis: "Luật Đất đai 2024, điều 12", expected_until: "2026-12-01" },
    });
    expect(page.commands()[0]?.headers["If-Match"]).toBe('"5"');
  });

  it("says that a chosen day is off, and why", async () => {
    const page = open(Pause);
    page.type(vi.pause.expected, "2/12/2026");
    expect(await screen.findByText(/Thứ Tư 02\/12\/2026 là ngày nghỉ.*Nghỉ lễ/)).toBeTruthy();
  });

  it("keeps what was typed when the server refuses", async () => {
    const page = open(Pause, {}, () => ({ status: 409, body: { type: "x/not-now", title: "Chưa làm được", status: 409, detail: "Hồ sơ đã tạm dừng." } }));
    fireEvent.click(screen.getByRole("radio", { name: vi.pauseCauses.other }));
    page.type(vi.pause.basis, "Nghị định 5, điều 6");
    page.type(vi.pause.expected, "01122026");
    page.press(vi.pause.submit);
    expect((await screen.findByText("Hồ sơ đã tạm dừng.")).textContent).toBeTruthy();
    expect((screen.getByRole("textbox", { name: vi.pause.basis }) as HTMLInputElement).value).toBe("Nghị định 5, điều 6");
    expect((screen.getByRole("textbox", { name: vi.pause.expected }) as HTMLInputElement).value).toBe("01/12/2026");
  });

  it("ends with a resumption that needs nothing", async () => {
    const page = open(Resume);
    page.press(vi.resume.submit);
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]).toMatchObject({ path: "/api/v1/dossiers/d1/resume", body: {} });
  });
});

describe("an apology", () => {
  it("is signed as it is drafted with one press", async () => {
    const page = open(SignApology, { apology });
    expect(document.activeElement?.textContent).toBe(vi.apology.submitSign);
    expect(screen.getByRole("alert").textContent).toContain("Ký trước 17:30, Thứ Sáu 20/11/2099 để được gia hạn đúng quy định");
    page.press(vi.apology.submitSign);
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]).toMatchObject({ path: "/api/v1/dossiers/d1/sign-apology", body: {} });
  });

  it("is sent with what the leader changed", async () => {
    const page = open(SignApology, { apology });
    page.type(vi.apology.reason, "Chờ xác minh ở địa phương khác");
    page.type(vi.apology.newDate, "3/12/2026");
    page.press(vi.apology.submitSign);
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]?.body).toEqual({ reason: "Chờ xác minh ở địa phương khác", new_due_on: "2026-12-03" });
  });

  it("names a day after the present appointment", () => {
    const check = (newDueOn: string) => prepareSignature({ reason: "Chờ xác minh", newDueOn }, someDossier({ apology }), vi, "vi");
    expect(check("2026-11-23")).toEqual({ problem: vi.apology.dateTooEarly("Thứ Hai 23/11/2026") });
    expect(check("2026-11-24")).toEqual({ body: { reason: "Chờ xác minh", new_due_on: "2026-11-24" } });
    expect(check("")).toEqual({ problem: vi.apology.dateMissing });
  });

  it("is drafted with a reason and a day", async () => {
    const page = open(DraftApology);
    page.type(vi.apology.reason, "Máy chủ hỏng");
    page.type(vi.apology.newDate, "1/12/2026");
    page.press(vi.apology.submitDraft);
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]).toMatchObject({ path: "/api/v1/dossiers/d1/apology", body: { reason: "Máy chủ hỏng", new_due_on: "2026-12-01" } });
  });
});

describe("an escalation", () => {
  it("is answered with an instruction", async () => {
    const page = open(AnswerEscalation);
    page.press(vi.escalation.submit);
    expect(screen.getByRole("alert").textContent).toContain(vi.common.reasonTooShort);
    page.type(vi.escalation.note, "Giao bà Hoa xử lý trong hôm nay");
    page.press(vi.escalation.submit);
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]).toMatchObject({ path: "/api/v1/dossiers/d1/answer-escalation", body: { note: "Giao bà Hoa xử lý trong hôm nay" } });
  });
});
