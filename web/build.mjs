// build.mjs - data/web/plot.js out of pictures.js and Observable Plot, and the
// licences of everything that went into it. `make web`; the result is in the
// repository, and test/web.sh holds the two together byte for byte.
//
//   node build.mjs [DIR]    (../data/web)
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url)), to = process.argv[2] ?? join(here, "../data/web");
const made = await build({
  absWorkingDir: here, entryPoints: ["pictures.js"], bundle: true, minify: true, format: "iife", target: "es2021",
  legalComments: "none", charset: "utf8", metafile: true, write: false,
});

// A package is node_modules/NAME or node_modules/@SCOPE/NAME.
const inputs = Object.values(made.metafile.outputs)[0].inputs;
const used = Object.entries(inputs).filter(([, one]) => one.bytesInOutput > 0);
const packages = [...new Set(used.map(([file]) => /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]))].filter(Boolean).sort();

const texts = new Map();
for (const dir of packages) {
  const { name, version, license } = JSON.parse(readFileSync(join(here, dir, "package.json"), "utf8"));
  const file = readdirSync(join(here, dir)).find((f) => /^licen[cs]e/i.test(f));
  if (!file) throw new Error(`${dir}: no licence`);
  const text = `${license}\n\n${readFileSync(join(here, dir, file), "utf8").replaceAll("\r", "").trim()}\n`;
  texts.set(text, [...(texts.get(text) ?? []), `${name} ${version}`]);
}
const licences = ["What plot.js is made of, besides web/pictures.js, and under which licences.\n",
  ...[...texts].map(([text, names]) => `${"-".repeat(80)}\n${names.join("\n")}\n\n${text}`)].join("\n");

// Where the server gives it out: see src/serve/assets.h.
const address = `/asset/${createHash("sha256").update(licences).digest("hex").slice(0, 16)}/plot.licences.txt`;
writeFileSync(join(to, "plot.licences.txt"), licences);
writeFileSync(join(to, "plot.js"), `/* Observable Plot, d3 and others; licences: ${address} */\n${made.outputFiles[0].text}`);
