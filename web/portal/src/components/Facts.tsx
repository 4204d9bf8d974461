// Facts.tsx - names and what they are, as a description list.
import type { ReactNode } from "react";

export interface Fact {
  name: string;
  value: ReactNode;
}

// Facts without a value are left out.
export function Facts({ facts, className }: { facts: (Fact | false)[]; className?: string }) {
  return (
    <dl className={className ? `facts ${className}` : "facts"}>
      {facts
        .filter((fact): fact is Fact => fact !== false && fact.value !== false && fact.value !== "" && fact.value !== null && fact.value !== undefined)
        .map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}
