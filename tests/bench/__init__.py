"""Performance, measured and printed, never asserted: machines are shared and noisy, so compare within one run."""
