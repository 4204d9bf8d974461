// schemas.ts - the contract's data by name.  Source: api/openapi.yaml, components/schemas.
//
// The contract marks few properties as required, because it describes requests and answers with one
// schema each.  For answers we take every property as sent, except those named in `Absent`.
import type { components } from "./api-types.ts";
import type { Apology, ClockFacts, FormNumbers, ToldApology } from "./clock.ts";

type Schemas = components["schemas"];

// Properties that an answer leaves out when there is nothing to say.
type Absent =
  | "help" | "intro" | "options" | "columns" | "max_length" | "max_rows" | "min" | "max" | "autocomplete"
  | "source" | "prefill" | "conditional" | "note" | "notes" | "replaced_by" | "secret" | "page" | "cutoff"
  | "converted_from" | "tax_code" | "personal_id" | "email" | "phone" | "address" | "language" | "on_behalf_of"
  | "trace_id" | "errors" | "case" | "fee" | "due" | "agency" | "from" | "to" | "article" | "basis"
  | "warnings" | "tracking_url" | "actor" | "detail" | "receipt" | "example_value" | "severity"
  | "evaluation" | "expires_at" | "csrf_token" | "officer" | "must_change_password" | "demo" | "internal"
  | "providers" | "citizen" | "attachments" | "shown" | "published_limit" | "outcomes" | "reference" | "reason" | "by" | "supplement" | "duty";

export type Sent<T> = T extends (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [K in keyof T as K extends Absent ? never : K]-?: Sent<Exclude<T[K], undefined>> } & {
        [K in keyof T as K extends Absent ? K : never]?: Sent<Exclude<T[K], undefined>>;
      }
    : T;

export type Schema<Name extends keyof Schemas> = Sent<Schemas[Name]>;

export type Text = Schemas["Text"];
export type ProcedureSummary = Schema<"ProcedureSummary">;
export type Procedure = Omit<Schema<"Procedure">, "form" | "components"> & { form: Form; components: ProcedureComponent[] };
// conditional: asked for in some cases only.  `replaced` comes with an evaluation: whether the data
// stand in for the paper in this very case.
export type ProcedureComponent = Schema<"Component"> & { conditional?: boolean; replaced?: boolean };
export type Evaluation = Omit<Schema<"Evaluation">, "problems" | "components" | "fee" | "due"> & {
  problems: FieldProblem[];
  components: ProcedureComponent[];
  // Null while an answer that they depend on is missing.
  fee?: Fee | null;
  due?: Schema<"Evaluation">["due"] | null;
};
export type Fee = Schema<"Fee">;
export type Draft = Omit<Schema<"Draft">, "answers" | "evaluation"> & { answers: Answers; evaluation?: Evaluation };
export type Attachment = Schema<"Attachment">;
export type Applicant = Schemas["Applicant"];
export type Filing = Omit<Schemas["Filing"], "answers"> & { answers?: Answers };
export type Filed = Schema<"Filed"> & { agency?: { id: string; name: Text } };
export type Status = Schema<"Status">;
export type Clock = Omit<Schema<"Clock">, keyof ClockFacts> & ClockFacts;
// Who read a dossier, as the journal keeps it.
export type Reading = Schemas["Reading"];
export type TimelineEntry = Schema<"TimelineEntry">;
export type CommandResult = Schema<"CommandResult">;
export type DueState = Schemas["DueState"];
export type DossierRow = Schema<"DossierRow">;
export type Dossier = Omit<Schema<"Dossier">, "form" | "answers" | "supplement" | "result" | "clock" | "apology" | "numbers"> & {
  form: Form;
  answers: Answers;
  clock: Clock;
  supplement?: SupplementRequest | null;
  result?: IssuedResult | null;
  apology?: Apology | null;
  numbers?: FormNumbers;
};
export type Task = Schema<"Task">;
export type InboxPage = Schema<"InboxPage">;
export type DossierPage = Schema<"DossierPage">;
// second_factor and what follows: told to administrators.
type ToldOfAccounts = "second_factor" | "passkey_in_doubt" | "disabled_unused_on" | "version";
export type Officer = Omit<Schema<"Officer">, ToldOfAccounts> & Partial<Pick<Schema<"Officer">, ToldOfAccounts>>;
type OfSigningIn = "strength" | "locked" | "second_factor" | "must_set_second_factor" | "password_rules" | "lock_seconds" | "passkeys_offered" | "officer";
export type Session = Omit<Schema<"Session">, OfSigningIn> & Partial<Pick<Schema<"Session">, Exclude<OfSigningIn, "officer">>> & { officer?: Officer };
export type FactorMethod = NonNullable<Session["second_factor"]>[number];
export type PasswordRules = NonNullable<Session["password_rules"]>;
export type Security = Schema<"Security">;
export type OwnSession = Schema<"OwnSession">;
export interface NewFactor {
  session: Session;
  recovery_codes: string[];
}
export type PasskeyRequest = Schema<"PasskeyRequest">;
export type PasskeyCreation = Schema<"PasskeyCreation">;
export type OnTimeReport = Schema<"OnTimeReport">;

// What GET /agencies lists.
export interface Agency {
  id: string;
  name: Text;
  kind: string;
  parent?: string | null;
  unit_code?: string;
  // Agencies of this kind that are no more and whose work came to it.
  formerly?: { id: string; name: Text; unit_code?: string }[];
}

// A request for supplement, as dossier and tracking show it.
export interface SupplementRequest {
  requested_at: string;
  items: { component?: string; field?: string; what: string }[];
  reason?: string;
  count?: number;
}

// The result of a dossier, as dossier and tracking show it.
export interface IssuedResult {
  code?: string;
  name?: Text;
  number?: string;
  issued_at?: string;
  issued_by?: string;
  file?: string;
  returned_at?: string | null;
  method?: string;
}

export type TrackingStatus = Schema<"TrackingStatus">;
export type Tracking = Omit<Schema<"Tracking">, "supplement" | "result" | "rating" | "clock" | "apology"> & {
  clock: Clock;
  apology?: ToldApology | null;
  supplement?: SupplementRequest | null;
  result?: IssuedResult | null;
  rating?: { score: number; comment?: string } | null;
  // With an open request for supplement: what was asked and what was answered.
  form?: Form | null;
  answers?: Answers | null;
};

export type FieldType =
  | "text" | "long_text" | "integer" | "money" | "date" | "partial_date" | "time" | "boolean"
  | "choice" | "multi_choice" | "personal_id" | "tax_code" | "phone" | "email" | "commune"
  | "address_detail" | "table";

// The contract's Field refers to itself (columns of a table), which a mapped type cannot follow.
export interface Field {
  id: string;
  type: FieldType;
  label: Text;
  help?: Text;
  required: boolean;
  conditional?: boolean;
  // FEEL; judged here only while the server has not, see shared/feel/asked.ts.
  visible_when?: string;
  required_when?: string;
  options?: { value: string; label: Text }[];
  min_length?: number;
  max_length?: number;
  min?: number | string;
  max?: number | string;
  autocomplete?: string;
  columns?: Field[];
  max_rows?: number;
  source?: Text;
  prefill?: string;
  personal_data?: "basic" | "sensitive";
}

export interface FormPage {
  id: string;
  title: Text;
  intro?: Text;
  fields: Field[];
}

export interface Form {
  pages: FormPage[];
}

export interface FieldProblem {
  field: string;
  page?: string;
  code?: string;
  severity?: "error" | "warning";
  message: Text;
}

export type Answers = Record<string, unknown>;
