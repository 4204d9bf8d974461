// answers_of.ts - the questions a dossier answers, in the order of its form.  Pure.
import type { Answers, Dossier, Field, FormPage } from "@shared/schemas.ts";

export interface AnsweredPage {
  page: FormPage;
  fields: Field[];
}

export function formOf(dossier: Dossier): FormPage[] {
  return dossier.form.pages as unknown as FormPage[];
}

export function answersOf(dossier: Dossier): Answers {
  return dossier.answers as Answers;
}

// Pages without a visible question are left out.
export function answeredPages(dossier: Dossier): AnsweredPage[] {
  const visible = new Set(dossier.visible);
  return formOf(dossier)
    .map((page) => ({ page, fields: page.fields.filter((field) => visible.has(field.id)) }))
    .filter((each) => each.fields.length > 0);
}

export function fieldNamed(dossier: Dossier, id: string): Field | undefined {
  for (const page of formOf(dossier)) {
    const found = page.fields.find((field) => field.id === id);
    if (found) return found;
  }
  return undefined;
}
