"""The voice: the HTTP API, the pages, the worker and the `bijia` command. See README.md."""
