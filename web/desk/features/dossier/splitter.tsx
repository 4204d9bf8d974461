// splitter.tsx - the bar between form and papers: dragged, or moved with the arrow keys; remembered.
import { useCallback, useRef, useState, type CSSProperties, type ReactNode } from "react";
import classes from "./dossier.module.css";

const storageKey = "motcua.desk.split";
const narrowest = 30;
const widest = 70;
const usual = 46;
const step = 2;

const within = (percent: number) => Math.min(widest, Math.max(narrowest, Math.round(percent)));

function remembered(): number {
  try {
    const stored = Number(localStorage.getItem(storageKey));
    return stored > 0 ? within(stored) : usual;
  } catch {
    return usual;
  }
}

interface Props {
  label: string;
  left: ReactNode;
  right: ReactNode;
}

export function Splitter({ label, left, right }: Props) {
  const [percent, setPercent] = useState(remembered);
  const [dragging, setDragging] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const move = useCallback((to: number) => {
    setPercent(within(to));
    try {
      localStorage.setItem(storageKey, String(within(to)));
    } catch {
      // Without storage the width lasts for this page.
    }
  }, []);
  return (
    <div ref={frame} className={classes["split"]} data-dragging={dragging || undefined} style={{ "--left": `${percent}%` } as CSSProperties}>
      <div className={classes["left"]}>{left}</div>
      <div
        className={classes["handle"]}
        role="separator"
        aria-orientation="vertical"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") move(percent - step);
          else if (event.key === "ArrowRight") move(percent + step);
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={(event) => {
          const box = frame.current?.getBoundingClientRect();
          if (dragging && box) move(((event.clientX - box.left) / box.width) * 100);
        }}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      />
      <div className={classes["right"]}>{right}</div>
    </div>
  );
}
