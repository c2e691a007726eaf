import type { Answer, Field } from "@humans2ai/core/wire";
import { type ReactNode, useId } from "react";
import { Checkbox, describedBy, FieldError, Input, Select, Textarea } from "@/ui/field.tsx";
import { plain } from "@/ui/words.ts";

interface Props {
  field: Field;
  /** Dotted; empty for the form as a whole. */
  path: string;
  name: string;
  required: boolean;
  before: Answer | null;
  errors: Record<string, string>;
}

/** One field of a question's form, and all below it. */
export function FormField({ field, path, name, required, before, errors }: Props) {
  if (field.kind === "group") return <Group {...{ field, path, name, required, before, errors }} />;
  const at = path || "answer";
  const label = (
    <>
      {field.title ?? plain(name)}
      {!required && <span className="font-normal text-soft"> (optional)</span>}
    </>
  );
  const shared = { label, error: errors[at], name: at };
  const text = typeof before === "string" || typeof before === "number" ? String(before) : undefined;
  switch (field.kind) {
    case "yes_no": {
      const chosen = before === null ? undefined : before ? "yes" : "no";
      return <Choice {...shared} hint={field.help} options={["yes", "no"]} chosen={chosen} words={plain} />;
    }
    case "choice":
      if (field.options.length <= 8) {
        return <Choice {...shared} hint={field.help} options={field.options} chosen={text} />;
      }
      return (
        <Select {...shared} hint={field.help} defaultValue={text ?? ""}>
          <option value="">Choose one</option>
          {field.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      );
    case "choices": {
      const chosen = Array.isArray(before) ? before : [];
      return (
        <Boxes {...shared} hint={join(field.help, limitsOf(field.min, field.max, field.options.length))}>
          {field.options.map((option) => (
            <Checkbox
              key={option}
              name={at}
              value={option}
              label={option}
              defaultChecked={chosen.includes(option)}
            />
          ))}
        </Boxes>
      );
    }
    case "list": {
      const lines = Array.isArray(before) ? before.join("\n") : undefined;
      return (
        <Textarea
          {...shared}
          hint={join(field.help, `One a line, at most ${field.max}.`)}
          defaultValue={lines}
        />
      );
    }
    case "number":
      return (
        <Input
          {...shared}
          hint={join(field.help, rangeOf(field.min, field.max))}
          type="number"
          inputMode={field.whole ? "numeric" : "decimal"}
          step={field.whole ? 1 : "any"}
          defaultValue={text}
        />
      );
    case "text":
      if (field.format === null && field.max > 200) {
        return <Textarea {...shared} hint={field.help} maxLength={field.max} defaultValue={text} />;
      }
      return (
        <Input
          {...shared}
          hint={field.help}
          type={field.format === null ? "text" : TYPES[field.format]}
          maxLength={field.max}
          defaultValue={text}
          autoComplete="off"
        />
      );
  }
}

const TYPES = { email: "email", uri: "url", date: "date", "date-time": "datetime-local" };

const join = (...parts: (string | null)[]) => parts.filter(Boolean).join(" ") || undefined;

function rangeOf(min: number | null, max: number | null): string | null {
  if (min !== null && max !== null) return `From ${min} to ${max}.`;
  if (min !== null) return `At least ${min}.`;
  return max === null ? null : `At most ${max}.`;
}

function limitsOf(min: number, max: number, of: number): string | null {
  if (min > 0 && max < of) return `Choose ${min} to ${max}.`;
  if (max < of) return `Choose at most ${max}.`;
  return min > 0 ? `Choose at least ${min}.` : "Choose all that fit.";
}

function Group({ field, path, name, before, errors }: Props) {
  if (field.kind !== "group") return null;
  const given = typeof before === "object" && before !== null && !Array.isArray(before) ? before : {};
  const fields = field.fields.map((one) => (
    <FormField
      key={one.name}
      {...one}
      path={path ? `${path}.${one.name}` : one.name}
      before={given[one.name] ?? null}
      errors={errors}
    />
  ));
  if (path === "") {
    return (
      <>
        {field.help && <p className="text-soft">{field.help}</p>}
        {fields}
      </>
    );
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-5 rounded-control border border-line p-4">
      <legend className="px-1 font-semibold">{field.title ?? plain(name)}</legend>
      {field.help && <p className="text-sm text-soft">{field.help}</p>}
      {fields}
      <FieldError id={`group-${path}`} error={errors[path]} />
    </fieldset>
  );
}

interface Set {
  label: ReactNode;
  hint?: string | null | undefined;
  error?: string | undefined;
}

function Choice({
  name,
  options,
  chosen,
  words = (option) => option,
  ...set
}: Set & {
  name: string;
  options: string[];
  chosen?: string | undefined;
  words?: (option: string) => string;
}) {
  const id = useId();
  return (
    <Boxes {...set} id={id}>
      {options.map((option) => (
        <Checkbox
          key={option}
          type="radio"
          name={name}
          value={option}
          label={words(option)}
          defaultChecked={option === chosen}
          aria-invalid={set.error ? true : undefined}
        />
      ))}
    </Boxes>
  );
}

/** Boxes that belong together, with their question as the legend. */
function Boxes({ label, hint, error, id: given, children }: Set & { id?: string; children: ReactNode }) {
  const own = useId();
  const id = given ?? own;
  return (
    <fieldset aria-describedby={describedBy(id, hint, error)["aria-describedby"]} className="min-w-0">
      <legend className="font-medium text-[0.9375rem]">{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-sm text-soft">
          {hint}
        </p>
      )}
      <div className="mt-1 grid gap-x-6 sm:grid-cols-2 [&_label]:min-w-0 [&_label]:break-words">
        {children}
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
