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

// The question whose answer says which commune's committee decides, where the form has one: then the
// agency is not asked for a second time.
export function placeField(form: Form, competent: Agency[]): Field | undefined {
  if (competent.length < 2 || !competent.every((agency) => agency.unit_code)) return undefined;
  const places = form.pages.flatMap((page) => page.fields).filter((field) => field.type === "commune");
  return places.length === 1 ? places[0] : undefined;
}

export function agencyOfPlace(competent: Agency[], place: Field | undefined, answers: Answers): string {
  const unit = place ? answers[place.id] : undefined;
  return competent.find((agency) => unit !== undefined && agency.unit_code === unit)?.id ?? "";
}
