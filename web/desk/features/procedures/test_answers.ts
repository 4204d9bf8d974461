// test_answers.ts - made-up answers of the server for the tests of these pages.
import { configure } from "@testing-library/react";
import { serveWith, type Answer, type SentRequest } from "../../testing.tsx";

// A machine that compiles meanwhile takes its time.
configure({ asyncUtilTimeout: 8000 });

export const text = (vi: string) => ({ vi, en: vi });

export const administrator = { id: "o1", name: "Hiển", agency: "H41", roles: ["administrator"] };

/** `more` answers what is not the session; the agencies are two. */
export function serve(more: (request: SentRequest) => Answer | undefined, officer: object = administrator): SentRequest[] {
  return serveWith((request) => {
    if (request.path.endsWith("/session")) return { body: { signed_in: true, officer } };
    if (request.path.includes("/agencies")) return { body: { items: [{ id: "H41", name: text("UBND tỉnh Nghệ An") }, { id: "H41.101", name: text("UBND phường Thành Vinh") }] } };
    return more(request);
  });
}

export const refusal = (status: number, detail: string): Answer => ({ status, body: { type: "/problems/refused", title: "Chưa làm được", status, detail } });
