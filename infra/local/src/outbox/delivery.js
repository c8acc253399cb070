// A delivery as the product sees it: one word, its parts, and its attempts when asked for.

import { el } from "./markup.js";

const clock = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const moment = new Intl.DateTimeFormat([], { dateStyle: "medium", timeStyle: "short" });
const tone = {
  delivered: "good", read: "good", accepted: "going", sent: "going", sending: "going", queued: "going",
  awaiting_window: "waiting", retrying: "waiting", unknown: "waiting", held: "waiting", failed: "bad", expired: "bad",
};

const words = (state) => String(state).replaceAll("_", " ");

const stateOf = (delivery) => delivery?.state ?? delivery?.phase ?? "not known to the product";

const pill = (state) => el("span", { class: `pill ${tone[state] ?? "going"}` }, words(state));

function partLine(part) {
  const progress = part.state ?? part.progress;
  return el("li", {}, el("b", {}, words(part.name)), " ", pill(progress),
    part.at && el("time", {}, clock.format(new Date(part.at))),
    part.provider_id && el("code", { title: part.provider_id }, part.provider_id));
}

function attemptLine(attempt) {
  return el("li", {}, el("b", {}, `try ${attempt.number}`), ` ${words(attempt.part)}, ${words(attempt.call)}: `,
    words(typeof attempt.outcome === "object" ? (attempt.outcome.kind ?? Object.keys(attempt.outcome)[0]) : attempt.outcome),
    attempt.duration_ms !== undefined && ` in ${attempt.duration_ms} ms`,
    attempt.at && el("time", {}, clock.format(new Date(attempt.at))),
    attempt.why && el("p", { class: "why" }, attempt.why.sentence ?? attempt.why.text ?? attempt.why.code));
}

const runOf = (id) => id.split("~").slice(0, 2).join("~");

/** The attempts of a delivery, wherever the run's answer has them. */
function attemptsOf(run, id) {
  const rows = run.deliveries?.items ?? run.deliveries ?? [];
  const own = rows.find?.((delivery) => delivery.id === id);
  return own?.attempts ?? (run.attempts ?? []).filter((attempt) => attempt.delivery_id === id);
}

/** A line with the state; opened, it shows parts and attempts. `part` puts that part's own state on the line. */
export function details(delivery, id, part) {
  const [, when, destination] = id.split("~");
  const own = part && delivery?.parts?.find((other) => other.name === part);
  const whole = stateOf(delivery);
  const state = own ? (own.state ?? own.progress) : whole;
  const attempts = el("ol", { class: "attempts" });
  const load = async (event) => {
    if (!event.target.open || !delivery) return;
    const answer = await fetch(`/outbox/runs/${encodeURIComponent(delivery.run_id ?? runOf(id))}`);
    const run = await answer.json().catch(() => ({}));
    const found = answer.ok ? attemptsOf(run, id) : [];
    attempts.replaceChildren(...(found.length ? found.map(attemptLine) : [el("li", {}, answer.ok ? "No attempt yet." : "Attempts could not be read.")]));
  };
  return el("details", { class: "delivery", ontoggle: load },
    el("summary", {}, el("span", {}, part ? `product: ${words(part)}` : `to ${delivery?.destination_id ?? destination ?? id}`), pill(state),
      // A part can fail while its delivery waits for the next chance.
      own && whole !== state && pill(whole),
      delivery?.attempt > 1 && el("span", { class: "note" }, `${delivery.attempt} tries`)),
    delivery?.why && el("p", { class: "why" }, delivery.why.sentence ?? delivery.why.text ?? delivery.why.code),
    el("ul", { class: "parts" }, (delivery?.parts ?? []).map(partLine)),
    attempts,
    el("dl", {},
      el("dt", {}, "Delivery"), el("dd", {}, el("code", {}, id)),
      when && [el("dt", {}, "Due"), el("dd", { title: when }, Number.isNaN(Date.parse(when)) ? when : moment.format(new Date(when)))],
      delivery?.updated_at && [el("dt", {}, "Changed"), el("dd", {}, clock.format(new Date(delivery.updated_at)))],
      delivery?.next_try_at && [el("dt", {}, "Next try"), el("dd", {}, clock.format(new Date(delivery.next_try_at)))]));
}
