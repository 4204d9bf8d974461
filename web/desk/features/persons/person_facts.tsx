// person_facts.tsx - what is known of a person: names and numbers with the day they were first seen.
import { formatDate } from "@shared/format.ts";
import type { KnownPerson } from "../../api/persons.ts";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./persons.module.css";

export function PersonFacts({ person }: { person: KnownPerson }) {
  const { t } = useLanguage();
  const words = t.persons;
  const since = (day: string | undefined) => (day ? <span className="quiet"> ({words.since(formatDate(day))})</span> : null);
  return (
    <dl className="facts">
      <dt>{words.numbers}</dt>
      <dd>
        <ul className={classes["plain"]}>
          {person.identifiers.map((one) => (
            <li key={`${one.kind}${one.value}`}>
              {words.numberKinds[one.kind] ?? one.kind}: <strong className="figures">{one.value}</strong>
              {one.issuer && ` · ${one.issuer}`}
              {since(one.since)}
              {one.until && <span className="quiet"> {words.until(formatDate(one.until))}</span>}
            </li>
          ))}
        </ul>
      </dd>
      {person.names.length > 1 && (
        <>
          <dt>{words.names}</dt>
          <dd>
            <ul className={classes["plain"]}>
              {person.names.map((one) => (
                <li key={one.text}>
                  {one.text}
                  {since(one.since)}
                </li>
              ))}
            </ul>
          </dd>
        </>
      )}
      {person.born && (
        <>
          <dt>{words.born}</dt>
          <dd className="figures">{/^\d{4}-\d{2}-\d{2}$/.test(person.born) ? formatDate(person.born) : person.born}</dd>
        </>
      )}
      {[person.phone, person.email, person.address].some((one) => one !== "") && (
        <>
          <dt>{words.contact}</dt>
          <dd>{[person.phone, person.email, person.address].filter((one) => one !== "").join(" · ")}</dd>
        </>
      )}
    </dl>
  );
}
