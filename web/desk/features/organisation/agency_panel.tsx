// agency_panel.tsx - one agency: what it is on that day, who works there, how it came to be and what became of it.
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { formatDate } from "@shared/format.ts";
import { useAgencyHistory, type DatedAgency, type HeldPost, type NamedAgency } from "../../api/organisation.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { ChangeItem } from "./change_item.tsx";
import classes from "./organisation.module.css";
import { RenameDialog } from "./rename_dialog.tsx";
import { SplitDialog } from "./split_dialog.tsx";

function Agencies({ agencies, on }: { agencies: NamedAgency[]; on: string }) {
  const { say } = useLanguage();
  return agencies.map((one, index) => (
    <span key={one.id}>
      {index > 0 && ", "}
      <Link href={`/organisation/${one.id}${on ? `?on=${on}` : ""}`}>{say(one.name)}</Link> ({one.id})
    </span>
  ));
}

function Posts({ posts, caption }: { posts: HeldPost[]; caption: string }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  return (
    <ScrollX label={caption}>
      <table className="data-table">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.position}</th>
            <th scope="col">{words.period}</th>
            <th scope="col">{words.decision}</th>
          </tr>
        </thead>
        <tbody>
          {posts.map((post) => (
            <tr key={`${post.identity}${post.position.code}${post.from}`}>
              <td>
                {post.name} <span className="quiet figures">{post.identity}</span>
              </td>
              <td>
                {say(post.position.title)}
                {post.concurrent && <span className="quiet"> ({words.concurrent})</span>}
              </td>
              <td className="figures nowrap">
                {formatDate(post.from)} – {post.to ? formatDate(post.to) : words.still}
              </td>
              <td>{post.act.number}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

interface Props {
  code: string;
  on: string;
  // Every agency of today, for whoever may change them; null for others, and on other days.
  changeable: DatedAgency[] | null;
}

export function AgencyPanel({ code, on, changeable }: Props) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const history = useAgencyHistory(code, on);
  const [dialog, setDialog] = useState<"rename" | "split" | null>(null);
  if (history.isPending) return <Loading />;
  if (!history.data) return <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />;
  const one = history.data;
  return (
    <section aria-labelledby="agency-name">
      <h2 id="agency-name">{say(one.agency.name)}</h2>
      {!one.exists && <p role="status">{words.notThere(formatDate(one.on))}</p>}
      {one.exists && changeable && (
        <Group gap="xs" mb="sm">
          <Button size="compact-sm" variant="default" onClick={() => setDialog("rename")}>{words.rename}</Button>
          <Button size="compact-sm" variant="default" onClick={() => setDialog("split")}>{words.split}</Button>
        </Group>
      )}
      {dialog === "rename" && <RenameDialog agency={one.agency} onClose={() => setDialog(null)} />}
      {dialog === "split" && changeable && <SplitDialog agency={one.agency} all={changeable} onClose={() => setDialog(null)} />}
      <dl className="facts">
        <dt>{words.code}</dt>
        <dd className="figures">{one.id}</dd>
        {one.agency.unit_code && (
          <>
            <dt>{words.unitCode}</dt>
            <dd className="figures">{one.agency.unit_code}</dd>
          </>
        )}
        {one.agency.address && (
          <>
            <dt>{words.address}</dt>
            <dd>{one.agency.address}</dd>
          </>
        )}
        <dt>{words.head}</dt>
        <dd>{one.head ? `${one.head.name}, ${say(one.head.position.title)}` : words.noHead}</dd>
        {one.predecessors.length > 0 && (
          <>
            <dt>{words.predecessors}</dt>
            <dd><Agencies agencies={one.predecessors} on={on} /></dd>
          </>
        )}
        {one.successors.length > 0 && (
          <>
            <dt>{words.successors}</dt>
            <dd><Agencies agencies={one.successors} on={on} /></dd>
          </>
        )}
      </dl>
      {one.counters.length > 0 && (
        <>
          <h3>{words.counters}</h3>
          <ul>
            {one.counters.map((counter) => (
              <li key={counter.number}>
                {words.counter(String(counter.number))}: {say(counter.name)}
                {counter.fields.length > 0 && <span className="quiet"> – {counter.fields.join("; ")}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.holders}</h3>
      {one.holders.length === 0 ? <p className="quiet">{words.nobody}</p> : <Posts posts={one.holders} caption={words.holders} />}
      <h3>{words.history}</h3>
      <ul>
        {one.states.map((state) => (
          <li key={state.from ?? ""}>
            <span className="figures">{state.from ? formatDate(state.from) : "…"} – {state.to ? formatDate(state.to) : words.still}</span>: {say(state.name)}
          </li>
        ))}
      </ul>
      {one.changes.length > 0 && (
        <ul className={classes["changes"]}>
          {one.changes.map((change) => <ChangeItem key={change.id} change={change} />)}
        </ul>
      )}
      {one.posts.length > one.holders.length && (
        <details>
          <summary>{words.allPosts}</summary>
          <Posts posts={one.posts} caption={words.allPosts} />
        </details>
      )}
    </section>
  );
}
