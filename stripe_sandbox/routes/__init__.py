"""The addresses under /v1, by noun."""
