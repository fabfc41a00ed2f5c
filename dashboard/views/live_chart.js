// Draws a Plotly figure with Plotly.react, so that new data leaves the reader's zoom and selection alone.
// Streamlit calls the default function again whenever the data of the same chart changes.

const LOAD_TRIES = 6;
const BETWEEN_TRIES_MS = 700;
const AT_LATEST_MS = 2000;

let loading = null;

// The language of the page, which stands first on it, has begun to load it already (language.js).
function loadOnce(address) {
  return new Promise((resolve, reject) => {
    const begun = document.querySelector(`script[src="${address}"]`);
    const script = begun || document.createElement("script");
    script.addEventListener("load", () => resolve(window.Plotly));
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error("the drawing library could not be loaded"));
    });
    if (begun) return;
    script.src = address;
    document.head.appendChild(script);
  });
}

// A server that is started anew while a page is open does not answer for a moment.
async function loadWithPatience(address) {
  for (let tried = 1; tried < LOAD_TRIES; tried++) {
    try {
      return await loadOnce(address);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
    }
  }
  return loadOnce(address);
}

function loadPlotly(address) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  loading ||= loadWithPatience(address).finally(() => {
    loading = null;
  });
  return loading;
}

// What is below the screen is drawn once the rest of the page stands: to draw a chart keeps everything else waiting.
function untilItsTurn(root) {
  if (root.dataset.drawn || root.getBoundingClientRect().top < window.innerHeight) return Promise.resolve();
  return new Promise((resolve) => {
    if (window.requestIdleCallback) window.requestIdleCallback(resolve, { timeout: AT_LATEST_MS });
    else setTimeout(resolve, BETWEEN_TRIES_MS);
  });
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
  root.on("plotly_relayout", (changed) => {
    if (!root.meredaTellZoom) return;
    const range = changed["xaxis.range"] || [changed["xaxis.range[0]"], changed["xaxis.range[1]"]];
    if (range[0] !== undefined && range[1] !== undefined) root.meredaTellZoom(`${range[0]}/${range[1]}`);
    else if (changed["xaxis.autorange"]) root.meredaTellZoom("all");
  });
}

// The image is what is seen: the reader's zoom, on the page's own ground, with a line that says where it comes from.
function save(root, format, exported) {
  const style = getComputedStyle(root);
  const ground = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const layout = JSON.parse(JSON.stringify(root.layout));
  const lines = exported.note.split("\n");
  const room = 24 + 16 * lines.length;
  const width = root.clientWidth;
  const height = (layout.height || root.clientHeight) + room;
  layout.height = height;
  layout.width = width;
  layout.margin = { ...layout.margin, b: ((layout.margin || {}).b || 44) + room };
  layout.paper_bgcolor = ground;
  layout.annotations = [
    ...(layout.annotations || []),
    {
      text: lines.map((line) => line.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")).join("<br>"),
      xref: "paper", yref: "paper", x: 0, y: 0, xanchor: "left", yanchor: "top", yshift: -44, align: "left",
      showarrow: false, font: { size: 11 },
    },
  ];
  const figure = { data: root.data, layout, config: root.meredaConfig };
  return window.Plotly.downloadImage(figure, { format, width, height, scale: 2, filename: exported.name });
}

function offerImages(root, exported, words) {
  const row = root.parentElement.querySelector(".mereda-save");
  row.replaceChildren();
  if (!exported) return;
  for (const format of ["png", "svg"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = format.toUpperCase();
    button.setAttribute("aria-label", words.save.replace("{format}", format.toUpperCase()));
    button.onclick = () => save(root, format, exported);
    row.append(button);
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".mereda-chart");
  if (!root) return;
  const figure = JSON.parse(data.figure);
  root.setAttribute("role", "img"); // only now: a picture without words for it says nothing
  root.setAttribute("aria-label", data.description);
  const layout = themed(figure.layout, root);
  root.style.minHeight = `${layout.height || 300}px`;
  // A trigger and not a state: the same marker can be clicked again after its event was closed.
  root.meredaSend = (id) => setTriggerValue("clicked", id);
  root.meredaTellZoom = data.is_zoom_told ? (range) => setTriggerValue("zoomed", range) : null;
  root.meredaConfig = {
    responsive: true,
    displaylogo: false,
    doubleClick: "autosize", // to all days, also where the page began with some of them
    displayModeBar: isTouched() ? false : "hover", // over the legend, where there is no hovering
    modeBarButtonsToRemove: ["select2d", "lasso2d", "resetScale2d", "toImage"], // images are offered below
    topojsonURL: data.topojson_url,
  };
  if (data.language) {
    const { name, dictionary, format } = data.language;
    Object.assign(root.meredaConfig, { locale: name, locales: { [name]: { dictionary, format } } });
  }
  Promise.all([loadPlotly(data.plotly_url), untilItsTurn(root)])
    .then(([Plotly]) =>
      Plotly.react(root, figure.data, layout, root.meredaConfig).then(() => {
        offerImages(root, data.exported, data.words);
        if (!root.dataset.listening) {
          root.dataset.listening = "yes";
          listen(root);
        }
        root.dataset.drawn = String(Number(root.dataset.drawn || 0) + 1);
      }),
    )
    .catch(() => {
      root.textContent = data.words.undrawn;
    });
}
