import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import { vi } from "../../../i18n/vi.ts";
import { renderOnDesk, serveWith, someDossier, type Answer, type SentRequest } from "../../../testing.tsx";
import { CompleteTask } from "./complete_task.tsx";

afterEach(() => {
  cleanup();
  mock.unstubAllGlobals();
});

const done = { id: "d1", code: "H41.101-261120-0001", version: 6 };
const stale = { type: "https://example.invalid/stale-version", title: "Hồ sơ đã thay đổi", status: 412, detail: "Hãy xem bản mới." };
const isCommand = (request: SentRequest) => request.path.endsWith("/complete-task");

function open(answer: (request: SentRequest) => Answer | undefined) {
  const sent = serveWith((request) => (request.path.startsWith("/api/v1/officers") ? { body: { items: [] } } : answer(request)));
  const onDone = mock.fn();
  renderOnDesk(<CompleteTask dossier={someDossier()} task="3" onDone={onDone} onCancel={() => undefined} />);
  const commands = () => sent.filter(isCommand);
  const press = () => fireEvent.click(screen.getByRole("button", { name: vi.actions.task.submit }));
  const choose = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));
  const write = (note: string) => fireEvent.change(screen.getByRole("textbox", { name: /Ghi chú/ }), { target: { value: note } });
  return { commands, onDone, press, choose, write };
}

describe("completing a step", () => {
  it("sends outcome, version and key, and says that it is done", async () => {
    const page = open(() => ({ body: done }));
    page.choose("Đủ điều kiện");
    page.press();
    await waitFor(() => expect(page.onDone).toHaveBeenCalledWith(done));
    const [command] = page.commands();
    expect(command?.body).toEqual({ task: "3", outcome: "eligible" });
    expect(command?.headers["If-Match"]).toBe('"5"');
    expect(command?.headers["Idempotency-Key"]).toMatch(/^[0-9a-f]{32}$/);
  });

  it("asks for an outcome before anything is sent", () => {
    const page = open(() => ({ body: done }));
    page.press();
    expect(screen.getByRole("alert").textContent).toContain(vi.actions.task.chooseOutcome);
    expect(page.commands()).toHaveLength(0);
  });

  it("asks for the note that an outcome needs", async () => {
    const page = open(() => ({ body: done }));
    page.choose("Không đủ điều kiện");
    page.press();
    expect(screen.getByRole("alert").textContent).toContain(vi.actions.task.noteNeeded);
    page.write("Thiếu giấy chứng sinh hợp lệ");
    page.press();
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    expect(page.commands()[0]?.body).toMatchObject({ outcome: "not_eligible", note: "Thiếu giấy chứng sinh hợp lệ" });
  });

  it("says what changed when somebody was faster, keeps what was typed, and sends it on the new version", async () => {
    let refused = false;
    const moved = someDossier({ version: 8, status: { national: 4, key: "processing", label: { vi: "Đang xử lý", en: "" } }, step: { vi: "Thẩm định lại", en: "" } });
    const page = open((request) => {
      if (!isCommand(request)) return { body: moved, etag: '"8"' };
      if (refused) return { body: done };
      refused = true;
      return { status: 412, body: stale };
    });
    page.choose("Đủ điều kiện");
    page.write("Đã kiểm tra đủ");
    page.press();
    const dialog = await screen.findByRole("dialog", { name: vi.actions.conflict.title });
    expect(dialog.textContent).toContain("Thẩm định lại");
    fireEvent.click(screen.getByRole("button", { name: vi.actions.conflict.go }));
    page.press();
    await waitFor(() => expect(page.onDone).toHaveBeenCalled());
    const [first, second] = page.commands();
    expect(second?.body).toEqual(first?.body);
    expect(second?.headers["If-Match"]).toBe('"8"');
    expect(second?.headers["Idempotency-Key"]).not.toBe(first?.headers["Idempotency-Key"]);
  });

  it("shows why the server refused", async () => {
    const page = open(() => ({ status: 409, body: { type: "x/not-now", title: "Chưa làm được", status: 409, detail: "Hồ sơ đang chờ bổ sung." } }));
    page.choose("Đủ điều kiện");
    page.press();
    expect((await screen.findByRole("alert")).textContent).toContain("Hồ sơ đang chờ bổ sung.");
    expect(page.onDone).not.toHaveBeenCalled();
  });
});
