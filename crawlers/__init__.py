"""The eyes: speak each marketplace's protocol, turn pages into observations. See README.md."""
