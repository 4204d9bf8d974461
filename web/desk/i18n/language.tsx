// language.tsx - the language of the desk: chosen once, remembered on this machine.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { textOf, type Language } from "@shared/language.ts";
import type { Text } from "@shared/schemas.ts";
import { en } from "./en.ts";
import { vi, type Texts } from "./vi.ts";

const texts: Record<Language, Texts> = { vi, en };
const storageKey = "motcua.desk.language";

export function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(storageKey) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}

interface LanguageState {
  language: Language;
  setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageState>({ language: "vi", setLanguage: () => undefined });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Without storage the choice lasts for this page.
    }
  }, [language]);
  const state = useMemo(() => ({ language, setLanguage }), [language]);
  return <LanguageContext value={state}>{children}</LanguageContext>;
}

// `t.inbox.title` for the desk's own texts, `say(text)` for bilingual texts of the server.
export function useLanguage() {
  const { language, setLanguage } = useContext(LanguageContext);
  return useMemo(
    () => ({
      language,
      setLanguage,
      t: texts[language],
      say: (text: Text | null | undefined) => textOf(text, language),
    }),
    [language, setLanguage],
  );
}
