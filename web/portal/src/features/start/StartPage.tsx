// StartPage.tsx - find a procedure by everyday words, go on with a filing, or track a dossier.
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { fill } from "@shared/language.ts";
import type { ProcedureSummary } from "@shared/schemas.ts";
import { searchProcedures } from "../../api.ts";
import { Loading } from "../../components/Loading.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { listReceipts } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { ProcedureList } from "./ProcedureList.tsx";
import { ResumeDrafts } from "./ResumeDrafts.tsx";

const pauseBeforeSearchMs = 250;

interface Found {
  query: string;
  procedures: ProcedureSummary[];
}

export function StartPage() {
  const { strings, say } = useLanguage();
  const [, navigate] = useLocation();
  const query = (new URLSearchParams(useSearch()).get("q") ?? "").trim();
  const [typed, setTyped] = useState(query);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const receipts = listReceipts();
  const wanted = typed.trim();

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        searchProcedures(wanted, stop.signal).then(
          (procedures) => {
            setFound({ query: wanted, procedures });
            setProblem(null);
          },
          (thrown) => {
            if (!stop.signal.aborted) setProblem(asProblem(thrown));
          },
        );
        // The search is part of the address: going back from a procedure finds it again.
        if (wanted !== query) navigate(wanted === "" ? "/" : `/?q=${encodeURIComponent(wanted)}`, { replace: true });
      },
      found ? pauseBeforeSearchMs : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, turn]);

  const searching = found !== null && found.query !== wanted && !problem;
  const heading =
    !found || found.query === ""
      ? strings.start.popular
      : fill(found.procedures.length === 0 ? strings.start.noResult : strings.start.results, { query: found.query });

  return (
    <>
      <div className="hero">
        <PageTitle caption={strings.start.lead}>{strings.start.title}</PageTitle>
        <form
          role="search"
          className="search"
          onSubmit={(event) => {
            event.preventDefault();
            document.getElementById("results-title")?.focus();
          }}
        >
          <label htmlFor="search">{strings.start.searchLabel}</label>
          <p id="search-hint" className="hint">
            {strings.start.searchHint}
          </p>
          <div className="search-row">
            <input
              id="search"
              type="search"
              maxLength={200}
              autoComplete="off"
              aria-describedby="search-hint"
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <button type="submit" className="button">
              {strings.start.search}
            </button>
          </div>
        </form>
      </div>
      <div className="start-columns">
        <div>
          <ResumeDrafts />
          <section aria-labelledby="results-title" aria-busy={searching}>
            <h2 id="results-title" tabIndex={-1}>
              {heading}
            </h2>
            <p className="visually-hidden" role="status">
              {searching
                ? strings.start.searching
                : found && found.query !== ""
                  ? fill(strings.start.resultCount, { count: found.procedures.length })
                  : ""}
            </p>
            {problem && <ProblemNotice problem={problem} onRetry={() => setTurn(turn + 1)} />}
            {!found && !problem && <Loading />}
            {found && found.procedures.length === 0 && <p>{strings.start.noResultHint}</p>}
            {found && <ProcedureList procedures={found.procedures} />}
          </section>
        </div>
        <aside>
          <section className="panel" aria-labelledby="track-title">
            <h2 id="track-title">{strings.start.trackTitle}</h2>
            <p>{strings.start.trackText}</p>
            <Link href="/theo-doi" className="button button-secondary">
              {strings.start.trackButton}
            </Link>
          </section>
          {receipts.length > 0 && (
            <section className="panel" aria-labelledby="kept-title">
              <h2 id="kept-title">{strings.start.keptTitle}</h2>
              <ul className="plain-list">
                {receipts.slice(0, 5).map((receipt) => (
                  <li key={receipt.code}>
                    <Link href={`/theo-doi?ma=${encodeURIComponent(receipt.code)}`}>{receipt.code}</Link>
                    <br />
                    <span className="soft">{say(receipt.procedure)}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
      </div>
    </>
  );
}
