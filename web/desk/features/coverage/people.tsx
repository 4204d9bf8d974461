// people.tsx - persons by name, with what keeps them away.
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import type { Person } from "../../api/coverage.ts";
import { useLanguage } from "../../i18n/language.tsx";

interface Props {
  people: Person[];
  // Where the role is given to somebody, for whoever may give it.
  give?: ((person: Person) => string) | undefined;
}

export function People({ people, give }: Props) {
  const { t, say } = useLanguage();
  return (
    <>
      {people.map((person, index) => (
        <span key={person.id}>
          {index > 0 && ", "}
          {give ? (
            <Link href={give(person)} title={t.coverage.giveTo(person.name)}>
              {person.name}
            </Link>
          ) : (
            <strong>{person.name}</strong>
          )}
          {say(person.position) && ` (${say(person.position)})`}
          {person.why && `: ${t.coverage.why[person.why] ?? person.why}`}
          {person.until && ` ${t.coverage.until(formatDateTime(person.until))}`}
        </span>
      ))}
    </>
  );
}
