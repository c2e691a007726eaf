/** The contract's own example, word by word; only its deadline lies ahead of us again. */

const HOURS_AHEAD_OF_UTC = 8;

/** As the contract writes it: local time in Shanghai, with its offset. */
function shanghaiTime(daysAhead: number): string {
  const at = new Date(Date.now() + daysAhead * 86_400_000 + HOURS_AHEAD_OF_UTC * 3_600_000);
  return `${at.toISOString().slice(0, 10)}T18:00:00+08:00`;
}

export const coffeeShops = () => ({
  title: "Photograph 3 coffee shops in Shanghai",
  description:
    "Visit 3 popular coffee shops in Jing'an District, Shanghai. Take 5 exterior + 5 interior photos of each. Deliver as a ZIP file.",
  category: "photography",
  budget: 150,
  deadline: shanghaiTime(3),
  location: "Shanghai, China",
  remote: false,
  urgency: "medium",
  skillsRequired: ["photography", "local_knowledge"],
});
