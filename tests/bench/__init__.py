"""What this service costs, measured: not tests, no thresholds, never collected by pytest. See README.md."""
