// What a figure leaves to the theme: fonts and quiet lines. Ink on paper when printed.
function look(node) {
  const style = getComputedStyle(node);
  const of = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  const dark = isDark(node) && !paper.printing;
  const ink = paper.printing ? "#1f242b" : of("--st-text-color", "#1f242b");
  const ground = paper.printing ? "#ffffff" : of("--st-background-color", "#ffffff");
  const faint = dark ? "#e6eaf1" : "#5d6168";
  const line = dark ? "#31333F" : "#e6eaf1";
  const family = of("--st-font", "sans-serif");
  const axis = {
    gridcolor: line, zerolinecolor: line, tickcolor: line, automargin: true,
    tickfont: { color: faint, size: 12 },
  };
  const bar = { outlinecolor: "transparent", tickfont: { color: faint, size: 12 },
    title: { font: { color: faint, size: 14 } } };
  const scene = { backgroundcolor: ground, gridcolor: line, color: faint };
  return {
    font: { color: faint, family, size: 12 },
    title: { font: { color: ink } },
    legend: { font: { color: ink, size: 12 }, bordercolor: "transparent" },
    paper_bgcolor: ground,
    plot_bgcolor: ground,
    xaxis: { ...axis, showgrid: false, zeroline: false,
      title: { font: { color: faint, size: 14 }, standoff: 20 } },
    yaxis: { ...axis, title: { font: { color: faint, size: 14 }, standoff: 24 } },
    margin: { pad: 8, r: 0, l: 0 },
    hoverlabel: { bgcolor: ground, bordercolor: of("--st-border-color", "#dedace"),
      font: { color: faint, family, size: 12 } },
    coloraxis: { colorbar: { ...bar, thickness: 16, xpad: 24, len: 0.75, y: 0.5745 } },
    scene: { xaxis: scene, yaxis: scene, zaxis: scene },
  };
}
