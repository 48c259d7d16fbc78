import type { ReactElement } from "react";
import { useCallback } from "react";
import type { Draw, Size } from "../canvas/canvas.js";
import { Canvas } from "../canvas/canvas.js";
import type { Tone } from "../figure.js";
import type { Ledger, Progress } from "./ledger.js";
import { useProgress } from "./ledger.js";

const LARGEST_PITCH = 24;

const LEGEND: [Tone, string][] = [
  ["waiting", "waiting"],
  ["sent", "on the wire"],
  ["refused", "refused, waiting to be sent again"],
  ["done", "done"],
  ["failed", "failed"],
];

/**
 * One dot for each request, in the order of the calls. Before the first request, the dots show the planned
 * ones.
 */
export function Dots({ ledger, planned }: { ledger: Ledger; planned: number }): ReactElement {
  const { total, waiting, onTheWire, done, failed } = useProgress(ledger);
  const shown = total === 0 ? planned : total;

  const draw = useCallback<Draw>(
    (context, size, colour) => {
      const pitch = pitchThatFits(shown, size);
      const columns = Math.floor(size.width / pitch);
      const radius = pitch * 0.34;
      // The dots extend from edge to edge, so that they align with the text below.
      const across = (size.width - 2 * radius) / (columns - 1);
      const at = (index: number): [number, number] => [
        radius + (index % columns) * across,
        radius + Math.floor(index / columns) * pitch,
      ];

      // One path for each kind keeps drawing cheap for any number of dots.
      for (const [kind, shape] of Object.entries(SHAPES)) {
        context.beginPath();
        for (let index = 0; index < shown; index += 1) {
          if ((ledger.progress[index] ?? "planned") === kind) shape.trace(context, ...at(index), radius);
        }
        context.lineWidth = Math.max(1, radius * 0.3);
        context.strokeStyle = context.fillStyle = colour(shape.colour);
        if (shape.filled) context.fill();
        else context.stroke();
      }
    },
    [ledger, shown],
  );

  return (
    <figure className="card dots">
      <Canvas
        className="dots-canvas"
        draw={draw}
        subscribe={ledger.subscribe}
        label={`${shown} requests: ${done} done, ${onTheWire} on the wire, ${waiting} waiting, ${failed} failed`}
      />
      <figcaption className="legend">
        {LEGEND.map(([tone, words]) => (
          <span key={tone}>
            <span className={`dot ${tone}`} aria-hidden="true" />
            {words}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

interface Shape {
  colour: string;
  filled: boolean;
  trace: (context: CanvasRenderingContext2D, x: number, y: number, radius: number) => void;
}

const disc: Shape["trace"] = (context, x, y, radius) => {
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
};
const ring: Shape["trace"] = (context, x, y, radius) => disc(context, x, y, radius * 0.85);
const cross: Shape["trace"] = (context, x, y, radius) => {
  context.moveTo(x - radius, y - radius);
  context.lineTo(x + radius, y + radius);
  context.moveTo(x + radius, y - radius);
  context.lineTo(x - radius, y + radius);
};

/** Ended requests are filled, waiting ones hollow: colour is never the only difference. */
const SHAPES: Record<Progress | "planned", Shape> = {
  planned: { colour: "--planned", filled: false, trace: ring },
  waiting: { colour: "--waiting", filled: false, trace: ring },
  refused: { colour: "--refused", filled: false, trace: ring },
  sent: { colour: "--sent", filled: true, trace: disc },
  done: { colour: "--done", filled: true, trace: disc },
  failed: { colour: "--failed", filled: false, trace: cross },
};

/** The largest distance between dots at which all fit. */
function pitchThatFits(count: number, { width, height }: Size): number {
  let pitch = LARGEST_PITCH;
  while (pitch > 2 && Math.ceil(count / Math.floor(width / pitch)) * pitch > height) pitch -= 0.5;
  return pitch;
}
