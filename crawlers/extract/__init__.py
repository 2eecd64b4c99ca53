"""Bytes to text to values: nothing here knows a marketplace."""
