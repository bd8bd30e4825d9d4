/*
 * duck.mjs - the questions of bench/book/questions.sql to DuckDB.
 *
 *     node bench/book/duck.mjs NODE-MODULES [DIR QUESTIONS OUT PROMISES]
 *
 * Loads DIR/*.csv into DIR/duck.db, with an index on the promise, and writes
 * OUT.answers and OUT.times: bench/book/asked.h. One thread. The time is that
 * of the whole process, to the row in JavaScript. With NODE-MODULES alone it
 * only tries whether DuckDB runs here.
 */
import fs from "node:fs";
import { createRequire } from "node:module";

const [modules, dir, questions, out, promises] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(modules + "/")("@duckdb/node-api");

if (!dir) process.exit(0);

const columns = {
    donor: "id INTEGER, name VARCHAR, gdp DOUBLE",
    item: "id INTEGER, class INTEGER, domain INTEGER",
    rate: "currency TINYINT, month SMALLINT, rate DOUBLE",
    entry: `id INTEGER, recorded_at BIGINT, effective INTEGER, eff_month SMALLINT, donor SMALLINT,
        recipient SMALLINT, item SMALLINT, from_stage TINYINT, to_stage TINYINT, promise INTEGER,
        qty BIGINT, unit_value BIGINT, currency TINYINT, channel TINYINT, passage INTEGER,
        disclosure TINYINT, corrects INTEGER`,
};

async function load(c) {
    for (const [table, list] of Object.entries(columns)) {
        await c.run(`CREATE TABLE ${table}(${list})`);
        await c.run(`COPY ${table} FROM '${dir}/${table}.csv' (FORMAT csv, HEADER false)`);
    }
    await c.run("CREATE INDEX by_promise ON entry(promise)");
    await c.run("CHECKPOINT");
}

const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
};
const promiseAt = (i) => 1 + Number((BigInt(i) * 2654435761n) % BigInt(promises));
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/* As asked_time() in asked.h. */
async function time(ask, one, show) {
    let trials = Number(process.env.BENCH_TRIALS ?? 5), turn = 0, begin = cpuMs();
    for (let i = 0; i < (one ? 200 : 1); i++) show(await ask(promiseAt(i)));
    if (cpuMs() - begin > 2000 && trials > 3) trials = 3;
    const took = [];
    for (let t = 0; t < trials; t++) {
        let times = 0;
        begin = cpuMs();
        do {
            await ask(promiseAt(turn++));
            times++;
        } while (cpuMs() - begin < 10);
        took.push((cpuMs() - begin) / times);
    }
    return median(took);
}

const instance = await DuckDBInstance.create(dir + "/duck.db", { threads: "1" });
const connection = await instance.connect();
await load(connection);
let answers = "", times = "";
for (const part of fs.readFileSync(questions, "utf8").split(/^(?=-- )/m)) {
    const [, name, keys, sql] = /^-- (\S+) (\d) .*\n([^]*);/.exec(part) ?? [];
    if (!name) continue;
    const statement = await connection.prepare(sql);
    const one = sql.includes("$1");
    const ask = async (promise) => {
        if (one) statement.bindInteger(1, promise);
        return (await statement.runAndReadAll()).getRows();
    };
    const show = (rows) => {
        for (const row of rows) {
            answers += `${name}\t${row.slice(0, keys).join("/")}\t${row.slice(keys).join("\t")}\n`;
        }
    };
    times += `${name}\t${(await time(ask, one, show)).toFixed(6)}\n`;
}
fs.writeFileSync(out + ".answers", answers);
fs.writeFileSync(out + ".times", times);
