// theme.ts - colours and sizes of the desk: dense, calm, readable for eight hours.
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const lake: MantineColorsTuple = [
  "#eef5fc", "#dbe8f5", "#b4cfea", "#8ab4df", "#679dd6", "#508fd0", "#3a7dc0", "#1b5a96", "#164a7c", "#0f3a63",
];

// Dark enough for white words on it, and for words of its own on its palest shade.
const brick: MantineColorsTuple = [
  "#fdf0ee", "#fbdfdb", "#f3bcb5", "#ea958b", "#df7064", "#d24f42", "#c3392b", "#b42318", "#951c13", "#78160e",
];

export const theme = createTheme({
  primaryColor: "lake",
  primaryShade: 7,
  colors: { lake, red: brick },
  black: "#1d2733",
  fontFamily: '"Be Vietnam Pro", "Segoe UI", Roboto, "Noto Sans", system-ui, sans-serif',
  fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "1.375rem", lineHeight: "1.3" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.35" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "sm" } },
    TextInput: { defaultProps: { size: "sm" } },
    // Without the library's scroll area the list itself scrolls, which screen readers know how to follow.
    Select: { defaultProps: { size: "sm", withScrollArea: false }, styles: { options: { maxHeight: 280, overflowY: "auto" } } },
    MultiSelect: { defaultProps: { size: "sm", searchable: true, withScrollArea: false }, styles: { options: { maxHeight: 280, overflowY: "auto" } } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 2 } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 } }, styles: { title: { fontWeight: 650, fontSize: "1.0625rem" } } },
    SegmentedControl: { styles: { root: { maxWidth: "100%" } } },
    Tabs: { styles: { tab: { padding: "8px 12px" } } },
    // Until a page says it in the language that is chosen.
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Đóng" } } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { duration: 0 } } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
  },
});
