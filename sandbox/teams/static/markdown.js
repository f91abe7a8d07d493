// The Markdown that Teams reads in cards: emphasis, links, lists, dates by the viewer's clock, mentions. Nothing else
// is markup: a character reference is the character, and never the beginning of anything.

import { link, make } from "./making.js";

const PIECES = /(<at>[^<]*<\/at>)|\{\{(DATE|TIME)\(([^,)]+)(?:,\s*(COMPACT|SHORT|LONG))?\)\}\}|\[([^\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|\*\*(?=\S)([^\n]*?\S)\*\*|__(?=\S)([^\n]*?\S)__|(?<![\w*])\*(?=\S)([^*\n]*?[^*\s])\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*?[^_\s])_(?![\w_])/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: " " };

export function plainly(text) {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  }).replace(/\\([\\`*_{}[\]()#+\-.!~|<>])/g, "$1");
}

export class Markdown {
  constructor({ zone, locale }) {
    this.zone = zone;
    this.locale = locale;
  }

  // A block's text: paragraphs, and lists where lines begin as such.
  block(text) {
    const parts = [];
    let list = null;
    for (const line of text.split(/\r?\n/)) {
      const point = /^\s*(?:([-*+])|(\d{1,9})[.)])\s+(.*)$/.exec(line);
      if (point) {
        const name = point[1] ? "ul" : "ol";
        if (list?.localName !== name) {
          list = make(name, name === "ol" ? { start: Number(point[2]) } : {});
          parts.push(list);
        }
        list.append(make("li", {}, ...this.line(point[3])));
      } else if (line.trim() === "") {
        list = null;
      } else {
        list = null;
        parts.push(make("p", {}, ...this.line(line.replace(/^#{1,6}\s+/, ""))));
      }
    }
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

  piece([whole, mention, what, moment, length, words, address, bold, bolder, italic, sloped]) {
    if (mention) return make("span", { className: "mention" }, plainly(mention.slice(4, -5)));
    if (what) return this.moment(whole, what, moment, length);
    if (address !== undefined) return link(plainly(address), ...this.line(words || address));
    if (bold ?? bolder) return make("strong", {}, ...this.line(bold ?? bolder));
    return make("em", {}, ...this.line(italic ?? sloped));
  }

  moment(whole, what, text, length = "COMPACT") {
    const moment = new Date(text);
    if (Number.isNaN(moment.getTime())) return whole;
    const style = { COMPACT: { dateStyle: "short" }, SHORT: { dateStyle: "medium" }, LONG: { dateStyle: "full" } }[length];
    const shown = new Intl.DateTimeFormat(this.locale, { timeZone: this.zone, ...(what === "TIME" ? { timeStyle: "short" } : style) });
    return make("time", { dateTime: moment.toISOString() }, shown.format(moment));
  }
}
