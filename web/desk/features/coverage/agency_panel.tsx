// agency_panel.tsx - one agency: its procedures, those with gaps first; each opens its steps.
import { Button, Modal, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useAgencyProcedures } from "../../api/coverage.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./coverage.module.css";
import { cellText, stateOf } from "./state.ts";
import { StepsPanel } from "./steps_panel.tsx";

interface Props {
  agency: { id: string; name: { vi: string; en: string } };
  field: string;
  // Opens with this procedure's steps.
  code: string | null;
  onlyGaps: boolean;
  on: string;
  onClose: () => void;
}

export function AgencyPanel({ agency, field, code, onlyGaps, on, onClose }: Props) {
  const { t, say } = useLanguage();
  const words = t.coverage;
  const list = useAgencyProcedures(agency.id, field, onlyGaps && code === null, on);
  const [opened, setOpened] = useState<string | null>(code);
  const rows = (list.data?.pages ?? []).flatMap((page) => page.items).filter((row) => code === null || row.procedure.code === code);
  return (
    <Modal opened onClose={onClose} size="xl" title={words.proceduresOf(say(agency.name))} closeButtonProps={{ "aria-label": t.common.close }}>
      {list.isPending && <Loading />}
      <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />
      {code !== null && list.data && rows.length === 0 && <StepsPanel agency={agency.id} code={code} on={on} />}
      {rows.map((row) => (
        <section key={row.procedure.code} style={{ marginBottom: 6 }}>
          <UnstyledButton
            w="100%"
            py={6}
            aria-expanded={opened === row.procedure.code}
            onClick={() => setOpened(opened === row.procedure.code ? null : row.procedure.code)}
          >
            <span className={classes["cell"]} data-state={stateOf(row)} style={{ display: "inline-block", width: "auto", marginRight: 8 }}>
              {cellText(row)}
            </span>
            {say(row.procedure.name)} <span className="quiet figures">{row.procedure.code}</span>
          </UnstyledButton>
          {opened === row.procedure.code && <StepsPanel agency={agency.id} code={row.procedure.code} on={on} />}
        </section>
      ))}
      {code === null && list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t.common.loadMore}
        </Button>
      )}
    </Modal>
  );
}
