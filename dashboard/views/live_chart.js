// Draws a Plotly figure with Plotly.react, so that new data leaves the reader's zoom and selection alone.
// Streamlit calls the default function again whenever the data of the same chart changes.

let loading = null;

function loadPlotly(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  if (!loading) {
    loading = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        loading = null;
        script.remove();
        reject(new Error("the drawing library could not be loaded"));
      };
      document.head.appendChild(script);
    });
  }
  return loading;
}

function isTouched() {
  return window.matchMedia("(pointer: coarse)").matches;
}

// Text and grid follow the page's theme; the colours that mean something come with the figure.
function themed(layout, element) {
  const style = getComputedStyle(element);
  const read = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  const text = read("--st-text-color", style.color);
  const grid = "rgba(128, 136, 148, 0.25)";
  layout.font = { ...(layout.font || {}), color: text, family: read("--st-font", "sans-serif"), size: 13 };
  layout.hoverlabel = {
    ...(layout.hoverlabel || {}),
    bgcolor: read("--st-secondary-background-color", "#ffffff"),
    font: { color: text },
  };
  for (const name of Object.keys(layout)) {
    if (/^[xy]axis\d*$/.test(name)) {
      layout[name] = { gridcolor: grid, zerolinecolor: "rgba(128, 136, 148, 0.6)", linecolor: grid, ...layout[name] };
    }
  }
  // A finger that drags means to scroll the page, not to zoom the chart.
  layout.dragmode = isTouched() ? false : "zoom";
  if (element.clientWidth < 500 && layout.height > 500) layout.height = Math.round(layout.height * 0.78);
  return layout;
}

function listen(root) {
  root.on("plotly_click", (clicked) => {
    const point = (clicked.points || []).find((candidate) => typeof candidate.customdata === "string");
    if (point && root.meredaSend) root.meredaSend(point.customdata);
  });
  root.on("plotly_hover", (hovered) => {
    const isClickable = (hovered.points || []).some((candidate) => typeof candidate.customdata === "string");
    for (const layer of root.querySelectorAll(".nsewdrag")) layer.style.cursor = isClickable ? "pointer" : "";
  });
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".mereda-chart");
  if (!root) return;
  const figure = JSON.parse(data.figure);
  root.setAttribute("aria-label", data.description);
  const layout = themed(figure.layout, root);
  root.style.minHeight = `${layout.height || 300}px`;
  // A trigger and not a state: the same marker can be clicked again after its event was closed.
  root.meredaSend = (id) => setTriggerValue("clicked", id);
  loadPlotly(data.plotly_url)
    .then((Plotly) =>
      Plotly.react(root, figure.data, layout, {
        responsive: true,
        displaylogo: false,
        displayModeBar: isTouched() ? false : "hover", // over the legend, where there is no hovering
        modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
      }).then(() => {
        if (!root.dataset.listening) {
          root.dataset.listening = "yes";
          listen(root);
        }
        root.dataset.drawn = String(Number(root.dataset.drawn || 0) + 1);
      }),
    )
    .catch(() => {
      root.textContent = "The chart could not be drawn. Reload the page to try again.";
    });
}
