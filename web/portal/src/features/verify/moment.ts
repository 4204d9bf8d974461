// moment.ts - a moment to the second, on the clock of Vietnam: "14:05:09 22/11/2026".
import { formatDate } from "@shared/format.ts";

// A number that no calendar holds is shown as it stands in the record.
export function moment(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return `${milliseconds} ms`;
  const clock = new Date(milliseconds + 7 * 3_600_000);
  return `${Number.isNaN(clock.getTime()) ? "" : `${clock.toISOString().slice(-13, -5)} `}${formatDate(date.toISOString())}`;
}
