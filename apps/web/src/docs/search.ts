/** Search over the docs, in the browser; the index and the library are fetched with the first word. */

export interface Hit {
  href: string;
  title: string;
  about: string;
}

/** One page, as the index is made from. */
export interface Entry extends Hit {
  text: string;
}

type Find = (words: string) => Hit[];
let ready: Promise<Find> | undefined;

async function load(): Promise<Find> {
  const [{ default: MiniSearch }, reply] = await Promise.all([
    import("minisearch"),
    fetch("/docs-search.json"),
  ]);
  if (!reply.ok) throw new Error(`The index of the docs answers ${reply.status}.`);
  const index = new MiniSearch<Entry>({
    idField: "href",
    fields: ["title", "about", "text"],
    storeFields: ["title", "about"],
    searchOptions: { boost: { title: 4, about: 2 }, prefix: true, fuzzy: 0.15, combineWith: "AND" },
  });
  index.addAll((await reply.json()) as Entry[]);
  return (words) =>
    index
      .search(words)
      .slice(0, 8)
      .map(({ id, title, about }) => ({ href: id as string, title, about }));
}

/** The best pages for some words; none while there are no words. */
export async function search(words: string): Promise<Hit[]> {
  if (!words.trim()) return [];
  ready ??= load();
  try {
    return (await ready)(words);
  } catch (error) {
    ready = undefined; // the next word tries again
    console.error(error);
    return [];
  }
}
