import type { ReactElement } from "react";
import { useEffect, useRef } from "react";

/** Draws on a canvas whose size is in CSS pixels. `colour` reads a custom property of the page's style. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, colour: (name: string) => string) => void;

export interface Size {
  width: number;
  height: number;
}

interface CanvasProps {
  /** A text alternative. */
  label: string;
  className: string;
  draw: Draw;
  /** Subscribes to changes. Each call of the listener redraws, at most once a frame. */
  subscribe: (listener: () => void) => () => void;
}

/**
 * A canvas at screen resolution that follows the size of its box and takes its colours from the style sheet.
 */
export function Canvas({ label, className, draw, subscribe }: CanvasProps): ReactElement {
  const ref = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return;

    let frame = 0;
    const redraw = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        const { clientWidth: width, clientHeight: height } = canvas;
        const scale = devicePixelRatio;
        const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
        if (canvas.width !== across) canvas.width = across;
        if (canvas.height !== down) canvas.height = down;
        context.setTransform(scale, 0, 0, scale, 0, 0);
        context.clearRect(0, 0, width, height);
        const style = getComputedStyle(canvas);
        draw(context, { width, height }, (name) => style.getPropertyValue(name));
      });
    };

    redraw();
    const unsubscribe = subscribe(redraw);
    const resized = new ResizeObserver(redraw);
    resized.observe(canvas);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", redraw);
    return () => {
      cancelAnimationFrame(frame);
      unsubscribe();
      resized.disconnect();
      scheme.removeEventListener("change", redraw);
    };
  }, [draw, subscribe]);

  return <canvas ref={ref} className={className} role="img" aria-label={label} />;
}
