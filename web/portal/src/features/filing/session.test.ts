import { beforeEach, describe, expect, it } from "vitest";
import { Problem } from "@shared/api/problem.ts";
import type { Draft, Evaluation, Field, Filed, Filing, Procedure } from "@shared/schemas.ts";
import { findDraft, listDrafts, type LocalDraft } from "../../device/drafts.ts";
import { FilingSession } from "./session.ts";
import { submitFiling } from "./submission.ts";
import { makeTasks, pathAfter, pathBefore } from "./tasks.ts";

const text = (vi: string) => ({ vi, en: vi });
const field = (id: string, type: Field["type"] = "text", more: Partial<Field> = {}): Field => ({ id, type, label: text(id), required: true, ...more });

const paper = (id: string, more: object = {}) => ({ id, name: text(id), kind: "submit" as const, required: true, originals: 1, copies: 0, ...more });

const procedure = {
  code: "1.001193",
  name: text("Đăng ký khai sinh"),
  components: [paper("notice"), paper("marriage", { replaced_by: { database: text("CSDL hộ tịch") } })],
  form: {
    pages: [
      { id: "child", title: text("Trẻ"), fields: [field("child_name")] },
      { id: "father", title: text("Cha"), fields: [field("father_name", "text", { conditional: true })] },
      { id: "who", title: text("Người nộp"), fields: [field("name", "text", { prefill: "applicant.full_name" }), field("phone", "phone", { prefill: "applicant.phone" })] },
    ],
  },
} as unknown as Procedure;

const evaluation = (more: Partial<Evaluation> = {}): Evaluation =>
  ({ visible: ["child_name", "name", "phone"], required: ["child_name", "name", "phone"], problems: [], components: procedure.components, ...more }) as Evaluation;

const start = (): LocalDraft => ({
  id: "d1",
  secret: "s",
  procedure: procedure.code,
  procedureName: procedure.name,
  answers: {},
  contact: {},
  attachments: [],
  visited: [],
  dirty: false,
  changedAt: "2026-11-22T08:00:00Z",
  evaluation: evaluation(),
});

interface Server {
  saved: { answers: Record<string, unknown> }[];
  answer: () => Promise<Draft>;
}

function open(draft = start()) {
  const server: Server = { saved: [], answer: () => Promise.resolve({ evaluation: evaluation() } as unknown as Draft) };
  const waiting: (() => void)[] = [];
  const session = new FilingSession(procedure, draft, {
    save: (body) => {
      server.saved.push({ answers: { ...body.answers } });
      return server.answer();
    },
    now: () => new Date("2026-11-22T09:00:00Z"),
    wait: () => new Promise((done) => waiting.push(done)),
  });
  return { session, server, pass: () => waiting.splice(0).forEach((done) => done()) };
}

const settle = () => new Promise((done) => setTimeout(done));

beforeEach(() => localStorage.clear());

describe("answers", () => {
  it("are on the device before anything is sent", () => {
    const { session, server } = open();
    session.answer("child_name", "An", "child");
    expect(findDraft("d1")?.answers).toEqual({ child_name: "An" });
    expect(findDraft("d1")?.dirty).toBe(true);
    expect(server.saved).toEqual([]);
  });

  it("are sent once typing pauses, the latest only", async () => {
    const { session, server, pass } = open();
    session.answer("child_name", "A", "child");
    session.answer("child_name", "An", "child");
    pass();
    await settle();
    expect(server.saved).toEqual([{ answers: { child_name: "An" } }]);
    expect(findDraft("d1")?.dirty).toBe(false);
    expect(session.saveState).toBe("saved");
  });

  it("stay dirty when they changed while a save was under way", async () => {
    const { session, server } = open();
    let finish = (): void => {};
    server.answer = () => new Promise((done) => (finish = () => done({ evaluation: evaluation() } as unknown as Draft)));
    session.answer("child_name", "A", "child");
    const saving = session.save("child");
    await settle();
    session.answer("child_name", "An", "child");
    finish();
    await saving;
    expect(session.draft.dirty).toBe(true);
    expect(session.draft.answers).toEqual({ child_name: "An" });
  });

  it("are never replaced by what the server sends back", async () => {
    const { session, server } = open();
    server.answer = () => Promise.resolve({ answers: {}, evaluation: evaluation() } as unknown as Draft);
    session.answer("child_name", "31-02", "child");
    await session.save(undefined);
    expect(session.draft.answers).toEqual({ child_name: "31-02" });
  });

  it("are kept when the line is cut, and the failure is told", async () => {
    const { session, server } = open();
    server.answer = () => Promise.reject(Problem.offline("vi"));
    session.answer("child_name", "An", "child");
    await expect(session.save("child")).rejects.toMatchObject({ kind: "offline" });
    expect(session.saveState).toBe("here_only");
    expect(findDraft("d1")?.answers).toEqual({ child_name: "An" });
  });

  it("are sent one save after the other", async () => {
    const { session, server } = open();
    let running = 0;
    let most = 0;
    server.answer = async () => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      return { evaluation: evaluation() } as unknown as Draft;
    };
    await Promise.all([session.save("child"), session.save("who"), session.save(undefined)]);
    expect(most).toBe(1);
  });

  it("survive what cannot be read on the device", () => {
    localStorage.setItem("motcua.draft.broken", "{");
    expect(listDrafts()).toEqual([]);
  });
});

describe("tasks", () => {
  it("hold the visible pages, the papers that are really needed, contact and review", () => {
    const { session } = open();
    expect(makeTasks(session, true).map((task) => [task.path.replace("/nop/d1", ""), task.status])).toEqual([
      ["/co-quan", "not_started"],
      ["/trang/child", "not_started"],
      ["/trang/who", "not_started"],
      ["/giay-to/notice", "not_started"],
      ["/lien-he", "not_started"],
      ["/kiem-tra", "cannot_start"],
    ]);
  });

  it("ask for the paper after all where the data do not stand in for it", () => {
    const draft = start();
    draft.evaluation = evaluation({ components: procedure.components.map((component) => ({ ...component, replaced: false })) });
    const { session } = open(draft);
    expect(session.papers.map((component) => component.id)).toEqual(["notice", "marriage"]);
  });

  it("are in progress while the server finds errors, done when it finds none", () => {
    const draft = start();
    draft.visited = ["child"];
    draft.answers = { child_name: "An" };
    draft.evaluation = evaluation({ problems: [{ field: "child_name", severity: "error", message: text("Sai") }] });
    expect(makeTasks(open(draft).session, false)[0]?.status).toBe("in_progress");
    draft.evaluation = evaluation({ problems: [{ field: "child_name", severity: "warning", message: text("Lạ") }] });
    expect(makeTasks(open(draft).session, false)[0]?.status).toBe("done");
  });

  it("open the review once all are done", () => {
    const draft = start();
    draft.visited = ["child", "who", "contact"];
    draft.answers = { child_name: "An", name: "Bình", phone: "0912345678" };
    draft.contact = { return_method: "online" };
    draft.attachments = [{ id: "f", component: "notice", name: "a.pdf", size: 1, media_type: "", sha256: "", uploaded_at: "", inspection: null }];
    const tasks = makeTasks(open(draft).session, false);
    expect(tasks.at(-1)).toMatchObject({ kind: "review", status: "not_started" });
    expect(pathAfter(tasks, "/nop/d1/trang/who")).toBe("/nop/d1/giay-to/notice");
    expect(pathBefore(tasks, "/nop/d1/trang/child", "/nop/d1")).toBe("/nop/d1");
  });
});

describe("filing", () => {
  const filed = { code: "H41.101-261122-0001" } as Filed;

  it("names the applicant as the form did, without asking twice", () => {
    const draft = start();
    draft.answers = { name: "Nguyễn Văn An", phone: "0912345678" };
    draft.contact = { return_method: "counter", email: "an@example.vn" };
    draft.agency = "H41.101";
    expect(open(draft).session.makeFiling("vi")).toEqual({
      draft: "d1",
      channel: "online",
      agency: "H41.101",
      return_method: "counter",
      applicant: { name: "Nguyễn Văn An", phone: "0912345678", email: "an@example.vn", language: "vi" },
    });
  });

  it("keeps key and body on the device before the first attempt, and repeats both after a lost answer", async () => {
    const { session } = open();
    const attempts: { body: Filing; key: string; kept: unknown }[] = [];
    const submit = (outcome: Promise<Filed>) => (body: Filing, key: string) => {
      attempts.push({ body, key, kept: findDraft("d1")?.submission?.key });
      return outcome;
    };
    await expect(submitFiling(session, "vi", submit(Promise.reject(Problem.offline("vi"))))).rejects.toMatchObject({ kind: "offline" });
    expect(attempts[0]?.kept).toBe(attempts[0]?.key);

    // The browser was closed; answers or language changed meanwhile, the request must not.
    const again = open(findDraft("d1") ?? start());
    expect(await submitFiling(again.session, "en", submit(Promise.resolve(filed)))).toBe(filed);
    expect(attempts[1]?.key).toBe(attempts[0]?.key);
    expect(attempts[1]?.body).toEqual(attempts[0]?.body);
  });

  it("begins anew after the server said no", async () => {
    const { session } = open();
    const keys: string[] = [];
    const no = new Problem("refused", 422, "answers-incomplete", "Chưa đủ", "Sửa", []);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await submitFiling(session, "vi", (_body, key) => {
        keys.push(key);
        return Promise.reject(no);
      }).catch(() => {});
      expect(findDraft("d1")?.submission).toBeUndefined();
    }
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ["while the first request is in flight", new Problem("refused", 409, "request-in-flight", "Đang", "Chờ")],
    ["when the server is overloaded", new Problem("refused", 503, "busy", "Bận", "Chờ")],
    ["when too many ask", new Problem("refused", 429, "throttled", "Nhiều", "Chờ")],
    ["when the answer cannot be read", Problem.broken(200, "vi")],
  ])("holds on to the submission %s", async (_when, problem) => {
    const { session } = open();
    await submitFiling(session, "vi", () => Promise.reject(problem)).catch(() => {});
    expect(findDraft("d1")?.submission).toBeDefined();
  });

  it("sends what was typed off line before it files", async () => {
    const draft = { ...start(), dirty: true, answers: { child_name: "An" } };
    const { session, server } = open(draft);
    await submitFiling(session, "vi", () => Promise.resolve(filed));
    expect(server.saved).toEqual([{ answers: { child_name: "An" } }]);
  });
});
