// The menu stands behind the sidebar, some thirty stops of Tab away: a first stop that leads to it.
(() => {
  // A landmark of its own, and a button, so that nothing of it comes into the address.
  const place = document.createElement("nav");
  place.setAttribute("aria-label", "Skip");
  const link = document.createElement("button");
  link.type = "button";
  link.id = "skip-to-menu";
  link.textContent = "Skip to the menu";
  link.style.cssText =
    "position:fixed;left:12px;top:8px;z-index:1000001;padding:10px 16px;border-radius:8px;" +
    "border:2px solid #8a8f98;background:#fffdf7;color:#1f242b;font:16px/1.4 sans-serif;" +
    "transform:translateY(-200%)";
  link.addEventListener("focus", () => {
    link.style.transform = "none";
  });
  link.addEventListener("blur", () => {
    link.style.transform = "translateY(-200%)";
  });
  link.addEventListener("click", () => {
    const menu = document.querySelector(
      "[data-testid=stTopNav] a, [data-testid=stTopNav] button, " +
        "[data-testid=stSidebarNav] a, [data-testid=stExpandSidebarButton]",
    );
    (menu?.matches("a, button") ? menu : menu?.querySelector("button"))?.focus();
  });
  place.append(link);
  document.body.prepend(place);
})();
