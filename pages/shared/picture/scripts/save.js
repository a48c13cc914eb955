// The picture as a file of its own: what the stylesheet says is written into every element.
const KEPT = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-family", "font-size",
  "font-weight", "text-anchor", "paint-order", "stroke-linejoin", "display", "visibility",
  "text-decoration-line", "text-decoration-style",
];

function standalone(svg, paper) {
  const copy = svg.cloneNode(true);
  const [originals, copies] = [svg, copy].map((tree) => [tree, ...tree.querySelectorAll("*")]);
  originals.forEach((element, i) => {
    const style = getComputedStyle(element);
    for (const name of KEPT) copies[i].style.setProperty(name, style.getPropertyValue(name));
    copies[i].removeAttribute("tabindex");
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const ground = document.createElementNS(SVG, "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", paper);
  copy.prepend(ground);
  return new XMLSerializer().serializeToString(copy);
}

function savePicture(root) {
  const paper = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "white";
  const file = new Blob([standalone(root.svg, paper)], { type: "image/svg+xml" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "blame_network.svg";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
