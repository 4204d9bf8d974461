// en_journal.ts - the English texts about the journal.  vi_journal.ts has the same keys.
import type { journalVi } from "./vi_journal.ts";

export const journalEn: typeof journalVi = {
  journal: {
    title: "Journal",
    lead: "Every event of the dossier is a record of the signed journal that nobody can change or remove.",
    proof: "Download the proof of filing",
    pending: "The proof will be there in a few minutes, once the journal is signed.",
    verify: "Check a proof",
    readings: "Who has read this dossier?",
    noReading: "No officer has read it.",
    columns: { at: "At", who: "Officer", what: "Read", why: "Why" },
    what: { dossier: "Dossier", revealed: "Dossier with what was masked", file: "File", form: "Printed form", "form-covered": "Printed form, numbers masked", proof: "Proof", search: "Search" },
    why: {
      by_role: "Role at the agency",
      by_hierarchy: "Agency above",
      by_assignment: "Assigned",
      task: "Work at hand",
    },
  },
};
