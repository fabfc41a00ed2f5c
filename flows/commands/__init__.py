"""The groups of the command `mereda`, one module each; `flows.cli` joins them."""
