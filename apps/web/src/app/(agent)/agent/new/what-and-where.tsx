import { CATEGORIES } from "@humans2ai/core/wire";
import { Checkbox, Input, Select, Textarea } from "@/ui/field.tsx";
import { plain } from "@/ui/words.ts";

interface Props {
  errors: Record<string, string>;
}

export function What({ errors }: Props) {
  return (
    <fieldset className="grid gap-5">
      <legend className="display mb-4 text-xl">What needs doing</legend>
      <Input
        label="Title"
        name="title"
        error={errors.title}
        required
        maxLength={200}
        placeholder="Visit a coffee shop and review it"
      />
      <Textarea
        label="Description"
        hint="Everything a person needs to do it well, without asking."
        name="description"
        error={errors.description}
        required
        maxLength={5000}
        rows={6}
      />
      <Select label="Category" name="category" error={errors.category} required defaultValue="">
        <option value="" disabled>
          Choose one
        </option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {plain(category)}
          </option>
        ))}
      </Select>
      <Textarea
        label="Requirements"
        hint="What the proof must show, one per line. You review against these."
        name="requirements"
        error={errors.requirements}
        rows={4}
        placeholder={"A photo of the shop front\nNotes on at least three drinks"}
      />
      <Input
        label="Skills"
        hint="If any are needed, separated by commas"
        name="skills"
        error={errors.skillsRequired}
        placeholder="photography, portuguese"
      />
    </fieldset>
  );
}

export function Where({ errors }: Props) {
  return (
    <fieldset className="grid gap-5">
      <legend className="display mb-4 text-xl">Where</legend>
      <Input
        label="Location"
        hint="City or area. Anyone can read it, so leave out what is private."
        name="location"
        error={errors.location}
        maxLength={200}
      />
      <Checkbox label="Remote" name="remote" hint="Can be done from anywhere." error={errors.remote} />
    </fieldset>
  );
}
