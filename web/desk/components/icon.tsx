// icon.tsx - the desk's own small line icons; always beside a text or with a label on the button.
const shapes = {
  inbox: "M3 13h5l1.5 3h5L16 13h5M3 13l3-8h12l3 8v6H3z",
  intake: "M12 5v14M5 12h14",
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
  cashier: "M3 7h18v11H3zM12 15.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM6 10v.01M18 15v.01",
  report: "M5 20V10M12 20V4M19 20v-7M3 20h18",
  officers: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
  send: "M4 12 20 4l-5 16-4-6zM11 14l9-10",
  menu: "M4 6h16M4 12h16M4 18h16",
  warning: "M12 4 2.5 20h19zM12 10v5M12 17.5v.01",
  lock: "M8 11V8a4 4 0 0 1 8 0v3M6 11h12v9H6z",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 8v4.5l3 2",
  pause: "M9 6v12M15 6v12",
  check: "M5 12.5l4.5 4.5L19 7.5",
  circle: "M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14z",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  down: "M5 9l7 7 7-7",
  plus: "M12 6v12M6 12h12",
  minus: "M6 12h12",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  rotate: "M19 12a7 7 0 1 1-2-5M19 3v4.5h-4.5",
  external: "M13 5h6v6M19 5l-9 9M17 14v5H5V7h5",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  print: "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  cross: "M6 6l12 12M18 6L6 18",
  dash: "M7 12h10",
  database: "M12 4c4 0 7 1.2 7 2.7v10.6c0 1.500-3 2.700-7 2.700s-7-1.200-7-2.700V6.700C5 5.200 8 4 12 4zM5 7c0 1.500 3 2.700 7 2.700s7-1.200 7-2.700M5 12c0 1.500 3 2.700 7 2.700s7-1.200 7-2.700",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  keyboard: "M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M8 14h8",
  pen: "M4 20l1-5L16 4l4 4L9 19zM13.500 6.500l4 4",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  book: "M12 6c-2-1.500-5-2-8-2v14c3 0 6 .500 8 2 2-1.500 5-2 8-2V4c-3 0-6 .500-8 2zM12 6v14",
  law: "M6 3h9l3 3v15H6zM9 9h6M9 13h6M9 17h4",
  publish: "M12 15V4M8 8l4-4 4 4M5 13v7h14v-7",
  list: "M4 6h.01M4 12h.01M4 18h.01M8 6h12M8 12h12M8 18h12",
  compare: "M4 8h14M15 5l3 3-3 3M20 16H6M9 13l-3 3 3 3",
  tree: "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
  card: "M3 6h18v12H3zM7 10.500h4v4H7zM14 11h4M14 14h3",
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={2} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
