// use_shown_answer.ts - an answer in words, in the language of the screen.
import { showAnswer } from "@shared/form/answers.ts";
import type { Field } from "@shared/schemas.ts";
import { useUnitNames } from "../../components/officer_form.tsx";
import { useLanguage } from "../../i18n/language.tsx";

export function useShownAnswer(fields: Field[]): (field: Field, value: unknown) => string {
  const { t, language } = useLanguage();
  const hasCommune = (field: Field): boolean => field.type === "commune" || (field.columns ?? []).some(hasCommune);
  const unitName = useUnitNames(fields.some(hasCommune));
  const words = { yes: t.common.yes, no: t.common.no, row: language === "vi" ? "Dòng" : "Row" };
  return (field, value) => showAnswer(field, value, language, words, unitName);
}
