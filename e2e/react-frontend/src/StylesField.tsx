import { useId, useState } from "react";

/** A list of styles, typed with commas or lines between them. */
export function StylesField({ label, styles = [], onChange }: { label: string; styles: string[] | undefined; onChange: (styles: string[]) => void }) {
  const id = useId();
  // What is typed stays as it is typed while it means the same list.
  const [typed, setTyped] = useState("");
  const text = read(typed).join() === styles.join() ? typed : styles.join(", ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="styles"
        rows={1}
        value={text}
        placeholder="none"
        onChange={(event) => {
          setTyped(event.target.value);
          onChange(read(event.target.value));
        }}
      />
    </div>
  );
}

function read(text: string): string[] {
  return text.split(/[,\n]/).map((style) => style.trim()).filter((style) => style !== "");
}
