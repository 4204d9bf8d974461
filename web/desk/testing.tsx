// testing.tsx - a small world for component tests: providers, and a server made of a table.
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi as mock } from "vitest";
import type { Dossier } from "@shared/schemas.ts";
import { LanguageProvider } from "./i18n/language.tsx";
import { ShortcutProvider } from "./shell/shortcuts.tsx";
import { theme } from "./theme.ts";

// What Mantine asks of a browser and the test environment does not have.
if (!("fonts" in document) || !document.fonts) Object.defineProperty(document, "fonts", { value: new EventTarget() });

export interface SentRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

export interface Answer {
  status?: number;
  body?: unknown;
  etag?: string;
}

// `answer` sees each request and says what comes back; undefined means that the line is cut.
export function serveWith(answer: (request: SentRequest) => Answer | undefined): SentRequest[] {
  const sent: SentRequest[] = [];
  mock.stubGlobal("fetch", async (input: string, init: RequestInit = {}) => {
    const request: SentRequest = {
      method: init.method ?? "GET",
      path: String(input),
      headers: (init.headers ?? {}) as Record<string, string>,
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
    };
    sent.push(request);
    const given = answer(request);
    if (!given) throw new TypeError("the line is cut");
    const status = given.status ?? 200;
    const headers: Record<string, string> = { "Content-Type": status < 400 ? "application/json" : "application/problem+json" };
    if (given.etag) headers["ETag"] = given.etag;
    return new Response(JSON.stringify(given.body ?? {}), { status, headers });
  });
  return sent;
}

export function renderOnDesk(page: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <MantineProvider theme={theme} env="test">
      <LanguageProvider>
        <ShortcutProvider>
          <QueryClientProvider client={queries}>{page}</QueryClientProvider>
        </ShortcutProvider>
      </LanguageProvider>
    </MantineProvider>,
  );
}

const text = (vi: string) => ({ vi, en: vi });

// A birth registration that a specialist has before him.
export function someDossier(change: object = {}): Dossier {
  const agency = { id: "H41.101", name: text("UBND phường Trường Vinh") };
  const dossier = {
    id: "d1",
    code: "H41.101-261120-0001",
    version: 5,
    procedure: { code: "1.001193", name: text("Đăng ký khai sinh") },
    applicant: "Nguyễn Văn An",
    agency,
    receiving_agency: agency,
    status: { national: 4, key: "processing", label: text("Đang xử lý") },
    channel: "counter",
    filed_at: "2026-11-20T08:00:00+07:00",
    received_at: "2026-11-20T08:00:00+07:00",
    due_at: "2026-11-23T17:30:00+07:00",
    finished_at: null,
    due_state: "soon",
    step: text("Thẩm định"),
    holder: null,
    applicant_detail: { name: "Nguyễn Văn An" },
    form: {
      pages: [
        {
          id: "child",
          title: text("Về trẻ"),
          fields: [
            { id: "child_name", type: "text", label: text("Tên của trẻ"), required: true },
            { id: "copies", type: "integer", label: text("Số bản sao"), required: false },
          ],
        },
      ],
    },
    answers: { child_name: "Nguyễn Minh Ánh", copies: 2 },
    visible: ["child_name", "copies"],
    corrections: [],
    components: [
      { id: "birth_paper", name: text("Giấy chứng sinh"), kind: "submit", required: true, originals: 1, copies: 0, attachments: [] },
      { id: "id_card", name: text("Căn cước"), kind: "show", required: true, originals: 1, copies: 0, attachments: [] },
    ],
    attachments: [],
    clock: null,
    fee: { total: 16000, lines: [], paid: 0, outstanding: 16000, payments: [] },
    tasks: [
      {
        id: "3",
        step: "examine",
        title: text("Thẩm định"),
        action: "process",
        role: "specialist",
        agency,
        assignee: null,
        opened_at: "2026-11-20T08:00:00+07:00",
        due_at: null,
        due_state: "soon",
        outcomes: [
          { value: "eligible", label: text("Đủ điều kiện") },
          { value: "not_eligible", label: text("Không đủ điều kiện"), needs_reason: true },
        ],
      },
    ],
    actions: [{ action: "complete-task", task: "3", allowed: true, reason: null }],
    supplement: null,
    result: null,
    rating: null,
    timeline: [],
    ...change,
  };
  return dossier as unknown as Dossier;
}
