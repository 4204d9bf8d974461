// entry_page.tsx - one page of the catalogue: what was understood of it beside what is published.
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { entryKey, useEntry, type EntryAnswer } from "../../api/catalogue.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { EntryFacts } from "./entry_facts.tsx";
import { FindingList } from "./finding_list.tsx";
import classes from "./procedures.module.css";

const rawText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 1));

// Only addresses that open a page.
const isWeb = (address: string | undefined): address is string => /^https?:\/\//.test(address ?? "");

export default function EntryPage({ code }: { code: string }) {
  const { t } = useLanguage();
  const words = t.entry;
  const allowed = useMayAdminister("catalogue");
  const cache = useQueryClient();
  const query = useEntry(code, allowed);
  const answer = query.data;
  const raw = Object.entries(answer?.entry.raw ?? {}).filter(([, value]) => value !== null && value !== "");
  return (
    <AdministratorsOnly allowed={allowed} title={t.catalogue.title}>
      <p>
        <Link href="/catalogue">← {words.back}</Link>
      </p>
      <div className="page-head">
        <PageTitle tab={`${code} ${answer?.entry.name ?? ""}`}>
          <span className="figures">{code}</span> {answer?.entry.name}
        </PageTitle>
      </div>
      {query.isPending && allowed && <Loading />}
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {answer && (
        <>
          <p className="quiet">
            {words.lead(formatDateTime(answer.read_at))}{" "}
            {isWeb(answer.entry.page) && (
              <a href={answer.entry.page} target="_blank" rel="noreferrer">
                {words.onPortal}
              </a>
            )}
          </p>
          {answer.entry.list_only && <p>{words.listOnly}</p>}
          <section aria-labelledby="findings-title" className={classes["section"]}>
            <h2 id="findings-title">{words.findings(String(answer.findings.length))}</h2>
            {answer.findings.length === 0 ? (
              <p>{words.noFindings}</p>
            ) : (
              <FindingList
                findings={answer.findings}
                linked={false}
                label={t.catalogue.list}
                onDecided={(decided) =>
                  cache.setQueryData<EntryAnswer>(entryKey(code), (old) => old && { ...old, findings: old.findings.map((each) => (each.key === decided.key ? { ...each, state: decided.state } : each)) })
                }
              />
            )}
          </section>
          <div className={classes["beside"]}>
            <section aria-labelledby="understood-title">
              <h2 id="understood-title">{words.understood}</h2>
              <EntryFacts entry={answer.entry} />
            </section>
            <section aria-labelledby="raw-title" className={classes["raw"]}>
              <h2 id="raw-title">{words.raw}</h2>
              {raw.map(([name, value]) => (
                <div key={name}>
                  <h3>{words.rawNames[name] ?? name}</h3>
                  <p className={classes["published"]}>{rawText(value)}</p>
                </div>
              ))}
            </section>
          </div>
        </>
      )}
    </AdministratorsOnly>
  );
}
