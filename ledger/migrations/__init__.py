"""Alembic migrations; `ledger/migrate.py` runs them."""
