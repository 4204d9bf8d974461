// share.ts - a percentage that never stands without its numerator and denominator.  Pure.
import type { Language } from "@shared/language.ts";

export interface Share {
  part: number;
  whole: number;
}

// "82,2 %"; nothing where there is nothing to divide by, and never rounded up to 100 or down to 0.
export function shareText({ part, whole }: Share, language: Language): string | null {
  if (whole <= 0) return null;
  const tenths = Math.round((part / whole) * 1000);
  const honest = tenths === 1000 && part < whole ? 999 : tenths === 0 && part > 0 ? 1 : tenths;
  const text = honest % 10 === 0 ? String(honest / 10) : (honest / 10).toFixed(1);
  return `${language === "vi" ? text.replace(".", ",") : text} %`;
}
