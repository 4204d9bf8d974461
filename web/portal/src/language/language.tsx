// language.tsx - the language of the page: Vietnamese unless the person chose otherwise on this device.
//
// Vietnamese is part of the first load; English comes when it is asked for.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { textOf, type Language } from "@shared/language.ts";
import type { Text } from "@shared/schemas.ts";
import { readText, writeText } from "../device/storage.ts";
import { vi, type Strings } from "./vi.ts";

const storageKey = "motcua.language";

let current: Language = readText(storageKey) === "en" ? "en" : "vi";

// For requests, which are made outside of components too.
export const currentLanguage = (): Language => current;

interface LanguageValue {
  language: Language;
  strings: Strings;
  // The right one out of a bilingual text.
  say: (text: Text | null | undefined) => string;
  change: (language: Language) => void;
}

const Context = createContext<LanguageValue>({ language: "vi", strings: vi, say: (text) => textOf(text, "vi"), change: () => {} });

async function loadStrings(language: Language): Promise<Strings> {
  return language === "en" ? (await import("./en.ts")).en : vi;
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<{ language: Language; strings: Strings } | null>(
    current === "vi" ? { language: "vi", strings: vi } : null,
  );

  const change = (language: Language) => {
    loadStrings(language).then(
      (strings) => {
        current = language;
        writeText(storageKey, language);
        setShown({ language, strings });
      },
      // Off line: the language stays as it is.
      () => setShown((before) => before ?? { language: "vi", strings: vi }),
    );
  };

  useEffect(() => {
    if (!shown) change(current);
  }, []);
  useEffect(() => {
    if (shown) document.documentElement.lang = shown.language;
  }, [shown]);

  const value = useMemo(() => shown && { ...shown, say: (text: Text | null | undefined) => textOf(text, shown.language), change }, [shown]);
  if (!value) return null;
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useLanguage = (): LanguageValue => useContext(Context);
