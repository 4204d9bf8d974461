// card.ts - from the ID card to the form: which answers a card can give.  Pure.
import { fold } from "@shared/fold.ts";
import type { Answers, Applicant, Field, Form, Text } from "@shared/schemas.ts";

// What POST /api/v1/intake/id-card answers.
export interface IdCard {
  personal_id: string;
  old_id?: string | null;
  name: string;
  birth_date?: string | null;
  sex?: string | null;
  address?: string | null;
  issued_on?: string | null;
  warnings?: Text[];
}

// The person on the card is the one who stands at the counter, so it fills "applicant.…" as well.
function datum(card: IdCard, prefill: string): string | null | undefined {
  const [whose, what] = prefill.split(".");
  if (whose !== "id_card" && whose !== "applicant") return undefined;
  switch (what) {
    case "full_name":
    case "name":
      return card.name;
    case "personal_id":
      return card.personal_id;
    case "old_id":
      return card.old_id;
    case "birth_date":
      return card.birth_date;
    case "sex":
      return card.sex;
    case "address":
    case "residence":
      return card.address;
    case "issued_on":
      return card.issued_on;
    default:
      return undefined;
  }
}

// The option that means what the card says: "Nam" is "male".
function asOption(field: Field, said: string): string | undefined {
  const wanted = fold(said);
  return field.options?.find((option) => [option.value, option.label.vi, option.label.en].some((text) => fold(text) === wanted))?.value;
}

export function answersFromCard(form: Form, card: IdCard): Answers {
  const answers: Answers = {};
  for (const field of form.pages.flatMap((page) => page.fields)) {
    const said = field.prefill ? datum(card, field.prefill) : undefined;
    if (!said) continue;
    const answer = field.options ? asOption(field, said) : said;
    if (answer !== undefined) answers[field.id] = answer;
  }
  return answers;
}

export function applicantFromCard(card: IdCard): Applicant {
  return { name: card.name, personal_id: card.personal_id, ...(card.address ? { address: card.address } : {}) };
}
