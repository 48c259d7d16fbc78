/**
 * One attempt of a request. Its start and its answer are in milliseconds since the group's first attempt.
 *
 * @typedef {{ at: number, answeredAt: number, status: number }} Send
 */

/**
 * The environment of clients. Gathered clients have loaded their code and start together; each ends with a
 * report.
 *
 * @typedef {{ sends: Send[], answered: number, lost: number }} Report
 * @typedef {object} Place
 * @property {string} name
 * @property {(work: { kind: string, url: string, headers: HeadersInit, workers: number, requests: number })
 *   => Promise<() => Promise<Report[]>>} gather
 * @property {() => Promise<void>} close
 */

/**
 * Runs several clients of one kind, with `requests` requests each.
 *
 * @param {Place} place
 * @returns {Promise<{ kind: string, title: string, what: string, sends: Send[], answered: number, lost:
 *   number, ms: number }>}
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
