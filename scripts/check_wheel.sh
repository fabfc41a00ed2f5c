#!/usr/bin/env bash
# Builds the wheel, installs it into an empty environment and runs the command from there.
set -euo pipefail
cd "$(dirname "$0")/.."
if command -v uv >/dev/null 2>&1; then uv=$(command -v uv); else uv=$PWD/.boot/bin/uv; fi
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$uv" build --quiet --wheel --out-dir "$work/dist" --python "$PWD/.venv/bin/python" .
"$uv" export --quiet --locked --no-dev --no-emit-project --python "$PWD/.venv/bin/python" --output-file "$work/locked.txt" >/dev/null
"$uv" venv --quiet --python "$PWD/.venv/bin/python" "$work/venv"
"$uv" pip install --quiet --python "$work/venv/bin/python" -r "$work/locked.txt" "$work"/dist/*.whl
cd "$work"
echo '{"id": "1", "text": "Iran and Pakistan agreed on Friday to reduce tension.", "published": "2024-01-20"}' \
  | "$work/venv/bin/mereda" code | grep -q '"AGREE"'
"$work/venv/bin/python" -c 'from dashboard.translation.catalogue import languages; assert "id" in languages()'
"$work/venv/bin/python" -c 'from dashboard.views.changelog import changelog_days; assert changelog_days()'
echo "The wheel builds, installs, codes and has the pages' languages."
