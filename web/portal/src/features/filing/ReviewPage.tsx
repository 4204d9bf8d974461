// ReviewPage.tsx - everything once more before it is filed: answers, papers, fee, time; then the button.
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { useForm } from "@shared/form/context.tsx";
import { controlId, findField, isEmpty, isError, pageOfField, showAnswer, visibleFields } from "@shared/form/answers.ts";
import { formatDue, formatSize } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import type { Filed } from "@shared/schemas.ts";
import { fileDossier } from "../../api.ts";
import { BackLink } from "../../components/BackLink.tsx";
import { FeeTable } from "../../components/FeeTable.tsx";
import { Notice } from "../../components/Notice.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { forgetDraft } from "../../device/drafts.ts";
import { keepReceipt } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { contactFields } from "./contact_form.ts";
import { useFiling } from "./context.tsx";
import { contactFieldOf, holdServerProblems } from "./server_problems.ts";
import { hasErrors } from "./session.ts";
import { submitFiling } from "./submission.ts";
import { Summary, type SummaryRow } from "./Summary.tsx";
import { isContactComplete } from "./tasks.ts";
import { FileStanding } from "../../uploads/FileStanding.tsx";

interface Hindrance {
  key: string;
  text: string;
  href: string | null;
}

// Names of communes by code, once they are here.
function useUnitNames(wanted: boolean): (code: string) => string | undefined {
  const { loadUnits } = useForm();
  const [names, setNames] = useState<Map<string, string>>(new Map());
  useEffect(() => {
    if (!wanted) return;
    loadUnits().then(
      (units) => setNames(new Map(units.map((unit) => [unit.value, unit.label]))),
      () => {},
    );
  }, [wanted]);
  return (code) => names.get(code);
}

export function ReviewPage() {
  const { language, strings, say } = useLanguage();
  const { strings: formWords } = useForm();
  const { session, agencies, asksAgency, home } = useFiling();
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [refusals, setRefusals] = useState<Hindrance[]>([]);
  const [pressed, setPressed] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const words = strings.filing;
  const { draft, procedure } = session;
  const evaluation = draft.evaluation;
  const agency = session.competentAgency(agencies);
  const unitName = useUnitNames(procedure.form.pages.some((page) => page.fields.some((field) => field.type === "commune")));

  useEffect(() => {
    if (!draft.submission) void session.save(undefined, 1).catch(() => {});
    // The next page is needed when the line may be gone again.
    void import("../confirmation/ConfirmationPage.tsx").catch(() => {});
  }, []);

  const changePath = (path: string) => `${home}/${path}${path.includes("?") ? "&" : "?"}sua=1`;
  const fieldPath = (field: string): string | null => {
    const page = pageOfField(procedure.form, field);
    return page ? `${changePath(`trang/${page.id}`)}#${controlId(field)}` : null;
  };

  // Names the question, unless the sentence does.
  const withLabel = (path: string, message: string): string => {
    const label = say(findField(procedure.form, path)?.label);
    return label === "" || message.includes(label) ? message : `${label}: ${message}`;
  };

  // What keeps the dossier from being filed, as far as it is known here.
  const hindrances: Hindrance[] = [];
  if (asksAgency && !draft.agency) hindrances.push({ key: "agency", text: words.incompleteAgency, href: changePath("co-quan") });
  // A part that was never opened is one thing to do, not as many as it has questions.
  const unopened = session.pages.filter((page) => !draft.visited.includes(page.id) && (!evaluation || hasErrors(session.problemsOf(page))));
  for (const page of unopened) {
    hindrances.push({ key: page.id, text: fill(words.incompletePage, { page: say(page.title) }), href: changePath(`trang/${page.id}`) });
  }
  for (const one of (evaluation?.problems ?? []).filter(isError)) {
    if (unopened.some((page) => page === pageOfField(procedure.form, one.field))) continue;
    hindrances.push({ key: `${one.field} ${one.code ?? ""}`, text: withLabel(one.field, say(one.message)), href: fieldPath(one.field) });
  }
  for (const component of session.papers) {
    if (component.required && session.attachmentsOf(component.id).length === 0) {
      hindrances.push({
        key: component.id,
        text: fill(words.incompletePaper, { paper: say(component.name) }),
        href: changePath(`giay-to/${encodeURIComponent(component.id)}`),
      });
    }
  }
  if (!isContactComplete(session)) hindrances.push({ key: "contact", text: words.incompleteContact, href: changePath("lien-he") });
  const shown = [...(pressed ? hindrances : []), ...refusals];

  const finish = (filed: Filed) => {
    const { phone, email } = session.applicant;
    const receiving = filed.agency ?? agency;
    keepReceipt({
      code: filed.code,
      secret: filed.secret ?? "",
      procedure: procedure.name,
      keptAt: new Date().toISOString(),
      filed,
      ...(receiving && { agency: receiving.name }),
      ...(phone && { phone }),
      ...(email && { email }),
    });
    forgetDraft(draft.id);
    navigate(`/xong/${encodeURIComponent(filed.code)}`, { replace: true });
  };

  const refuse = (found: Problem) => {
    holdServerProblems(draft.id, found.errors);
    setRefusals(
      found.errors.map((error) => {
        const paper = session.papers.find((component) => error.field.split(/[.[\]]/).includes(component.id));
        const contact = contactFieldOf(error.field);
        const field = findField(procedure.form, error.field);
        const href = field
          ? fieldPath(error.field)
          : contact !== null
            ? `${changePath("lien-he")}#${controlId(contact)}`
            : paper
              ? changePath(`giay-to/${encodeURIComponent(paper.id)}`)
              : error.field === "agency"
                ? changePath("co-quan")
                : null;
        return { key: `${error.field} ${error.code}`, text: withLabel(error.field, error.message), href };
      }),
    );
  };

  const submit = async () => {
    if (busy) return;
    setPressed(true);
    setProblem(null);
    setRefusals([]);
    if (!draft.submission && hindrances.length > 0) {
      setTimeout(() => summary.current?.focus());
      return;
    }
    setBusy(true);
    try {
      finish(await submitFiling(session, language, (body, key) => fileDossier(draft, body, key)));
    } catch (thrown) {
      const found = asProblem(thrown);
      if (found.errors.length > 0) {
        refuse(found);
        setTimeout(() => summary.current?.focus());
      } else {
        setProblem(found);
      }
    } finally {
      setBusy(false);
    }
  };

  const contact = contactFields(session, strings);
  const contactRows: SummaryRow[] = [
    ...(["name", "personal_id", "phone", "email"] as const)
      .filter((name) => contact.some((field) => field.id === name))
      .map((name) => ({
        key: name,
        name: say(contact.find((field) => field.id === name)?.label),
        value: draft.contact[name] || words.noAnswer,
        href: `${changePath("lien-he")}#${controlId(name)}`,
      })),
    {
      key: "return_method",
      name: words.contactReturn,
      value: draft.contact.return_method
        ? [words.returnMethods[draft.contact.return_method], draft.contact.return_method === "counter" && draft.contact.return_at_name].filter(Boolean).join(": ")
        : words.noAnswer,
      href: `${changePath("lien-he")}#${controlId("return_method")}`,
      missing: isEmpty(draft.contact.return_method),
    },
  ];
  const due = evaluation?.due;
  // What was sent is what will be sent again.
  const frozen = draft.submission !== undefined;
  return (
    <>
      <BackLink href={home}>{words.backToList}</BackLink>
      {shown.length > 0 && (
        <div className="form-summary" ref={summary} tabIndex={-1} role="alert" aria-labelledby="hindrances">
          <h2 id="hindrances">{words.incompleteTitle}</h2>
          <ul>
            {shown.map((one) => (
              <li key={one.key}>{one.href ? <Link href={one.href}>{one.text}</Link> : one.text}</li>
            ))}
          </ul>
        </div>
      )}
      <PageTitle caption={say(draft.procedureName)}>{words.reviewTitle}</PageTitle>
      {draft.submission ? (
        <Notice kind="warning" title={words.pendingTitle}>
          <p>{words.pendingText}</p>
        </Notice>
      ) : (
        <p className="lead">{words.reviewLead}</p>
      )}
      {(asksAgency || agency) && (
        <Summary
          frozen={frozen}
          title={words.sectionAgency}
          rows={[
            {
              key: "agency",
              name: strings.confirmation.agency,
              value: say(agency?.name) || words.noAnswer,
              ...(asksAgency && { href: changePath("co-quan") }),
              missing: !agency,
            },
          ]}
        />
      )}
      {session.pages.map((page) => (
        <Summary
          frozen={frozen}
          key={page.id}
          title={say(page.title)}
          rows={visibleFields(page, evaluation, draft.answers).map((field) => {
            const value = showAnswer(field, draft.answers[field.id], language, formWords, unitName);
            const wrong = (evaluation?.problems ?? []).some((one) => isError(one) && pageOfField(procedure.form, one.field) === page && one.field.split(/[.[]/)[0] === field.id);
            return {
              key: field.id,
              name: say(field.label),
              value: value === "" ? <span className="soft">{words.noAnswer}</span> : <span className="multi-line">{value}</span>,
              href: fieldPath(field.id) ?? home,
              missing: wrong,
            };
          })}
        />
      ))}
      <Summary
        frozen={frozen}
        title={words.papers}
        rows={session.papers.map((component) => {
          const files = session.attachmentsOf(component.id);
          return {
            key: component.id,
            name: say(component.name),
            value:
              files.length === 0 ? (
                <span className="soft">{component.required ? words.noPaper : words.noPaperOptional}</span>
              ) : (
                <ul className="plain-list">
                  {files.map((file) => (
                    <li key={file.id}>
                      {file.name} <span className="soft">{formatSize(file.size, language)}</span>
                      <FileStanding file={file} />
                    </li>
                  ))}
                </ul>
              ),
            href: changePath(`giay-to/${encodeURIComponent(component.id)}`),
            missing: component.required && files.length === 0,
          };
        })}
      />
      {session.papers.length === 0 && <p className="soft">{words.noPapersNeeded}</p>}
      <Summary frozen={frozen} title={words.contactTitle} rows={contactRows} />
      <section className="panel" aria-labelledby="fee-title">
        <h2 id="fee-title">{words.feeTitle}</h2>
        {evaluation?.case && procedure.cases.length > 1 && (
          <p>
            {words.caseTitle}: <strong>{say(evaluation.case.name)}</strong>
          </p>
        )}
        <FeeTable fee={evaluation?.fee} />
        {(evaluation?.fee?.total ?? 0) > 0 && <p className="soft">{words.feeHow}</p>}
        {due && (
          <>
            <h2>{words.dueTitle}</h2>
            <p>
              {due.due_at
                ? fill(words.dueText, { due: formatDue(due.due_at, language), limit: say(due.published_limit) || say(due.limit) })
                : fill(words.dueShort, { limit: say(due.published_limit) || say(due.limit) })}
            </p>
          </>
        )}
      </section>
      {problem && <ProblemNotice problem={problem} focus />}
      <p className="declaration">{words.declaration}</p>
      <p>
        <button type="button" className="button button-large" aria-disabled={busy} onClick={() => void submit()}>
          {busy ? words.submitting : draft.submission ? words.resubmit : words.submit}
        </button>
      </p>
    </>
  );
}
