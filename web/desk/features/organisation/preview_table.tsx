// preview_table.tsx - what would be added, changed, ended, and what is refused and why.
import { Alert } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Preview } from "../../api/organisation.ts";
import { ScrollX } from "../../components/scroll_x.tsx";
import { useLanguage } from "../../i18n/language.tsx";

const shown = 200;

export function PreviewTable({ preview }: { preview: Preview }) {
  const { t, say } = useLanguage();
  const words = t.organisation;
  const { counts } = preview;
  // Below a long form: whoever asked for it sees it.
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    void top.current?.scrollIntoView?.({ block: "start" });
  }, [preview]);
  const refusedFirst = [...preview.lines].sort((a, b) => Number(b.effect === "refused") - Number(a.effect === "refused"));
  return (
    <section ref={top} style={{ scrollMarginTop: 70 }}>
      <p role="status">
        <strong>{words.counts(counts.added, counts.changed, counts.ended, counts.unchanged)}</strong>
      </p>
      {counts.refused > 0 && <Alert color="red" mb="xs">{words.refusedLines(String(counts.refused))}</Alert>}
      {preview.lines.length > 0 && (
        <ScrollX label={words.preview}>
          <table className="data-table">
            <caption className="sr-only">{words.preview}</caption>
            <thead>
              <tr>
                <th scope="col" className="number">{words.line}</th>
                <th scope="col">{words.effect}</th>
                <th scope="col">{words.item}</th>
                <th scope="col">{words.what}</th>
              </tr>
            </thead>
            <tbody>
              {refusedFirst.slice(0, shown).map((line, index) => (
                <tr key={index}>
                  <td className="number">{line.line || ""}</td>
                  <td>{words.effects[line.effect]}</td>
                  <td className="figures">{line.item}</td>
                  <td>{say(line.what)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {preview.lines.length > shown && <p className="quiet">{words.moreLines(String(preview.lines.length - shown))}</p>}
    </section>
  );
}
