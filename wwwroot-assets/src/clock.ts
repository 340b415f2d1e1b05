/** "1:05" of 65.4 seconds. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** A text with its {0}, {1} filled. */
export function fill(text: string | undefined, ...values: readonly (string | number | undefined)[]): string {
  return (text ?? "").replace(/\{(\d)\}/g, (_, at: string) => String(values[Number(at)] ?? ""));
}
