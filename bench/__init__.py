"""Measurements: ratios of our pages to bare views in one run, interleaved, on a real database with fsync on."""
