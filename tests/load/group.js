/**
 * One attempt of a request: when it left and when its answer was there, in milliseconds since the group's first.
 *
 * @typedef {{ at: number, answeredAt: number, status: number }} Send
 */

/**
 * Where clients run. Those that are gathered have loaded what they need, and start together; in the end there is a report of each.
 *
 * @typedef {{ sends: Send[], answered: number, lost: number }} Report
 * @typedef {object} Place
 * @property {string} name
 * @property {(work: { kind: string, url: string, headers: HeadersInit, workers: number, requests: number }) => Promise<() => Promise<Report[]>>} gather
 * @property {() => Promise<void>} close
 */

/**
 * Several clients of one kind, with so many requests each.
 *
 * @param {Place} place
 * @returns {Promise<{ kind: string, title: string, what: string, sends: Send[], answered: number, lost: number, ms: number }>}
 */
export async function send(place, { kind, title, what, url, headers, workers, requests }) {
  const start = await place.gather({ kind, url, headers, workers, requests });
  const done = await start();
  const sends = done.flatMap((report) => report.sends).sort((one, other) => one.at - other.at);
  const began = sends[0].at;
  for (const attempt of sends) {
    attempt.at -= began;
    attempt.answeredAt -= began;
  }
  const total = (name) => done.reduce((sum, report) => sum + report[name], 0);
  const ms = Math.max(...sends.map(({ answeredAt }) => answeredAt));
  return { kind, title, what, sends, answered: total("answered"), lost: total("lost"), ms };
}
