#!/usr/bin/env bash
# Makes sure that the browser tests find a Chromium: the system's, else Playwright's own, else Debian's when root.
set -euo pipefail
cd "$(dirname "$0")/.."

find_chromium() {
  [ -n "${MEREDA_CHROMIUM:-}" ] && return 0
  for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && return 0; done
  .venv/bin/python - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PY
}

find_chromium && exit 0
echo "Looking for a Chromium for the browser tests ..." >&2
if timeout 300 .venv/bin/playwright install chromium >/dev/null 2>&1 && find_chromium; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
  find_chromium && exit 0
fi
echo "No Chromium was found, and none could be fetched: install the package chromium, then run this again." >&2
exit 1
