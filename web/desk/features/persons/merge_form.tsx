// merge_form.tsx - two records turned out to be one person: the other goes into this one.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { lookUpPerson, mergePersons, type KnownPerson } from "../../api/persons.ts";
import { announceDone } from "../../components/announce.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";

export function MergeForm({ person, onMerged }: { person: KnownPerson; onMerged: () => void }) {
  const { t } = useLanguage();
  const words = t.persons;
  const [number, setNumber] = useState("");
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [key] = useState(newIntentKey);
  const find = useMutation({ mutationFn: () => lookUpPerson(number) });
  const other = find.data;
  const same = other?.id === person.id;
  const merge = useMutation({
    mutationFn: () => mergePersons(person.id, other?.id ?? "", reason.trim(), key),
    onSuccess: () => {
      announceDone(words.merged);
      onMerged();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!other || same) return find.mutate();
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") merge.mutate();
  };
  return (
    <details>
      <summary>{words.merge}</summary>
      <form onSubmit={submit} noValidate>
        <p className="quiet">{words.mergeLead}</p>
        <Group align="flex-end" gap="xs">
          <TextInput
            label={words.mergeNumber}
            w={260}
            maw="100%"
            maxLength={40}
            value={number}
            onChange={(event) => {
              setNumber(event.currentTarget.value);
              find.reset();
            }}
          />
          <Button type={other && !same ? "button" : "submit"} variant="default" disabled={number.trim() === ""} loading={find.isPending} onClick={other && !same ? () => find.mutate() : undefined}>
            {words.look}
          </Button>
        </Group>
        <ProblemAlert error={find.error ?? merge.error} />
        {same && <p role="status">{words.mergeSame}</p>}
        {other && !same && (
          <>
            <p role="status">{words.mergeSure(other.name || (other.names[0]?.text ?? ""), person.name || (person.names[0]?.text ?? ""))}</p>
            <Group align="flex-start" gap="xs">
              <TextInput aria-label={words.reason} placeholder={words.reason} w={320} maw="100%" maxLength={500} value={reason} error={missing ? words.reasonMissing : null} onChange={(event) => setReason(event.currentTarget.value)} />
              <Button type="submit" color="red" loading={merge.isPending}>
                {words.mergeSubmit}
              </Button>
            </Group>
          </>
        )}
      </form>
    </details>
  );
}
