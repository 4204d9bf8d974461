// authz.ts - what x-authz of api/openapi.yaml says, and what follows from it for one caller: the
// second opinion on party::may and on what foreign objects look like.
import { contract, operations, type KnownOperation } from "./contract.ts";
import type { Session } from "./client.ts";

export interface Authz {
  caller: string[];
  action: string[];
  object: string;
  reach: string;
  at: string;
  foreign: "none" | "missing" | "refused" | "left_out";
  rate: string;
  csrf: boolean;
  key: boolean;
}
interface ActionRule {
  roles: string[];
  below: string[];
  on_task?: boolean;
}
export const actions = (contract as unknown as { "x-actions": Record<string, ActionRule> })["x-actions"];
export const authzOf = (known: KnownOperation): Authz => (known.operation as unknown as { "x-authz": Authz })["x-authz"];
export const operationNamed = (id: string): KnownOperation => operations.find((one) => one.id === id)!;
export const top = "H41";

// Roles that somebody holds beside his post, now.
export interface Mandate {
  role: string;
  agency: string;
  // Of a deputy: whose work in hand is his as well.
  inPlaceOf?: string;
}

export interface Caller {
  role: string;
  relation: string;
  // Absent: nobody is signed in.
  session?: Session;
  officer?: string;
  agency?: string;
  mandates?: Mandate[];
  // An officer whose service goes on and whose session lives.
  entitled: boolean;
  // The number of a citizen whose session at the portal lives.
  citizen?: string;
  // With the secret of the object, with that of another one, or with none.
  secret: "own" | "foreign" | "none";
}

// Where the object lies.
export interface Place {
  part?: string[];
  work?: string;
  lead?: string;
  named?: string | string[];
  task?: { agency: string; role: string; holder?: string };
  owner?: string;
  // In whose number it was filed.
  applicant?: string;
}

export type Outcome = "granted" | "unauthenticated" | "missing" | "refused";

const isWithin = (agency: string, above: string) => agency === above || agency.startsWith(`${above}.`);

export function may(caller: Caller, action: string, place: Place, at: string): boolean {
  const rule = actions[action];
  if (!rule) throw new Error(`x-actions has no ${action}`);
  if (!caller.agency || !caller.officer) return false;
  if (at === "top" && caller.agency !== top) return false;
  const agencies: Record<string, (string | undefined)[]> = {
    part: place.part ?? [],
    task: [place.task?.agency],
    work: [place.work],
    lead: [place.lead],
    own: [caller.agency],
    named: [place.named ?? []].flat(),
    top: [caller.agency],
  };
  const task = at === "task" && rule.on_task ? place.task : undefined;
  const standings: Mandate[] = [{ role: caller.role, agency: caller.agency }, ...(caller.mandates ?? [])];
  return standings.some((standing) => {
    if (!rule.roles.includes(standing.role) || (task && task.role !== standing.role)) return false;
    const reaches = (agencies[at] ?? []).some(
      (one) => one !== undefined && (one === standing.agency || (rule.below.includes(standing.role) && isWithin(one, standing.agency))),
    );
    return reaches && (!task?.holder || task.holder === caller.officer || task.holder === standing.inPlaceOf);
  });
}

// Of a grant or delegation: whoever works at an agency that it is about, and who watches over one.
function concerns(caller: Caller, place: Place): boolean {
  const watches = ["head", "leader", "supervisor", "administrator"].includes(caller.role);
  return [place.named ?? []].flat().some((one) => one === caller.agency || (watches && isWithin(one, caller.agency!)));
}

export function expected(authz: Authz, caller: Caller, place: Place): Outcome {
  const bySecret = authz.caller.some((one) => ["draft", "receipt"].includes(one));
  if (bySecret && caller.secret === "own") return "granted";
  // A citizen's own dossier opens to his session alone.
  if (bySecret && authz.caller.includes("citizen") && caller.citizen && caller.citizen === place.applicant) return "granted";
  if (authz.caller.includes("anonymous") && authz.reach !== "secret") return "granted";
  // Nobody has the one-time link of an installation that has its administrator.
  if (authz.caller.includes("setup")) return "refused";
  if (!bySecret && authz.caller.every((one) => one === "citizen")) return caller.citizen ? "granted" : "unauthenticated";
  if (!authz.caller.includes("officer")) return "missing";
  if (!caller.session || !caller.entitled) return bySecret && caller.secret === "foreign" ? "missing" : "unauthenticated";
  if (bySecret && caller.secret === "foreign") return "missing";
  if (authz.foreign === "missing") {
    if (authz.reach === "owner" && place.owner !== caller.officer) return "missing";
    if (authz.reach === "concerned" && !concerns(caller, place)) return "missing";
    if (actions[authz.reach] && !may(caller, authz.reach, place, place.part ? "part" : "named")) return "missing";
  }
  if (authz.action.length === 0 || authz.action.some((one) => may(caller, one, place, authz.at))) return "granted";
  return "refused";
}
