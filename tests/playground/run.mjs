// The playground's page in a browser: node run.mjs REPOSITORY BINARY SITE_FOLDER SCRATCH [FILTER]
//
// SITE_FOLDER is what npm/playground/build.mjs wrote, BINARY the bundler whose outputs the page's
// must equal. The packages of npm/playground have to be installed. Pictures of the page are written
// into SCRATCH. Each test gets a server and browsers of its own.

import { mkdirSync } from "node:fs";
import { Site } from "./site.mjs";
import { Visitor } from "./visitor.mjs";
import { tests as building } from "./building.mjs";
import { tests as keyboard } from "./keyboard.mjs";
import { tests as links } from "./links.mjs";
import { tests as looks } from "./looks.mjs";
import { tests as offline } from "./offline.mjs";
import { tests as preview } from "./preview.mjs";
import { tests as results } from "./results.mjs";
import { tests as trouble } from "./trouble.mjs";

const [repository, binary, folder, scratch, filter = ""] = process.argv.slice(2);
const ALL = {
  building,
  results,
  preview,
  links,
  keyboard,
  offline,
  trouble,
  looks,
};
/** Of a test. */
const LIMIT = 240_000;

mkdirSync(scratch, { recursive: true });
const failed = [];
let count = 0;
for (const [group, tests] of Object.entries(ALL)) {
  for (const [name, test] of Object.entries(tests)) {
    const full = `${group}: ${name}`;
    if (!full.includes(filter)) continue;
    count += 1;
    const since = performance.now();
    const failure = await outcome(test);
    const time = `${((performance.now() - since) / 1000).toFixed(1)} s`;
    console.log(
      failure === null ? `ok    ${full} (${time})` : `FAIL  ${full} (${time})\n${failure}`,
    );
    if (failure !== null) failed.push(full);
  }
}
console.log(`playground: ${count - failed.length} of ${count} tests pass`);
process.exit(failed.length === 0 && count > 0 ? 0 : 1);

/** What went wrong; `null` if nothing did. Browsers and server end with the test. */
async function outcome(test) {
  const site = await new Site(folder).start();
  const visitors = [];
  const visit = async (address = site.address, options = {}) => {
    const visitor = await Visitor.open(address, options);
    visitors.push(visitor);
    return visitor;
  };
  const late = new Promise((resolve) =>
    setTimeout(() => resolve("it takes too long"), LIMIT).unref(),
  );
  const run = test({ repository, binary, scratch, folder, site, visit }).then(
    () => complaintsOf(visitors),
    (error) => `${error.stack}\n${complaintsOf(visitors) ?? ""}`,
  );
  const failure = await Promise.race([run, late]);
  await Promise.all(visitors.map((visitor) => visitor.leave()));
  await site.stop().catch(() => {});
  return failure;
}

/** A page must not complain, unless its test says what of. */
function complaintsOf(visitors) {
  const complaints = visitors.flatMap(({ complaints, expects }) =>
    complaints.filter((complaint) => !expects.some((known) => complaint.includes(known))),
  );
  return complaints.length === 0 ? null : `the page complains:\n${complaints.join("\n")}`;
}
