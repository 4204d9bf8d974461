// format.ts - dates, money, sizes and durations as people in Vietnam read them.
//
// Moments are shown on the clock of Vietnam (+07:00, no daylight saving) whatever the device says.
import type { Language } from "./language.ts";

const vietnamOffsetMs = 7 * 3_600_000;
const workingDayMinutes = 8 * 60;

const two = (n: number): string => String(n).padStart(2, "0");

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

// A civil date has no zone: it is read as it is written.
function vietnamParts(iso: string): Parts | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(iso)) {
    const [year, month, day] = iso.split("-").map(Number) as [number, number, number];
    return { year, month, day, hour: 0, minute: 0 };
  }
  // Times without a zone are +07:00 by the manners of the product.
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}+07:00`;
  const moment = Date.parse(zoned);
  if (Number.isNaN(moment)) return null;
  const local = new Date(moment + vietnamOffsetMs);
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
  };
}

// "22/11/2026".  Text that is no date comes back as it is: it is what somebody wrote.
export function formatDate(iso: string | null | undefined): string {
  if (!iso) return "";
  const parts = vietnamParts(iso);
  return parts ? `${two(parts.day)}/${two(parts.month)}/${parts.year}` : iso;
}

// "22/11/2026 14:05".
export function formatDateTime(iso: string | null | undefined): string {
  if (!iso) return "";
  const parts = vietnamParts(iso);
  return parts ? `${formatDate(iso)} ${two(parts.hour)}:${two(parts.minute)}` : iso;
}

const weekdays: Record<Language, string[]> = {
  vi: ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

// "Thứ Hai 24/08/2026".
export function formatDay(iso: string | null | undefined, language: Language): string {
  if (!iso) return "";
  const parts = vietnamParts(iso);
  if (!parts) return iso;
  const weekday = weekdays[language][new Date(Date.UTC(parts.year, parts.month - 1, parts.day)).getUTCDay()] ?? "";
  return `${weekday} ${formatDate(iso)}`;
}

// "17:30, Thứ Hai 24/08/2026": for a due time, where the day of the week helps.
export function formatDue(iso: string | null | undefined, language: Language): string {
  if (!iso) return "";
  const parts = vietnamParts(iso);
  return parts ? `${two(parts.hour)}:${two(parts.minute)}, ${formatDay(iso, language)}` : iso;
}

// "1987", "05/1987", "02/05/1987" out of "1987", "1987-05", "1987-05-02".
export function formatPartialDate(value: string): string {
  return value.split("-").reverse().join("/");
}

// "20.000 đ".
export function formatMoney(dong: number): string {
  const digits = String(Math.abs(Math.trunc(dong))).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${dong < 0 ? "-" : ""}${digits} đ`;
}

// "1,4 MB" in Vietnamese, "1.4 MB" in English.
export function formatSize(bytes: number, language: Language): string {
  if (bytes < 1024) return `${bytes} B`;
  const kilobytes = bytes / 1024;
  if (kilobytes < 1024) return `${Math.round(kilobytes)} KB`;
  const text = (kilobytes / 1024).toFixed(1);
  return `${language === "vi" ? text.replace(".", ",") : text} MB`;
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

// Working minutes as working days and hours: 8 hours are a day.  "2 ngày 3 giờ làm việc".
export function formatWorkingMinutes(minutes: number, language: Language): string {
  const total = Math.max(0, Math.round(minutes));
  const days = Math.floor(total / workingDayMinutes);
  const hours = Math.floor((total % workingDayMinutes) / 60);
  const rest = total % 60;
  const parts: string[] = [];
  if (language === "vi") {
    if (days > 0) parts.push(`${days} ngày`);
    if (hours > 0) parts.push(`${hours} giờ`);
    if (rest > 0 && days === 0) parts.push(`${rest} phút`);
    return parts.length === 0 ? "dưới 1 phút làm việc" : `${parts.join(" ")} làm việc`;
  }
  if (days > 0) parts.push(plural(days, "day", "days"));
  if (hours > 0) parts.push(plural(hours, "hour", "hours"));
  if (rest > 0 && days === 0) parts.push(plural(rest, "minute", "minutes"));
  return parts.length === 0 ? "less than a minute of working time" : `${parts.join(" ")} of working time`;
}

function dayNumber(parts: Parts): number {
  return Math.round(Date.UTC(parts.year, parts.month - 1, parts.day) / 86_400_000);
}

// A due moment seen from now: "hôm nay", "ngày mai", "còn 3 ngày", "quá hạn 2 ngày" (calendar days).
export function relativeDue(due: string | null | undefined, now: string, language: Language): string {
  if (!due) return "";
  const there = vietnamParts(due);
  const here = vietnamParts(now);
  if (!there || !here) return "";
  const days = dayNumber(there) - dayNumber(here);
  const late = Date.parse(due) < Date.parse(now);
  if (language === "vi") {
    if (days === 0) return late ? "quá hạn từ hôm nay" : "hạn hôm nay";
    if (days === 1) return "hạn ngày mai";
    return days > 0 ? `còn ${days} ngày` : `quá hạn ${-days} ngày`;
  }
  if (days === 0) return late ? "overdue since today" : "due today";
  if (days === 1) return "due tomorrow";
  return days > 0 ? `${days} days left` : `overdue by ${plural(-days, "day", "days")}`;
}
