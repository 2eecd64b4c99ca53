/* What a page can do more when scripts run: theme, keys, menus that close, the shopper's settings remembered. Every page
   works without this file. */
(() => {
  "use strict";
  const root = document.documentElement;
  const KEY = "theme";
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);

  // Runs before the first paint, so that a remembered theme never flashes.
  if (["light", "dark"].includes(remembered())) root.dataset.theme = remembered();

  // The shopper's settings stay in this browser: they are added to an address that says none of its own.
  const WISH = "wish";
  const WISHES = ["region", "quantity", "at_least", "or_more", "conditions"];
  const wishes = (pairs) => new URLSearchParams([...pairs].filter(([name]) => WISHES.includes(name)));
  const rememberWish = (text) => {
    try {
      if (text) localStorage.setItem(WISH, text);
      else localStorage.removeItem(WISH);
    } catch { /* private window: the address alone says it */ }
  };
  const rememberedWish = () => {
    try { return wishes(new URLSearchParams(localStorage.getItem(WISH) || "")); } catch { return wishes([]); }
  };
  const asked = new URLSearchParams(location.search);
  const wish = rememberedWish();
  if (/^\/(search|products\/[^/]+)$/.test(location.pathname) && `${wish}` && !`${wishes(asked)}`) {
    for (const [name, value] of wish) asked.append(name, value);
    location.replace(`${location.pathname}?${asked}${location.hash}`);
  }

  const setUpWish = (details) => {
    const form = details.querySelector("form");
    form.addEventListener("submit", () => {
      const chosen = wishes(new FormData(form)).toString();
      rememberWish(chosen === form.dataset.default ? "" : chosen);
    });
    details.querySelector(".forget")?.addEventListener("click", () => rememberWish(""));
  };

  const setUpTheme = (button) => {
    const label = () => {
      button.title = isDark() ? button.dataset.light : button.dataset.dark;
      button.setAttribute("aria-label", button.title);
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem(KEY, root.dataset.theme); } catch { /* private window: this page only */ }
      label();
    });
    prefersDark.addEventListener("change", label);
    label();
  };

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll(".filters details[open]")) {
      if (menu !== except) menu.open = false;
    }
  };

  // j and k: the next and the previous product.
  const step = (by) => {
    const rows = [...document.querySelectorAll("#matrix > tbody")];
    const here = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
    if (!next) return;
    next.querySelector(".name").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      const menu = event.target.closest(".filters details[open]");
      closeMenus();
      if (menu) menu.querySelector("summary").focus();
      return;
    }
    if (isTyping(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("q").select();
      document.getElementById("q").focus();
    } else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
  });

  document.addEventListener("click", (event) => closeMenus(event.target.closest(".filters details")));

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.theme");
    if (button) setUpTheme(button);
    const settings = document.getElementById("wish");
    if (settings) setUpWish(settings);
  });
})();
