"""Measuring the service on labelled data. See README.md of the room above."""
