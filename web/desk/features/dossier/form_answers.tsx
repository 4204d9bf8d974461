// form_answers.tsx - who files, and what the form says, page by page.
import type { Applicant, Dossier } from "@shared/schemas.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { answeredPages, answersOf } from "./answers_of.ts";
import classes from "./dossier.module.css";
import { useShownAnswer } from "./use_shown_answer.ts";

function Person({ title, person }: { title: string; person: Partial<Applicant> }) {
  const { t } = useLanguage();
  const rows: [string, string | undefined][] = [
    [t.dossier.personalId, person.personal_id],
    [t.dossier.taxCode, person.tax_code],
    [t.dossier.phone, person.phone],
    [t.dossier.email, person.email],
    [t.dossier.address, person.address],
  ];
  return (
    <section className={classes["group"]}>
      <h2>{title}</h2>
      <dl className={classes["answers"]}>
        <div>
          <dt className="sr-only">{title}</dt>
          <dd className={classes["wide"]}>
            <strong>{person.name}</strong>
          </dd>
        </div>
        {rows
          .filter(([, value]) => value)
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

export function FormAnswers({ dossier }: { dossier: Dossier }) {
  const { t, say } = useLanguage();
  const pages = answeredPages(dossier);
  const shown = useShownAnswer(pages.flatMap((each) => each.fields));
  const answers = answersOf(dossier);
  const corrected = new Set(dossier.corrections.map((correction) => correction.field));
  return (
    <>
      <Person title={t.dossier.applicant} person={dossier.applicant_detail} />
      {dossier.on_behalf_of?.name && <Person title={t.dossier.onBehalfOf} person={dossier.on_behalf_of} />}
      {dossier.acting && (
        <p className="quiet">
          {t.dossier.actingBy
            .replace("{as}", say(dossier.acting.as))
            .replace("{paper}", [dossier.acting.title, dossier.acting.number && `${t.dossier.paperNumber} ${dossier.acting.number}`].filter(Boolean).join(" ") || t.dossier.paperOnRecord)}
          {!dossier.acting.seen && ` ${t.dossier.paperNotSeen}`}
        </p>
      )}
      {dossier.assistance && <p className="quiet">{t.dossier.helped.replace("{consent}", t.intake.consents[dossier.assistance.consent as "signed"]).replace("{witness}", dossier.assistance.witness)}</p>}
      {pages.map(({ page, fields }) => (
        <section key={page.id} className={classes["group"]}>
          <h2>{say(page.title)}</h2>
          <dl className={classes["answers"]}>
            {fields.map((field) => {
              const text = shown(field, answers[field.id]);
              return (
                <div key={field.id}>
                  <dt>{say(field.label)}</dt>
                  <dd>
                    {text === "" ? <span className="quiet">{t.dossier.unanswered}</span> : text}
                    {corrected.has(field.id) && <span className={classes["corrected"]}>{t.dossier.corrected}</span>}
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </>
  );
}
