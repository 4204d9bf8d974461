// server_problems.ts - what the server refused about contact details, carried from the review page to
// the contact page.
import type { FieldError } from "@shared/api/problem.ts";
import type { FieldProblem } from "@shared/schemas.ts";

const held = new Map<string, FieldProblem[]>();

// "applicant.phone" -> "phone"; null for what is not on the contact page.
export function contactFieldOf(field: string): string | null {
  const name = /^applicant\.(\w+)$/.exec(field)?.[1] ?? (field === "return_method" ? field : null);
  return name !== null && ["name", "personal_id", "phone", "email", "return_method"].includes(name) ? name : null;
}

export function holdServerProblems(draft: string, errors: FieldError[]): void {
  held.set(
    draft,
    errors.flatMap((error) => {
      const field = contactFieldOf(error.field);
      return field === null ? [] : [{ field, code: error.code, message: { vi: error.message, en: error.message } }];
    }),
  );
}

export function takeServerProblems(draft: string): FieldProblem[] {
  const problems = held.get(draft) ?? [];
  held.delete(draft);
  return problems;
}
