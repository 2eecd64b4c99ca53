"""Signing and envelopes, one module per gateway family; each ends in a table from error codes to actions."""
