// Draws the wall's charts from the tables that stand behind them, in the colours of the house. Each can be swapped for its table.
import { BarChart } from "echarts/charts";
import { GridComponent, LegendComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { hourAndMinute } from "../../clock";
import { element, fill } from "../../element";
import { numberIn, thousands } from "../../figures";
import type { Pulse } from "./pulse";

use([BarChart, GridComponent, LegendComponent, CanvasRenderer]);

type Options = Parameters<EChartsType["setOption"]>[0];
const THEMES = ["--theme-2", "--theme-1", "--theme-4", "--theme-3", "--theme-5", "--theme-6"];
const MINUTE_MS = 60_000;

export class Charts {
  private readonly host: HTMLElement;
  private readonly pulse: Pulse;
  private readonly drawn: { [name: string]: EChartsType } = {};
  private shown = "";

  constructor(host: HTMLElement, pulse: Pulse) {
    this.host = host;
    this.pulse = pulse;
  }

  start(): void {
    const charts = this.host.querySelectorAll<HTMLElement>("[data-chart]");
    for (let place = 0; place < charts.length; place += 1) this.prepare(charts[place] as HTMLElement);
    addEventListener("resize", this.onResize);
    this.draw();
  }

  stop(): void {
    removeEventListener("resize", this.onResize);
    for (const name of Object.keys(this.drawn)) (this.drawn[name] as EChartsType).dispose();
  }

  /** Draw again what came with the page's parts. */
  draw(): void {
    this.set("days", () => days(this.table("days")));
    this.set("tasks", () => tasks(this.table("tasks")));
  }

  /** Draw the last hour, when a minute is over or something was counted. */
  beat(now: number): void {
    const beats = this.pulse.beats(now);
    const shown = beats.map((beat) => beat.count).join(" ") + hourAndMinute(now);
    if (shown === this.shown) return;
    this.shown = shown;
    const labels = beats.map((beat) => hourAndMinute(beat.minute * MINUTE_MS));
    const body = this.host.querySelector("[data-minutes]");
    if (body) fill(body, ...beats.filter((beat) => beat.count).map((beat) => row(hourAndMinute(beat.minute * MINUTE_MS), thousands(beat.count))));
    this.set("pulse", () => minutes(labels, beats.map((beat) => beat.count)));
  }

  private prepare(figure: HTMLElement): void {
    const canvas = figure.querySelector<HTMLElement>("[data-canvas]");
    const table = figure.querySelector<HTMLElement>("[data-table]");
    const swap = figure.querySelector<HTMLButtonElement>("[data-swap]");
    if (!canvas || !table) return;
    figure.hidden = false;
    canvas.hidden = false;
    if (table.dataset["keep"] === undefined) {
      table.classList.add("visually-hidden");
      table.removeAttribute("tabindex");
    }
    this.drawn[figure.dataset["chart"] || ""] = init(canvas, undefined, { renderer: "canvas" });
    if (!swap) return;
    const words = [swap.textContent || "", swap.dataset["back"] || ""];
    swap.hidden = false;
    swap.setAttribute("aria-pressed", "false");
    swap.addEventListener("click", () => {
      const isTable = table.classList.toggle("visually-hidden") === false;
      canvas.hidden = isTable;
      if (isTable) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
      swap.setAttribute("aria-pressed", String(isTable));
      if (words[1]) swap.textContent = words[isTable ? 1 : 0] || "";
      if (!isTable) this.onResize();
    });
  }

  private set(name: string, options: () => Options): void {
    const chart = this.drawn[name];
    if (chart) chart.setOption(options(), { notMerge: false, replaceMerge: ["series"] });
  }

  private table(name: string): HTMLTableElement | null {
    return this.host.querySelector(`[data-chart="${name}"] table`);
  }

  private readonly onResize = (): void => {
    for (const name of Object.keys(this.drawn)) (this.drawn[name] as EChartsType).resize();
  };
}

/** Each activity's part in each day, one upon the other. */
function days(table: HTMLTableElement | null): Options {
  const rows = cells(table);
  const head = rows.length > 0 ? (rows[0] as string[]).slice(1) : [];
  const still = stillness();
  return {
    ...still,
    color: THEMES.map(token),
    grid: { left: 8, right: 8, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 14, textStyle: { color: token("--ink"), fontSize: size(1.15) } },
    xAxis: { type: "category", data: head, axisLine: { lineStyle: { color: token("--line") } }, axisTick: { show: false },
      axisLabel: { color: token("--muted"), fontSize: size(1.05) } },
    yAxis: { type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: token("--line") } },
      axisLabel: { color: token("--muted"), fontSize: size(1.05) } },
    series: rows.slice(1).map((each) => ({
      type: "bar", stack: "all", name: each[0] || "", barMaxWidth: 48, data: each.slice(1).map(numberIn),
    })),
  } as Options;
}

/** One bar, in which each light has its share. */
function tasks(table: HTMLTableElement | null): Options {
  const rows = cells(table);
  const colours = ["--bad", "--warn", "--good", "--edge"].map(token);
  return {
    ...stillness(),
    grid: { left: 0, right: 0, top: 0, bottom: 0 },
    xAxis: { type: "value", show: false, max: "dataMax" },
    yAxis: { type: "category", show: false, data: [""] },
    series: rows.map((each, place) => ({
      type: "bar", stack: "all", barWidth: "100%", name: each[0] || "", data: [numberIn(each[1] || "")],
      itemStyle: { color: colours[place] || token("--edge"), borderColor: token("--paper"), borderWidth: 2 },
    })),
  } as Options;
}

function minutes(labels: readonly string[], counts: readonly number[]): Options {
  return {
    ...stillness(),
    grid: { left: 8, right: 8, top: 12, bottom: 4, containLabel: true },
    xAxis: { type: "category", data: labels, axisTick: { show: false }, axisLine: { lineStyle: { color: token("--line") } },
      axisLabel: { color: token("--muted"), fontSize: size(1.05), interval: 14 } },
    yAxis: { type: "value", minInterval: 1, splitNumber: 2, splitLine: { lineStyle: { color: token("--line") } },
      axisLabel: { color: token("--muted"), fontSize: size(1.05) } },
    series: [{ type: "bar", data: counts, barCategoryGap: "20%", itemStyle: { color: token("--signal") } }],
  } as Options;
}

function stillness(): Options {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { animation: !isStill, animationDuration: 400, animationDurationUpdate: 400,
    textStyle: { fontFamily: token("--sans") } } as Options;
}

function cells(table: HTMLTableElement | null): string[][] {
  if (!table) return [];
  return Array.prototype.map.call(table.rows, (each: HTMLTableRowElement) =>
    Array.prototype.map.call(each.cells, (cell: HTMLTableCellElement) => (cell.textContent || "").trim()),
  ) as string[][];
}

function row(name: string, value: string): HTMLElement {
  return element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value));
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** So many rem in pixels: the wall's rem follows the width of the display. */
function size(rem: number): number {
  return Math.max(rem * parseFloat(getComputedStyle(document.documentElement).fontSize), 11);
}
