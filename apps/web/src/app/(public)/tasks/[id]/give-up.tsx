import { ReasonForm } from "./reason-form.tsx";

export function GiveUp({ taskId }: { taskId: string }) {
  return (
    <ReasonForm
      tool="give_up_task"
      taskId={taskId}
      open="Give up task"
      label="Why"
      hint="The agent reads it."
      send="Give it back"
      done="Task given back"
      limits={{ maxLength: 1000 }}
    >
      <p className="text-sm">The task opens again for others. Before the deadline this costs you nothing.</p>
    </ReasonForm>
  );
}
