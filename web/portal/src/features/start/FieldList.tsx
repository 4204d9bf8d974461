// FieldList.tsx - the fields of law, each with how many procedures it has; folded where they are many.
import { Link } from "wouter";
import type { ProcedurePage } from "../../api.ts";
import { useLanguage } from "../../language/language.tsx";

// As many as fit before what people look for most often.
const unfoldedAtMost = 6;

export function FieldList({ fields }: { fields: NonNullable<ProcedurePage["fields"]> }) {
  const { strings, say } = useLanguage();
  if (fields.length < 2) return null;
  return (
    <details className="field-list" open={fields.length <= unfoldedAtMost}>
      <summary>
        {strings.start.byField} ({fields.length})
      </summary>
      <ul>
        {fields.map((field) => (
          <li key={field.name.vi}>
            <Link href={`/?linh-vuc=${encodeURIComponent(field.name.vi ?? "")}`}>{say(field.name)}</Link> <span className="soft">({field.count})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
