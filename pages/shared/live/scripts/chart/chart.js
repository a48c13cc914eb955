// A chart that stays: mounted once, then every new figure is drawn in the same place.

// Measured only where nothing watches it: to be asked for its width the page is laid out, in the
// midst of a frame once for each chart.
function widthOf(node) {
  return (node.measured ??= node.clientWidth);
}

function layoutOf(node) {
  // What `meta` holds is ours, and drawn beside Plotly: a change of it would have all drawn again.
  const { meta, ...layout } = node.told.figure.layout;
  return {
    // A swipe that begins on a chart moves the page.
    dragmode: false,
    ...layout,
    width: widthOf(node),
    clickmode: node.told.clicks ? "event" : "none",
    ...(node.told.clicks ? { hovermode: "closest" } : {}),
    // The same object each time, for the same reason.
    template: node.template,
  };
}

function configOf(node) {
  return {
    displaylogo: false,
    showSendToCloud: false,
    // A second click soon after the first is a click too: there is nothing to zoom back from.
    doubleClick: false,
    // The wheel moves the page, over a surface too.
    scrollZoom: false,
    doubleClickDelay: 0,
    modeBarButtons: [["toImage"]],
    toImageButtonOptions: { format: "svg", filename: node.told.file },
  };
}

function render(node) {
  node.due = false;
  if (!node.told || !Plotly()) return;
  if (widthOf(node) === 0) {
    // Folded away: drawn once it has a width.
    node.dataset.drawn = "hidden";
    return;
  }
  if (!node.look) {
    node.look = look(node);
    node.template = { layout: node.look };
  }
  const { figure } = node.told;
  const layout = layoutOf(node);
  if (!redraw(node.plot, node.figure, figure.data, layout)) Plotly().react(node.plot, figure.data, layout, configOf(node));
  node.figure = { data: figure.data, layout };
  node.width = widthOf(node);
  placeHandles(node);
  node.dataset.drawn = "yes";
  // Bars are one stop of the Tab key, and the arrow keys walk through them (faces/charts.js).
  if (node.told.figure.layout.meta?.ticks?.some(Boolean)) node.tabIndex = 0;
  else node.removeAttribute("tabindex");
  if (!node.listening) {
    node.listening = true;
    node.plot.on("plotly_click", ({ points }) => {
      const [point] = points;
      if (node.told.clicks && point) node.trigger("point", { x: point.x, y: point.y });
    });
  }
}

// What is on screen is drawn at once; the rest when the browser has nothing better to do.
function soon(node) {
  if (node.seen) return render(node);
  if (node.due) return;
  node.due = true;
  (globalThis.requestIdleCallback ?? setTimeout)(() => node.due && render(node));
}

function build(parent) {
  const node = document.createElement("div");
  node.dataset.testid = "chart";
  node.setAttribute("role", "figure");
  node.plot = node.appendChild(document.createElement("div"));
  beginSending(node, SENDS);
  giveSwipesBack(node);
  node.resized = new ResizeObserver(() => {
    node.measured = node.clientWidth;
    if (node.measured === 0 || node.measured === node.width || !node.told) return;
    node.dataset.drawn = "no";
    soon(node);
  });
  // A little ahead, so that nothing is seen to be drawn late.
  node.met = new IntersectionObserver(
    ([entry]) => {
      node.seen = entry.isIntersecting;
      if (node.seen && node.due) render(node);
    },
    { rootMargin: "200px" },
  );
  const anew = () => {
    node.look = node.measured = undefined;
    render(node);
  };
  node.onPaper = anew;
  // Streamlit writes a changed theme into an element around this one.
  node.themed = new MutationObserver(() => {
    const now = JSON.stringify(look(node));
    if (node.look && now !== JSON.stringify(node.look)) anew();
  });
  parent.appendChild(node);
  return node;
}

function watch(node) {
  node.gone = false;
  node.resized.observe(node);
  node.met.observe(node);
  for (let up = node.parentElement; up; up = up.parentElement) {
    node.themed.observe(up, { attributes: true, attributeFilter: ["style", "class"] });
  }
  paper.draws.add(node.onPaper);
}

function leave(node) {
  node.gone = true;
  node.measured = undefined;
  node.resized.disconnect();
  node.met.disconnect();
  node.themed.disconnect();
  paper.draws.delete(node.onPaper);
}

function drawChart({ data, parentElement, setTriggerValue, key }) {
  const node = parentElement.querySelector("[data-testid=chart]") ?? build(parentElement);
  node.trigger = setTriggerValue;
  node.key = key;
  const [told] = data;
  const { figure } = told;
  const same = node.told && (node.told.figure === figure || node.raw === JSON.stringify(figure));
  if (!same) node.raw = JSON.stringify(figure);
  node.told = told;
  // Nothing is written that stands there: a screen reader would hear of it, the browser lay it out.
  if (node.getAttribute("aria-label") !== told.alt) node.setAttribute("aria-label", told.alt);
  const height = `${figure.layout.height ?? 450}px`;
  if (node.style.height !== height) node.style.height = height;
  watch(node);
  answeredToHand(node);
  if (!same) {
    node.dataset.drawn = "no";
    if (Plotly()) soon(node);
    else bringPlotly().then((there) => node.gone || (there ? soon(node) : node.trigger("missing", true)));
  } else if (node.dataset.drawn === "yes") placeHandles(node);
  return () => leave(node);
}

blamePart(drawChart);
