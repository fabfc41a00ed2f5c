"""`python -m flows.wire --port N --pace S [--start-full]`: the demo newsroom until Ctrl-C or SIGTERM."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from flows.wire.server import make_server


def main() -> int:
    """Serve until told to stop; 0 after a clean stop, 2 where the port is taken."""
    parser = argparse.ArgumentParser(prog="python -m flows.wire", description="Serve the demo newsroom on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8099, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--pace", type=float, default=20.0, help="seconds between two new articles")
    parser.add_argument("--start-full", action="store_true", help="publish everything at once")
    options = parser.parse_args()
    if options.pace <= 0:
        parser.error("--pace must be above 0")
    try:
        server, wire = make_server(options.port, pace_s=options.pace, is_full=options.start_full)
    except OSError as error:
        sys.stderr.write(f"port {options.port} cannot be had ({error.strerror}); choose another with --port\n")
        return 2

    def stop(_signal: int, _frame: object) -> None:
        # shutdown() waits for serve_forever, which runs in this very thread.
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(f"demo newsroom at {wire.base_url}/\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.2)
    server.server_close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
