import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
}
type Control<T extends "input" | "textarea" | "select"> = ComponentProps<T> & Labelled;

const box =
  "block w-full rounded-control border border-edge bg-sheet px-3 text-base text-ink placeholder:text-soft aria-invalid:border-bad disabled:opacity-60";

/** Label, hint and error around a control; the control gets `aria-describedby` from `describedBy`. */
export function Field({
  id,
  label,
  hint,
  error,
  children,
  className,
}: Labelled & { id: string; children: ReactNode; className?: string | undefined }) {
  return (
    <div className={cn("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error?: string | undefined }) {
  if (!error) return null;
  return (
    <p id={`${id}-error`} className="flex items-start gap-1.5 font-medium text-bad text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      {error}
    </p>
  );
}

export const describedBy = (id: string, hint: unknown, error: unknown) => {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined };
};

export function Input({ label, hint, error, className, ...rest }: Control<"input">) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error} className={className}>
      <input {...rest} id={id} {...describedBy(id, hint, error)} className={cn(box, "min-h-11")} />
    </Field>
  );
}

export function Textarea({ label, hint, error, className, ...rest }: Control<"textarea">) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error} className={className}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        {...describedBy(id, hint, error)}
        className={cn(box, "field-sizing-content min-h-24 resize-y py-2.5 leading-relaxed")}
      />
    </Field>
  );
}

/** The browser's own select: the best on phones, and it costs nothing. */
export function Select({ label, hint, error, className, children, ...rest }: Control<"select">) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <Field id={id} label={label} hint={hint} error={error} className={className}>
      <select {...rest} id={id} {...describedBy(id, hint, error)} className={cn(box, "chevron min-h-11")}>
        {children}
      </select>
    </Field>
  );
}

export function Checkbox({
  label,
  hint,
  error,
  className,
  type = "checkbox",
  ...rest
}: Omit<Control<"input">, "type"> & { type?: "checkbox" | "radio" }) {
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className={className}>
      <div className="flex min-h-11 items-center gap-2.5">
        <input
          {...describedBy(id, hint, error)}
          {...rest}
          id={id}
          type={type}
          className="size-5 shrink-0 accent-accent"
        />
        <label htmlFor={id} className="cursor-pointer py-2.5 text-[0.9375rem]">
          {label}
        </label>
      </div>
      {hint && (
        <p id={`${id}-hint`} className="-mt-1 pl-7.5 text-sm text-soft">
          {hint}
        </p>
      )}
      <FieldError id={id} error={error} />
    </div>
  );
}
