// persons_page.tsx - somebody at the counter, found by an exact number: names, numbers, who acts for whom.
import { Button, Group, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Problem } from "@shared/api/problem.ts";
import { lookUpPerson, type KnownPerson } from "../../api/persons.ts";
import { useSession } from "../../api/queries.ts";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { RevealForm } from "../../components/reveal_form.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { hasPlace } from "../officers/roles.ts";
import { MergeForm } from "./merge_form.tsx";
import { PersonFacts } from "./person_facts.tsx";
import classes from "./persons.module.css";
import { RepresentationDialog } from "./representation_dialog.tsx";
import { RepresentationItem } from "./representation_item.tsx";

export default function PersonsPage() {
  const { t } = useLanguage();
  const words = t.persons;
  const session = useSession();
  const [number, setNumber] = useState("");
  const [person, setPerson] = useState<KnownPerson | null>(null);
  // By which the person that is shown was found.
  const [asked, setAsked] = useState("");
  const [recording, setRecording] = useState(false);
  const look = useMutation({
    mutationFn: (identifier: string) => lookUpPerson(identifier),
    onSuccess: (found, identifier) => {
      setPerson(found);
      setAsked(identifier);
    },
    onError: () => setPerson(null),
  });
  const reveal = useMutation({ mutationFn: (reason: string) => lookUpPerson(asked, reason), onSuccess: setPerson });
  if (!hasPlace(session.data?.officer, "persons")) {
    return (
      <div className="page">
        <PageTitle>{words.title}</PageTitle>
        <p>{words.notAllowed}</p>
      </div>
    );
  }
  const unknown = look.error instanceof Problem && look.error.status === 404;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() !== "") look.mutate(number.trim());
  };
  const name = person ? person.name || (person.names[0]?.text ?? "") : "";
  const again = () => look.mutate(person ? asked : number.trim());
  return (
    <div className="page">
      <PageTitle>{words.title}</PageTitle>
      <p className="quiet">{words.lead}</p>
      <form onSubmit={submit} noValidate>
        <Group align="flex-end" gap="xs" mb="md">
          <TextInput label={words.number} description={words.numberHint} w={320} maw="100%" maxLength={40} autoComplete="off" value={number} onChange={(event) => setNumber(event.currentTarget.value)} />
          <Button type="submit" loading={look.isPending} disabled={number.trim() === ""}>
            {words.look}
          </Button>
          <Button variant="default" onClick={() => setRecording(true)}>
            {words.record}
          </Button>
        </Group>
      </form>
      {unknown ? <p role="status">{words.unknown}</p> : <ProblemAlert error={look.error} />}
      {person && (
        <section aria-labelledby="person-name">
          <h2 id="person-name">{name}</h2>
          {person.masked && <RevealForm key={person.id} note={words.masked} kept={words.revealKept} pending={reveal.isPending} error={reveal.error} onReveal={reveal.mutate} />}
          <PersonFacts person={person} />
          <h3>{words.representations}</h3>
          {(person.representations ?? []).length === 0 && <p className="quiet">{words.noRepresentations}</p>}
          <ul className={classes["plain"]}>
            {(person.representations ?? []).map((one) => (
              <RepresentationItem key={`${one.id}${one.revoked_on ?? ""}`} one={one} name={name} onChanged={again} />
            ))}
          </ul>
          <MergeForm key={`${person.id}${person.identifiers.length}`} person={person} onMerged={again} />
        </section>
      )}
      {recording && (
        <RepresentationDialog
          person={person ? { name, identifier: asked } : { name: "", identifier: number.trim() }}
          onDone={() => {
            setRecording(false);
            if (person || number.trim() !== "") again();
          }}
          onClose={() => setRecording(false)}
        />
      )}
    </div>
  );
}
