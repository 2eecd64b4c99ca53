"""Adapters of the `SearchEngine` port; only `indexer/bootstrap.py` imports them (an import contract)."""
