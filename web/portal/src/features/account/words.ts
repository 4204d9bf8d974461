// words.ts - the sentences of these pages in the language of the portal.
import { useLanguage } from "../../language/language.tsx";
import { accountEn } from "../../language/account_en.ts";
import { accountVi, type AccountWords } from "../../language/account_vi.ts";

export const useWords = (): AccountWords => (useLanguage().language === "en" ? accountEn : accountVi);
