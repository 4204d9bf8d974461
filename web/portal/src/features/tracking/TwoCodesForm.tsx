// TwoCodesForm.tsx - the code of a dossier, and a second one that shows whose it is.
import { useState, type ReactNode } from "react";
import { ErrorSummary } from "@shared/form/ErrorSummary.tsx";
import { FieldView } from "@shared/form/FieldView.tsx";
import type { FieldProblem } from "@shared/schemas.ts";
import { PageTitle } from "../../components/PageTitle.tsx";
import { useLanguage } from "../../language/language.tsx";
import { cleanCode } from "./receipt_link.ts";

const both = (text: string) => ({ vi: text, en: text });

export interface SecondCode {
  id: string;
  label: string;
  help: string;
  // Said when nothing usable was typed.
  needed: string;
  // As it is sent; null: not usable.
  read: (typed: string) => string | null;
}

interface TwoCodesFormProps {
  second: SecondCode;
  start: { code: string; second: string };
  busy: boolean;
  onSubmit: (code: string, second: string) => void;
  // Between the title and the fields.
  children: ReactNode;
}

export function TwoCodesForm({ second, start, busy, onSubmit, children }: TwoCodesFormProps) {
  const { strings } = useLanguage();
  const words = strings.tracking;
  const [code, setCode] = useState(start.code);
  const [typed, setTyped] = useState(start.second);
  const [problems, setProblems] = useState<FieldProblem[]>([]);
  const [occasion, setOccasion] = useState(0);
  return (
    <>
      <ErrorSummary problems={problems} occasion={occasion} />
      <PageTitle>{words.title}</PageTitle>
      {children}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = cleanCode(code);
          const proof = second.read(typed);
          const found: FieldProblem[] = [];
          if (wanted === "") found.push({ field: "code", message: both(words.needCode) });
          if (proof === null) found.push({ field: second.id, message: both(second.needed) });
          setProblems(found);
          setOccasion((count) => count + 1);
          if (wanted !== "" && proof !== null && !busy) onSubmit(wanted, proof);
        }}
      >
        <FieldView
          field={{ id: "code", type: "text", label: both(words.codeLabel), help: both(words.codeHint), required: true }}
          path="code"
          value={code}
          required
          problems={problems.filter((one) => one.field === "code")}
          onChange={(value) => setCode(String(value))}
        />
        <FieldView
          field={{ id: second.id, type: "text", label: both(second.label), help: both(second.help), required: true }}
          path={second.id}
          value={typed}
          required
          problems={problems.filter((one) => one.field === second.id)}
          onChange={(value) => setTyped(String(value))}
        />
        <button type="submit" className="button" aria-disabled={busy}>
          {busy ? words.loading : words.submit}
        </button>
      </form>
    </>
  );
}
