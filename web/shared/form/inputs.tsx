// inputs.tsx - one control for each kind of answer.  The frame around it (label, help, problem) is
// FieldView's.
import { useEffect, useId, useState } from "react";
import { textOf } from "../language.ts";
import type { Field } from "../schemas.ts";
import { useForm } from "./context.tsx";
import { joinDate, joinPartialDate, readTypedDate, showTypedDate, splitDate, type TypedDate } from "./dates.ts";

export interface InputProps {
  field: Field;
  // Element id of the (first) control.
  id: string;
  value: unknown;
  onChange: (value: unknown) => void;
  describedBy: string | undefined;
  invalid: boolean;
}

const shown = (value: unknown): string => (value === undefined || value === null ? "" : String(value));

// How wide the box should look: a box's width tells what is expected in it.
function widthOf(field: Field): string {
  switch (field.type) {
    case "integer":
    case "time":
      return "short";
    case "money":
    case "phone":
    case "personal_id":
    case "tax_code":
      return "medium";
    default:
      return "full";
  }
}

const inputModes: Partial<Record<Field["type"], "numeric" | "tel" | "email">> = {
  integer: "numeric",
  money: "numeric",
  personal_id: "numeric",
  phone: "tel",
  email: "email",
};

export function TextInput({ field, id, value, onChange, describedBy, invalid }: InputProps) {
  const common = {
    id,
    name: field.id,
    value: shown(value),
    "aria-describedby": describedBy,
    "aria-invalid": invalid || undefined,
    autoComplete: field.autocomplete || "off",
    className: `form-input form-input-${widthOf(field)}`,
  };
  if (field.type === "long_text") {
    return <textarea {...common} rows={4} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  const type = field.type === "email" ? "email" : field.type === "phone" ? "tel" : "text";
  return (
    <input
      {...common}
      type={type}
      inputMode={inputModes[field.type]}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

// Whole numbers become numbers; what is none stays as typed, for the server to say so.
export function readNumber(text: string): unknown {
  const trimmed = text.trim();
  const digits = /^-?\d{1,3}([.\s]\d{3})+$/.test(trimmed) ? trimmed.replace(/[.\s]/g, "") : trimmed;
  return /^-?\d{1,15}$/.test(digits) ? Number(digits) : text;
}

export function NumberInput(props: InputProps) {
  const [typed, setTyped] = useState(shown(props.value));
  useEffect(() => {
    if (readNumber(typed) !== props.value && !(typed === "" && props.value === undefined)) setTyped(shown(props.value));
  }, [props.value]);
  return (
    <TextInput
      {...props}
      value={typed}
      onChange={(text) => {
        setTyped(String(text));
        props.onChange(readNumber(String(text)));
      }}
    />
  );
}

export function DateBoxes({ field, id, value, onChange, describedBy, invalid }: InputProps) {
  const { strings } = useForm();
  const partial = field.type === "partial_date";
  const join = partial ? joinPartialDate : joinDate;
  const [typed, setTyped] = useState<TypedDate>(() => splitDate(value));
  useEffect(() => {
    // An answer from elsewhere (a restored draft, a card read) replaces what the boxes show.
    if (join(typed) !== (value === "" ? undefined : value)) setTyped(splitDate(value));
  }, [value]);
  const birthday = field.autocomplete === "bday";
  const box = (part: keyof TypedDate, label: string, length: number) => {
    const boxId = part === "day" ? id : `${id}-${part}`;
    return (
      <div className="form-date-part">
        <label htmlFor={boxId}>{label}</label>
        <input
          id={boxId}
          name={`${field.id}-${part}`}
          type="text"
          inputMode="numeric"
          maxLength={length}
          autoComplete={birthday ? `bday-${part}` : "off"}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          className={`form-input form-input-${length === 4 ? "year" : "two"}`}
          value={typed[part]}
          onChange={(event) => {
            const changed = { ...typed, [part]: event.currentTarget.value };
            setTyped(changed);
            onChange(join(changed));
          }}
        />
      </div>
    );
  };
  return (
    <div className="form-date">
      {box("day", strings.day, 2)}
      {box("month", strings.month, 2)}
      {box("year", strings.year, 4)}
    </div>
  );
}

export function DateText(props: InputProps) {
  const partial = props.field.type === "partial_date";
  const [typed, setTyped] = useState(showTypedDate(props.value));
  useEffect(() => {
    if (readTypedDate(typed, partial) !== (props.value === "" ? undefined : props.value)) setTyped(showTypedDate(props.value));
  }, [props.value]);
  return (
    <input
      id={props.id}
      name={props.field.id}
      type="text"
      inputMode="numeric"
      placeholder="dd/mm/yyyy"
      autoComplete="off"
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
      className="form-input form-input-date"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        props.onChange(readTypedDate(event.currentTarget.value, partial));
      }}
      onBlur={() => setTyped(showTypedDate(readTypedDate(typed, partial)))}
    />
  );
}

export function Radios({ field, id, value, onChange, describedBy, invalid }: InputProps) {
  const { language, strings } = useForm();
  const group = useId();
  const options: { value: unknown; label: string }[] =
    field.type === "boolean"
      ? [
          { value: true, label: strings.yes },
          { value: false, label: strings.no },
        ]
      : (field.options ?? []).map((option) => ({ value: option.value, label: textOf(option.label, language) }));
  return (
    <div className={field.type === "boolean" ? "form-options form-options-inline" : "form-options"}>
      {options.map((option, index) => (
        <label key={String(option.value)} className="form-option">
          <input
            type="radio"
            id={index === 0 ? id : `${id}-${index + 1}`}
            name={`${field.id}${group}`}
            checked={value === option.value}
            aria-describedby={index === 0 ? describedBy : undefined}
            aria-invalid={invalid || undefined}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}

export function Select({ field, id, value, onChange, describedBy, invalid }: InputProps) {
  const { language, strings } = useForm();
  return (
    <select
      id={id}
      name={field.id}
      className="form-input form-input-full"
      value={shown(value)}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      <option value="">{strings.choose}</option>
      {(field.options ?? []).map((option) => (
        <option key={option.value} value={option.value}>
          {textOf(option.label, language)}
        </option>
      ))}
    </select>
  );
}

export function Checkboxes({ field, id, value, onChange, describedBy, invalid }: InputProps) {
  const { language } = useForm();
  const chosen = Array.isArray(value) ? (value as unknown[]) : [];
  const order = (field.options ?? []).map((option) => option.value);
  return (
    <div className="form-options">
      {(field.options ?? []).map((option, index) => (
        <label key={option.value} className="form-option">
          <input
            type="checkbox"
            id={index === 0 ? id : `${id}-${index + 1}`}
            checked={chosen.includes(option.value)}
            aria-describedby={index === 0 ? describedBy : undefined}
            aria-invalid={invalid || undefined}
            onChange={(event) => {
              const on = event.currentTarget.checked;
              onChange(order.filter((candidate) => (candidate === option.value ? on : chosen.includes(candidate))));
            }}
          />
          <span>{textOf(option.label, language)}</span>
        </label>
      ))}
    </div>
  );
}
