// documents_viewer.tsx - the papers beside the form: PDF in the browser's viewer, pictures with zoom.
import { ActionIcon, Button, Group, Select } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { formatSize } from "@shared/format.ts";
import type { Dossier } from "@shared/schemas.ts";
import { fileKey, loadFile, useFile } from "../../api/queries.ts";
import { Icon, type IconName } from "../../components/icon.tsx";
import { Loading } from "../../components/loading.tsx";
import { ProblemAlert } from "../../components/problem_alert.tsx";
import { useLanguage } from "../../i18n/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import classes from "./viewer.module.css";
import { useObjectUrl } from "./use_object_url.ts";
import { viewedFiles, type ViewedFile } from "./viewer_files.ts";

const zoomSteps = [1, 1.25, 1.5, 2, 3, 4];
const quarterTurn = 90;

function Tool({ icon, label, onClick, disabled }: { icon: IconName; label: string; onClick: () => void; disabled?: boolean }) {
  return (
    <ActionIcon variant="default" size={30} aria-label={label} title={label} onClick={onClick} disabled={disabled ?? false}>
      <Icon name={icon} size={16} />
    </ActionIcon>
  );
}

interface Props {
  dossier: Dossier;
  chosen: string | null;
  onChoose: (file: string) => void;
}

export function DocumentsViewer({ dossier, chosen, onChoose }: Props) {
  const { t, say, language } = useLanguage();
  const cache = useQueryClient();
  const files = viewedFiles(dossier);
  const index = Math.max(0, files.findIndex((each) => each.id === chosen));
  const current: ViewedFile | undefined = files[index];
  // Papers are not masked: where numbers are covered, they open only when somebody means it.
  const closed = dossier.masked && chosen === null;
  const loaded = useFile(dossier.id, closed ? null : (current ?? null));
  const url = useObjectUrl(loaded.data);
  const [zoom, setZoom] = useState(0);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    setZoom(0);
    setTurn(0);
  }, [current?.id]);
  // The next paper is there when it is asked for.
  const next = files[index + 1];
  useEffect(() => {
    if (!next || next.kind !== "paper" || !loaded.data) return;
    void cache.prefetchQuery({
      queryKey: fileKey(dossier.id, next.id),
      queryFn: () => loadFile(dossier.id, next.id),
      staleTime: Infinity,
    });
  }, [next?.id, loaded.data]);

  const go = (step: 1 | -1) => {
    const target = files[index + step];
    if (target) onChoose(target.id);
  };
  useShortcuts({ "]": () => go(1), "[": () => go(-1) });

  const label = (each: ViewedFile) => {
    if (each.document) return t.actions.documents[each.document];
    const subject = each.kind === "result" ? t.viewer.result : say(each.component) || t.viewer.other;
    return each.name === "" ? subject : `${subject}: ${each.name}`;
  };
  if (!current) {
    return (
      <section className={classes["viewer"]} aria-label={t.viewer.title}>
        <p className={classes["empty"]}>
          <Icon name="file" size={28} />
          {t.viewer.none}
        </p>
      </section>
    );
  }
  const type = loaded.data?.type || current.mediaType;
  const isImage = /^image\/(jpeg|png|webp|gif)/.test(type);
  const isPdf = type.startsWith("application/pdf");
  return (
    <section className={classes["viewer"]} aria-label={t.viewer.title}>
      <div className={classes["tools"]}>
        <Tool icon="previous" label={t.viewer.previous} onClick={() => go(-1)} disabled={index === 0} />
        <Select
          className={classes["chooser"] ?? ""}
          size="xs"
          aria-label={t.viewer.choose}
          value={current.id}
          allowDeselect={false}
          onChange={(id) => id && onChoose(id)}
          data={files.map((each) => ({ value: each.id, label: label(each) }))}
          comboboxProps={{ transitionProps: { duration: 0 } }}
        />
        <Tool icon="next" label={t.viewer.next} onClick={() => go(1)} disabled={index === files.length - 1} />
        <span className={`quiet figures nowrap ${classes["position"] ?? ""}`}>
          {t.viewer.position(index + 1, files.length)}
          {current.size > 0 && <span className={classes["size"]}> · {formatSize(current.size, language)}</span>}
        </span>
        <Group gap={4} ml="auto" wrap="nowrap">
          {isImage && (
            <>
              <Tool icon="minus" label={t.viewer.zoomOut} onClick={() => setZoom(Math.max(0, zoom - 1))} disabled={zoom === 0} />
              <Tool icon="plus" label={t.viewer.zoomIn} onClick={() => setZoom(Math.min(zoomSteps.length - 1, zoom + 1))} disabled={zoom === zoomSteps.length - 1} />
              <Tool icon="fit" label={t.viewer.fit} onClick={() => setZoom(0)} />
              <Tool icon="rotate" label={t.viewer.rotate} onClick={() => setTurn((turn + quarterTurn) % 360)} />
            </>
          )}
          {url && (
            <>
              <ActionIcon component="a" href={url} target="_blank" rel="noreferrer" variant="default" size={30} aria-label={t.viewer.openNew} title={t.viewer.openNew}>
                <Icon name="external" size={16} />
              </ActionIcon>
              <ActionIcon component="a" href={url} download={current.name || `${dossier.code}.pdf`} variant="default" size={30} aria-label={t.viewer.download} title={t.viewer.download}>
                <Icon name="download" size={16} />
              </ActionIcon>
            </>
          )}
        </Group>
      </div>
      <div className={classes["paper"]}>
        {closed && (
          <div className={classes["empty"]}>
            <Icon name="lock" size={28} />
            <p>{t.viewer.closed}</p>
            <Button variant="default" onClick={() => onChoose(current.id)}>
              {t.viewer.open(label(current))}
            </Button>
          </div>
        )}
        {!closed && loaded.isPending && <Loading />}
        {loaded.isError && <ProblemAlert error={loaded.error} onRetry={() => void loaded.refetch()} />}
        {url && isPdf && <iframe key={url} className={classes["pdf"]} src={`${url}#navpanes=0&view=FitH`} title={label(current)} />}
        {url && isImage && (
          <div className={classes["scroller"]} tabIndex={0} role="group" aria-label={label(current)}>
            <img src={url} alt={label(current)} style={{ width: `${(zoomSteps[zoom] ?? 1) * 100}%`, transform: turn === 0 ? "none" : `rotate(${turn}deg)` }} />
          </div>
        )}
        {url && !isPdf && !isImage && <p className={classes["empty"]}>{t.viewer.cannotShow}</p>}
      </div>
    </section>
  );
}
