// ProcedurePage.tsx - one screen that answers: what do I need, what not, how much, how long, who, how.
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { newIntentKey } from "@shared/api/intent.ts";
import type { Problem } from "@shared/api/problem.ts";
import { fill } from "@shared/language.ts";
import type { Procedure, ProcedureComponent } from "@shared/schemas.ts";
import { createDraft, getProcedure } from "../../api.ts";
import { BackLink } from "../../components/BackLink.tsx";
import { Facts } from "../../components/Facts.tsx";
import { Loading } from "../../components/Loading.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLoaded } from "../../components/useLoaded.ts";
import { keepDraft, keepProcedure } from "../../device/drafts.ts";
import { useLanguage } from "../../language/language.tsx";
import "./procedure.css";

function StartButton({ procedure }: { procedure: Procedure }) {
  const { strings } = useLanguage();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  // One intent for as long as the button stands here: pressing again after a lost answer opens the
  // same draft.
  const key = useRef(newIntentKey());
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const draft = await createDraft({ procedure: procedure.code }, key.current);
      keepProcedure(procedure);
      keepDraft({
        id: draft.id,
        secret: draft.secret ?? "",
        procedure: procedure.code,
        procedureName: procedure.name,
        answers: draft.answers ?? {},
        contact: {},
        attachments: draft.attachments ?? [],
        visited: [],
        dirty: false,
        changedAt: draft.saved_at || new Date().toISOString(),
        ...(draft.agency && { agency: draft.agency }),
        ...(draft.expires_at && { expiresAt: draft.expires_at }),
        ...(draft.evaluation && { evaluation: draft.evaluation }),
      });
      navigate(`/nop/${draft.id}`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  };
  if (!procedure.channels.includes("online")) {
    return (
      <Notice kind="info">
        <p>{strings.procedure.noOnline}</p>
      </Notice>
    );
  }
  return (
    <div className="procedure-start">
      {problem && <ProblemNotice problem={problem} />}
      <button type="button" className="button button-large" aria-disabled={busy} onClick={() => busy || void start()}>
        {busy ? strings.procedure.starting : strings.procedure.start}
      </button>
      <p className="soft">{strings.procedure.noAccount}</p>
    </div>
  );
}

function Paper({ component, known }: { component: ProcedureComponent; known?: boolean }) {
  const { strings, say } = useLanguage();
  const words = strings.procedure;
  const counts = [
    component.originals > 0 && fill(words.originals, { count: component.originals }),
    component.copies > 0 && fill(words.copies, { count: component.copies }),
    component.conditional ? words.conditional : !component.required && words.optional,
  ].filter(Boolean);
  return (
    <li>
      {say(component.name)}
      {!known && counts.length > 0 && <span className="soft"> ({counts.join(", ")})</span>}
      {say(component.note) !== "" && <span className="paper-note">{say(component.note)}</span>}
      {component.replaced_by && (
        <span className="paper-note">
          {fill(words.replacedBy, { database: say(component.replaced_by.database) })}
          {component.replaced_by.basis && ` (${component.replaced_by.basis})`}
        </span>
      )}
    </li>
  );
}

function Papers({ procedure }: { procedure: Procedure }) {
  const { strings } = useLanguage();
  const words = strings.procedure;
  const known = procedure.components.filter((component) => component.replaced_by);
  const needed = procedure.components.filter((component) => !component.replaced_by && component.kind === "submit");
  const shown = procedure.components.filter((component) => !component.replaced_by && component.kind === "show");
  return (
    <>
      <section aria-labelledby="need-title">
        <h2 id="need-title">{words.need}</h2>
        {needed.some((component) => component.conditional) && <p className="soft">{words.conditionalHint}</p>}
        {needed.length === 0 ? (
          <p>{words.needNone}</p>
        ) : (
          <ul className="papers">
            {needed.map((component) => (
              <Paper key={component.id} component={component} />
            ))}
          </ul>
        )}
      </section>
      {shown.length > 0 && (
        <section aria-labelledby="show-title">
          <h2 id="show-title">{words.show}</h2>
          <p className="soft">{words.showHint}</p>
          <ul className="papers">
            {shown.map((component) => (
              <Paper key={component.id} component={component} />
            ))}
          </ul>
        </section>
      )}
      {known.length > 0 && (
        <section aria-labelledby="not-need-title" className="not-needed">
          <h2 id="not-need-title">{words.notNeed}</h2>
          <p>{words.notNeedHint}</p>
          <ul className="papers papers-known">
            {known.map((component) => (
              <Paper key={component.id} component={component} known />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export default function ProcedurePage({ code }: { code: string }) {
  const { strings, say } = useLanguage();
  const words = strings.procedure;
  const { value: procedure, problem, reload } = useLoaded(() => getProcedure(code), [code]);
  if (problem) {
    return (
      <div className="narrow">
        <BackLink href="/" />
        <PageTitle>{problem.status === 404 ? strings.shell.notFoundTitle : problem.title}</PageTitle>
        <ProblemNotice problem={problem} {...(problem.status !== 404 && { onRetry: reload })} />
      </div>
    );
  }
  if (!procedure) return <Loading />;

  const levels: Record<string, string> = words.levels;
  const channels: Record<string, string> = words.channels;
  // The limits of the on-line way; where a case has none, its first.
  const limits = procedure.cases.map((one) => {
    const limit = one.limits.find((candidate) => candidate.channel === "online") ?? one.limits[0];
    return { id: one.id, name: say(one.name), limit: say(limit?.published) };
  });
  const different = new Set(limits.map((one) => one.limit)).size > 1;
  const fee = say(procedure.fees.description);
  return (
    <article className="procedure">
      <BackLink href="/" />
      <PageTitle caption={say(procedure.summary)}>{say(procedure.name)}</PageTitle>
      <div className="procedure-columns">
        <aside className="panel" aria-labelledby="facts-title">
          <h2 id="facts-title">{words.facts}</h2>
          <Facts
            facts={[
              { name: words.time, value: [...new Set(limits.map((one) => one.limit))].filter((limit) => limit !== "").join(" / ") },
              {
                name: words.cost,
                value: fee !== "" && (
                  <>
                    {fee}
                    {procedure.fees.example_value && <span className="soft"> {words.exampleValue}</span>}
                  </>
                ),
              },
              { name: words.who, value: say(procedure.authority) },
              { name: words.how, value: procedure.channels.map((channel) => channels[channel] ?? channel).join("; ") },
              { name: words.result, value: procedure.results.map((result) => say(result.name)).join("; ") },
              { name: words.level, value: levels[procedure.level] ?? procedure.level },
              { name: words.field, value: say(procedure.field) },
              { name: words.code, value: procedure.code },
            ]}
          />
        </aside>
        <div>
          <StartButton procedure={procedure} />
          <Papers procedure={procedure} />
          {different && (
            <section aria-labelledby="cases-title">
              <h2 id="cases-title">{words.cases}</h2>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{words.caseName}</th>
                    <th scope="col">{words.time}</th>
                  </tr>
                </thead>
                <tbody>
                  {limits.map((one) => (
                    <tr key={one.id}>
                      <th scope="row">{one.name}</th>
                      <td>{one.limit}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )}
          <section aria-labelledby="steps-title">
            <h2 id="steps-title">{words.steps}</h2>
            <ol className="steps">
              {procedure.steps.map((step) => (
                <li key={step.id}>
                  <strong>{say(step.title)}</strong>
                  <span className="soft">{[say(step.role), say(step.limit)].filter((part) => part !== "").join(" · ")}</span>
                </li>
              ))}
            </ol>
          </section>
          {(procedure.notes ?? []).length > 0 && (
            <section aria-labelledby="notes-title">
              <h2 id="notes-title">{words.notes}</h2>
              <ul>
                {(procedure.notes ?? []).map((note) => (
                  <li key={note.vi}>{say(note)}</li>
                ))}
              </ul>
            </section>
          )}
          <details className="details">
            <summary>{words.legal}</summary>
            <ul>
              {procedure.legal_basis.map((basis) => (
                <li key={`${basis.act} ${basis.article ?? ""}`}>
                  {basis.article ? fill(words.article, { article: basis.article, act: basis.act }) : basis.act}
                  {basis.title && `: ${say(basis.title)}`}
                </li>
              ))}
            </ul>
          </details>
        </div>
      </div>
    </article>
  );
}
