// words.ts - the sentences of this page in the language of the portal.
import { useLanguage } from "../../language/language.tsx";
import { verifyEn } from "../../language/verify_en.ts";
import { verifyVi, type VerifyWords } from "../../language/verify_vi.ts";

export const useWords = (): VerifyWords => (useLanguage().language === "en" ? verifyEn : verifyVi);
