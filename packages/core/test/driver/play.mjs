import { open, scenes } from "./scenes.mjs";

const [name, url] = process.argv.slice(2);
const admin = open(url);
await admin`drop table if exists driver`;
await admin`create table driver (word text not null)`;
await scenes[name]({ url, admin, sql: open(url) });
process.stdout.write("played\n", () => process.exit(0));
