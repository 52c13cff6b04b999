"""The engine's rules, tried by whatever people do in whatever order, and judged by the contract alone."""
