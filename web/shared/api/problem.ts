// problem.ts - why a request did not do what was asked, as one type for every screen.
//
// kind: "refused" the server answered with a problem body (RFC 9457); "offline" no answer came, so it
// is not known whether the request arrived; "broken" an answer came that nobody can read.
import { textOf, type Language } from "../language.ts";
import type { Text } from "../schemas.ts";

export interface FieldError {
  field: string;
  code: string;
  message: string;
}

export type ProblemKind = "refused" | "offline" | "broken";

const offlineText = {
  vi: {
    title: "Không kết nối được với máy chủ",
    detail: "Đường truyền có thể đang yếu hoặc bị ngắt. Những gì đã nhập vẫn được giữ. Kiểm tra kết nối rồi thử lại.",
  },
  en: {
    title: "The server could not be reached",
    detail: "The connection may be weak or cut. What you entered is kept. Check the connection, then try again.",
  },
};

const brokenText = {
  vi: {
    title: "Máy chủ trả lời không đúng cách",
    detail: "Đây là lỗi của hệ thống, không phải của người dùng. Những gì đã nhập vẫn được giữ. Thử lại sau ít phút.",
  },
  en: {
    title: "The server answered in an unexpected way",
    detail: "This is a fault of the system, not yours. What you entered is kept. Try again in a few minutes.",
  },
};

export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly status: number,
    // The stable last part of the type: "already-closed"; "offline" and "broken" for ours.
    readonly slug: string,
    readonly title: string,
    readonly detail: string,
    readonly errors: FieldError[] = [],
    readonly traceId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail || title);
    this.name = "Problem";
  }

  // Worth the same request again after a pause: nothing was decided.
  get passing(): boolean {
    return this.kind === "offline" || this.status === 502 || this.status === 503 || this.status === 504;
  }

  static offline(language: Language): Problem {
    const text = offlineText[language];
    return new Problem("offline", 0, "offline", text.title, text.detail);
  }

  static broken(status: number, language: Language): Problem {
    const text = brokenText[language];
    return new Problem("broken", status, "broken", text.title, text.detail);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const asText = (value: unknown): string => (typeof value === "string" ? value : "");

// Makes a Problem of an answer's body; a body that is no problem body makes a broken one.
export function readProblem(
  status: number,
  body: string,
  language: Language,
  retryAfter: string | null = null,
): Problem {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return Problem.broken(status, language);
  }
  if (!isObject(parsed) || asText(parsed["title"]) === "") return Problem.broken(status, language);
  // "problems" are those of a form or a schedule, in both languages.
  const told = parsed["errors"] ?? parsed["problems"];
  const errors = (Array.isArray(told) ? told : []).filter(isObject).map((error) => ({
    field: asText(error["field"]),
    code: asText(error["code"]),
    message: isObject(error["message"]) ? textOf(error["message"] as Text, language) : asText(error["message"]),
  }));
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  return new Problem(
    "refused",
    status,
    asText(parsed["type"]).split("/").pop() ?? "",
    asText(parsed["title"]),
    asText(parsed["detail"]),
    errors,
    asText(parsed["trace_id"]) || null,
    seconds,
  );
}
