// The outbox page: asks for the state again and again and draws what changed.

import { el, markup, plain } from "./markup.js";
import { details } from "./delivery.js";

const POLL_MS = 1000;
const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏", "❓"];
const LONG_CHARS = 900;

const entries = document.getElementById("entries");
const problem = document.getElementById("problem");
const view = document.getElementById("view");

let state = { chats: [], hooks: [], deliveries: [] };
let seen = "";
let reading = false;
/** What is drawn in the main part: its place, its update function. */
let drawn = { place: null, update: () => {} };

const time = new Intl.DateTimeFormat([], { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat([], { weekday: "long", day: "numeric", month: "long" });

const chatPlace = (chat) => `#/chat/${encodeURIComponent(chat.number.id)}/${encodeURIComponent(chat.person.wa_id)}`;
const hookPlace = (hook) => `#/hook/${encodeURIComponent(hook.name)}`;

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!answer.ok) {
    const { error } = await answer.json().catch(() => ({}));
    say(error ?? `The outbox answered ${answer.status}.`);
  }
  return answer.ok;
}

function say(words) {
  problem.hidden = !words;
  problem.textContent = words ?? "";
}

async function poll() {
  try {
    const answer = await fetch("/outbox/state.json");
    const text = await answer.text();
    if (text !== seen) {
      state = JSON.parse(text);
      seen = text;
      say(state.problem && `States of deliveries are missing: ${state.problem}.`);
      draw();
    }
  } catch {
    seen = "";
    say("The local host has stopped. Start it again with “cargo local”.");
  }
}

// The list of recipients.

function draw() {
  const place = location.hash;
  const chats = state.chats ?? [];
  const hooks = state.hooks ?? [];
  const section = (title, ...items) => el("section", {}, el("h2", {}, title), items);
  entries.replaceChildren(
    section("Phones", state.chats ? chats.map((chat) => chatEntry(chat, place)) : note("WHATSAPP_API_URL is set: messages go there, so no phone is shown.")),
    section("Webhooks", hooks.length ? hooks.map((hook) => hookEntry(hook, place)) : note("No endpoint is open here.")),
    section("Product", entry("#/deliveries", place, "≡", "Deliveries", `${state.deliveries.length} since yesterday`)),
  );
  document.body.classList.toggle("open", place.length > 2);
  if (!place && window.matchMedia("(min-width: 760px)").matches && chats.length) location.replace(chatPlace(chats[0]));
  else show(place);
}

const note = (words) => el("p", { class: "note" }, words);

function entry(target, place, mark, title, line, aside, badge) {
  return el("a", { class: "entry", href: target, "aria-current": target === place && "page" },
    el("span", { class: "avatar", "aria-hidden": "true" }, mark),
    el("span", { class: "what" }, el("span", { class: "title" }, title), el("span", { class: "line" }, line)),
    el("span", { class: "aside" }, aside ?? "", badge ? el("span", { class: "badge" }, badge) : ""));
}

function chatEntry(chat, place) {
  const last = chat.bubbles.at(-1);
  const line = last ? preview(last, 80) : "Nothing yet";
  return entry(chatPlace(chat), place, chat.person.name.slice(0, 1), chat.person.name, line, last && time.format(new Date(last.at)), chat.unread);
}

/** One line that stands for a message. */
const preview = (message, chars) =>
  (message.picture ? "📷 " : message.document ? "📄 " : "") + (plain(message.text).slice(0, chars) || (message.picture ? "Photo" : (message.document?.name ?? "")));

function hookEntry(hook, place) {
  const last = hook.events[0];
  return entry(hookPlace(hook), place, "{}", hook.name, last ? (last.type ?? "event without a type") : "Nothing yet", last && time.format(new Date(last.attempts.at(-1).at)), hook.total);
}

// The main part.

function show(place) {
  const [, kind, ...ids] = place.split("/").map(decodeURIComponent);
  if (drawn.place !== place) {
    const make = { chat: makeChat, hook: makeHook, deliveries: makeDeliveries }[kind];
    drawn = { place, update: make ? make(...ids) : () => view.replaceChildren(el("p", { class: "empty" }, "Choose a phone or a webhook.")) };
  }
  drawn.update();
}

const back = () => el("a", { class: "back", href: "#/", "aria-label": "Back to the list" }, "‹");
const deliveryOf = (id) => id && state.deliveries.find((delivery) => delivery.id === id);

/** Keeps nodes whose data did not change, so that pictures and opened details stay as they are. */
function keyed(box, make) {
  const nodes = new Map();
  return (items) => {
    const fresh = items.map(([key, data]) => {
      const text = JSON.stringify(data);
      const old = nodes.get(key);
      if (old?.text === text) return old.node;
      const open = old?.node.querySelector("details")?.open;
      const node = make(data);
      if (open) node.querySelector("details")?.setAttribute("open", "");
      nodes.set(key, { text, node });
      return node;
    });
    if (fresh.length !== box.childNodes.length || fresh.some((node, index) => box.childNodes[index] !== node)) box.replaceChildren(...fresh);
  };
}

function makeChat(numberId, waId) {
  const find = () => (state.chats ?? []).find((chat) => chat.number.id === numberId && chat.person.wa_id === waId);
  const title = el("div", { class: "who" });
  const log = el("div", { class: "log", role: "log", "aria-label": "Messages" });
  const quoting = el("div", { class: "quoting", hidden: true });
  const input = el("textarea", { rows: "1", placeholder: "Reply as this person", "aria-label": "Reply as this person" });
  let quoted = null;
  const quote = (bubble) => {
    quoted = bubble;
    quoting.hidden = !bubble;
    if (!bubble) return;
    const cancel = el("button", { type: "button", "aria-label": "Do not quote", onclick: () => quote(null) }, "×");
    quoting.replaceChildren(el("span", {}, preview(bubble, 120)), cancel);
    input.focus();
  };
  const said = (what, replyTo) => post("/outbox/inbound", { phone_number_id: numberId, from: waId, reply_to: replyTo, said: what }).then((ok) => (poll(), ok));
  const send = async (event) => {
    event?.preventDefault();
    const body = input.value.trim();
    if (body && (await said({ type: "text", body }, quoted?.id))) {
      input.value = "";
      quote(null);
      fit();
    }
  };
  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  };
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && send(event));
  const react = (id, emoji) => said({ type: "reaction", message_id: id, emoji });
  const tap = (bubble, button) => (button.url ? window.open(button.url, "_blank", "noopener") : said({ type: "tap", title: button.title }, bubble.id));

  view.replaceChildren(el("div", { class: "phone" },
    el("header", {}, back(), title),
    log,
    el("form", { class: "composer", onsubmit: send }, quoting, input, el("button", { class: "send", "aria-label": "Send" }, "➤"))));
  const update = keyed(log, (data) => (data.day ? el("div", { class: "day" }, data.day) : bubbleNode(data, { name: find().number.verified_name, quote, react, tap, jump: (id) => jump(log, id) })));
  let first = true;
  return () => {
    const chat = find();
    if (!chat) return;
    title.replaceChildren(el("strong", {}, chat.number.verified_name), el("span", {}, `to ${chat.person.name}, ${chat.person.phone}`), el("span", {}, windowWords(chat)));
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    update(withDays(chat.bubbles));
    if (first || atEnd) log.scrollTop = log.scrollHeight;
    // Pictures grow when they arrive; the end stays in sight.
    for (const picture of log.querySelectorAll("img:not([data-seen])")) {
      picture.dataset.seen = "";
      if (first || atEnd) picture.addEventListener("load", () => (log.scrollTop = log.scrollHeight), { once: true });
    }
    first = false;
    if (chat.unread && !reading && document.visibilityState === "visible") {
      reading = true;
      post("/outbox/read", { phone_number_id: numberId, person: waId }).finally(() => (reading = false));
    }
  };
}

function windowWords(chat) {
  if (!chat.window_closes_at) return "Has never written: only templates reach this person";
  const closes = new Date(chat.window_closes_at);
  const when = closes.toDateString() === new Date().toDateString() ? "today" : "tomorrow";
  return chat.window_open ? `24-hour window open until ${when}, ${time.format(closes)}` : "24-hour window closed: only templates reach this person";
}

function withDays(bubbles) {
  let last = "";
  return bubbles.flatMap((bubble) => {
    const today = new Date().toDateString();
    const date = new Date(bubble.at);
    const words = date.toDateString() === today ? "Today" : day.format(date);
    const items = words === last ? [] : [[words, { day: words }]];
    last = words;
    return [...items, [bubble.id, { ...bubble, delivery: deliveryOf(bubble.delivery_id) }]];
  });
}

function jump(log, id) {
  const target = log.querySelector(`[data-id="${CSS.escape(id)}"]`);
  target?.scrollIntoView({ block: "center", behavior: "smooth" });
  target?.animate([{ filter: "brightness(1.25)" }, { filter: "none" }], 900);
}

/** A file as a phone shows it: its kind, its name, and how large it is. */
function fileCard(file, source) {
  const kind = (file.name.split(".").at(-1) ?? "").toUpperCase().slice(0, 5);
  if (file.state !== "here") return el("p", { class: "missing" }, `WhatsApp could not fetch ${file.name}`, file.state.missing?.link ? ` from ${file.state.missing.link}` : "");
  return el("a", { class: "file", href: source, target: "_blank", rel: "noreferrer" },
    el("span", { class: "kind", "aria-hidden": "true" }, kind),
    el("span", { class: "what" }, el("span", { class: "title" }, file.name), el("span", { class: "line" }, `${kind} · ${size(file.file_size)}`)));
}

const size = (bytes) => (bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

function bubbleNode(bubble, { name, quote, react, tap, jump }) {
  const own = bubble.reactions.find((reaction) => reaction.from === "inbound")?.emoji;
  const business = bubble.from === "outbound";
  const text = el("div", { class: "text" }, markup(bubble.text));
  const long = bubble.text.length > LONG_CHARS;
  const more = long && el("button", { class: "more", type: "button", onclick: () => (text.classList.remove("cut"), more.remove()) }, "Read more");
  text.classList.toggle("cut", long);
  const source = `/outbox/pictures/${encodeURIComponent(bubble.id)}`;
  const picture = bubble.picture === "here"
    ? el("a", { class: "picture", href: source, target: "_blank" }, el("img", { src: source, alt: plain(bubble.text).slice(0, 200) || "Chart" }))
    : bubble.picture && el("p", { class: "missing" }, "WhatsApp could not fetch this picture", bubble.picture.missing.link ? ` from ${bubble.picture.missing.link}` : "");
  const file = bubble.document && fileCard(bubble.document, `/outbox/documents/${encodeURIComponent(bubble.id)}/${encodeURIComponent(bubble.document.name)}`);
  return el("article", { class: `bubble ${business ? "theirs" : "mine"} ${bubble.status ?? "accepted"}`, "data-id": bubble.id },
    el("div", { class: "skin" },
      bubble.quote && el("button", { class: "quote", type: "button", onclick: () => jump(bubble.quote.id) },
        el("span", {}, el("b", {}, bubble.quote.from === "outbound" ? name : "You"), el("span", {}, preview(bubble.quote, 160))),
        bubble.quote.picture && el("img", { src: `/outbox/pictures/${encodeURIComponent(bubble.quote.id)}`, alt: "" })),
      picture,
      file,
      bubble.header && el("strong", { class: "header" }, bubble.header),
      text, more,
      bubble.footer && el("small", { class: "footer" }, bubble.footer),
      el("span", { class: "meta" }, time.format(new Date(bubble.at)), business && ticks(bubble.status)),
      bubble.reactions.length > 0 && el("span", { class: "reactions" }, bubble.reactions.map((reaction) => reaction.emoji))),
    bubble.buttons.map((button) => el("button", { class: "choice", type: "button", onclick: () => tap(bubble, button) }, button.title)),
    bubble.error && el("p", { class: "error" }, el("b", {}, `Not received: ${bubble.error.title} (${bubble.error.code}). `), bubble.error.details),
    business && bubble.delivery_id && details(bubble.delivery, bubble.delivery_id, bubble.part),
    el("div", { class: "actions" },
      el("button", { type: "button", title: "Reply", "aria-label": "Reply to this message", onclick: () => quote(bubble) }, "↩"),
      business && EMOJIS.map((emoji) => el("button", { type: "button", "aria-label": `React with ${emoji}`, "aria-pressed": String(emoji === own), onclick: () => react(bubble.id, emoji === own ? "" : emoji) }, emoji))));
}

function ticks(status) {
  const [icon, words] = {
    sent: ["one", "Sent"], delivered: ["two", "Delivered"], read: ["two", "Read"], failed: ["cross", "Not delivered"],
  }[status] ?? ["clock", "Accepted, not sent yet"];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", `ticks ${status ?? "accepted"}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", words);
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#tick-${icon}`);
  svg.append(use);
  return svg;
}

function makeHook(name) {
  const events = el("div", { class: "events" });
  const title = el("div", { class: "who" });
  view.replaceChildren(el("div", { class: "sheet" }, el("header", {}, back(), title), events));
  const update = keyed(events, eventNode);
  return () => {
    const hook = (state.hooks ?? []).find((hook) => hook.name === name);
    title.replaceChildren(el("strong", {}, name), el("span", {}, hook?.url ?? "This endpoint is not open."));
    if (hook?.events.length) update(hook.events.map((event, index) => [event.id || `none-${hook.total - index}`, { ...event, endpoint: name, delivery: deliveryOf(event.delivery_id) }]));
    else events.replaceChildren(el("p", { class: "empty" }, "Nothing has arrived yet."));
  };
}

function attachedNode(event, { kind, file_name, file }) {
  if (file.state !== "fetched") return el("p", { class: "error" }, `${file_name} was not taken: ${file.why}`);
  return fileCard({ name: file_name, state: "here", file_size: file.bytes_len },
    `/outbox/hook-documents/${[event.endpoint, event.id, kind, file_name].map(encodeURIComponent).join("/")}`);
}

function eventNode(event) {
  const last = event.attempts.at(-1);
  const picture = event.picture?.state === "fetched"
    ? el("img", { class: "chart", src: `/outbox/hook-pictures/${encodeURIComponent(event.endpoint)}/${encodeURIComponent(event.id)}`, alt: "The chart behind the event's link" })
    : event.picture && el("p", { class: "error" }, `The picture could not be fetched: ${event.picture.why}`);
  return el("article", { class: "event" },
    el("header", {},
      el("strong", {}, event.type ?? "event without a type"),
      el("span", { class: `mark ${event.verified ? "good" : "bad"}` }, event.verified ? "✓ signature verified" : `✗ ${event.attempts.find((attempt) => attempt.unverified).unverified}`),
      event.attempts.length > 1 && el("span", { class: "mark" }, `the same event ${event.attempts.length} times`),
      event.body_changed && el("span", { class: "mark bad" }, "body changed under the same id"),
      el("time", {}, time.format(new Date(last.at)))),
    event.delivery_id && details(event.delivery, event.delivery_id),
    event.attachments?.length > 0 && el("div", { class: "pair" }, event.attachments.map((attached) => attachedNode(event, attached))),
    el("div", { class: "pair" }, picture, el("pre", { "aria-label": "Body" }, JSON.stringify(event.body, null, 2))),
    el("details", { class: "raw" }, el("summary", {}, `Requests (${event.attempts.length})`),
      event.attempts.map((attempt) => el("pre", {}, `${time.format(new Date(attempt.at))}  answered ${attempt.answered}\n` + Object.entries(attempt.headers).map(([key, value]) => `${key}: ${value}`).join("\n")))));
}

function makeDeliveries() {
  const rows = el("div", { class: "rows" });
  view.replaceChildren(el("div", { class: "sheet" }, el("header", {}, back(), el("div", { class: "who" }, el("strong", {}, "Deliveries"), el("span", {}, "As the product's API has them, newest first"))), rows));
  const update = keyed(rows, (delivery) => el("article", { class: "event" }, details(delivery, delivery.id)));
  return () => {
    const newest = state.deliveries.toSorted((a, b) => String(b.updated_at ?? "").localeCompare(String(a.updated_at ?? "")));
    if (newest.length) update(newest.map((delivery) => [delivery.id, delivery]));
    else rows.replaceChildren(el("p", { class: "empty" }, "No delivery since yesterday."));
  };
}

window.addEventListener("hashchange", draw);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && poll());
(async () => {
  for (;;) {
    if (document.visibilityState === "visible") await poll();
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
})();
