// intake_form.tsx - the whole intake on one screen: person, form, papers, and what it comes to.
import { Alert, Button, Select, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Problem } from "@shared/api/problem.ts";
import { controlId, isEmpty, isError, rootField, visibleFields, withAnswer } from "@shared/form/answers.ts";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FormFields } from "@shared/form/FormFields.tsx";
import type { Evaluation, FieldProblem, Filed, Form, Procedure } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { useAgencies, useDuplicates, useSession } from "../../api/queries.ts";
import { useCompetence } from "../../api/transports.ts";
import { OfficerForm } from "../../components/officer_form.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { Intent } from "../dossier/actions/intent.ts";
import { answersFromCard, applicantFromCard, type IdCard } from "./card.ts";
import { applicantOf, applicantParts, emptyIntake, missingComponents, partsToAsk, prepareFiling, type IntakeDraft } from "./filing.ts";
import { IdCardField } from "./id_card_field.tsx";
import { IntakeBehalf } from "./intake_behalf.tsx";
import { IntakeComponents } from "./intake_components.tsx";
import { IntakeSummary } from "./intake_summary.tsx";
import { forgetIntake, hasContent, keepIntake, keptIntake } from "./kept_intake.ts";
import { agencyOfPlace, ownAgency, placeField } from "./own_agency.ts";
import { useAsked } from "./use_asked.ts";
import { useEvaluation } from "./use_evaluation.ts";
import classes from "./intake.module.css";

interface Props {
  procedure: Procedure;
  // Which agency decides is known, or no longer.
  onAgency?: (agency: string) => void;
  onFiled: (filed: Filed) => void;
}

const shortestNameForDuplicates = 5;

function focusField(id: string): void {
  const control = document.getElementById(controlId(id));
  control?.focus({ preventScroll: true });
  (control?.closest(".form-field") ?? control)?.scrollIntoView({ block: "center" });
}

export function IntakeForm({ procedure, onAgency, onFiled }: Props) {
  const { t, say } = useLanguage();
  const form = procedure.form as unknown as Form;
  const cache = useQueryClient();
  const session = useSession();
  const [draft, setDraft] = useState<IntakeDraft>(() => {
    const kept = keptIntake();
    return kept?.procedure === procedure.code ? kept.draft : emptyIntake;
  });
  const [left, setLeft] = useState<Set<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const [refused, setRefused] = useState<FieldProblem[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [intent] = useState(() => new Intent());
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!hasContent(draft)) return;
    keepIntake({ procedure: procedure.code, draft });
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [draft, procedure.code]);
  const change = (part: Partial<IntakeDraft>) => setDraft((old) => ({ ...old, ...part }));

  const agencies = useAgencies({ procedure: procedure.code });
  const competent = agencies.data ?? [];
  const own = session.data?.officer?.agency;
  const place = placeField(form, procedure.place_field);
  const agency = place ? agencyOfPlace(competent, place, draft.answers) : draft.agency;
  const asksAgency = competent.length > 1 && !place;
  // Where only one may decide, it is that one.
  const deciding = agency || (competent.length === 1 ? (competent[0]?.id ?? "") : "");
  useEffect(() => onAgency?.(deciding), [deciding]);
  useEffect(() => {
    const usual = competent.find((each) => each.id === ownAgency(competent, own ?? ""));
    if (competent.length < 2 || !usual) return;
    setDraft((old) => {
      if (!place) return old.agency === "" ? { ...old, agency: usual.id } : old;
      return isEmpty(old.answers[place.id]) ? { ...old, answers: { ...old.answers, [place.id]: usual.unit_code } } : old;
    });
  }, [agencies.data, own]);

  // Who decides may also have been moved by a decision; whether this counter takes it in, and where the result can be had.
  const routed = useCompetence({ procedure: procedure.code, place: deciding, at: own ?? "" }, deciding !== "" && Boolean(own)).data;
  const evaluated = useEvaluation(procedure.code, draft.answers, deciding);
  const evaluation = useAsked(form, draft.answers, evaluated.data as Evaluation | undefined, evaluated.current);
  const components = evaluation?.components ?? procedure.components;
  const missing = missingComponents(components, draft);
  const applicant = applicantOf(form, draft);
  const [person] = useDebouncedValue(`${applicant.personal_id ?? ""}|${applicant.name.trim()}`, 500);
  const [personalId = "", personName = ""] = person.split("|");
  const duplicates = useDuplicates(
    { procedure: procedure.code, personal_id: personalId, name: personalId === "" ? personName : "" },
    /^(\d{9}|\d{12})$/.test(personalId) || (personalId === "" && personName.length >= shortestNameForDuplicates),
  );
  const twins = duplicates.data ?? [];

  // What is still missing is told when the officer is done; what is wrong, when he leaves the field.
  const problems = useMemo(() => {
    const told = (evaluation?.problems ?? []) as FieldProblem[];
    const shown = attempts > 0 ? told : told.filter((each) => each.code !== "required" && left.has(rootField(each.field)));
    const extra = refused.filter((each) => !shown.some((other) => other.field === each.field));
    return [...shown, ...extra];
  }, [evaluation, attempts, left, refused]);

  const file = useMutation({
    mutationFn: (body: object) => client.post<Filed>("/api/v1/dossiers", { body, key: intent.keyFor(body, 0) }),
    onSuccess: (filed) => {
      forgetIntake();
      void cache.invalidateQueries({ queryKey: ["inbox"] });
      onFiled(filed);
    },
    onError: (error) => {
      if (!(error instanceof Problem) || error.passing) return;
      intent.answered();
      setRefused(error.errors.map((each) => ({ field: each.field, code: each.code, severity: "error", message: { vi: each.message, en: each.message } })));
      setAttempts((count) => count + 1);
    },
  });
  const submit = () => {
    if (file.isPending) return;
    setAttempts((count) => count + 1);
    setRefused([]);
    const errors = (evaluation?.problems ?? []).filter((each) => isError(each as FieldProblem));
    // The server has the last word: only what it said about these very answers stops us here.
    if (errors.length > 0 && evaluated.current) {
      setProblem(null);
      return;
    }
    const prepared = prepareFiling(
      { ...draft, agency },
      { procedure: procedure.code, form, components, evaluation, choiceOfAgency: competent.length > 1, duplicates: twins.length > 0 },
      t,
    );
    setProblem("problem" in prepared ? prepared.problem : null);
    if ("body" in prepared) file.mutate(prepared.body);
  };

  const onCard = (card: IdCard): number => {
    const answers = answersFromCard(form, card);
    const all = { ...draft.answers, ...answers };
    change({ answers: all, applicant: { ...draft.applicant, ...applicantFromCard(card) } });
    const next = form.pages.flatMap((page) => visibleFields(page, evaluation, all)).find((field) => field.required && isEmpty(all[field.id]));
    if (next) setTimeout(() => focusField(next.id));
    return Object.keys(answers).length;
  };
  const asked = evaluation ? partsToAsk(form, evaluation.visible) : applicantParts.filter((part) => part === "name");
  const firstProblem = (evaluation?.problems ?? []).find((each) => isError(each as FieldProblem));
  return (
    <div
      ref={frame}
      className={classes["frame"]}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      <div className={classes["main"]}>
        <IdCardField onCard={onCard} />
        <OfficerForm>
          {attempts > 0 && <ErrorSummary problems={problems} occasion={attempts} />}
          {evaluation && (
            <section className={classes["group"]}>
              <h2>{t.intake.steps.person}</h2>
              <div className={classes["fields"]}>
                {asked.map((part) => (
                  <TextInput
                    key={part}
                    label={part === "name" ? t.intake.applicant.name : `${t.intake.applicant[part]} (${t.common.optional})`}
                    autoComplete="off"
                    inputMode={part === "personal_id" || part === "phone" ? "numeric" : undefined}
                    value={draft.applicant[part] ?? ""}
                    onChange={(event) => change({ applicant: { ...draft.applicant, [part]: event.currentTarget.value } })}
                  />
                ))}
                {asksAgency && (
                  <Select
                    label={t.intake.agency}
                    placeholder={t.intake.agencyPlaceholder}
                    searchable
                    value={draft.agency || null}
                    onChange={(chosen) => change({ agency: chosen ?? "" })}
                    data={competent.map((each) => ({ value: each.id, label: say(each.name) }))}
                    comboboxProps={{ transitionProps: { duration: 0 } }}
                  />
                )}
              </div>
              <IntakeBehalf draft={draft} onChange={change} />
            </section>
          )}
          <div
            onBlur={(event) => {
              const id = event.target.getAttribute("id")?.match(/^f-([a-z0-9_]+)/)?.[1];
              if (id && !left.has(id)) setLeft((old) => new Set(old).add(id));
            }}
          >
            {form.pages.map((page) => {
              const fields = visibleFields(page, evaluation, draft.answers);
              if (fields.length === 0) return null;
              return (
                <section key={page.id} className={classes["group"]}>
                  <h2>{say(page.title)}</h2>
                  {say(page.intro) && <p className="quiet">{say(page.intro)}</p>}
                  <div className={classes["fields"]}>
                    <FormFields
                      fields={fields}
                      answers={draft.answers}
                      evaluation={evaluation}
                      problems={problems}
                      onChange={(field, value) => setDraft((old) => ({ ...old, answers: withAnswer(old.answers, field, value) }))}
                    />
                  </div>
                </section>
              );
            })}
          </div>
        </OfficerForm>
        {components.length > 0 && (
          <section className={classes["group"]}>
            <h2>{t.intake.steps.components}</h2>
            {missing.length > 1 && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setDraft((old) => ({ ...old, ticked: [...old.ticked, ...missing.map((component) => component.id)] }))}
              >
                {t.intake.tickAll}
              </Button>
            )}
            <IntakeComponents
              components={components}
              draft={draft}
              missing={attempts > 0}
              onTick={(id, there) => setDraft((old) => ({ ...old, ticked: there ? [...old.ticked, id] : old.ticked.filter((each) => each !== id) }))}
              onUploaded={(uploaded) => setDraft((old) => ({ ...old, files: [...old.files, uploaded] }))}
              onRemove={(id) => setDraft((old) => ({ ...old, files: old.files.filter((each) => each.id !== id) }))}
            />
          </section>
        )}
      </div>
      <IntakeSummary
        evaluation={evaluation}
        draft={draft}
        missing={missing.length}
        duplicates={twins}
        submitting={file.isPending}
        routed={routed}
        here={own ?? ""}
        onReturnMethod={(returnMethod) => change({ returnMethod })}
        onReturnAt={(returnAt) => change({ returnAt })}
        onDuplicateSeen={(duplicateSeen) => change({ duplicateSeen })}
        onFirstProblem={() => firstProblem && focusField(firstProblem.field)}
        onSubmit={submit}
      >
        <ProblemAlert error={evaluated.error} onRetry={() => void evaluated.refetch()} />
        <ProblemAlert error={file.error} />
        {problem && (
          <Alert role="alert" color="red" my="xs">
            {problem}
          </Alert>
        )}
      </IntakeSummary>
    </div>
  );
}

export function ChosenProcedure({ procedure, onChange }: { procedure: Procedure; onChange: () => void }) {
  const { t, say } = useLanguage();
  return (
    <div className={classes["chosen"]}>
      <strong>{say(procedure.name)}</strong> <span className="quiet figures">({procedure.code})</span>{" "}
      <Button size="compact-xs" variant="subtle" onClick={onChange}>
        {t.intake.change}
      </Button>
    </div>
  );
}
