// session.ts - one filing while it is being written: kept on this device at every change, sent to the
// server when it can be.
//
// The device's answers are the truth; the server's evaluation says what they lead to.  Saves go one
// after the other, the latest answers each time, so that an old save never overtakes a new one.
import { applicantFromAnswers, applicantProperty, isEmpty, isError, problemsOfPage, visibleFields, withAnswer } from "@shared/form/answers.ts";
import { Problem } from "@shared/api/problem.ts";
import type { Agency, Applicant, Attachment, Draft, Evaluation, Field, FieldProblem, Filing, FormPage, Procedure, ProcedureComponent } from "@shared/schemas.ts";
import { keepDraft, type Contact, type LocalDraft } from "../../device/drafts.ts";

export type SaveState = "saved" | "saving" | "here_only";

export interface SessionPorts {
  save: (body: { agency?: string; answers: Record<string, unknown>; page?: string }, retries: number) => Promise<Draft>;
  now: () => Date;
  wait: (milliseconds: number) => Promise<void>;
}

const autosavePauseMs = 900;

export class FilingSession {
  saveState: SaveState;
  // Whether the person went on past questions that the server could not look at.
  unchecked = false;
  private listeners = new Set<() => void>();
  private queue: Promise<unknown> = Promise.resolve();
  // Counts the changes, so that a save knows whether it sent the latest.
  private changes = 0;
  private autosave = 0;

  constructor(
    public procedure: Procedure,
    public draft: LocalDraft,
    private readonly ports: SessionPorts,
  ) {
    this.saveState = draft.dirty ? "here_only" : "saved";
  }

  subscribe(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }

  private update(change: Partial<LocalDraft>): void {
    this.draft = { ...this.draft, ...change };
    keepDraft(this.draft);
    for (const tell of this.listeners) tell();
  }

  private changed(change: Partial<LocalDraft>): void {
    this.changes += 1;
    this.update({ ...change, dirty: true, changedAt: this.ports.now().toISOString() });
  }

  // An answer, on the device at once, on the server after a pause in typing.
  answer(field: string, value: unknown, page: string): void {
    this.changed({ answers: withAnswer(this.draft.answers, field, value) });
    this.autosave += 1;
    const mine = this.autosave;
    void this.ports.wait(autosavePauseMs).then(() => {
      if (mine === this.autosave && !this.draft.submission) void this.save(page, 0).catch(() => {});
    });
  }

  chooseAgency(agency: Pick<Agency, "id" | "name">): void {
    this.changed({ agency: agency.id, agencyName: agency.name });
  }

  setContact(contact: Contact): void {
    this.update({ contact, changedAt: this.ports.now().toISOString() });
  }

  // The same procedure as the agency has it that was chosen meanwhile.
  adopt(procedure: Procedure): void {
    this.procedure = procedure;
    this.update({});
  }

  visit(part: string): void {
    if (!this.draft.visited.includes(part)) this.update({ visited: [...this.draft.visited, part] });
  }

  attach(attachment: Attachment): void {
    this.update({ attachments: [...this.draft.attachments.filter((other) => other.id !== attachment.id), attachment] });
  }

  detach(id: string): void {
    this.update({ attachments: this.draft.attachments.filter((attachment) => attachment.id !== id) });
  }

  // What the server knows better: the files, and what the answers lead to.
  refresh(draft: Draft): void {
    this.update({
      attachments: draft.attachments ?? this.draft.attachments,
      ...(draft.expires_at && { expiresAt: draft.expires_at }),
      ...(draft.evaluation && !this.draft.dirty && { evaluation: draft.evaluation }),
    });
  }

  beginSubmission(submission: NonNullable<LocalDraft["submission"]>): void {
    this.update({ submission });
  }

  // The server has decided against it: another try is another intent.
  endSubmission(): void {
    const { submission: _over, ...rest } = this.draft;
    this.draft = rest;
    this.update({});
  }

  // Sends the latest answers.  `page`: check up to this page; absent: check everything.
  // Throws a Problem; the answers stay on the device and `here_only` says so.
  save(page: string | undefined, retries = 2): Promise<Evaluation | null> {
    const next = this.queue.then(async () => {
      const sent = this.changes;
      this.saveState = "saving";
      this.update({});
      try {
        const draft = await this.ports.save(
          {
            answers: this.draft.answers,
            ...(this.draft.agency && { agency: this.draft.agency }),
            ...(page !== undefined && { page }),
          },
          retries,
        );
        const latest = sent === this.changes;
        this.unchecked = false;
        this.saveState = latest ? "saved" : "here_only";
        this.update({
          ...(latest && { dirty: false }),
          ...(draft.evaluation && { evaluation: draft.evaluation }),
          ...(draft.expires_at && { expiresAt: draft.expires_at }),
        });
        return draft.evaluation ?? null;
      } catch (thrown) {
        this.saveState = "here_only";
        this.update({});
        throw thrown;
      }
    });
    this.queue = next.catch(() => {});
    return next;
  }

  // When nothing is under way to the server any more.
  idle(): Promise<unknown> {
    return this.queue;
  }

  // --- what the screens ask -----------------------------------------------------------------------

  get pages(): FormPage[] {
    return this.procedure.form.pages.filter((page) => visibleFields(page, this.draft.evaluation, this.draft.answers).length > 0);
  }

  problemsOf(page: FormPage): FieldProblem[] {
    return problemsOfPage(page, this.draft.evaluation?.problems ?? []);
  }

  // The papers of this case; before the server has said which, those of the procedure.
  get components(): ProcedureComponent[] {
    return this.draft.evaluation?.components ?? this.procedure.components;
  }

  get papers(): ProcedureComponent[] {
    return this.components.filter((component) => component.kind === "submit" && !isReplaced(component));
  }

  attachmentsOf(component: string): Attachment[] {
    return this.draft.attachments.filter((attachment) => attachment.component === component);
  }

  // The question whose answer says which commune's committee decides, where the form has one.
  get placeField(): Field | undefined {
    const named = this.procedure.place_field;
    return this.procedure.form.pages.flatMap((page) => page.fields).find((field) => field.id === named);
  }

  // The agency that receives the dossier, as far as it is known here.
  competentAgency(agencies: Agency[] | null): Pick<Agency, "id" | "name"> | undefined {
    const chosen = agencies?.find((agency) => agency.id === this.draft.agency || agency.formerly?.some((old) => old.id === this.draft.agency));
    if (chosen) return chosen;
    if (this.draft.agency && this.draft.agencyName) return { id: this.draft.agency, name: this.draft.agencyName };
    const place = this.placeField ? this.draft.answers[this.placeField.id] : undefined;
    const has = (agency: Agency) => agency.unit_code === place || agency.formerly?.some((old) => old.unit_code === place);
    return agencies?.find((agency) => place !== undefined && has(agency)) ?? (agencies?.length === 1 ? agencies[0] : undefined);
  }

  // What the form itself asks about the person who files, answered or not.
  get askedByForm(): Set<string> {
    const fields = this.pages.flatMap((page) => visibleFields(page, this.draft.evaluation, this.draft.answers));
    return new Set(fields.map(applicantProperty).filter((name) => name !== undefined));
  }

  // What the form tells about the person who files; the contact page asks for the rest.
  get known(): Record<string, string> {
    return applicantFromAnswers(this.procedure.form, this.draft.answers);
  }

  get applicant(): Partial<Applicant> {
    const { return_method: _how, return_at: _where, return_at_name: _name, ...typed } = this.draft.contact;
    const filled = Object.fromEntries(Object.entries(typed).filter(([, value]) => !isEmpty(value)));
    return { ...filled, ...this.known };
  }

  makeFiling(language: "vi" | "en"): Filing {
    const applicant = this.applicant;
    return {
      draft: this.draft.id,
      channel: "online",
      applicant: { ...applicant, name: applicant.name ?? "", language },
      ...(this.draft.agency && { agency: this.draft.agency }),
      ...(this.draft.contact.return_method && { return_method: this.draft.contact.return_method }),
      ...(this.draft.contact.return_method === "counter" && this.draft.contact.return_at && { return_at: this.draft.contact.return_at }),
    };
  }
}

// Whether data that the State has stand in for the paper: in this case once that is evaluated, in
// general before.
export const isReplaced = (component: ProcedureComponent): boolean => component.replaced ?? Boolean(component.replaced_by);

export const isOffline = (thrown: unknown): boolean => thrown instanceof Problem && thrown.passing;

// Whether a page keeps the dossier from being filed.
export const hasErrors = (problems: FieldProblem[]): boolean => problems.some(isError);
