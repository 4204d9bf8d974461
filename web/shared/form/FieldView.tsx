// FieldView.tsx - a question: label, help, problem and the control for its kind of answer.
import { textOf } from "../language.ts";
import type { Answers, Field, FieldProblem } from "../schemas.ts";
import { controlId, isEmpty, isError } from "./answers.ts";
import { Combobox } from "./Combobox.tsx";
import { useForm } from "./context.tsx";
import { Checkboxes, DateBoxes, DateText, NumberInput, Radios, Select, TextInput, type InputProps } from "./inputs.tsx";
import { TableInput } from "./TableInput.tsx";

// More choices than this are a list to open.
const mostRadios = 6;

export interface FieldViewProps {
  field: Field;
  // "child_name", or "members[2].full_name" inside a table.
  path: string;
  value: unknown;
  required: boolean;
  // Of this field and, for a table, of its cells.
  problems: FieldProblem[];
  onChange: (value: unknown) => void;
}

function Control(props: InputProps & { path: string; problems: FieldProblem[] }) {
  const { audience, loadUnits } = useForm();
  const { field } = props;
  switch (field.type) {
    case "integer":
    case "money":
      return <NumberInput {...props} />;
    case "date":
    case "partial_date":
      return audience === "citizen" ? <DateBoxes {...props} /> : <DateText {...props} />;
    case "boolean":
      return <Radios {...props} />;
    case "choice":
      return (field.options?.length ?? 0) <= mostRadios ? <Radios {...props} /> : <Select {...props} />;
    case "multi_choice":
      return <Checkboxes {...props} />;
    case "commune":
      return (
        <Combobox
          id={props.id}
          name={field.id}
          value={typeof props.value === "string" ? props.value : undefined}
          onChange={props.onChange}
          load={loadUnits}
          describedBy={props.describedBy}
          invalid={props.invalid}
        />
      );
    case "table":
      return <TableInput {...props} rows={Array.isArray(props.value) ? (props.value as Answers[]) : []} />;
    default:
      return <TextInput {...props} />;
  }
}

// Several controls under one question: a legend instead of a label.
function isGroup(field: Field, citizen: boolean): boolean {
  switch (field.type) {
    case "boolean":
    case "multi_choice":
    case "table":
      return true;
    case "choice":
      return (field.options?.length ?? 0) <= mostRadios;
    case "date":
    case "partial_date":
      return citizen;
    default:
      return false;
  }
}

export function FieldView({ field, path, value, required, problems, onChange }: FieldViewProps) {
  const { language, audience, strings } = useForm();
  const id = controlId(path);
  const own = problems.filter((problem) => problem.field === path);
  const invalid = own.some(isError);
  const citizen = audience === "citizen";

  const hints = [textOf(field.help, language)];
  if (field.type === "date" && citizen) hints.push(strings.dateHint);
  if (field.type === "partial_date" && citizen) hints.push(strings.partialDateHint);
  if (field.type === "commune" && citizen && isEmpty(hints[0])) hints.push(strings.communeHint);
  if (field.type === "time" && isEmpty(hints[0])) hints.push(strings.timeHint);
  if (field.type === "money" && isEmpty(hints[0])) hints.push(strings.moneyHint);
  const help = hints.filter((hint) => hint !== "");

  const helpId = help.length > 0 ? `${id}-help` : undefined;
  const problemId = own.length > 0 ? `${id}-problem` : undefined;
  const describedBy = [helpId, problemId].filter(Boolean).join(" ") || undefined;
  const label = (
    <>
      {textOf(field.label, language)}
      {!required && <span className="form-optional"> ({strings.optional})</span>}
    </>
  );
  const notes = (
    <>
      {helpId && (
        <div id={helpId} className="form-help">
          {help.map((hint) => (
            <span key={hint}>{hint} </span>
          ))}
        </div>
      )}
      {problemId && (
        <div id={problemId}>
          {own.map((problem) => (
            <p key={problem.code ?? problem.message.vi} className={isError(problem) ? "form-error" : "form-warning"}>
              <strong>{isError(problem) ? strings.errorPrefix : strings.warningPrefix}</strong> {textOf(problem.message, language)}
            </p>
          ))}
        </div>
      )}
    </>
  );
  const control = (
    <Control
      field={field}
      id={id}
      path={path}
      value={value}
      onChange={onChange}
      describedBy={describedBy}
      invalid={invalid}
      problems={problems}
    />
  );
  const className = `form-field form-field-${field.type}${invalid ? " form-field-invalid" : ""}`;
  if (isGroup(field, citizen)) {
    return (
      <fieldset className={className} aria-describedby={describedBy}>
        <legend className="form-label">{label}</legend>
        {notes}
        {control}
      </fieldset>
    );
  }
  return (
    <div className={className}>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {notes}
      {control}
    </div>
  );
}
