// clock.ts - what the server tells of a dossier's time, beside its due date.
//
// Source: api/openapi.yaml, Clock and Apology.
import type { Text } from "./schemas.ts";

export const pauseCauses = ["financial_obligation", "outside_consultation", "citizen_confirmation", "other"] as const;
export type PauseCause = (typeof pauseCauses)[number];

export interface PausedFor {
  cause: PauseCause | "supplement";
  label: Text;
  basis: string;
  note: string;
  since: string;
  expected_until: string | null;
  by: string;
}

// Of the national index: never mixed with the legal due date.
export interface Scored {
  due_at: string | null;
  score: "not_started" | "running" | "on_time" | "late" | "second_supplement";
  text: Text;
}

// What the law makes of an authority's silence.
export interface Silence {
  rule: "accept" | "refuse" | "escalate";
  text: Text;
  basis: string;
  at: string | null;
  waiting: boolean;
}

export type Punctuality = "open" | "early" | "on_time" | "late";

export interface ClockFacts {
  paused_for?: PausedFor | null;
  // What the applicant was last told; differs from the due date only after a late apology.
  appointed_at?: string | null;
  published_due_at?: string | null;
  // For officers only.
  scored?: Scored;
  extended?: boolean;
  transfer_by?: string | null;
  punctuality?: Punctuality;
  silence?: Silence | null;
}

// Form 04 as the dossier shows it.
export interface Apology {
  state: "draft" | "signed";
  due_at: string | null;
  new_due_at: string | null;
  reason: string;
  // "" where the system drafted it.
  drafted_by: string;
  drafted_at: string;
  // The last moment at which signing puts the due date off.
  sign_by: string | null;
  number: string;
  signed_at: string | null;
  signed_by: string;
  position: string;
  in_time: boolean;
}

// A signed apology as the citizen sees it.
export type ToldApology = Pick<Apology, "due_at" | "new_due_at" | "reason" | "signed_at" | "number">;

// The numbers of the printed forms, "" or absent where there is none yet.
export interface FormNumbers {
  slip?: string;
  control?: string;
  book?: string;
  book_year?: string;
  book_number?: string;
  supplement?: string;
  end?: string;
}
