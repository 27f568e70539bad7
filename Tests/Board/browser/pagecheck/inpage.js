// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// What is asked of a page from within it. Every question answers with findings: texts, none where all is well.
(() => {
  const findings = new Set();
  const say = (check, what) => findings.size < 60 && findings.add(`${check}: ${what}`);
  const done = () => {
    const all = [...findings];
    findings.clear();
    return all;
  };
  const short = (text) => text.trim().replace(/\s+/g, " ").slice(0, 60);
  const name = (element) => {
    const id = element.id ? `#${element.id}` : "";
    const kind = element.getAttribute("class") ? `.${element.getAttribute("class").split(" ").join(".")}` : "";
    return `<${element.localName}${id}${kind}> ${JSON.stringify(short(element.textContent))}`;
  };
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true });
  };

  // Colours as red, green, blue from 0 to 255, and alpha.
  const colour = (text) => {
    const numbers = (text.match(/[\d.]+/g) || []).map(Number);
    if (/^rgba?\(/.test(text)) return [...numbers.slice(0, 3), numbers.length > 3 ? numbers[3] : 1];
    if (/^color\(srgb /.test(text)) {
      return [...numbers.slice(0, 3).map((part) => part * 255), numbers.length > 3 ? numbers[3] : 1];
    }
    say("contrast", `no known form of a colour: ${text}`);
    return [0, 0, 0, 1];
  };
  const over = (top, ground) => {
    const mixed = [0, 1, 2].map((part) => top[part] * top[3] + ground[part] * (1 - top[3]));
    return [...mixed, 1];
  };
  // Source: WCAG 2.2, relative luminance and contrast ratio.
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };

  // What lies under an element's text, and the lines that a hatching draws there.
  const grounds = () => {
    const known = new Map();
    const canvas = getComputedStyle(document.documentElement).colorScheme.includes("dark")
      && matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18, 1] : [255, 255, 255, 1];
    const ground = (element) => {
      if (!element) return { colour: canvas, lines: [], opacity: 1 };
      if (known.has(element)) return known.get(element);
      const below = ground(element.parentElement);
      const style = getComputedStyle(element);
      const own = colour(style.backgroundColor);
      const lines = style.backgroundImage === "none" ? [] : (style.backgroundImage.match(/(rgba?|color)\([^)]*\)/g) || [])
        .map(colour).filter((line) => line[3] > 0);
      const result = {
        colour: over(own, below.colour), lines: [...(own[3] === 1 ? [] : below.lines), ...lines],
        opacity: below.opacity * Number(style.opacity),
      };
      known.set(element, result);
      return result;
    };
    return ground;
  };

  // The fill of the last shape that was drawn before a text of a plot, under its middle.
  const under = (text, ground) => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    let found = ground;
    for (const shape of text.ownerSVGElement.querySelectorAll("rect, circle, path")) {
      if (shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING) break;
      const area = shape.getBoundingClientRect();
      const fill = getComputedStyle(shape).fill;
      if (shape.closest("defs") || fill === "none" || fill.startsWith("url")) continue;
      if (x >= area.left && x <= area.right && y >= area.top && y <= area.bottom) found = over(colour(fill), found);
    }
    return found;
  };

  // Every text against what it stands on.
  const readable = () => {
    const ground = grounds();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let texts = 0;
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || element.closest("title, desc, style, defs") || !isShown(element)) continue;
      texts += 1;
      const style = getComputedStyle(element);
      const isDrawn = element.ownerSVGElement != null;
      const { colour: plain, lines, opacity } = ground(element);
      const below = isDrawn ? under(element.closest("text") || element, plain) : plain;
      const ink = colour(isDrawn ? style.fill : style.color);
      const seen = over([ink[0], ink[1], ink[2], ink[3] * opacity], below);
      const least = parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
      const ratio = contrast(seen, below);
      if (ratio < least) say("contrast", `${ratio.toFixed(2)}, ${least} needed, ${style.color} on ${below.slice(0, 3).map(Math.round)}: ${name(element)}`);
      // A line a pixel wide crosses letters here and there; it may be no more like them than large text may be like its ground.
      for (const line of lines) {
        const crossed = contrast(seen, over(line, below));
        if (crossed < 3) say("contrast", `${crossed.toFixed(2)} to a hatching's lines, 3 needed: ${name(element)}`);
      }
      if (parseFloat(style.fontSize) < 12 && !isDrawn) say("text", `${style.fontSize} is below 12 px: ${name(element)}`);
    }
    return { findings: done(), texts };
  };

  // Symbols where the system chooses the colours.
  const symbols = () => {
    const ground = grounds();
    const all = [...document.querySelectorAll("svg.i")].filter((symbol) => symbol.parentElement.checkVisibility());
    for (const symbol of all) {
      const box = symbol.getBoundingClientRect();
      if (box.width < 8 || box.height < 8) say("symbols", `smaller than 8 px: ${name(symbol.parentElement)}`);
      const ratio = contrast(colour(getComputedStyle(symbol).color), ground(symbol.parentElement).colour);
      if (ratio < 3) say("symbols", `contrast ${ratio.toFixed(2)} in forced colours: ${name(symbol.parentElement)}`);
    }
    return { findings: done(), symbols: all.length };
  };

  const structure = () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    for (const details of all("details")) details.open = true;
    if (document.documentElement.lang !== "en") say("lang", `is ${JSON.stringify(document.documentElement.lang)}`);
    if (!document.title.trim()) say("title", "there is none");
    if (all("main").length !== 1) say("landmarks", `${all("main").length} main elements`);

    const ids = new Set();
    for (const element of all("[id]")) {
      if (ids.has(element.id)) say("ids", `${element.id} is there twice`);
      ids.add(element.id);
    }
    for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers"]) {
      for (const element of all(`[${attribute}]`)) {
        for (const id of element.getAttribute(attribute).split(/\s+/)) {
          if (!ids.has(id)) say("ids", `${attribute} names ${id}, which is not there`);
        }
      }
    }
    for (const use of all("use")) {
      const target = use.getAttribute("href") || "";
      if (!target.startsWith("#") || !ids.has(target.slice(1))) say("symbols", `${target} is no shape of the page`);
    }

    for (const table of all("table")) {
      if (!table.caption || !table.caption.textContent.trim()) say("tables", `no caption: ${name(table)}`);
      for (const head of table.querySelectorAll("th")) {
        if (!["col", "row", "colgroup", "rowgroup"].includes(head.scope)) say("tables", `no scope: ${name(head)}`);
        if (!head.textContent.trim()) say("tables", `an empty head: ${name(table)}`);
      }
      const widths = new Set([...table.rows].map((row) => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0)));
      if (widths.size > 1) say("tables", `rows of ${[...widths].join(" and ")} cells: ${name(table)}`);
    }

    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
      const own = Number(heading.localName[1]);
      if (own > level + 1) say("headings", `h${own} after h${level}: ${name(heading)}`);
      if (!heading.textContent.trim()) say("headings", "an empty one");
      level = own;
    }
    if (all("h1").length !== 1) say("headings", `${all("h1").length} h1`);

    const label = (element) => element.getAttribute("aria-label")
      || (element.getAttribute("aria-labelledby") || "").split(/\s+/).map((id) => document.getElementById(id)?.textContent || "").join(" ");
    for (const image of all("img")) if (!image.hasAttribute("alt")) say("names", `no alt: ${image.src.slice(0, 60)}`);
    for (const image of all("svg")) {
      if (image.getAttribute("aria-hidden") === "true") continue;
      if (image.getAttribute("role") !== "img") say("names", "an svg that is neither hidden nor an image");
      if (!label(image).trim()) say("names", `an image without a name: ${name(image)}`);
    }
    for (const region of all("[role=region], nav, section")) if (!label(region).trim()) say("names", `no name: ${name(region)}`);
    for (const region of all(".region")) if (region.tabIndex !== 0) say("keyboard", `cannot be scrolled by keys: ${name(region)}`);
    for (const element of all("[tabindex]")) if (element.tabIndex > 0) say("keyboard", `jumps the queue: ${name(element)}`);

    // Focus is seen on whatever can have it; of those that are styled alike the first three speak for all.
    const alike = new Map();
    for (const element of all("a[href], summary, [tabindex='0'], input, button")) {
      if (!label(element).trim() && !element.textContent.trim()) say("names", `a link without a name: ${element.outerHTML.slice(0, 80)}`);
      const kind = [element, element.parentElement, element.closest("nav, table, main, header, footer")]
        .map((each) => `${each?.localName}.${each?.getAttribute("class")}`).join(" ");
      alike.set(kind, (alike.get(kind) || 0) + 1);
      if (alike.get(kind) > 3) continue;
      element.focus({ focusVisible: true, preventScroll: true });
      if (document.activeElement !== element) {
        say("focus", `cannot have it: ${name(element)}`);
        continue;
      }
      const style = getComputedStyle(element);
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) say("focus", `not seen: ${name(element)}`);
    }
    document.activeElement?.blur();

    const links = all("[href], [src]").filter((each) => each.localName !== "use")
      .map((each) => [each.localName, each.getAttribute("href") ?? each.getAttribute("src")]);
    // Names of elements and of their attributes: a stranger's text adds none.
    const markup = new Set();
    for (const element of all("*")) {
      markup.add(element.localName);
      for (const attribute of element.attributes) markup.add(`${element.localName} ${attribute.name}`);
    }
    return { findings: done(), ids: [...ids], links, markup: [...markup], tables: all("table").length, title: document.title };
  };

  const narrow = () => {
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth) {
      const wide = [...document.body.querySelectorAll("*")].filter((element) =>
        element.getBoundingClientRect().right > page.clientWidth + 1 && !element.closest(".region, figure, .vh, .defs"));
      say("width", `${page.scrollWidth} px on ${page.clientWidth}: ${wide.length ? name(wide[0]) : "the page"}`);
    }
    return { findings: done() };
  };

  // Where the main things lie, for machines whose letters are others.
  const boxes = () => [...document.querySelectorAll("header, nav, h1, h2, dl, figure, .region, .legend, footer")]
    .filter((element) => !element.closest(".vh, details:not([open]) > :not(summary)") && isShown(element))
    .map((element) => {
      const box = element.getBoundingClientRect();
      return [element.localName, ...[box.x, box.y + scrollY, box.width, box.height].map(Math.round)];
    });

  globalThis.hostcapChecks = { structure, readable, symbols, narrow, boxes };
})();
