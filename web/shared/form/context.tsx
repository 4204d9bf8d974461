// context.tsx - what every field needs to know about the page it stands on.
import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Language } from "../language.ts";
import { en } from "../strings/en.ts";
import { vi, type FormStrings } from "../strings/vi.ts";

// Citizens get one box for each part of a date and large choices; officers type fast.
export type Audience = "citizen" | "officer";

export interface UnitOption {
  value: string;
  label: string;
  hint?: string;
}

export interface FormSettings {
  language: Language;
  audience: Audience;
  // Commune-level units; asked for once, when a field first needs them.
  loadUnits: () => Promise<UnitOption[]>;
}

interface FormContextValue extends FormSettings {
  strings: FormStrings;
}

const Context = createContext<FormContextValue>({
  language: "vi",
  audience: "citizen",
  loadUnits: () => Promise.resolve([]),
  strings: vi,
});

export function FormProvider({ children, ...settings }: FormSettings & { children?: ReactNode }) {
  const { language, audience, loadUnits } = settings;
  const value = useMemo(
    () => ({ language, audience, loadUnits, strings: language === "en" ? en : vi }),
    [language, audience, loadUnits],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useForm = (): FormContextValue => useContext(Context);
