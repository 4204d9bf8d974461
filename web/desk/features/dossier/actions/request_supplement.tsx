// request_supplement.tsx - every paper and every answer on one screen; what is missing is told once.
import { Alert, Button, Checkbox, Group, SegmentedControl, Textarea } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../../components/icon.tsx";
import { useLanguage } from "../../../i18n/language.tsx";
import { answeredPages, answersOf } from "../answers_of.ts";
import { supplementsRequested } from "../more_facts.ts";
import { useShownAnswer } from "../use_shown_answer.ts";
import { ActionForm } from "./action_form.tsx";
import type { ActionProps } from "./action_props.ts";
import classes from "./actions.module.css";
import { ReasonField } from "./reason_field.tsx";
import { emptySupplementDraft, itemsOf, prepareSupplementRequest, type Finding } from "./supplement_request.ts";

export function RequestSupplement(props: ActionProps) {
  const { t, say } = useLanguage();
  const words = t.actions.requestSupplement;
  const { dossier } = props;
  const [draft, setDraft] = useState(emptySupplementDraft);
  const pages = answeredPages(dossier);
  const shown = useShownAnswer(pages.flatMap((each) => each.fields));
  const asked = dossier.components.filter((component) => !component.replaced_by);
  const times = supplementsRequested(dossier);
  const judged = asked.filter((component) => draft.components[component.id]?.verdict).length;
  const items = itemsOf(draft);

  const judge = (id: string, change: Partial<Finding>) =>
    setDraft((old) => ({
      ...old,
      components: { ...old.components, [id]: { ...(old.components[id] ?? { verdict: null, what: "" }), ...change } },
    }));
  const markRest = () => {
    for (const component of asked) if (!draft.components[component.id]?.verdict) judge(component.id, { verdict: "fine" });
  };
  const wantField = (id: string, wanted: boolean, what = "") =>
    setDraft((old) => {
      const fields = { ...old.fields };
      if (wanted) fields[id] = what;
      else delete fields[id];
      return { ...old, fields };
    });
  return (
    <ActionForm
      {...props}
      action="request_supplement"
      lead={words.lead}
      submitLabel={words.submit(items.length)}
      prepare={() => prepareSupplementRequest(draft, asked.map((component) => component.id), times > 0, t)}
    >
      {times > 0 && (
        <Alert color="yellow" icon={<Icon name="warning" />}>
          {words.again(times)}
        </Alert>
      )}
      <fieldset className={classes["checks"]}>
        <legend>
          {words.components} · <span className="quiet">{words.review(judged, asked.length)}</span>
        </legend>
        {asked.map((component) => {
          const finding = draft.components[component.id];
          const name = say(component.name);
          return (
            <div key={component.id} className={classes["judge"]}>
              <div className={classes["judgeHead"]}>
                <span className={classes["judgeName"]}>{name}</span>
                <SegmentedControl
                  size="xs"
                  transitionDuration={0}
                  aria-label={words.judge(name)}
                  value={finding?.verdict ?? ""}
                  onChange={(verdict) => judge(component.id, { verdict: verdict === "needed" ? "needed" : "fine" })}
                  data={[
                    { value: "fine", label: words.ok },
                    { value: "needed", label: words.needs },
                  ]}
                />
              </div>
              {finding?.verdict === "needed" && (
                <Textarea
                  aria-label={words.what(name)}
                  placeholder={words.whatPlaceholder}
                  autoFocus
                  value={finding.what}
                  onChange={(event) => judge(component.id, { what: event.currentTarget.value })}
                />
              )}
            </div>
          );
        })}
        {judged < asked.length && (
          <div>
            <Button size="compact-sm" variant="subtle" onClick={markRest}>
              {words.markRest}
            </Button>
          </div>
        )}
      </fieldset>
      {pages.map(({ page, fields }) => (
        <fieldset key={page.id} className={classes["checks"]}>
          <legend>
            {words.fields}: {say(page.title)}
          </legend>
          {fields.map((field) => {
            const name = say(field.label);
            const what = draft.fields[field.id];
            return (
              <div key={field.id} className={classes["judge"]}>
                <div className={classes["judgeHead"]}>
                  <span className={classes["judgeName"]}>
                    <span className="quiet">{name}: </span>
                    {shown(field, answersOf(dossier)[field.id]) || t.dossier.unanswered}
                  </span>
                  <Checkbox
                    size="xs"
                    label={words.needs}
                    aria-label={`${words.needs}: ${name}`}
                    checked={what !== undefined}
                    onChange={(event) => wantField(field.id, event.currentTarget.checked)}
                  />
                </div>
                {what !== undefined && (
                  <Textarea aria-label={words.what(name)} placeholder={words.whatPlaceholder} autoFocus value={what} onChange={(event) => wantField(field.id, true, event.currentTarget.value)} />
                )}
              </div>
            );
          })}
        </fieldset>
      ))}
      <Textarea label={`${words.other} (${t.common.optional})`} value={draft.other} onChange={(event) => { const other = event.currentTarget.value; setDraft((old) => ({ ...old, other })); }} />
      <ReasonField value={draft.reason} onChange={(reason) => setDraft((old) => ({ ...old, reason }))} />
      {times > 0 && (
        <ReasonField label={words.repeatReason} value={draft.repeatReason} onChange={(repeatReason) => setDraft((old) => ({ ...old, repeatReason }))} />
      )}
      {items.length > 0 && (
        <div className={classes["preview"]}>
          <Group gap={6} className="quiet">
            <Icon name="eye" size={15} /> {words.preview}
          </Group>
          <ol>
            {items.map((item) => {
              const component = dossier.components.find((each) => each.id === item.component);
              const field = pages.flatMap((each) => each.fields).find((each) => each.id === item.field);
              const subject = say(component?.name ?? field?.label);
              return (
                <li key={item.component ?? item.field ?? "other"}>
                  {subject && <strong>{subject}: </strong>}
                  {item.what}
                </li>
              );
            })}
          </ol>
          {draft.reason && (
            <div>
              {t.common.reason}: {draft.reason}
            </div>
          )}
        </div>
      )}
    </ActionForm>
  );
}
