// people.tsx - persons by name, with what keeps them away.
import { formatDateTime } from "@shared/format.ts";
import type { Person } from "../../api/coverage.ts";
import { useLanguage } from "../../i18n/language.tsx";

export function People({ people }: { people: Person[] }) {
  const { t, say } = useLanguage();
  return (
    <>
      {people.map((person, index) => (
        <span key={person.id}>
          {index > 0 && ", "}
          <strong>{person.name}</strong>
          {say(person.position) && ` (${say(person.position)})`}
          {person.why && `: ${t.coverage.why[person.why] ?? person.why}`}
          {person.until && ` ${t.coverage.until(formatDateTime(person.until))}`}
        </span>
      ))}
    </>
  );
}
