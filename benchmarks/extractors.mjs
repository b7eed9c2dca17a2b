// One extractor that runs on Node, for extraction.py: the same lines in and out as extractors.py.
//
//     node benchmarks/extractors.mjs readability|readability-linkedom|defuddle

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
const WARM_UP = `<!DOCTYPE html><html><head><title>Tides</title></head><body><article><h1>Tides</h1>${"<p>The harbour fills twice a day, and the clerks write down when.</p>".repeat(9)}</article></body></html>`;

function versionOf(...names) {
  const version = (name) =>
    JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
  const [first, ...others] = names;
  return [version(first), ...others.map((name) => `${name} ${version(name)}`)].join(", ");
}

async function jsdom() {
  const { JSDOM, VirtualConsole } = await import("jsdom");
  return (html, url) => new JSDOM(html, { url, virtualConsole: new VirtualConsole() }).window;
}

// linkedom takes a page without <html> for a fragment; browsers and the other parsers do not.
async function linkedom() {
  const { parseHTML } = await import("linkedom");
  return (html, url) => {
    const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
    document.URL = url;
    return { document, close() {} };
  };
}

async function readability(dom) {
  const { Readability } = await import("@mozilla/readability");
  return (html, url) => {
    const window = dom(html, url);
    const article = new Readability(window.document).parse();
    window.close();
    if (!article) return { text: "" };
    return { html: article.content, title: article.title, author: article.byline, date: article.publishedTime };
  };
}

async function defuddle(dom) {
  const { Defuddle } = await import("defuddle/node");
  return async (html, url) => {
    const { document } = dom(html, url);
    document.styleSheets ??= [];
    if (document.defaultView && !document.defaultView.getComputedStyle) {
      document.defaultView.getComputedStyle = () => ({ display: "" });
    }
    const found = await Defuddle(document, url, { useAsync: false }); // nothing is read from the network
    return { html: found.content, title: found.title, author: found.author, date: found.published };
  };
}

const EXTRACTORS = {
  readability: [async () => readability(await jsdom()), "@mozilla/readability", "jsdom"],
  "readability-linkedom": [async () => readability(await linkedom()), "@mozilla/readability", "linkedom"],
  defuddle: [async () => defuddle(await linkedom()), "defuddle", "linkedom"],
};

async function attempt(extract, { html, url }) {
  try {
    return await extract(html, url || "https://example.org/");
  } catch (error) {
    return { error: String(error).slice(0, 200) };
  }
}

const reply = (values) => process.stdout.write(`${JSON.stringify(values)}\n`);
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = () => {}; // what a tool prints is no reply

async function main() {
  const [make, ...packages] = EXTRACTORS[process.argv[2]];
  let extract;
  let version;
  try {
    packages.forEach((name) => require.resolve(`./node_modules/${name}/package.json`));
    extract = await make();
    version = versionOf(...packages);
  } catch (error) {
    reply({ missing: String(error.message).split("\n")[0] });
    return;
  }
  await attempt(extract, { html: WARM_UP, url: "https://example.org/tides" });
  reply({ version: `${version}, Node ${process.versions.node}` });
  for await (const line of createInterface({ input: process.stdin })) {
    const { pages } = JSON.parse(line);
    const articles = [];
    const used = process.cpuUsage();
    const start = performance.now();
    for (const page of pages) articles.push(await attempt(extract, page));
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(used);
    const peak = process.resourceUsage().maxRSS / 1024;
    reply({ articles, seconds, cpu: (user + system) / 1e6, peak });
  }
}

await main();
