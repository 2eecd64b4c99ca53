"""One file each. A module here declares `SOURCE`; `crawlers/registry.py` finds it. Siblings never import each other."""
