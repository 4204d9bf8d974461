// changes.ts - a renaming or a split as it is typed, and the batch that says it.  Pure.
import type { DatedAgency, LegalAct } from "../../api/organisation.ts";

export interface Renaming {
  name: string;
  address: string;
  unit_code: string;
}

// One part of a split: to whom, and what of the work; nothing named: whatever no other part names.
export interface Part {
  to: string;
  // Where `to` is new.
  isNew: boolean;
  name: string;
  unit_code: string;
  fields: string[];
  procedures: string[];
}

export const noPart: Part = { to: "", isNew: false, name: "", unit_code: "", fields: [], procedures: [] };

export const renamingOf = (agency: DatedAgency): Renaming => ({ name: agency.name.vi, address: agency.address, unit_code: agency.unit_code });

const clean = (text: string) => text.trim().replace(/\s+/g, " ").normalize("NFC");

const said = (agency: DatedAgency, change: Renaming) => ({
  code: agency.id,
  kind: agency.kind,
  ...(agency.parent !== null && { parent: agency.parent }),
  name: { vi: clean(change.name), ...(clean(change.name) === agency.name.vi && { en: agency.name.en }) },
  unit_code: change.unit_code.trim(),
  address: clean(change.address),
});

// The id tells changes apart that are registered of the same agency for the same day.
export function renamingBatch(agency: DatedAgency, change: Renaming, on: string, act: LegalAct, id: string) {
  const state = said(agency, change);
  const changes: object[] = [];
  if (state.name.vi !== agency.name.vi) changes.push({ id: `doi-ten-${id}`, kind: "rename", on, act, states: [state] });
  if (state.address !== agency.address || state.unit_code !== agency.unit_code) changes.push({ id: `dia-chi-${id}`, kind: "amend", on, act, states: [state] });
  return { changes };
}

export interface Split {
  agency: DatedAgency;
  // It ends, and the first part has whatever no other part names.
  ends: boolean;
  parts: Part[];
}

// "Ủy ban nhân dân phường Vinh" names the place "phường Vinh", which its centre's name holds.
const placeOf = (name: string) => name.replace(/^Ủy ban nhân dân /, "");

export function splitBatch(split: Split, all: DatedAgency[], on: string, act: LegalAct, id: string) {
  const { agency, parts } = split;
  const founds: object[] = parts
    .filter((part) => part.isNew)
    .map((part) => ({ code: part.to.trim(), kind: agency.kind, ...(agency.parent !== null && { parent: agency.parent }), name: { vi: clean(part.name) }, unit_code: part.unit_code.trim() }));
  const passes: object[] = parts.map((part, index) => ({
    from: agency.id,
    to: part.to.trim(),
    ...(!(split.ends && index === 0) && { ...(part.fields.length > 0 && { fields: part.fields }), ...(part.procedures.length > 0 && { procedures: part.procedures }) }),
  }));
  const ends: string[] = [];
  const heir = parts[0];
  if (split.ends && heir) {
    ends.push(agency.id);
    // Nothing stays below an agency that ends: what is below it goes on below its first heir.
    for (const one of all.filter((each) => each.id.startsWith(`${agency.id}.`))) {
      const code = `${heir.to.trim()}${one.id.slice(agency.id.length)}`;
      const there = all.find((each) => each.id.startsWith(`${heir.to.trim()}.`) && each.kind === one.kind);
      ends.push(one.id);
      passes.push({ from: one.id, to: there?.id ?? code });
      if (there) continue;
      const place = placeOf(agency.name.vi);
      const newPlace = placeOf(heir.isNew ? clean(heir.name) : (all.find((each) => each.id === heir.to)?.name.vi ?? ""));
      const parent = one.parent?.startsWith(agency.id) ? `${heir.to.trim()}${one.parent.slice(agency.id.length)}` : one.parent;
      founds.push({
        code,
        kind: one.kind,
        ...(parent !== null && { parent }),
        name: { vi: one.name.vi.includes(place) ? one.name.vi.replace(place, newPlace) : `${one.name.vi} ${newPlace}` },
        unit_code: one.unit_code === "" ? "" : heir.unit_code.trim(),
        address: "",
      });
    }
  }
  return { changes: [{ id: `tach-${id}`, kind: "split", on, act, founds, ends, passes }] };
}

// What is still to be said before a split can be looked at.
export function splitIsComplete(split: Split, on: string): boolean {
  if (on === "" || split.parts.length === 0) return false;
  return split.parts.every((part, index) => {
    if (part.to.trim() === "" || part.to.trim() === split.agency.id || (part.isNew && part.name.trim() === "")) return false;
    return (split.ends && index === 0) || part.fields.length + part.procedures.length > 0;
  });
}
