import { useState } from "react";

/** A list of styles, typed with commas between them. */
export function StylesField({ label, styles, onChange }: { label: string; styles: string[] | undefined; onChange: (styles: string[]) => void }) {
  const [text, setText] = useState((styles ?? []).join(", "));
  return (
    <label className="field">
      {label}
      <input
        value={text}
        placeholder="none"
        onChange={(event) => {
          setText(event.target.value);
          onChange(event.target.value.split(",").map((style) => style.trim()).filter((style) => style !== ""));
        }}
      />
    </label>
  );
}
