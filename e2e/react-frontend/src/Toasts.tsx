import { useCallback, useState } from "react";

export interface Toast {
  id: number;
  title: string;
  text: string;
}

let next = 1;

export function useToasts() {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const dismiss = useCallback((id: number) => setToasts((now) => now.filter((toast) => toast.id !== id)), []);
  const tell = useCallback((toast: Omit<Toast, "id">) => setToasts((now) => [...now.slice(-2), { ...toast, id: next++ }]), []);
  return { toasts, tell, dismiss };
}

/** Failures stay until somebody has read them. */
export function Toasts({ toasts, onDismiss }: { toasts: Toast[]; onDismiss: (id: number) => void }) {
  return (
    <div className="toasts" role="alert">
      {toasts.map((toast) => (
        <div key={toast.id}>
          <b>{toast.title}</b>
          <p>{toast.text}</p>
          <button type="button" aria-label={`Dismiss: ${toast.title}`} onClick={() => onDismiss(toast.id)}>×</button>
        </div>
      ))}
    </div>
  );
}
