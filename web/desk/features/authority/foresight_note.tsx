// foresight_note.tsx - "if you do this, so many steps have nobody": asked of the coverage before it is
// recorded.  Whoever may not ask, or a server that keeps no coverage, says nothing here.
import { Alert, List } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Text } from "@shared/schemas.ts";
import { client } from "../../api/client.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { bodyOf, type AuthorityDraft } from "./draft.ts";

interface Foresight {
  steps: number;
  text: Text;
  gaps: { text?: Text }[];
}

// What would change, as the coverage asks for it; nothing where nobody loses anything.
export function changesOf(draft: AuthorityDraft): object[] {
  if (draft.kind !== "absence") return [];
  const body = bodyOf(draft);
  return [{ kind: "absence", officer: body["from_officer"], from: body["from"], until: body["until"], deputy: body["to_officer"] ?? "" }];
}

export function ForesightNote({ draft }: { draft: AuthorityDraft }) {
  const { t, say } = useLanguage();
  const words = t.authority;
  const changes = changesOf(draft);
  const seen = useQuery({
    queryKey: ["foresight", changes],
    queryFn: () => client.post<Foresight>("/api/v1/coverage/foresight", { body: { changes } }),
    enabled: changes.length > 0,
  });
  if (!seen.data) return null;
  return (
    <Alert mt="sm" role="status" color={seen.data.steps > 0 ? "orange" : "green"} title={words.coverage}>
      {seen.data.steps > 0 ? say(seen.data.text) : words.coverageOk}
      {seen.data.gaps.length > 0 && (
        <List size="sm">
          {seen.data.gaps.slice(0, 5).map((gap, index) => gap.text && <List.Item key={index}>{say(gap.text)}</List.Item>)}
        </List>
      )}
    </Alert>
  );
}
