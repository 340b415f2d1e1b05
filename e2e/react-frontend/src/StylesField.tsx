import { useState } from "react";

/** A list of styles, typed with commas or lines between them. */
export function StylesField({ label, styles = [], onChange }: { label: string; styles: string[] | undefined; onChange: (styles: string[]) => void }) {
  // What is typed stays as it is typed while it means the same list.
  const [typed, setTyped] = useState("");
  const text = read(typed).join() === styles.join() ? typed : styles.join(", ");
  return (
    <label className="field">
      {label}
      <textarea
        className="styles"
        rows={1}
        value={text}
        placeholder="none"
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(read(event.target.value));
        }}
      />
    </label>
  );
}

function read(text: string): string[] {
  return text.split(/[,\n]/).map((style) => style.trim()).filter((style) => style !== "");
}
