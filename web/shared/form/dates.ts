// dates.ts - between the answer ("2026-08-20") and what a person types.
//
// Nothing typed is lost: what is no date becomes an answer that the server refuses with a sentence,
// and comes back into the same boxes.

export interface TypedDate {
  day: string;
  month: string;
  year: string;
}

const padded = (digits: string): string => (/^\d$/.test(digits) ? `0${digits}` : digits);

// Three boxes -> answer; undefined when all are empty.
export function joinDate(typed: TypedDate): string | undefined {
  const day = typed.day.trim();
  const month = typed.month.trim();
  const year = typed.year.trim();
  if (day === "" && month === "" && year === "") return undefined;
  return `${year}-${padded(month)}-${padded(day)}`;
}

// As far as it is known: year; month and year; all three.
export function joinPartialDate(typed: TypedDate): string | undefined {
  const day = typed.day.trim();
  const month = typed.month.trim();
  const year = typed.year.trim();
  if (day !== "") return joinDate(typed);
  if (month !== "") return `${year}-${padded(month)}`;
  return year === "" ? undefined : year;
}

// Answer -> three boxes.
export function splitDate(answer: unknown): TypedDate {
  if (typeof answer !== "string" || answer === "") return { day: "", month: "", year: "" };
  const [year = "", month = "", ...rest] = answer.split("-");
  return { day: rest.join("-"), month, year };
}

// One box, as officers type it: 20/8/2026, 20-08-2026, 20.8.2026 or 20082026 -> "2026-08-20".
// Anything else stays as typed.
export function readTypedDate(text: string, partial = false): string | undefined {
  const typed = text.trim();
  if (typed === "") return undefined;
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  if (run) return `${run[3]}-${run[2]}-${run[1]}`;
  const full = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(typed);
  if (full) return `${full[3]}-${padded(full[2] ?? "")}-${padded(full[1] ?? "")}`;
  const month = partial ? /^(\d{1,2})[/.\- ](\d{4})$/.exec(typed) : null;
  if (month) return `${month[2]}-${padded(month[1] ?? "")}`;
  return typed;
}

// Answer -> one box.
export function showTypedDate(answer: unknown): string {
  if (typeof answer !== "string") return "";
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(answer);
  if (!parts) return answer;
  return [parts[3], parts[2], parts[1]].filter((part) => part !== undefined).join("/");
}
