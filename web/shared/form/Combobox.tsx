// Combobox.tsx - choose one of many names by typing a part of it, with or without diacritics.
//
// Pattern: ARIA combobox with list autocomplete.  Arrow keys move, Enter chooses, Escape closes.
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { matches } from "../fold.ts";
import { fill } from "../language.ts";
import { useForm, type UnitOption } from "./context.tsx";

const mostShown = 40;

export interface ComboboxProps {
  id: string;
  name: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  // Called when the list is first needed, and again after a failure.
  load: () => Promise<UnitOption[]>;
  describedBy?: string | undefined;
  invalid?: boolean;
}

export function Combobox({ id, name, value, onChange, load, describedBy, invalid }: ComboboxProps) {
  const { strings } = useForm();
  const [options, setOptions] = useState<UnitOption[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const list = useRef<HTMLUListElement>(null);

  const fetchOptions = () => {
    if (options) return;
    setFailed(false);
    load().then(setOptions, () => setFailed(true));
  };
  useEffect(fetchOptions, []);

  const chosen = options?.find((option) => option.value === value);
  const text = typed ?? chosen?.label ?? value ?? "";
  const searching = typed !== null && typed !== chosen?.label ? typed : "";
  const found = (options ?? []).filter((option) => matches(`${option.label} ${option.hint ?? ""}`, searching)).slice(0, mostShown);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const choose = (option: UnitOption) => {
    setTyped(null);
    setOpen(false);
    setActive(-1);
    onChange(option.value);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      if (found.length > 0) setActive((active + (event.key === "ArrowDown" ? 1 : found.length - (active < 0 ? 0 : 1))) % found.length);
    } else if (event.key === "Enter" && open) {
      const option = found[active] ?? (found.length === 1 ? found[0] : undefined);
      if (option) {
        event.preventDefault();
        choose(option);
      }
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      setOpen(false);
    }
  };

  const status = failed
    ? strings.optionsFailed
    : options === null
      ? strings.loadingOptions
      : found.length === 0
        ? strings.noMatch
        : fill(strings.optionCount, { count: found.length });

  return (
    <div className="form-combobox">
      <input
        id={id}
        name={name}
        type="text"
        role="combobox"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && active >= 0 ? `${id}-option-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        autoComplete="off"
        spellCheck={false}
        className="form-input form-input-full"
        value={text}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setOpen(true);
          setActive(-1);
          if (value !== undefined) onChange(undefined);
        }}
        onClick={() => {
          fetchOptions();
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          // Somebody who typed the whole name and went on has chosen it.
          if (typed && found.length === 1 && found[0]) choose(found[0]);
        }}
      />
      {open && (
        <ul id={`${id}-list`} role="listbox" aria-label={strings.choose} className="form-listbox" ref={list}>
          {found.map((option, index) => (
            <li
              key={option.value}
              id={`${id}-option-${index}`}
              role="option"
              aria-selected={index === active}
              className="form-listbox-option"
              // Before the input loses its focus.
              onMouseDown={(event) => {
                event.preventDefault();
                choose(option);
              }}
            >
              {option.label}
              {option.hint && <span className="form-listbox-hint"> {option.hint}</span>}
            </li>
          ))}
          {found.length === 0 && (
            <li className="form-listbox-empty" role="option" aria-selected="false" aria-disabled="true">
              {status}
            </li>
          )}
        </ul>
      )}
      <span className="visually-hidden" aria-live="polite">
        {open ? status : ""}
      </span>
    </div>
  );
}
