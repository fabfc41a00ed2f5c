#!/usr/bin/env bash
# Puts the locked environment into .venv. Needs Python 3.11 or newer; finds or fetches uv, which does the rest.
set -euo pipefail
cd "$(dirname "$0")/.."
UV_VERSION=0.13.9
# The certificates this machine trusts, as every other program here uses them; the second name is that of older uv.
export UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1

say() { printf '%s\n' "$*" >&2; }

find_python() {
  for candidate in python3 python3.13 python3.12 python3.11; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  say "Mereda needs Python 3.11 or newer, and found none: install python3 and run this again."
  exit 1
}

# A Debian Python comes without pip: as root its package is fetched, else one line says what is missing.
make_boot() {
  if ! "$1" -m venv .boot >/dev/null 2>&1; then
    rm -rf .boot
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      say "Installing python3-venv from Debian ..."
      apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
      "$1" -m venv .boot
    else
      say "Python's venv module cannot make an environment: install the package python3-venv (or uv), then run this again."
      exit 1
    fi
  fi
  .boot/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
}

# Nothing to do when the lock, the project file and the interpreter are those of the last time.
stamp=$(cat pyproject.toml uv.lock scripts/install.sh | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/mereda ] && [ "$(cat .venv/.stamp 2>/dev/null)" = "$stamp" ]; then exit 0; fi

python=$(find_python)
if command -v uv >/dev/null 2>&1; then uv=$(command -v uv)
else
  [ -x .boot/bin/uv ] || make_boot "$python"
  uv=.boot/bin/uv
fi
say "Installing the locked environment into .venv ..."
"$uv" sync --quiet --locked --compile-bytecode --python "$python"
echo "$stamp" > .venv/.stamp
