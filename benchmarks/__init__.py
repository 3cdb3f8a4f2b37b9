"""Measurements of audioguide beside what people write without it: run `python -m benchmarks`."""
