// difference_view.tsx - what changes from one revision to another, in sentences, by whom it affects.
//
// Sentences under headings, the values beside them as "before" and "after": it reads aloud as it
// reads on paper.
import { Problem } from "@shared/api/problem.ts";
import { affected, useDifference } from "../../api/procedures.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { countText } from "./counting.ts";
import classes from "./procedures.module.css";

interface Props {
  code: string;
  from: string;
  to: string;
  // Of the headings: below what they stand.
  level?: 3 | 4;
  // What it means when there is nothing to compare with.
  missing?: string;
}

export function DifferenceView({ code, from, to, level = 3, missing }: Props) {
  const { t, say, language } = useLanguage();
  const words = t.procedures;
  const Heading = `h${level}` as const;
  const query = useDifference(code, from, to, true);
  if (query.isPending) return <Loading />;
  if (query.isError) {
    if (missing !== undefined && query.error instanceof Problem && query.error.status === 404) return <p role="status">{missing}</p>;
    return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  }
  const { differences, count } = query.data;
  if (count === 0) return <p role="status">{words.noDifference}</p>;
  return (
    <div className={classes["difference"]}>
      <p role="status">
        <strong>{words.differences(countText(count, language))}</strong>
      </p>
      {affected.map((group) => {
        const items = differences[group] ?? [];
        return (
          <section key={group}>
            <Heading>
              {words.affected[group]}
              {items.length > 0 && ` (${countText(items.length, language)})`}
            </Heading>
            {items.length === 0 ? (
              <p className="quiet">{words.nothingHere}</p>
            ) : (
              <ul>
                {items.map((item, index) => (
                  <li key={`${item.path}:${index}`}>
                    <div className={classes["sentence"]}>{say(item.text)}</div>
                    {(say(item.before) !== "" || say(item.after) !== "") && (
                      <dl className={classes["beforeAfter"]}>
                        <div>
                          <dt>{words.before}</dt>
                          <dd>{say(item.before) || words.nothing}</dd>
                        </div>
                        <div>
                          <dt>{words.after}</dt>
                          <dd>{say(item.after) || words.nothing}</dd>
                        </div>
                      </dl>
                    )}
                  </li>
                ))}
              </ul>
            )}
          </section>
        );
      })}
    </div>
  );
}
