// StartPage.tsx - find a procedure by everyday words, go on with a filing, or track a dossier.
import { useEffect, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { fill } from "@shared/language.ts";
import { searchProcedures, type ProcedurePage } from "../../api.ts";
import { Loading } from "../../components/Loading.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { listReceipts } from "../../device/receipts.ts";
import { useLanguage } from "../../language/language.tsx";
import { FieldList } from "./FieldList.tsx";
import { ProcedureList } from "./ProcedureList.tsx";
import { ResumeDrafts } from "./ResumeDrafts.tsx";

const pauseBeforeSearchMs = 250;

interface Found extends ProcedurePage {
  query: string;
  field: string;
}

// A field on its own, or words: words look through all of them.
const addressOf = (query: string, field: string): string =>
  query !== "" ? `/?q=${encodeURIComponent(query)}` : field !== "" ? `/?linh-vuc=${encodeURIComponent(field)}` : "/";

export function StartPage() {
  const { strings, say } = useLanguage();
  const [, navigate] = useLocation();
  const address = new URLSearchParams(useSearch());
  const query = (address.get("q") ?? "").trim();
  const field = query === "" ? (address.get("linh-vuc") ?? "").trim() : "";
  const [typed, setTyped] = useState(query);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [turn, setTurn] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  // The fields of law do not change from one answer to the next: asked for once.
  const [fields, setFields] = useState<NonNullable<ProcedurePage["fields"]> | null>(null);
  const receipts = listReceipts();
  const wanted = typed.trim();
  const wantedField = wanted === "" ? field : "";

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        searchProcedures({ q: wanted, field: wantedField, ...(!fields && { fields: true }) }, stop.signal).then(
          (page) => {
            setFound({ ...page, query: wanted, field: wantedField });
            if (page.fields) setFields(page.fields);
            setProblem(null);
          },
          (thrown) => {
            if (!stop.signal.aborted) setProblem(asProblem(thrown));
          },
        );
        // The search is part of the address: going back from a procedure finds it again.
        if (wanted !== query) navigate(addressOf(wanted, wantedField), { replace: true });
      },
      found ? pauseBeforeSearchMs : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, wantedField, turn]);

  const more = () => {
    if (!found?.next_cursor || loadingMore) return;
    setLoadingMore(true);
    const first = found.items.length;
    searchProcedures({ q: found.query, field: found.field, cursor: found.next_cursor })
      .then(
        (page) => {
          // What was asked for meanwhile counts.
          setFound((now) => (now === found ? { ...page, query: found.query, field: found.field, items: [...found.items, ...page.items] } : now));
          setProblem(null);
          // Reading goes on where it was.
          setTimeout(() => document.querySelectorAll<HTMLElement>("#results a")[first]?.focus(), 0);
        },
        (thrown) => setProblem(asProblem(thrown)),
      )
      .finally(() => setLoadingMore(false));
  };

  const searching = found !== null && (found.query !== wanted || found.field !== wantedField) && !problem;
  const heading = !found
    ? strings.start.popular
    : found.query !== ""
      ? fill(found.items.length === 0 ? strings.start.noResult : strings.start.results, { query: found.query })
      : found.field !== ""
        ? fill(strings.start.ofField, { field: found.field })
        : strings.start.popular;

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
          {fields && wanted === "" && wantedField === "" && <FieldList fields={fields} />}
          <section aria-labelledby="results-title" aria-busy={searching}>
            <h2 id="results-title" tabIndex={-1}>
              {heading}
            </h2>
            <p className="visually-hidden" role="status">
              {searching
                ? strings.start.searching
                : found && (found.query !== "" || found.field !== "")
                  ? fill(strings.start.resultCount, { count: found.total })
                  : ""}
            </p>
            {problem && <ProblemNotice problem={problem} onRetry={() => setTurn(turn + 1)} />}
            {!found && !problem && <Loading />}
            {found && found.items.length === 0 && <p>{strings.start.noResultHint}</p>}
            {found && found.field !== "" && (
              <p>
                <Link href="/">{strings.start.allFields}</Link>
              </p>
            )}
            {found && (
              <div id="results">
                <ProcedureList procedures={found.items} />
              </div>
            )}
            {found?.next_cursor && (
              <>
                <p className="soft">{fill(strings.start.shown, { count: found.items.length, total: found.total })}</p>
                <p>
                  <button type="button" className="button button-secondary" aria-disabled={loadingMore} onClick={more}>
                    {loadingMore ? strings.shell.loading : strings.start.more}
                  </button>
                </p>
              </>
            )}
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
