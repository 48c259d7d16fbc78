import { act, cleanup, screen } from "@testing-library/react";
import { ThrottleNotice } from "api-service-client/react";
import { StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BUSY } from "./client-stand-in.js";
import { renderWithClient } from "./render.js";
import { spoken } from "./spoken.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const advance = (ms: number): void => act(() => void vi.advanceTimersByTime(ms));

describe("the notice", () => {
  test("is an empty polite live region, out of the flow, while calls flow", () => {
    const { container } = renderWithClient(<ThrottleNotice className="toast" />);
    const region = screen.getByRole("status");
    expect(region.getAttribute("aria-live")).toBe("polite");
    expect(container.textContent).toBe("");
    const box = container.firstElementChild as HTMLElement;
    expect(box.className).toBe("");
    expect(box.style.position).toBe("absolute");
  });

  test("shows the message and a countdown while calls are paused, and is gone when they flow again", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(75));
    expect(screen.getByRole("status").textContent).toBe(BUSY);
    expect(container.textContent).toBe(`${BUSY}1:15`);
    advance(66_000);
    expect(container.textContent).toBe(`${BUSY}0:09`);
    act(() => client.flow());
    expect(container.textContent).toBe("");
  });

  test("shows no countdown for a pause without an end", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.set({ status: "paused", resumeAt: null, message: BUSY }));
    expect(container.textContent).toBe(BUSY);
  });

  test("stays at zero while the probe is on its way", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(2));
    advance(5_000);
    expect(container.textContent).toBe(`${BUSY}0:00`);
  });

  test("counts down to the new end of a pause that has become longer", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(2));
    advance(1_000);
    act(() => client.pauseFor(20));
    expect(container.textContent).toBe(`${BUSY}0:20`);
  });

  test("leaves no timer behind", () => {
    const { client, unmount } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(20));
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    unmount();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("takes no focus and has nothing to focus", () => {
    const { client, container } = renderWithClient(
      <>
        <input aria-label="Search" />
        <ThrottleNotice />
      </>,
    );
    screen.getByRole("textbox").focus();
    act(() => client.pauseFor(20));
    expect(document.activeElement).toBe(screen.getByRole("textbox"));
    expect(
      container.querySelector("dialog, [role=dialog], [role=alert], [aria-modal], [tabindex], button"),
    ).toBeNull();
  });
});

describe("a screen reader hears", () => {
  test("the message once for each pause, and not the countdown", async () => {
    const { client } = renderWithClient(<ThrottleNotice />);
    const texts = spoken(screen.getByRole("status"));
    act(() => client.pauseFor(10));
    for (let second = 0; second < 9; second += 1) await act(() => vi.advanceTimersByTimeAsync(1_000));
    act(() => client.flow());
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(texts).toEqual([BUSY]);
    act(() => client.pauseFor(10));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(texts).toEqual([BUSY, BUSY]);
  });

  test("nothing new when the pause becomes longer, even in other words", async () => {
    const { client } = renderWithClient(<ThrottleNotice />);
    const texts = spoken(screen.getByRole("status"));
    act(() => client.pauseFor(10, "Busy for 10 seconds."));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    act(() => client.pauseFor(20, "Busy for 20 seconds."));
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    expect(texts).toEqual(["Busy for 10 seconds."]);
  });

  test("the message in a region that was in the page before its words, even if the pause was there first", () => {
    const { client } = renderWithClient(null);
    act(() => client.pauseFor(10));
    const changes = new MutationObserver(() => {});
    changes.observe(document.body, { childList: true, subtree: true });
    renderWithClient(<ThrottleNotice />, client);
    const region = screen.getByRole("status");
    expect(region.textContent).toBe(BUSY);
    expect(changes.takeRecords().filter((change) => change.target === region)).toHaveLength(1);
    changes.disconnect();
  });
});

describe("minPauseMs", () => {
  test("keeps quiet about pauses shorter than a second by default", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(0.9));
    advance(500);
    expect(container.textContent).toBe("");
  });

  test("sets another length", () => {
    const { client, container } = renderWithClient(<ThrottleNotice minPauseMs={5_000} />);
    act(() => client.pauseFor(4));
    expect(container.textContent).toBe("");
  });

  test("counts from the beginning of the pause: one that is extended past it is shown then", () => {
    const { client, container } = renderWithClient(<ThrottleNotice minPauseMs={2_000} />);
    act(() => client.pauseFor(1.5));
    advance(1_000);
    expect(container.textContent).toBe("");
    act(() => client.pauseFor(1.5));
    expect(container.textContent).toContain(BUSY);
  });

  test("a notice that is shown stays to the end of its pause", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(3));
    advance(2_900);
    expect(container.textContent).toContain(BUSY);
  });
});

describe("looks", () => {
  test("className replaces the default style, only while there is something to show", () => {
    const { client, container } = renderWithClient(<ThrottleNotice className="toast" />);
    const box = container.firstElementChild as HTMLElement;
    act(() => client.pauseFor(5));
    expect(box.className).toBe("toast");
    expect(box.getAttribute("style") ?? "").toBe("");
    act(() => client.flow());
    expect(box.className).toBe("");
  });

  test("the default style moves nothing", () => {
    const { client, container } = renderWithClient(<ThrottleNotice />);
    act(() => client.pauseFor(5));
    const style = (container.firstElementChild as HTMLElement).getAttribute("style") ?? "";
    expect(style).toContain("position: fixed");
    expect(style).not.toMatch(/animation|transition|transform/);
  });

  test("children render it differently, and the message is announced all the same", async () => {
    const { client, container } = renderWithClient(
      <ThrottleNotice>
        {({ message, secondsLeft, queued }) => <p>{`${message} ${queued} calls, ${secondsLeft} s`}</p>}
      </ThrottleNotice>,
    );
    expect(container.querySelector("p")).toBeNull();
    const texts = spoken(screen.getByRole("status"));
    act(() => client.set({ queued: 12 }));
    act(() => client.pauseFor(5));
    expect(container.querySelector("p")?.textContent).toBe(`${BUSY} 12 calls, 5 s`);
    await act(() => vi.advanceTimersByTimeAsync(1_000));
    act(() => client.set({ queued: 13 }));
    expect(container.querySelector("p")?.textContent).toBe(`${BUSY} 13 calls, 4 s`);
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(texts).toEqual([BUSY]);
  });
});

test("StrictMode changes nothing of it", () => {
  const { client, container } = renderWithClient(
    <StrictMode>
      <ThrottleNotice />
    </StrictMode>,
  );
  act(() => client.pauseFor(9));
  expect(container.textContent).toBe(`${BUSY}0:09`);
  advance(1_000);
  expect(container.textContent).toBe(`${BUSY}0:08`);
});
