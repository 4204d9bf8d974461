// MyDossiersPage.tsx - the dossiers of whoever is signed in, and what his provider said of him.
import { useState } from "react";
import { Link, useLocation } from "wouter";
import type { Problem } from "@shared/api/problem.ts";
import { formatDate } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import { getMe, getSession, listMyDossiers, signOut, type Me, type MyDossier } from "../../api.ts";
import { Facts } from "../../components/Facts.tsx";
import { Loading } from "../../components/Loading.tsx";
import { PageTitle } from "../../components/PageTitle.tsx";
import { ProblemNotice, asProblem } from "../../components/ProblemNotice.tsx";
import { useLoaded } from "../../components/useLoaded.ts";
import { useLanguage } from "../../language/language.tsx";
import { setSession, useSession } from "../../session.ts";
import { useWords } from "./words.ts";
import "./account.css";

function DossierList({ dossiers }: { dossiers: MyDossier[] }) {
  const { say } = useLanguage();
  const words = useWords().mine;
  if (dossiers.length === 0) return <p>{words.none}</p>;
  return (
    <ul className="task-list my-dossiers">
      {dossiers.map((one) => (
        <li key={one.code} className="task">
          <span className="task-name">
            <Link href={`/theo-doi?ma=${encodeURIComponent(one.code)}`}>{say(one.procedure.name)}</Link>
            <span className="soft">
              {one.code}, {say(one.agency?.name)}
            </span>
            <span className="soft">
              {[
                fill(words.filed, { date: formatDate(one.filed_at) }),
                one.finished_at ? fill(words.done, { date: formatDate(one.finished_at) }) : one.due_at && !one.closed ? fill(words.due, { date: formatDate(one.due_at) }) : "",
              ]
                .filter((part) => part !== "")
                .join(". ")}
            </span>
          </span>
          <span className={`status status-${one.status.national}`}>{say(one.status.label)}</span>
        </li>
      ))}
    </ul>
  );
}

function Told({ me }: { me: Me }) {
  const { say } = useLanguage();
  const words = useWords().mine;
  const names: Record<string, string> = words.fields;
  const shown = (name: string, value: string) => (name === "birth_date" ? formatDate(value) : value);
  return (
    <details className="panel told">
      <summary>{fill(words.told, { name: say(me.provider.name) })}</summary>
      <p className="soft">{words.toldHint}</p>
      <Facts
        facts={me.fields.map((one) => ({
          name: names[one.name] ?? one.name,
          value: (
            <>
              {shown(one.name, one.value)} <span className="soft told-claim">({fill(words.claim, { claim: one.claim })})</span>
            </>
          ),
        }))}
      />
    </details>
  );
}

export default function MyDossiersPage() {
  const { say } = useLanguage();
  const words = useWords();
  const session = useSession();
  const [, navigate] = useLocation();
  const [leaving, setLeaving] = useState<Problem | null>(null);
  const { value, problem, reload } = useLoaded(async () => ({ me: await getMe(), dossiers: await listMyDossiers() }), []);
  const leave = async () => {
    try {
      const address = await signOut();
      // The provider's own session goes on unless it is told.
      if (address !== "") {
        window.location.assign(address);
        return;
      }
      setSession(await getSession());
      navigate("/");
    } catch (thrown) {
      setLeaving(asProblem(thrown));
    }
  };
  if (session && !session.citizen) {
    return (
      <div className="narrow">
        <PageTitle>{words.mine.title}</PageTitle>
        <p className="lead">{words.mine.signInFirst}</p>
        <Link href="/dang-nhap" className="button">
          {words.signIn.title}
        </Link>
      </div>
    );
  }
  if (problem) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (!value) return <Loading />;
  const { me, dossiers } = value;
  const number = me.kind === "person" ? "personal_id" : "tax_code";
  return (
    <>
      <PageTitle>{words.mine.title}</PageTitle>
      <div className="account-line">
        <p>
          <strong>{me.name}</strong>
          <span className="soft">
            {words.mine.kinds[me.kind]}. {fill(words.mine.signedInBy, { name: say(me.provider.name) })}
          </span>
        </p>
        <button type="button" className="button button-secondary" onClick={() => void leave()}>
          {words.mine.signOut}
        </button>
      </div>
      {leaving && <ProblemNotice problem={leaving} focus />}
      <p className="lead">{fill(words.mine.lead, { number: words.mine[number] })}</p>
      <DossierList dossiers={dossiers} />
      <Told me={me} />
    </>
  );
}
