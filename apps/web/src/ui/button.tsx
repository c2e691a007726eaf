import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { type ComponentProps, cloneElement, isValidElement, type ReactElement } from "react";
import { cn } from "./cn.ts";

export const buttonClass = cva(
  "inline-flex min-h-11 items-center justify-center gap-2 rounded-control border font-medium transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-[1.1em] [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong",
        secondary: "border-edge bg-sheet text-ink hover:border-ink hover:bg-sunk",
        ghost: "border-transparent bg-transparent text-ink hover:bg-sunk",
        danger: "border-bad bg-transparent text-bad hover:bg-bad-wash",
      },
      size: { sm: "px-3 text-sm", md: "px-4 text-[0.9375rem]", lg: "min-h-12 px-6 text-base" },
    },
    defaultVariants: { variant: "primary", size: "md" },
  },
);

type Props = ComponentProps<"button"> &
  VariantProps<typeof buttonClass> & {
    /** Draws its only child (a link) as a button. */
    asChild?: boolean;
    pending?: boolean;
  };

export function Button({ variant, size, asChild, pending, className, children, ...rest }: Props) {
  const look = cn(buttonClass({ variant, size }), className);
  if (asChild && isValidElement(children)) {
    const child = children as ReactElement<{ className?: string }>;
    return cloneElement(child, { className: cn(look, child.props.className) });
  }
  return (
    <button type="button" {...rest} className={look} disabled={rest.disabled || pending} aria-busy={pending}>
      {pending && <LoaderCircle aria-hidden className="motion-safe:animate-spin" />}
      {children}
    </button>
  );
}
