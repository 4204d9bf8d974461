// kept_intake.ts - an intake that was left for another page of the desk is still there on return.
//
// In memory only: what a citizen told is not written to the machine at the counter.
import type { IntakeDraft } from "./filing.ts";

export interface KeptIntake {
  procedure: string;
  draft: IntakeDraft;
}

let kept: KeptIntake | null = null;

export const keptIntake = (): KeptIntake | null => kept;

export function keepIntake(intake: KeptIntake): void {
  kept = intake;
}

export function forgetIntake(): void {
  kept = null;
}

// The place is filled in by the desk itself and is no content.
export function hasContent(draft: IntakeDraft): boolean {
  return Object.keys(draft.answers).length > 1 || draft.files.length > 0 || draft.applicant.name.trim() !== "";
}
