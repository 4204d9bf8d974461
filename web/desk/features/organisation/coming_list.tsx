// coming_list.tsx - what is registered and has not come yet; an administrator may withdraw it.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { previewWithdrawal, register, type OrganisationDay } from "../../api/organisation.ts";
import { announceDone } from "../../components/announce.ts";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useStepUp } from "../session/step_up.tsx";
import { ChangeItem } from "./change_item.tsx";
import classes from "./organisation.module.css";

export function ComingList({ day, manages }: { day: OrganisationDay; manages: boolean }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const cache = useQueryClient();
  const [asked, setAsked] = useState("");
  const { guarded, dialog } = useStepUp();
  const withdraw = useMutation({
    mutationFn: async (id: string) => {
      const preview = await previewWithdrawal(id);
      const key = newIntentKey();
      return guarded(() => register({ withdrawn: [id] }, preview.digest, "", key));
    },
    onSuccess: () => {
      setAsked("");
      announceDone(words.withdrawn);
      void cache.invalidateQueries({ queryKey: ["organisation"] });
    },
  });
  return (
    <section aria-labelledby="coming">
      <h2 id="coming">{words.coming}</h2>
      {day.coming.length === 0 && <p className="quiet">{words.nothingComing}</p>}
      <ProblemAlert error={withdraw.error} />
      {dialog}
      <ul className={classes["changes"]}>
        {day.coming.map((change) => (
          <ChangeItem key={change.id} change={change}>
            {manages && change.on > day.today && (
              asked === change.id ? (
                <Button size="compact-sm" color="red" loading={withdraw.isPending} onClick={() => withdraw.mutate(change.id)}>{words.withdrawSure}</Button>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => setAsked(change.id)}>{words.withdraw}</Button>
              )
            )}
          </ChangeItem>
        ))}
      </ul>
      {day.former.length > 0 && (
        <details>
          <summary>{words.former(String(day.former.length))}</summary>
          <ul>
            {day.former.map((one) => (
              <li key={one.id}>
                {say(one.name)} ({one.id}){one.heir && <> → {say(one.heir.name)} ({one.heir.id})</>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
