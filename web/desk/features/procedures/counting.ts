// counting.ts - numbers as they are written in either language.  Pure.
import type { Language } from "@shared/language.ts";

export const countText = (value: number, language: Language): string => value.toLocaleString(language === "en" ? "en-GB" : "vi-VN");
