// TableInput.tsx - an answer of several rows, each with the same questions.
import { useEffect, useRef, useState } from "react";
import { fill } from "../language.ts";
import type { Answers, Field, FieldProblem } from "../schemas.ts";
import { controlId, withAnswer } from "./answers.ts";
import { useForm } from "./context.tsx";
import { FieldView } from "./FieldView.tsx";

export interface TableInputProps {
  field: Field;
  id: string;
  path: string;
  rows: Answers[];
  problems: FieldProblem[];
  onChange: (rows: Answers[]) => void;
}

export function TableInput({ field, id, path, rows, problems, onChange }: TableInputProps) {
  const { strings } = useForm();
  const [announcement, setAnnouncement] = useState("");
  const [focusRow, setFocusRow] = useState<number | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const full = field.max_rows !== undefined && field.max_rows > 0 && rows.length >= field.max_rows;
  const columns = field.columns ?? [];

  useEffect(() => {
    if (focusRow === null) return;
    const first = columns[0];
    if (first) document.getElementById(controlId(`${path}[${focusRow}].${first.id}`))?.focus();
    setFocusRow(null);
  }, [focusRow]);

  const remove = (index: number) => {
    onChange(rows.filter((_row, other) => other !== index));
    setAnnouncement(fill(strings.rowRemoved, { number: index + 1 }));
    addButton.current?.focus();
  };

  return (
    <div className="form-table">
      {rows.length === 0 && <p className="form-help">{strings.noRows}</p>}
      {rows.map((row, index) => (
        // Rows have no identity of their own; a changed row is the same row.
        <fieldset key={index} className="form-row">
          <legend>
            {strings.row} {index + 1}
          </legend>
          <div className="form-row-cells">
            {columns.map((column) => {
              const cell = `${path}[${index}].${column.id}`;
              return (
                <FieldView
                  key={column.id}
                  field={column}
                  path={cell}
                  value={row[column.id]}
                  required={column.required}
                  problems={problems.filter((problem) => problem.field === cell)}
                  onChange={(value) => onChange(rows.map((other, at) => (at === index ? withAnswer(other, column.id, value) : other)))}
                />
              );
            })}
          </div>
          <button type="button" className="form-row-remove" onClick={() => remove(index)}>
            {fill(strings.removeRow, { number: index + 1 })}
          </button>
        </fieldset>
      ))}
      {!full && (
        <button
          type="button"
          // The error summary's link to an empty table lands here.
          id={id}
          ref={addButton}
          className="form-row-add"
          onClick={() => {
            onChange([...rows, {}]);
            setFocusRow(rows.length);
          }}
        >
          {strings.addRow}
        </button>
      )}
      <span className="visually-hidden" aria-live="polite">
        {announcement}
      </span>
    </div>
  );
}
