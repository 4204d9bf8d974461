// day_text.ts - a moment as people of the office read it.
import { useLanguage } from "../../i18n/language.tsx";

const zone = "Asia/Ho_Chi_Minh";

export function useDay(): (iso: string) => string {
  const { language } = useLanguage();
  return (iso) => new Date(iso).toLocaleDateString(language === "vi" ? "vi-VN" : "en-GB", { timeZone: zone });
}

export function useMoment(): (iso: string) => string {
  const { language } = useLanguage();
  return (iso) => new Date(iso).toLocaleString(language === "vi" ? "vi-VN" : "en-GB", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
}
