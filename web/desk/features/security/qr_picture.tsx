// qr_picture.tsx - rows of 0 and 1 as a picture; drawn here, so that no secret leaves the page.
const quiet = 4;

export function QrPicture({ rows, label }: { rows: string[]; label: string }) {
  const side = rows.length + 2 * quiet;
  const path = rows
    .flatMap((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x + quiet} ${y + quiet}h1v1h-1z` : "")))
    .join("");
  return (
    <svg viewBox={`0 0 ${side} ${side}`} width={220} height={220} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={`M0 0h${side}v${side}h-${side}z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
