// FormFields.tsx - the questions of a page of a form, out of the contract's JSON.
//
//   <FormProvider language="vi" audience="citizen" loadUnits={loadUnits}>
//     <ErrorSummary problems={problems} />
//     <FormFields fields={visibleFields(page, evaluation, answers)} answers={answers}
//                 evaluation={evaluation} problems={problems} onChange={(field, value) => …} />
//   </FormProvider>
import type { Answers, Evaluation, Field, FieldProblem } from "../schemas.ts";
import { isRequired, rootField } from "./answers.ts";
import { FieldView } from "./FieldView.tsx";

export interface FormFieldsProps {
  fields: Field[];
  answers: Answers;
  evaluation: Pick<Evaluation, "required"> | null | undefined;
  problems: FieldProblem[];
  onChange: (field: string, value: unknown) => void;
}

export function FormFields({ fields, answers, evaluation, problems, onChange }: FormFieldsProps) {
  return (
    <>
      {fields.map((field) => (
        <FieldView
          key={field.id}
          field={field}
          path={field.id}
          value={answers[field.id]}
          required={isRequired(field, evaluation)}
          problems={problems.filter((problem) => rootField(problem.field) === field.id)}
          onChange={(value) => onChange(field.id, value)}
        />
      ))}
    </>
  );
}
