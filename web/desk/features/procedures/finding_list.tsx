// finding_list.tsx - faults one after the other, decided with one key each; a later decision replaces.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { newIntentKey } from "@shared/api/intent.ts";
import { decideFinding, type Finding } from "../../api/catalogue.ts";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { FindingCard } from "./finding_card.tsx";
import classes from "./procedures.module.css";

interface Props {
  findings: Finding[];
  linked: boolean;
  label: string;
  onDecided: (decided: Finding) => void;
}

export function FindingList({ findings, linked, label, onDecided }: Props) {
  const { t } = useLanguage();
  const words = t.catalogue;
  const list = useRef<HTMLOListElement>(null);
  const [told, setTold] = useState("");
  // Decisions under way or failed, each at its own card.
  const [underWay, setUnderWay] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<ReadonlyMap<string, { error: unknown; again: Parameters<typeof decideFinding>[0] }>>(new Map());
  const work = useMutation({
    mutationFn: decideFinding,
    onMutate: ({ finding }) => {
      setUnderWay((old) => new Set(old).add(finding));
      setFailed((old) => new Map([...old].filter(([key]) => key !== finding)));
    },
    onSuccess: (decided) => {
      setTold(decided.state === "accepted" ? words.decidedAccepted(decided.code) : words.decidedDeclined(decided.code));
      onDecided(decided);
    },
    onError: (error, again) => setFailed((old) => new Map(old).set(again.finding, { error, again })),
    onSettled: (_decided, _error, { finding }) => setUnderWay((old) => new Set([...old].filter((key) => key !== finding))),
  });
  const decide = (finding: Finding, accept: boolean) => work.mutate({ finding: finding.key, accept, key: newIntentKey() });

  const cards = () => [...(list.current?.querySelectorAll<HTMLElement>("[data-finding]") ?? [])];
  const at = () => cards().findIndex((card) => card.contains(document.activeElement));
  const move = (step: 1 | -1) => {
    const all = cards();
    const now = at();
    const next = all[now < 0 ? 0 : Math.min(Math.max(now + step, 0), all.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest" });
  };
  const decideHere = (accept: boolean) => {
    const finding = findings[at()];
    if (!finding || underWay.has(finding.key) || finding.state === (accept ? "accepted" : "declined")) return;
    if (accept && !finding.mending) return;
    decide(finding, accept);
    move(1);
  };
  useShortcuts({ j: () => move(1), k: () => move(-1), a: () => decideHere(true), d: () => decideHere(false) });
  return (
    <>
      <p className="sr-only" role="status">
        {told}
      </p>
      <ol ref={list} className={classes["findings"]} aria-label={label}>
        {findings.map((finding) => {
          const failure = failed.get(finding.key);
          return (
            <li key={finding.key}>
              <FindingCard
                finding={finding}
                linked={linked}
                deciding={underWay.has(finding.key)}
                error={failure?.error}
                onDecide={(accept) => decide(finding, accept)}
                onRetry={() => failure && work.mutate(failure.again)}
              />
            </li>
          );
        })}
      </ol>
    </>
  );
}
