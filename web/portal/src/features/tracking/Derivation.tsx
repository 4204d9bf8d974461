// Derivation.tsx - why a date is what it is: the steps of the count, each with its act.
import { explainedStep } from "@shared/explanation.ts";
import type { Clock } from "@shared/schemas.ts";
import { Facts } from "../../components/Facts.tsx";
import { useLanguage } from "../../language/language.tsx";
import "./derivation.css";

export function Derivation({ clock }: { clock: Clock }) {
  const { language, strings, say } = useLanguage();
  const limit = say(clock.limit);
  const published = say(clock.published_limit);
  return (
    <div>
      <Facts
        facts={[
          { name: strings.tracking.limit, value: limit },
          { name: strings.tracking.publishedLimit, value: published === limit ? "" : published },
        ]}
      />
      <ol className="why">
        {clock.explanation.map((step, index) => {
          const { sentence, source } = explainedStep(step, language);
          return (
            <li key={index}>
              {sentence}
              {source !== "" && <span className="why-source">{source}</span>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
