// KeyChoice.tsx - with which keys a proof is checked, and a place for one from a newspaper.
import { formatDate } from "@shared/format.ts";
import { fill } from "@shared/language.ts";
import { Notice } from "../../components/Notice.tsx";
import type { PublishedKeys } from "./trusted_keys.ts";
import { useWords } from "./words.ts";

export interface KeyChoiceProps {
  published: PublishedKeys;
  own: string;
  // Line of `own` that is no key.
  wrongLine: number | null;
  onChange: (own: string) => void;
}

export function KeyChoice({ published, own, wrongLine, onChange }: KeyChoiceProps) {
  const words = useWords();
  const none = published.loaded && published.keys.length === 0;
  return (
    <>
      {published.gone.map((key) => (
        <Notice key={key.text} kind="warning">
          <p>{fill(words.keysGone, { key: key.text })}</p>
        </Notice>
      ))}
      <details className="details verify-keys" open={none || undefined}>
        <summary>{words.keysTitle}</summary>
        <div>
          {none ? <p>{words.keysNone}</p> : <p>{words.keysText}</p>}
          {published.keptAt && <p>{fill(words.keysKept, { date: formatDate(published.keptAt) })}</p>}
          <ul className="plain-list">
            {published.keys.map((key) => (
              <li key={key.text}>
                <code className="verify-code">{key.text}</code>
              </li>
            ))}
          </ul>
          <label htmlFor="own-key" className="verify-label">
            {words.keysOwn}
          </label>
          <p id="own-key-hint" className="hint">
            {words.keysOwnHint}
          </p>
          {wrongLine !== null && (
            <p id="own-key-wrong" className="form-error" role="alert">
              {fill(words.keysOwnWrong, { line: wrongLine })}
            </p>
          )}
          <textarea
            id="own-key"
            className="verify-text"
            rows={3}
            spellCheck={false}
            autoCapitalize="off"
            aria-describedby={wrongLine === null ? "own-key-hint" : "own-key-hint own-key-wrong"}
            aria-invalid={wrongLine === null ? undefined : true}
            value={own}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        </div>
      </details>
    </>
  );
}
