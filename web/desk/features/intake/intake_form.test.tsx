import { act, cleanup, configure, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi as mock } from "vitest";
import type { Answers, Procedure } from "@shared/schemas.ts";
import { renderOnDesk, serveWith } from "../../testing.tsx";
import { IntakeForm } from "./intake_form.tsx";
import { forgetIntake } from "./kept_intake.ts";

// Long enough for a machine that compiles meanwhile.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  forgetIntake();
  mock.unstubAllGlobals();
});

const text = (vi: string) => ({ vi, en: vi });
const options = (...labels: string[]) => labels.map((label) => ({ value: label.toLowerCase(), label: text(label) }));
const form = {
  pages: [
    {
      id: "requester",
      title: text("Người yêu cầu"),
      fields: [
        { id: "relation", type: "choice", label: text("Quan hệ"), required: true, options: options("Parent", "Authorised") },
        { id: "proxy_name", type: "text", label: text("Người được ủy quyền"), required: true, conditional: true, visible_when: 'relation = "authorised"' },
        { id: "copies", type: "integer", label: text("Số bản sao"), required: false, conditional: true, required_when: 'relation = "authorised"' },
        { id: "remark", type: "text", label: text("Ghi chú"), required: false, conditional: true, visible_when: "count(rows) > 1" },
      ],
    },
  ],
};
const procedure = { code: "1.001", name: text("Thủ tục"), components: [], place_field: "", form } as unknown as Procedure;

// What the server says about the answers, as it would; `veto` hides a field whatever the condition says.
function evaluation(answers: Answers, veto: string[] = []) {
  const authorised = answers["relation"] === "authorised";
  const visible = ["relation", ...(authorised ? ["proxy_name"] : []), "copies"].filter((id) => !veto.includes(id));
  const problems = visible.filter((id) => id === "proxy_name" && !answers[id]).map((field) => ({ field, code: "required", severity: "error", message: text("Chưa trả lời") }));
  return { visible, required: visible.filter((id) => id !== "copies" || authorised), today: "2026-11-20", problems, components: [], fee: null, due: null };
}

function open(veto: string[] = []) {
  const sent = serveWith((request) => {
    if (request.path.endsWith("/session")) return { body: { signed_in: true, officer: { id: "o", name: "Hoa", agency: "H41", roles: ["reception"] } } };
    if (request.path.endsWith("/evaluation")) return { body: evaluation((request.body as { answers: Answers }).answers, veto) };
    return { body: { items: [] } };
  });
  renderOnDesk(<IntakeForm procedure={procedure} onFiled={() => {}} />);
  return sent;
}

const evaluations = (sent: { path: string }[]) => sent.filter((request) => request.path.endsWith("/evaluation")).length;
const proxy = () => screen.queryByRole("textbox", { name: /Người được ủy quyền/ });

async function ready() {
  await screen.findByRole("radio", { name: "Authorised" });
  // The conditions' judge is a file of its own.
  await act(async () => void (await import("@shared/feel/asked.ts")));
}

describe("a form at the counter", () => {
  it("opens and closes a question with the answer that it hangs on, before any request", async () => {
    const sent = open();
    await ready();
    const before = sent.length;
    expect(proxy()).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "Authorised" }));
    expect(proxy()).not.toBeNull();
    expect(screen.getByRole("textbox", { name: "Số bản sao" })).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "Parent" }));
    expect(proxy()).toBeNull();
    expect(screen.getByRole("textbox", { name: "Số bản sao (không bắt buộc)" })).toBeTruthy();
    expect(sent.length).toBe(before);
  });

  it("goes by the server as soon as that has judged these answers", async () => {
    const sent = open(["proxy_name"]);
    await ready();
    const before = evaluations(sent);
    fireEvent.click(screen.getByRole("radio", { name: "Authorised" }));
    expect(proxy()).not.toBeNull();
    await waitFor(() => expect(evaluations(sent)).toBeGreaterThan(before));
    await waitFor(() => expect(proxy()).toBeNull());
  });

  it("agrees with the server, and leaves to it what it cannot judge", async () => {
    const sent = open();
    await ready();
    fireEvent.click(screen.getByRole("radio", { name: "Authorised" }));
    await waitFor(() => expect(evaluations(sent)).toBeGreaterThan(1));
    await waitFor(() => expect(screen.getByText(/1 /, { selector: "[role=status]" })).toBeTruthy());
    expect(proxy()).not.toBeNull();
    expect(screen.queryByRole("textbox", { name: /Ghi chú/ })).toBeNull();
  });
});
