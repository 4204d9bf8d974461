// own_agency.ts - which of the competent agencies an intake is for.  Pure.
import type { Agency, Answers, Field, Form } from "@shared/schemas.ts";

// The one that a counter belongs to: its own, or the nearest above it.  Codes grow to the right
// (H41.101.01 lies below H41.101).
//
// Source: 20/2020/QĐ-TTg.
export function ownAgency(competent: Pick<Agency, "id">[], own: string): string | null {
  const above = competent.map((agency) => agency.id).filter((id) => own === id || own.startsWith(`${id}.`));
  return above.sort((a, b) => b.length - a.length)[0] ?? null;
}

// The question whose answer says which commune's committee decides, where the procedure names one:
// then the agency is not asked for a second time.
export function placeField(form: Form, named: string | undefined): Field | undefined {
  return form.pages.flatMap((page) => page.fields).find((field) => field.id === named);
}

export function agencyOfPlace(competent: Agency[], place: Field | undefined, answers: Answers): string {
  const unit = place ? answers[place.id] : undefined;
  return competent.find((agency) => unit !== undefined && agency.unit_code === unit)?.id ?? "";
}
