// Text as Slack writes it: mrkdwn and rich text, with dates by the viewer's own clock.

import { link, make } from "./making.js";

const EMOJI = {
  calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌",
  warning: "⚠️", bell: "🔔", wave: "👋", tada: "🎉", hourglass: "⌛", hourglass_flowing_sand: "⏳", lock: "🔒", bulb: "💡",
  clock1: "🕐", link: "🔗", sparkles: "✨", busts_in_silhouette: "👥", gear: "⚙️", mag: "🔍", arrow_right: "➡️",
};
const PIECES = /(```[\s\S]+?```)|(`[^`\n]+`)|(<[^<>\n]+>)|(:[a-z0-9_+-]+:)|(?<![\w*])\*(?=\S)([^*\n]*[^*\s])\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*[^_\s])_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*[^~\s])~(?![\w~])/g;

const plainly = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export class Writing {
  constructor(screen) {
    this.names = screen.names;
    this.zone = screen.me.zone;
    this.locale = screen.me.locale;
    this.now = new Date(screen.now);
  }

  // A text object, or what is inside one
  text(object) {
    return object.type === "mrkdwn" ? this.mrkdwn(object.text) : [emojied(object.text)];
  }

  mrkdwn(text) {
    const lines = text.split("\n");
    const parts = [];
    let quote = null;
    if (text.includes("```")) return this.line(text);
    lines.forEach((line, at) => {
      const quoted = /^(&gt;|>)\s?/.exec(line);
      if (quoted) {
        if (!quote) { quote = make("blockquote"); parts.push(quote); } else quote.append(make("br"));
        quote.append(...this.line(line.slice(quoted[0].length)));
      } else {
        if (at > 0 && !quote) parts.push(make("br"));
        quote = null;
        parts.push(...this.line(line));
      }
    });
    return parts;
  }

  line(text) {
    const parts = [];
    let from = 0;
    for (const found of text.matchAll(PIECES)) {
      parts.push(plainly(text.slice(from, found.index)), this.piece(found));
      from = found.index + found[0].length;
    }
    parts.push(plainly(text.slice(from)));
    return parts.filter((part) => part !== "");
  }

  piece([whole, block, code, angled, emoji, bold, italic, struck]) {
    if (block) return make("pre", {}, plainly(block.slice(3, -3).replace(/^\n/, "")));
    if (code) return make("code", {}, plainly(code.slice(1, -1)));
    if (angled) return this.angled(angled.slice(1, -1));
    if (emoji) return emojied(whole);
    if (bold) return make("strong", {}, ...this.line(bold));
    if (italic) return make("em", {}, ...this.line(italic));
    return make("s", {}, ...this.line(struck));
  }

  angled(inside) {
    const at = inside.indexOf("|");
    const [target, label] = at < 0 ? [inside, ""] : [inside.slice(0, at), inside.slice(at + 1)];
    if (target.startsWith("@")) return this.person(target.slice(1));
    if (target.startsWith("#")) return make("span", { className: "mention" }, `#${plainly(label) || target.slice(1)}`);
    if (target.startsWith("!date^")) {
      const [, seconds, format] = target.split("^");
      return this.date(Number(seconds), format, plainly(label));
    }
    if (target.startsWith("!")) return make("span", { className: "mention" }, `@${target.slice(1).split("^")[0]}`);
    return link(plainly(target), plainly(label || target));
  }

  person(id) {
    return make("span", { className: "mention" }, `@${this.names[id] ?? "somebody"}`);
  }

  date(seconds, format, fallback) {
    const moment = new Date(seconds * 1000);
    if (Number.isNaN(moment.getTime())) return fallback;
    return make("time", { dateTime: moment.toISOString(), title: fallback },
      format.replace(/\{(\w+)\}/g, (whole, token) => this.token(token, moment) ?? whole));
  }

  token(token, moment) {
    const as = (options) => new Intl.DateTimeFormat(this.locale, { timeZone: this.zone, ...options }).format(moment);
    if (token === "time") return as({ hour: "numeric", minute: "2-digit" });
    if (token === "time_secs") return as({ hour: "numeric", minute: "2-digit", second: "2-digit" });
    if (token === "date_num") return new Intl.DateTimeFormat("en-CA", { timeZone: this.zone }).format(moment);
    const pretty = token.endsWith("_pretty") ? this.near(moment) : null;
    if (pretty) return pretty;
    if (token.startsWith("date_short")) return as({ year: "numeric", month: "short", day: "numeric" });
    if (token.startsWith("date_long")) return as({ weekday: "long", year: "numeric", month: "long", day: "numeric" });
    if (token.startsWith("date") || token.startsWith("day")) return as({ year: "numeric", month: "long", day: "numeric" });
    return null;
  }

  near(moment) {
    const day = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: this.zone }).format(date);
    const apart = Math.round((Date.parse(day(moment)) - Date.parse(day(this.now))) / 86_400_000);
    return { 0: "today", 1: "tomorrow", "-1": "yesterday" }[apart] ?? null;
  }

  clock(ts) {
    return this.token("time", new Date(Number(ts) * 1000));
  }

  // Rich text

  rich(elements) {
    return elements.map((part) => {
      if (part.type === "rich_text_list") {
        const items = part.elements.map((item) => make("li", {}, ...this.runs(item.elements)));
        const list = make(part.style === "ordered" ? "ol" : "ul", { className: `indent-${part.indent ?? 0}` }, ...items);
        if (part.offset) list.start = part.offset + 1;
        return list;
      }
      const name = { rich_text_quote: "blockquote", rich_text_preformatted: "pre" }[part.type] ?? "p";
      return make(name, {}, ...this.runs(part.elements));
    });
  }

  runs(elements) {
    return elements.map((run) => styled(this.run(run), run.style));
  }

  run(run) {
    switch (run.type) {
      case "text": return run.text;
      case "link": return link(run.url, run.text ?? run.url);
      case "emoji": return emojied(`:${run.name}:`);
      case "user": return this.person(run.user_id);
      case "channel": return make("span", { className: "mention" }, "#channel");
      case "broadcast": return make("span", { className: "mention" }, `@${run.range}`);
      case "date": return this.date(run.timestamp, run.format, run.fallback ?? "");
      default: return "";
    }
  }
}

function styled(node, style = {}) {
  let drawn = node;
  for (const [name, tag] of [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]]) {
    if (style[name]) drawn = make(tag, {}, drawn);
  }
  return drawn;
}

export function emojied(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
}
