// journal_section.tsx - what the journal has of a dossier: the proof of its filing, and who has read it.
import { Button, Table } from "@mantine/core";
import { useState } from "react";
import { Problem } from "@shared/api/problem.ts";
import { formatDateTime } from "@shared/format.ts";
import { saveBlob } from "@shared/save_blob.ts";
import type { Dossier, Reading } from "@shared/schemas.ts";
import { loadProof, useReadings } from "../../api/queries.ts";
import { Icon } from "../../components/icon.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./dossier.module.css";

// "file:ID" is told as "file"; what has no word stays as it was recorded.
const named = (names: Record<string, string>, recorded: string): string => names[recorded.split(":")[0] ?? ""] ?? recorded;

function Readings({ readings }: { readings: Reading[] }) {
  const { t } = useLanguage();
  const words = t.journal;
  if (readings.length === 0) return <p className="quiet">{words.noReading}</p>;
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.columns.at}</Table.Th>
          <Table.Th>{words.columns.who}</Table.Th>
          <Table.Th>{words.columns.what}</Table.Th>
          <Table.Th>{words.columns.why}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {readings.map((reading, index) => (
          <Table.Tr key={index}>
            <Table.Td className="figures">{formatDateTime(reading.at)}</Table.Td>
            <Table.Td>{reading.officer}</Table.Td>
            <Table.Td>{named(words.what, reading.what)}</Table.Td>
            <Table.Td>{named(words.why, reading.why)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function JournalSection({ dossier }: { dossier: Dossier }) {
  const { t } = useLanguage();
  const words = t.journal;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [open, setOpen] = useState(false);
  const readings = useReadings(dossier.id, open);
  const pending = error instanceof Problem && error.slug === "proof-pending";
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      saveBlob(await loadProof(dossier.id), `${dossier.code}.motcua`);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={classes["group"]} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p className="quiet">{words.lead}</p>
      <p>
        <Button size="compact-sm" variant="default" loading={busy} leftSection={<Icon name="download" size={14} />} onClick={() => void save()}>
          {words.proof}
        </Button>{" "}
        <Button component="a" size="compact-sm" variant="subtle" href="/verify" target="_blank" rel="noreferrer">
          {words.verify}
        </Button>{" "}
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {words.readings}
        </Button>
      </p>
      <p role="status">{pending ? words.pending : ""}</p>
      {error !== null && !pending && <ProblemAlert error={error} />}
      {open && readings.error && <ProblemAlert error={readings.error} onRetry={() => void readings.refetch()} />}
      {open && readings.data && <Readings readings={readings.data} />}
    </section>
  );
}
