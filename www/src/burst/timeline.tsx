import { useApiServiceClient } from "api-service-client/react";
import type { ReactElement } from "react";
import { useCallback, useEffect, useState } from "react";
import type { Draw } from "../canvas/canvas.js";
import { Canvas } from "../canvas/canvas.js";
import type { Answer, Ledger } from "./ledger.js";
import { useProgress } from "./ledger.js";
import { Pauses } from "./pauses.js";

const SHORTEST_SPAN_MS = 10_000;
const BAR = 6;
const GAP = 2;
const AXIS = 20;

/** The gateway's answers over time: the burst, the refusals, the pause, and the pace after it. */
export function Timeline({ ledger }: { ledger: Ledger }): ReactElement {
  const client = useApiServiceClient();
  const [pauses] = useState(() => new Pauses());
  useEffect(() => pauses.follow(client), [pauses, client]);
  const { waiting, onTheWire } = useProgress(ledger);
  const running = waiting + onTheWire > 0;

  const draw = useCallback<Draw>(
    (context, { width, height }, colour) => {
      const floor = height - AXIS;
      const first = ledger.answers[0]?.at;
      const last = running ? performance.now() : (ledger.answers.at(-1)?.at ?? 0);
      const span = Math.max(SHORTEST_SPAN_MS, first === undefined ? 0 : (last - first) * 1.02);
      const x = (ms: number): number => (ms / span) * width;

      context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
      context.textBaseline = "bottom";
      if (first !== undefined) {
        for (const { from, to } of pauses.until(last)) {
          const [left, right] = [Math.max(0, x(from - first)), x(to - first)];
          context.fillStyle = colour("--pause");
          context.fillRect(left, 0, Math.max(1, right - left), floor);
          if (right - left > 48) {
            context.fillStyle = colour("--refused-ink");
            context.textAlign = "center";
            context.fillText("paused", (left + right) / 2, 18);
          }
        }
        const bars = countPerBar(ledger.answers, first, span / (width / BAR));
        const most = Math.max(4, ...bars.map(({ done, refused }) => done + refused));
        const scale = (floor - 28) / most;
        bars.forEach(({ done, refused }, index) => {
          context.fillStyle = colour("--done");
          context.fillRect(index * BAR, floor - done * scale, BAR - GAP, done * scale);
          context.fillStyle = colour("--refused");
          context.fillRect(index * BAR, floor - (done + refused) * scale, BAR - GAP, refused * scale);
        });
      }

      context.fillStyle = colour("--line");
      context.fillRect(0, floor, width, 1);
      context.fillStyle = colour("--muted");
      const step = tickStep(span / 1_000, width);
      for (let second = 0; second * 1_000 < span; second += step) {
        const place = x(second * 1_000);
        context.textAlign = second === 0 ? "left" : "center";
        if (place < width - 16) context.fillText(`${second} s`, place, height);
      }
    },
    [ledger, pauses, running],
  );

  // While requests are pending, the axis moves with time as well as with answers.
  const subscribe = useCallback(
    (redraw: () => void) => {
      if (!running) return ledger.subscribe(redraw);
      const timer = setInterval(redraw, 50);
      return () => clearInterval(timer);
    },
    [ledger, running],
  );

  return (
    <figure className="card timeline">
      <figcaption>
        <h2>The gateway’s answers over time</h2>
      </figcaption>
      <Canvas
        className="timeline-canvas"
        draw={draw}
        subscribe={subscribe}
        label="Bars: answers over time, accepted and refused. Shaded: the pauses."
      />
    </figure>
  );
}

interface Bar {
  done: number;
  refused: number;
}

function countPerBar(answers: readonly Answer[], first: number, barMs: number): Bar[] {
  const bars: Bar[] = [];
  for (const { at, refused } of answers) {
    const index = Math.floor((at - first) / barMs);
    while (bars.length <= index) bars.push({ done: 0, refused: 0 });
    const bar = bars[index];
    if (bar === undefined) continue;
    if (refused) bar.refused += 1;
    else bar.done += 1;
  }
  return bars;
}

/** The seconds between two labels: a whole number that keeps them at least 56 px apart. */
function tickStep(seconds: number, width: number): number {
  return [1, 2, 5, 10, 20, 30, 60, 120, 300].find((step) => (step / seconds) * width >= 56) ?? 600;
}
