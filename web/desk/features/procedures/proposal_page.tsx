// proposal_page.tsx - one proposal: what it holds, how it was tested, and the second person's decision.
import { Alert, Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { formatDateTime } from "@shared/format.ts";
import { proposalKey, useProposal, type Proposal } from "../../api/procedures.ts";
import { useAgencies, useSession } from "../../api/queries.ts";
import { announceDone } from "../../components/announce.ts";
import { Loading } from "../../components/loading.tsx";
import { PageTitle } from "../../components/page_title.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { AdministratorsOnly, useMayAdminister } from "./administrators_only.tsx";
import { countText } from "./counting.ts";
import { ApproveDialog, DeclineDialog } from "./decision_dialogs.tsx";
import { ProposalItems } from "./proposal_items.tsx";
import { stateTones } from "./proposals_page.tsx";
import { Mark } from "./mark.tsx";

export default function ProposalPage({ id }: { id: string }) {
  const { t, say, language } = useLanguage();
  const words = t.proposals;
  const allowed = useMayAdminister("proposals");
  const cache = useQueryClient();
  const session = useSession();
  const query = useProposal(id, allowed);
  const agencies = useAgencies({}, allowed);
  const [asking, setAsking] = useState<"approve" | "decline" | null>(null);
  const nameOf = (agency: string) => say(agencies.data?.find((each) => each.id === agency)?.name) || agency;
  const proposal = query.data;
  const own = proposal?.proposed_by === session.data?.officer?.id;
  const decided = (now: Proposal) => {
    setAsking(null);
    cache.setQueryData(proposalKey(id), now);
    void cache.invalidateQueries({ queryKey: ["proposals"] });
    if (now.state === "approved") {
      // Everything that is in force may be another now.
      for (const key of ["procedure-pages", "procedures", "procedure", "revisions", "difference", "reconciliation"]) void cache.invalidateQueries({ queryKey: [key] });
    }
    announceDone(now.state === "approved" ? words.approved(countText(now.count, language)) : words.declined, now.state === "approved" ? "green" : "gray");
  };
  const dialog = proposal && { proposal, onDecided: decided, onClose: () => setAsking(null) };
  return (
    <AdministratorsOnly allowed={allowed} title={words.title}>
      <p>
        <Link href="/proposals">← {words.back}</Link>
      </p>
      <div className="page-head">
        <PageTitle>{words.one(id)}</PageTitle>
        {proposal?.state === "open" && (
          <Group gap="xs">
            <Button variant="default" onClick={() => setAsking("decline")}>
              {words.decline}
            </Button>
            <Button disabled={own} onClick={() => setAsking("approve")}>
              {words.approve}
            </Button>
          </Group>
        )}
      </div>
      {query.isPending && <Loading />}
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {proposal && (
        <>
          <p>
            <Mark tone={stateTones[proposal.state]}>
              {words.states[proposal.state]}
            </Mark>{" "}
            {words.proposed(proposal.proposed_by_name, formatDateTime(proposal.proposed_at))}
            {proposal.state !== "open" && ` · ${words.decided[proposal.state](proposal.decided_by_name, formatDateTime(proposal.decided_at))}`}
          </p>
          {proposal.note && <p>{proposal.note}</p>}
          {proposal.reason && <p>{words.reasonWas(proposal.reason)}</p>}
          {proposal.state === "open" && own && (
            <Alert color="yellow" role="note" mb="sm">
              {words.own}
            </Alert>
          )}
          <ProposalItems items={proposal.items ?? []} nameOf={nameOf} comparable={proposal.state === "open"} />
        </>
      )}
      {dialog && asking === "approve" && <ApproveDialog {...dialog} />}
      {dialog && asking === "decline" && <DeclineDialog {...dialog} />}
    </AdministratorsOnly>
  );
}
