// The playground's page: makes the parts, and passes on what one of them has to say to the others.
// Files change in Project; Builds builds them in a worker; panels draw the last build.

import { Builds } from "./build/builds";
import type { Built } from "./build/builds";
import { start } from "./build/interface";
import { Editor } from "./editor/editor";
import type { Place } from "./editor/editor";
import { FileTabs } from "./editor/file-tabs";
import { Problems } from "./editor/problems";
import { register } from "./offline/register";
import { Choices } from "./page/choices";
import { byId } from "./page/elements";
import { showHelp } from "./page/help";
import { Results } from "./page/results";
import { onShortcuts } from "./page/shortcuts";
import { whatIsMissing } from "./page/support";
import { Views } from "./page/views";
import { DEFAULT_EXAMPLE, exampleOf, load } from "./project/examples";
import { Packages } from "./project/packages";
import { CONFIG, Project } from "./project/project";
import type { FileChanges } from "./project/project";
import { withValue } from "./project/config-text";
import { decode, LinkMistake } from "./project/share";
import { ComparePanel } from "./results/compare-panel";
import { GlobalsPanel } from "./results/globals-panel";
import { OutputsPanel } from "./results/outputs-panel";
import { PreviewPanel } from "./results/preview-panel";
import { ReportPanel } from "./results/report-panel";
import { WhyPanel } from "./results/why-panel";
import { inWords } from "./results/sizes";

const missing = whatIsMissing();
byId("unsupported").hidden = missing === null;
if (missing === null) run();
else {
  byId("unsupported").textContent = missing;
  byId("status").textContent = "";
}

function run() {
  // Before anything else: both take longest.
  const starting = start();
  const opening = load(exampleIn(location.hash) ?? DEFAULT_EXAMPLE);

  const project = new Project();
  const packages = new Packages();
  let builds: Builds | undefined;
  /** The sentence that is shown is about a build. */
  let hasFailed = false;
  let keeping: ReturnType<typeof setTimeout> | undefined;
  const files = () => builds?.files() ?? {};

  document.querySelector("main")?.removeAttribute("hidden");
  const views = new Views();
  const editor = new Editor(byId("editor"), project, {
    moved: (path, line, column) => outputs.follow(path, line, column),
    refused: complain,
  });
  const tabs = new FileTabs(project, editor);
  const problems = new Problems(project, editor, tabs, () => builds?.bundler);
  const openSource = (path: string, place: Place) => {
    if (project.files.has(path)) tabs.open(path, place);
  };
  const setConfig = (key: string, value: unknown) => {
    project.write(CONFIG, withValue(project.text(CONFIG) || "{}", key, value));
  };
  const outputs = new OutputsPanel(project, {
    openSource,
    turnOnMaps: () => setConfig("sourcemap", "file"),
  });
  const results = new Results({
    preview: new PreviewPanel(files),
    outputs,
    globals: new GlobalsPanel(project, (path, place) => {
      openSource(path, place);
      views.show("code");
      editor.view.focus();
    }),
    compare: new ComparePanel(files),
    why: new WhyPanel(() => builds),
    report: new ReportPanel(() => builds),
  });
  const choices = new Choices(project, { setConfig, open, complain });
  byId("help").addEventListener("click", () => void showHelp(builds?.bundler));
  onShortcuts({ editor, tabs, results, views, share: () => void choices.share() });

  const listener = {
    building: () => document.body.classList.add("is-building"),
    built(built: Built) {
      document.body.classList.remove("is-building");
      byId("status").textContent = summary(built);
      if (hasFailed) complain("");
      hasFailed = false;
      problems.show(built.diagnostics);
      results.show(built);
      clearTimeout(keeping);
      keeping = setTimeout(() => void choices.keep(), 500);
    },
    failed(sentence: string) {
      document.body.classList.remove("is-building");
      byId("status").textContent = "The last build did not end.";
      hasFailed = true;
      complain(sentence);
    },
  };

  async function open(id: string, edits?: FileChanges) {
    const original = await load(id);
    show(id, original, edits);
  }

  function show(id: string, original: Map<string, string>, edits?: FileChanges) {
    project.open(id, original, edits);
    const first = exampleOf(id)?.open ?? "";
    tabs.open(project.files.has(first) ? first : ([...project.files.keys()][0] ?? ""));
  }

  async function begin() {
    show(exampleIn(location.hash) ?? DEFAULT_EXAMPLE, await opening);
    await openLink(location.hash);
    builds = new Builds(project, packages, await starting, listener);
    await builds.now();
    performance.mark("first build");
    register((sentence) => (byId("offline").textContent = sentence));
  }

  /** Opens what the hash of an address says. What is there stays if the link is of no use. */
  async function openLink(hash: string) {
    const fragment = hash.slice(1);
    const named = exampleIn(hash);
    if (named !== undefined && named !== project.example) await open(named);
    if (!/^[zt]=/.test(fragment)) return;
    try {
      const { example, edits } = await decode(fragment);
      if (exampleOf(example) === undefined) throw new LinkMistake("The link names no example.");
      await open(example, edits);
    } catch (error) {
      complain(`${(error as Error).message} The page shows an example instead.`);
    }
  }

  // The address of the event: `Choices.keep` may have replaced the current one since.
  addEventListener("hashchange", ({ newURL }) => void openLink(new URL(newURL).hash));
  begin().catch((error: Error) => {
    byId("status").textContent = "";
    complain(`The bundler could not be started: ${error.message}`);
  });
}

/** `#example=market` opens an example. */
function exampleIn(hash: string) {
  const id = /^#example=([a-z]+)$/.exec(hash)?.[1];
  return id !== undefined && exampleOf(id) !== undefined ? id : undefined;
}

function complain(sentence: string) {
  const message = byId("message");
  message.hidden = sentence === "";
  message.textContent = sentence;
}

function summary({ outputs, milliseconds }: Built): string {
  const isShort = milliseconds < 1000;
  const time = isShort ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
  if (outputs.length === 0) return `Errors after ${time}`;
  const own = outputs.filter(({ path }) => !path.endsWith(".map"));
  const size = own.reduce((sum, { contents }) => sum + contents.length, 0);
  return `Built in ${time}: ${own.length} files, ${inWords(size)}`;
}
